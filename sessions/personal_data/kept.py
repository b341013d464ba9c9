"""What is still kept about the people of one gathering, how much of it, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gatherings.access.tables import BadgeNumber, Consent, KeptNeeds, Look, Need, ReportMade
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingQuestion,
    BookingUndo,
    Draft,
    Person,
)
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter
from gatherings.personal_data import keeping
from gatherings.personal_data.letting_go import DELETED
from gatherings.planning.tables import Gathering
from sessions.board.tables import Joiner, Session
from sessions.personal_data.on_the_day import SOMEBODY
from web.words import day_of, local


@dataclass(frozen=True)
class Kept:
    """One kind: in words, how many of it there are now, and when they go."""

    what: str
    number: int
    until: str


async def kept_of(gathering: Gathering) -> list[Kept]:
    """What is there now. It opens nothing and names nobody."""
    last = local(gathering.ends_at, gathering.zone).date()
    mine = Booking.select(Booking.id).where(Booking.gathering == gathering.id)
    people = Person.select(Person.id).where(Person.booking.is_in(mine))
    after = _After(last)
    return [
        Kept(
            "Access needs",
            await Need.count().where(Need.person.is_in(people)),
            after.days(gathering.keep_needs_days),
        ),
        *await _kept_needs(mine),
        *await _answers(gathering.id),
        Kept(
            "Letters", await _of(Letter, Letter.gathering == gathering.id), after(keeping.LETTERS)
        ),
        Kept(
            "Records of who opened needs",
            await _of(Look, Look.booking.is_in(mine)),
            after(keeping.LOOKS),
        ),
        Kept(
            "Reports that were made, and numbers on badges",
            await _of(ReportMade, ReportMade.gathering == gathering.id)
            + await _of(BadgeNumber, BadgeNumber.gathering == gathering.id),
            after(keeping.LOOKS),
        ),
        Kept(
            "Addresses of personal calendars",
            await _of(CalendarKey, CalendarKey.booking.is_in(mine)),
            after(keeping.CALENDARS),
        ),
        Kept(
            "Bookings with a name and a contact",
            await _of(
                Booking,
                (Booking.gathering == gathering.id) & Booking.reference.not_like(f"{DELETED}%"),
            ),
            f"{after(keeping.CONTACTS)}, or later if they book again",
        ),
        Kept(
            "Names on the board",
            await _of(Joiner, (Joiner.gathering == gathering.id) & (Joiner.name != ""))
            + await _of(
                Session, (Session.gathering == gathering.id) & (Session.host_name != SOMEBODY)
            ),
            after(keeping.CONTACTS),
        ),
        Kept(
            "Bookings that were begun",
            await _of(Draft, Draft.gathering == gathering.id),
            "20 hours after the last change",
        ),
        Kept(
            "Bookings as they were before a change",
            await _of(BookingUndo, BookingUndo.booking.is_in(mine)),
            "30 minutes after the change",
        ),
        Kept(
            "Answers to “may we keep your needs?”",
            await _of(Consent, Consent.booking.is_in(mine)),
            f"{keeping.YEARS_OF_PROOF} years after each, without a name",
        ),
    ]


@dataclass(frozen=True)
class _After:
    """Days in words, counted from the last day of the gathering."""

    last: date

    def __call__(self, kept: timedelta) -> str:
        return self.days(kept.days)

    def days(self, number: int) -> str:
        return day_of(self.last + timedelta(days=number))


async def _of(table: Any, which: Any) -> int:
    number: int = await table.count().where(which)
    return number


async def _kept_needs(mine: Any) -> list[Kept]:
    rows = await KeptNeeds.select(KeptNeeds.forget_on).where(KeptNeeds.booking.is_in(mine))
    if not rows:
        return []
    until = f"{day_of(max(row['forget_on'] for row in rows))} at the latest"
    return [Kept("Needs kept for the next gathering", len(rows), until)]


async def _answers(gathering_id: int) -> list[Kept]:
    """One line for each question of the organisers', whose answers go on a day of its own."""
    questions = await (
        BookingQuestion.objects()
        .where(BookingQuestion.gathering == gathering_id)
        .order_by(BookingQuestion.position, BookingQuestion.id)
    )
    found = []
    for question in questions:
        number = await _of(BookingAnswer, BookingAnswer.question == question.id)
        found.append(Kept(f"Answers to “{question.asks}”", number, day_of(question.forget_on)))
    return found
