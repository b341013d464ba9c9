"""May the venue know who needs help to get out? Asked on the party's own page, or by phone."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from gatherings.access.asking_shared_pages import (
    Asked,
    Asking,
    for_asking,
    read_helper,
    read_source,
)
from gatherings.access.needs import needs_of_booking
from gatherings.access.own_shared_pages import OwnVisit, try_own, visit_own
from gatherings.access.sharing import WORDING, asks_for_help, keep_sharing, sharing_of
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go

Answer = Response[str] | Redirect


@get("/b/{reference:str}/needs/share", name="share_name")
async def show_share(request: WebRequest, reference: FromPath[str]) -> Answer:
    """One statement and two answers. Before the first nothing is chosen."""
    visit = await visit_own(request, reference)
    return await _draw(visit, None) if _may_say(visit) else go(visit.home)


@post("/b/{reference:str}/needs/share", name="share_name_now")
async def share_now(request: WebRequest, reference: FromPath[str]) -> Answer:
    """Keep what they said."""
    visit = await visit_own(request, reference)
    if not _may_say(visit):
        return go(visit.home)
    form = await read_form(request)
    answer = form.choice("share", "yes or no", ("yes", "no"))
    await try_own(form, keep_sharing, visit.own.booking.id, answer, "web", None, visit.now)
    return await _draw(visit, form) if form.errors else go(visit.home)


@get("/desk/g/{slug:str}/needs/ask/{reference:str}/share", name="ask_share")
async def show_asking(request: WebRequest, asking: Asked) -> Page:
    """The words to read out, once it was opened who asks for help to get out."""
    needs = await asking.needs()
    if needs is None:
        return asking.closed(request, "share")
    if not asks_for_help(needs):
        return asking.nobody(request)
    return _draw_asking(request, asking, None)


@post("/desk/g/{slug:str}/needs/ask/{reference:str}/share", name="ask_share_now")
async def ask_now(request: WebRequest, asking: Asked) -> Answer:
    """Keep what they answered to the words that were read out."""
    if not asks_for_help(await read(needs_of_booking, asking.booking.id)):
        return asking.nobody(request, 409)
    form = await read_form(request)
    answer = form.choice("share", "yes or no", ("yes", "no"))
    how, helped_by = read_source(form), read_helper(form)
    said = (asking.booking.id, answer, how, asking.visit.viewer.account_id, asking.visit.now)
    await try_own(form, keep_sharing, *said, helped_by=helped_by)
    if not form.errors:
        return go(asking.visit.base)
    await asking.note()
    return _draw_asking(request, asking, form)


def _may_say(visit: OwnVisit) -> bool:
    """Until the gathering ends, for those who ask for help to get out."""
    return not visit.over and asks_for_help(visit.needs)


async def _draw(visit: OwnVisit, form: Form | None) -> Page:
    values = {"share": await read(sharing_of, visit.own.booking.id)}
    return visit.draw("access/own_share.html", form, wording=WORDING, values=values)


def _draw_asking(request: WebRequest, asking: Asking, form: Form | None) -> Page:
    return asking.draw(request, "access/ask_share.html", form, wording=WORDING)


routes: list[ControllerRouterHandler] = [
    *(show_share, share_now),
    for_asking(show_asking, ask_now),
]
