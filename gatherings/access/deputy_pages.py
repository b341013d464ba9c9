"""Who opens the needs of a gathering: access leads, and the deputies whom they name."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.deputies import deputies_of, end_deputy, may_be_deputy, name_deputy
from gatherings.access.need_shared_pages import Visit, visit_needs
from gatherings.access.openers import openers_of
from gatherings.people.roles import Viewer, need_role
from gatherings.planning.refusals import Refused
from web.addresses import LARGEST
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import short_day


@get("/desk/g/{slug:str}/deputies", name="deputies")
async def show_deputies(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """Everybody who opens needs here; access leads name deputies."""
    return await _draw(request, await visit_needs(viewer, slug), None)


@post("/desk/g/{slug:str}/deputies", name="name_deputy")
async def name_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """Let a helper open the needs of this one gathering."""
    visit = await _lead(viewer, slug)
    form = await read_form(request)
    named = form.choice("account", "who it is", map(str, await _choices(visit)))
    if not form.errors:
        try:
            await write(
                name_deputy, visit.gathering.id, int(named), visit.viewer.account_id, visit.now
            )
        except Refused as refused:
            form.error(refused.field, refused.words)
    return await _draw(request, visit, form) if form.errors else go(_path(visit))


@post("/desk/g/{slug:str}/deputies/end", name="end_deputy")
async def end_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """From now on they open nothing. A second press changes nothing."""
    visit = await _lead(viewer, slug)
    form = await read_form(request)
    account = form.number("account", "who it is", least=1, most=LARGEST)
    if form.errors:
        return go(_path(visit))
    try:
        await write(end_deputy, visit.gathering.id, account, visit.now)
    except NotFound:
        return go(_path(visit))
    return go(_path(visit))


async def _lead(viewer: Viewer | None, slug: str) -> Visit:
    """Only an access lead says who may open what people told us: a deputy names no deputies."""
    visit = await visit_needs(viewer, slug)
    need_role(visit.viewer, visit.gathering.series, "access_lead")
    return visit


async def _choices(visit: Visit) -> dict[int, str]:
    now = {
        one.account_id
        for one in await read(deputies_of, visit.gathering.id)
        if one.ended_at is None
    }
    helpers = await read(may_be_deputy, visit.gathering.id)
    return {account: name for account, name in helpers.items() if account not in now}


async def _draw(request: WebRequest, visit: Visit, form: Form | None) -> Page:
    deputies, zone = await read(deputies_of, visit.gathering.id), visit.gathering.zone
    now = {one.account_id for one in deputies if one.ended_at is None}
    openers = await read(openers_of, visit.gathering.id)
    return page(
        request,
        "access/deputies.html",
        status=422 if form and form.errors else 200,
        g=visit.gathering,
        visit=visit,
        leads=[name for account, name in openers.items() if account not in now],
        deputies=[one for one in deputies if one.ended_at is None],
        history=[
            f"{one.name}: from {short_day(one.named_at, zone)}, named by {one.named_by}"
            + (f", until {short_day(one.ended_at, zone)}" if one.ended_at else "")
            for one in deputies
        ],
        names_them=visit.viewer.may(visit.gathering.series, "access_lead"),
        choices=[(str(account), name) for account, name in (await _choices(visit)).items()],
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


def _path(visit: Visit) -> str:
    return f"/desk/g/{visit.gathering.slug}/deputies"


routes = [show_deputies, name_now, end_now]
