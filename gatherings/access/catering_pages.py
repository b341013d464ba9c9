"""May the caterer see a name beside an allergy? Asked on the party's own page, or by the team."""

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
from gatherings.access.catering import is_serious, keep_naming, naming_of, naming_wording
from gatherings.access.needs import NeedView, needs_of_booking
from gatherings.access.own_shared_pages import OwnVisit, try_own, visit_own
from gatherings.bookings.uses import about_themselves
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go

Answer = Response[str] | Redirect


@get("/b/{reference:str}/needs/people/{position:int}/caterer", name="name_for_caterer")
async def show_naming(
    request: WebRequest, reference: FromPath[str], position: FromPath[int]
) -> Answer:
    """One statement and two answers. Before the first nothing is chosen."""
    visit = await visit_own(request, reference)
    said = await read(naming_of, visit.own.booking.id, position)
    if not _may_say(visit, position, said):
        return go(visit.home)
    return _draw(visit, position, None, {"caterer": said})


@post("/b/{reference:str}/needs/people/{position:int}/caterer", name="name_for_caterer_now")
async def naming_now(
    request: WebRequest, reference: FromPath[str], position: FromPath[int]
) -> Answer:
    """Keep what they said; a yes can be taken back as long as we keep the need."""
    visit = await visit_own(request, reference)
    booking = visit.own.booking
    if not _may_say(visit, position, await read(naming_of, booking.id, position)):
        return go(visit.home)
    form = await read_form(request)
    answer = form.choice("caterer", "yes or no", ("yes", "no"))
    said = (booking.id, position, answer, "web", None, visit.now)
    await try_own(form, keep_naming, *said, own=about_themselves(booking.for_whom, position))
    return _draw(visit, position, form) if form.errors else go(visit.home)


@get("/desk/g/{slug:str}/needs/ask/{reference:str}/people/{position:int}/caterer", name="ask_name")
async def show_asking(request: WebRequest, asking: Asked, position: FromPath[int]) -> Page:
    """The words to read out, once it was opened who has a serious allergy."""
    needs = await asking.needs()
    if needs is None:
        return asking.closed(request, f"people/{position}/caterer")
    person = _person(needs, position)
    return _draw_asking(request, asking, person, None) if person else asking.nobody(request)


@post(
    "/desk/g/{slug:str}/needs/ask/{reference:str}/people/{position:int}/caterer",
    name="ask_name_now",
)
async def ask_now(request: WebRequest, asking: Asked, position: FromPath[int]) -> Answer:
    """Keep what they answered to these words, with how, and who of the team took it."""
    person = _person(await read(needs_of_booking, asking.booking.id), position)
    if person is None:
        return asking.nobody(request, 409)
    form = await read_form(request)
    answer = form.choice("caterer", "yes or no", ("yes", "no"))
    how, helped_by = read_source(form), read_helper(form)
    who, own = asking.visit.viewer.account_id, about_themselves(asking.booking.for_whom, position)
    said = (asking.booking.id, position, answer, how, who, asking.visit.now)
    await try_own(form, keep_naming, *said, own=own, helped_by=helped_by)
    if not form.errors:
        return go(f"{asking.visit.base}/{person.handle}")
    await asking.note()
    return _draw_asking(request, asking, person, form)


def _person(needs: list[NeedView], position: int) -> NeedView | None:
    """The serious allergy of the one at this position."""
    found = (need for need in needs if need.position == position and is_serious(need))
    return next(found, None)


def _may_say(visit: OwnVisit, position: int, said: str) -> bool:
    """A yes until the gathering ends; taking it back always."""
    return said == "yes" or (not visit.over and _person(visit.needs, position) is not None)


def _draw(
    visit: OwnVisit, position: int, form: Form | None, values: dict[str, str] | None = None
) -> Page:
    own = about_themselves(visit.own.booking.for_whom, position)
    people = {one.position: one.name or "somebody" for one in visit.own.booking.people}
    return visit.draw(
        "access/own_naming.html",
        form,
        wording=naming_wording(own=own),
        values=values or {},
        action=f"{visit.home}/people/{position}/caterer",
        person="" if own else people.get(position, "somebody"),
    )


def _draw_asking(request: WebRequest, asking: Asking, person: NeedView, form: Form | None) -> Page:
    return asking.draw(
        request,
        "access/ask_naming.html",
        form,
        wording=naming_wording(own=about_themselves(asking.booking.for_whom, person.position)),
        person=person,
    )


routes: list[ControllerRouterHandler] = [
    *(show_naming, naming_now),
    for_asking(show_asking, ask_now),
]
