"""How the promises were kept: for the team at any time, for everybody when it was published."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.need_shared_pages import visit_counts
from gatherings.access.sheet_shared_pages import FORMS, sheet_answer
from gatherings.access.statistics import TITLE, published_numbers, statistics_sheet, told_as
from gatherings.people.roles import Viewer, need_role
from gatherings.personal_data.numbers import numbers_kept, promises_told, publish_numbers
from gatherings.planning.lookup import is_over
from web.database import read, write
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound


@get("/desk/g/{slug:str}/promises", name="promises_kept")
async def show_promises(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The numbers, and the button that tells everybody once."""
    visit = await visit_counts(viewer, slug)
    published = await read(published_numbers, visit.gathering.id)
    promises = await read(promises_told, visit.gathering.id)
    return page(
        request,
        "access/promises.html",
        g=visit.gathering,
        title=TITLE,
        numbers=told_as(promises),
        published=published is not None,
        counted=await read(numbers_kept, visit.gathering.id) is not None,
        over=is_over(visit.gathering),
        organises=visit.viewer.may(visit.gathering.series, "organiser"),
    )


@get("/desk/g/{slug:str}/promises/{form:str}", name="promises_file")
async def promises_as_file(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    form: FromPath[str],
) -> Response[bytes] | Response[str]:
    """The same to print and as files."""
    visit = await visit_counts(viewer, slug)
    if form not in FORMS:
        raise NotFound
    gathering = visit.gathering
    promises = await read(promises_told, gathering.id)
    address = f"/desk/g/{slug}/promises"
    back = (address, TITLE)
    return await sheet_answer(request, gathering, statistics_sheet(promises), form, address, back)


@post("/desk/g/{slug:str}/promises", name="publish_promises")
async def publish(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """Tell everybody, on the page about access."""
    visit = await visit_counts(viewer, slug)
    person = need_role(visit.viewer, visit.gathering.series, "organiser")
    await write(publish_numbers, visit.gathering.id, person.account_id, visit.now)
    return go(f"/desk/g/{slug}/promises")


routes = [show_promises, promises_as_file, publish]
