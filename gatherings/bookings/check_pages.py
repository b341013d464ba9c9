"""The last page of a booking: look over the answers, then book or join the waiting list."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.bookings.bookings import NotOpen
from gatherings.bookings.check_answers import rows
from gatherings.bookings.drafts import book_draft
from gatherings.bookings.journey import FIRST, LAST, Answers, step_before
from gatherings.bookings.shared_pages import (
    Answer,
    Visit,
    elsewhere,
    not_open,
    to_booking,
    visit_of,
)
from gatherings.bookings.tables import SOURCES
from gatherings.people.roles import Viewer
from web.database import write
from web.forms import read_form
from web.pages import Page, WebRequest, page


@get("/g/{slug:str}/book/check", name="book_check")
async def show_check(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """All answers, to look over before booking."""
    visit = await visit_of(request, slug, viewer)
    other = elsewhere(visit, LAST)
    if other is not None or visit.answers is None:
        return other or visit.go(FIRST, late=True)
    return _draw_check(visit, visit.answers, {"source": "web"}, {})


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
    source = form.choice("source", "how it reached us", SOURCES) if visit.enters else "web"
    if form.errors:
        return _draw_check(visit, visit.answers, form.values, form.errors, status=422)
    entered_by = visit.viewer.account_id if visit.viewer and visit.enters else None
    try:
        booked = await write(
            book_draft, visit.key, visit.gathering.id, visit.answers, source, entered_by
        )
    except NotOpen:
        return not_open(visit, "closed", 409)
    return to_booking(visit, booked.reference, booked.secret)


def _draw_check(
    visit: Visit,
    answers: Answers,
    values: dict[str, Any],
    errors: dict[str, str],
    *,
    status: int = 200,
) -> Page:
    places = answers.party().places(visit.gathering.supporters_count)
    return page(
        visit.request,
        "booking/check.html",
        status=status,
        g=visit.gathering,
        action=f"{visit.base}/check",
        back=f"{visit.base}/{step_before(LAST, answers, changing=False)}",
        rows=rows(answers, visit.base),
        waits=visit.gathering.taken + places > visit.gathering.capacity,
        enters=visit.enters,
        values=values,
        errors=errors,
    )


routes = [show_check, book_now]
