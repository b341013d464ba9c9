"""The last page of a booking: look over the answers, then book or join the waiting list."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.access.consent import ToDetails, details_question, details_wording
from gatherings.bookings.answers import Answers
from gatherings.bookings.bookings import NotOpen
from gatherings.bookings.check_answers import sections
from gatherings.bookings.draft_codes import give_code
from gatherings.bookings.drafts import book_draft
from gatherings.bookings.journey import FIRST, LAST, step_before
from gatherings.bookings.shared_pages import (
    Answer,
    Visit,
    bookings_here,
    by_consent,
    draft_code,
    elsewhere,
    not_open,
    to_booking,
    visit_of,
    with_code,
)
from gatherings.bookings.tables import SOURCES
from gatherings.bookings.twins import booked_here, contact
from gatherings.bookings.waiting_list import are_promised
from gatherings.people.roles import Viewer
from web.database import read, write
from web.forms import Form, read_form
from web.pages import WebRequest, go, page

NOT_AGREED = "Tick the box to book here. Or ring us: we find another way"
NONE_FEWER = ("", "0", "none", "no")


@get("/g/{slug:str}/book/check", name="book_check")
async def show_check(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """All answers, to look over before booking."""
    visit = await visit_of(request, slug, viewer)
    other = elsewhere(visit, LAST)
    if other is not None or visit.answers is None:
        return other or visit.go(FIRST, late=True)
    return await _draw_check(visit, visit.answers, {"source": visit.answers.source or "web"}, {})


@post("/g/{slug:str}/book/check", name="book_now")
async def book_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Book, or join the waiting list with all that was written."""
    visit = await visit_of(request, slug, viewer)
    other = elsewhere(visit, LAST, status=409)
    if other is not None or visit.answers is None:
        return other or visit.go(FIRST, late=True)
    form = await read_form(request)
    if form.ticked("save"):
        code = await write(give_code, visit.key, visit.gathering.id, draft_code(visit))
        return with_code(visit, code, go(f"{visit.base}/saved"))
    twins = await _twins(visit, visit.answers)
    again = form.choice("again", "whether to book again", ("yes", "no")) if twins else "yes"
    if again == "no":
        return go(f"/b/{twins[0]}")
    return await _book(visit, visit.answers, form)


async def _book(visit: Visit, answers: Answers, form: Form) -> Answer:
    source = form.choice("source", "how it reached us", SOURCES) if visit.enters else "web"
    fewer = _fewer(form, _places(visit, answers))
    details = _to_details(visit, form)
    if form.errors:
        return await _draw_check(visit, answers, form.values, form.errors, status=422)
    entered_by = visit.viewer.account_id if visit.viewer and visit.enters else None
    draft = (visit.key, visit.gathering.id, answers, source, entered_by)
    try:
        booked = await write(book_draft, *draft, fewer=fewer, details=details)
    except NotOpen:
        return not_open(visit, "closed", 409)
    return to_booking(visit, booked.reference, booked.secret, source)


def _wording(visit: Visit) -> str:
    """What they have to agree to; "" on a site that keeps details for another reason."""
    if not by_consent(visit.request):
        return ""
    words = details_question if visit.enters else details_wording
    return words(visit.gathering)


def _to_details(visit: Visit, form: Form) -> ToDetails | None:
    """Whoever books here has to agree; who tells it to one of us may say no, and comes."""
    words = _wording(visit)
    if not words:
        return None
    if visit.enters:
        return ToDetails(words, form.choice("agree", "yes or no", ("yes", "no")))
    if not form.ticked("agree"):
        form.error("agree", NOT_AGREED)
    return ToDetails(words)


def _fewer(form: Form, places: int) -> int:
    """With how few places they would also come; 0 when only with all."""
    if form.typed("fewer").casefold() in NONE_FEWER or places < 2:
        return 0
    return form.number("fewer", "a smaller number of places", least=1, most=places - 1)


def _places(visit: Visit, answers: Answers) -> int:
    return answers.party().places(visit.gathering.supporters_count)


async def _twins(visit: Visit, answers: Answers) -> tuple[str, ...]:
    """Bookings that this device made for the same person. What others booked shows nowhere."""
    wanted = contact(answers.name, answers.way, answers.detail)
    return await read(booked_here, visit.gathering.id, bookings_here(visit.request), wanted)


async def _waits(visit: Visit, places: int) -> bool:
    """Whether the party would be put on the waiting list just now."""
    too_many = visit.gathering.taken + places > visit.gathering.capacity
    return too_many or await read(are_promised, visit.gathering)


async def _draw_check(
    visit: Visit,
    answers: Answers,
    values: dict[str, Any],
    errors: dict[str, str],
    *,
    status: int = 200,
) -> Answer:
    places = _places(visit, answers)
    return page(
        visit.request,
        "booking/check.html",
        status=status,
        g=visit.gathering,
        action=f"{visit.base}/check",
        base=visit.base,
        back=f"{visit.base}/{step_before(LAST, answers, changing=False)}",
        sections=sections(answers, visit.base, await visit.questions(LAST)),
        places=places,
        waits=await _waits(visit, places),
        twins=await _twins(visit, answers),
        enters=visit.enters,
        agree_to=_wording(visit),
        values=values,
        errors=errors,
    )


routes = [show_check, book_now]
