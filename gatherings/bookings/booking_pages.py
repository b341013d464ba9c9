"""The pages on which somebody books: a thing or two on each, without account and without script."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.bookings.journey import FIRST, GROUP_STEP, PERSON_STEP
from gatherings.bookings.shared_pages import Answer, visit_of
from gatherings.bookings.step_pages import keep, show
from gatherings.people.roles import Viewer
from web.pages import WebRequest, go


@get("/g/{slug:str}/book", name="book")
async def start_booking(slug: FromPath[str]) -> Redirect:
    """The short address of the first page."""
    return go(f"/g/{slug}/book/{FIRST}")


@get("/g/{slug:str}/book/{step:str}", name="book_step")
async def show_step(
    request: WebRequest,
    slug: FromPath[str],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    late: FromQuery[str] = "",
    change: FromQuery[str] = "",
) -> Answer:
    """One page of the booking."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return await show(visit, step, late=bool(late))


@get("/g/{slug:str}/book/need/{group:str}", name="book_group")
async def show_group(
    request: WebRequest,
    slug: FromPath[str],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    change: FromQuery[str] = "",
) -> Answer:
    """The needs of one group."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return await show(visit, GROUP_STEP + group)


@get("/g/{slug:str}/book/person/{key:int}/{step:str}", name="book_person")
async def show_person(
    request: WebRequest,
    slug: FromPath[str],
    key: FromPath[int],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    change: FromQuery[str] = "",
) -> Answer:
    """One page about one person of a party."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return await show(visit, f"{PERSON_STEP}{key}/{step}")


@get("/g/{slug:str}/book/person/{key:int}/need/{group:str}", name="book_person_group")
async def show_person_group(
    request: WebRequest,
    slug: FromPath[str],
    key: FromPath[int],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    change: FromQuery[str] = "",
) -> Answer:
    """The needs of one group, of one person of a party."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return await show(visit, f"{PERSON_STEP}{key}/{GROUP_STEP}{group}")


@post("/g/{slug:str}/book/{step:str}", name="book_step_now")
async def keep_step(
    request: WebRequest,
    slug: FromPath[str],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep the answers of one page and go on."""
    return await keep(await visit_of(request, slug, viewer), step)


@post("/g/{slug:str}/book/need/{group:str}", name="book_group_now")
async def keep_group(
    request: WebRequest,
    slug: FromPath[str],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep what was ticked and written in one group."""
    return await keep(await visit_of(request, slug, viewer), GROUP_STEP + group)


@post("/g/{slug:str}/book/person/{key:int}/{step:str}", name="book_person_now")
async def keep_person(
    request: WebRequest,
    slug: FromPath[str],
    key: FromPath[int],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep the answers of one page about one person."""
    return await keep(await visit_of(request, slug, viewer), f"{PERSON_STEP}{key}/{step}")


@post("/g/{slug:str}/book/person/{key:int}/need/{group:str}", name="book_person_group_now")
async def keep_person_group(
    request: WebRequest,
    slug: FromPath[str],
    key: FromPath[int],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep what was ticked and written in one group, for one person."""
    step = f"{PERSON_STEP}{key}/{GROUP_STEP}{group}"
    return await keep(await visit_of(request, slug, viewer), step)


routes = [
    start_booking,
    show_group,
    keep_group,
    show_person,
    keep_person,
    show_person_group,
    keep_person_group,
    show_step,
    keep_step,
]
