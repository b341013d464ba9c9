"""A party's own page: what it shows to the people who hold the booking's secret."""

from dataclasses import dataclass
from datetime import datetime

from gatherings.access.needs import NeedView, needs_of_booking
from gatherings.bookings.booking_list import BookingView, find_booking
from gatherings.bookings.extra_questions import AnswerView, answers_of_booking
from gatherings.bookings.tables import AUDIENCES
from gatherings.bookings.undoing import Undo, open_undo
from gatherings.bookings.waiting_list import ahead_of
from gatherings.personal_data.erasures import Gone, is_erased
from gatherings.planning.lookup import gathering_of, venue_of
from gatherings.planning.tables import Gathering, Venue
from web.problems import Problem


class Locked(Problem):
    """The same for a wrong secret and for a booking that does not exist."""

    status = 401
    title = "This page needs your private link"
    words = "A booking opens only for the people who made it."
    template = "booking/locked.html"


@dataclass(frozen=True)
class OwnBooking:
    """A booking with its gathering, and what can be undone now."""

    booking: BookingView
    gathering: Gathering
    undo: Undo | None

    def person_called(self, position: int) -> str:
        """What to call the person at this position."""
        return next(p.words for p in self.booking.people if p.position == position)


@dataclass(frozen=True)
class Told:
    """What else a party's own page tells: what they need and answered, and how long the line is."""

    venue: Venue
    needs: list[NeedView]
    answers: list[AnswerView]
    ahead: int


async def open_own(reference: str, secret: str, at: datetime) -> OwnBooking | None:
    """The booking, for the right secret; None for a wrong one and for an unknown reference."""
    booking = await find_booking(reference)
    if booking is None or not booking.opens_with(secret):
        return None
    return await _opened(booking, at)


async def unlocked(reference: str, secret: str, at: datetime) -> OwnBooking:
    """The booking, for the right secret. Raises Locked, or Gone where it was deleted."""
    own = await open_own(reference, secret, at)
    if own is None:
        raise Gone if await is_erased(reference) else Locked
    return own


async def open_on_desk(reference: str, gathering_id: int, at: datetime) -> OwnBooking | None:
    """The same for the people who run the gathering; None for a booking of another one."""
    booking = await find_booking(reference)
    if booking is None or booking.gathering_id != gathering_id:
        return None
    return await _opened(booking, at)


async def told_on_own_page(own: OwnBooking) -> Told:
    """Everything else that the page tells."""
    booking = own.booking
    return Told(
        venue=await venue_of(own.gathering.venue),
        needs=await needs_of_booking(booking.id),
        answers=await answers_of_booking(booking.id, AUDIENCES),
        ahead=await ahead_of(booking.id, booking.gathering_id),
    )


async def _opened(booking: BookingView, at: datetime) -> OwnBooking:
    gathering = await gathering_of(booking.gathering_id)
    return OwnBooking(booking, gathering, await open_undo(booking.id, at))
