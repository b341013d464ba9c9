"""Buttons that decide about a whole booking: cancel, answer an offer, wait again, undo."""

from litestar import get, post
from litestar.di import NamedDependency

from gatherings.bookings.answering import accept, decline, join_again
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.own_shared_pages import Answer, Look, both, look, try_to
from gatherings.bookings.own_words import UNDO_WORDS
from gatherings.bookings.undoing import PlacesGone, undo, wait_instead
from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused
from web.database import write
from web.forms import Form, read_form
from web.pages import Page, WebRequest


@get(both("cancel"), name="cancel_booking")
async def ask_to_cancel(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Ask once more before cancelling."""
    seen = await look(request, viewer)
    return seen.draw("cancel.html") if _can_cancel(seen) else seen.back()


@post(both("cancel"), name="cancel_booking_now")
async def cancel_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Cancel, and give the places back."""
    seen = await look(request, viewer)
    if _can_cancel(seen):
        await write(cancel, seen.own.booking.id, account_id=seen.account_id, at=seen.now)
    return seen.back()


@get(both("offer"), name="answer_offer")
async def show_offer(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """The places that are kept for the party, and what it may say to them."""
    seen = await look(request, viewer)
    return _draw_offer(seen, None) if _is_offered(seen) else seen.back()


@post(both("offer"), name="answer_offer_now")
async def answer_offer(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Yes, yes for some of the party, or no."""
    seen = await look(request, viewer)
    form = await read_form(request)
    if not _is_offered(seen):
        return seen.back()
    booking = seen.own.booking
    answer = form.choice("answer", "yes or no", ("yes", "no"))
    if answer == "no":
        await write(decline, booking.id, seen.now, account_id=seen.account_id)
        return seen.back()
    coming = _coming(form, seen)
    await try_to(form, accept, booking.id, seen.now, coming=coming, account_id=seen.account_id)
    return _draw_offer(seen, form) if form.errors else seen.back()


@get(both("join-again"), name="join_again")
async def show_join_again(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Ask for a place again after an offer ran out."""
    seen = await look(request, viewer)
    can = seen.own.booking.state == "lapsed" and seen.may_change
    return seen.draw("join_again.html") if can else seen.back()


@post(both("join-again"), name="join_again_now")
async def join_again_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Back onto the waiting list."""
    seen = await look(request, viewer)
    if seen.may_change:
        await write(join_again, seen.own.booking.id, seen.now, account_id=seen.account_id)
    return seen.back()


@get(both("undo"), name="undo_change")
async def show_undo(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """What the button will undo."""
    seen = await look(request, viewer)
    return _draw_undo(seen)


@post(both("undo"), name="undo_change_now")
async def undo_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Undo the last change, or wait where the party would have stood."""
    seen = await look(request, viewer)
    form = await read_form(request)
    verb = wait_instead if form.typed("instead") == "wait" else undo
    booking_id, handle = seen.own.booking.id, form.typed("handle")
    try:
        await write(verb, booking_id, handle, seen.now, account_id=seen.account_id)
    except PlacesGone as gone:
        return _draw_undo(seen, gone)
    except Refused:
        return _draw_undo(seen, too_late=True)
    return seen.back()


def _can_cancel(seen: Look) -> bool:
    return seen.own.booking.state != "cancelled" and seen.may_change


def _is_offered(seen: Look) -> bool:
    return seen.own.booking.state == "offered" and seen.may_change


def _coming(form: Form, seen: Look) -> list[int]:
    """The positions of those who come; everybody where nobody had to be chosen."""
    booking = seen.own.booking
    if len(booking.people) == 1:
        return []
    ticked = form.some("coming", [str(person.position) for person in booking.people])
    if not ticked:
        form.error("coming", "Choose who comes")
    return [int(position) for position in ticked]


def _draw_offer(seen: Look, form: Form | None) -> Page:
    booking = seen.own.booking
    everybody = [str(person.position) for person in booking.people]
    fits = booking.held >= booking.places
    return seen.draw(
        "offer.html",
        form,
        values={"coming": everybody if fits else []},
        people=[(str(person.position), person.words) for person in booking.people],
        fits=fits,
    )


def _draw_undo(seen: Look, gone: PlacesGone | None = None, *, too_late: bool = False) -> Page:
    answer = seen.draw(
        "undo.html",
        gone=gone is not None,
        may_wait=gone is not None and gone.may_wait,
        too_late=too_late or seen.own.undo is None,
        undo_words=UNDO_WORDS,
    )
    answer.status_code = 409 if gone or too_late else 200
    return answer


routes = [
    *(ask_to_cancel, cancel_now, show_offer, answer_offer),
    *(show_join_again, join_again_now, show_undo, undo_now),
]
