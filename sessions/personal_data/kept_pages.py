"""The desk's page of what is still kept of a gathering, and for how long needs are kept."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.personal_data import keeping
from gatherings.personal_data.forgetting import Receipt, receipts
from gatherings.personal_data.keep_days import set_keep_days
from gatherings.planning.lookup import gathering_by_slug, series_of
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.kept import kept_of
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

MOST_RECEIPTS = 10


@get("/desk/g/{slug:str}/kept", name="kept")
async def show_kept(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What is there now, until when, and what went in the last nights."""
    person, gathering = await _gathering(viewer, slug)
    return await _draw(request, person, gathering, None)


@post("/desk/g/{slug:str}/kept", name="keep_days_now")
async def keep_days_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page | Redirect:
    """Keep needs for another number of days."""
    person, gathering = await _gathering(viewer, slug)
    need_role(person, gathering.series, "organiser")
    form = await read_form(request)
    days = form.number(
        "days",
        "how many days",
        least=keeping.FEWEST_NEED_DAYS,
        most=keeping.MOST_NEED_DAYS,
    )
    if not form.errors:
        try:
            await write(set_keep_days, person, gathering.id, days)
        except Refused as refused:
            form.error(refused.field, refused.words)
    if form.errors:
        return await _draw(request, person, gathering, form)
    return go(f"/desk/g/{slug}/kept")


async def _gathering(viewer: Viewer | None, slug: str) -> tuple[Viewer, Gathering]:
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    return need_role(viewer, gathering.series, "organiser", "access_lead"), gathering


async def _draw(
    request: WebRequest, person: Viewer, gathering: Gathering, form: Form | None
) -> Page:
    kept = await read(kept_of, gathering)
    return page(
        request,
        "personal_data/kept.html",
        status=422 if form else 200,
        g=gathering,
        series=await read(series_of, gathering.series),
        rows=[(one.what, str(one.number), one.until) for one in kept if one.number],
        nothing=[one.what for one in kept if not one.number],
        receipts=[_receipt(one) for one in await read(receipts, MOST_RECEIPTS)],
        organises=person.may(gathering.series, "organiser"),
        fewest=keeping.FEWEST_NEED_DAYS,
        most=keeping.MOST_NEED_DAYS,
        values=form.values if form else {"days": str(gathering.keep_needs_days)},
        errors=form.errors if form else {},
    )


def _receipt(one: Receipt) -> tuple[Receipt, list[str]]:
    """What went, in words."""
    words = {rule.kind: rule.what for rule in ALL_RULES}
    lines = [f"{words.get(kind, kind)}: {number}" for kind, number in one.counts.items()]
    return one, lines


routes = [show_kept, keep_days_now]
