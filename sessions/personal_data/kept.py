"""What is still kept about the people of one gathering, how much of it, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gatherings.access.consent import DETAILS
from gatherings.access.tables import (
    BadgeNumber,
    Consent,
    KeptNeeds,
    Look,
    Need,
    ReportMade,
    SupportPerson,
)
from gatherings.bookings.drafts import DRAFT_HOURS
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingQuestion,
    BookingUndo,
    Draft,
    Person,
)
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter, Message
from gatherings.personal_data import keeping
from gatherings.personal_data.letting_go import DELETED
from gatherings.planning.tables import Gathering
from sessions.board.tables import DayHelper, Joiner, Session, SessionWish
from sessions.capture.tables import Sheet
from sessions.personal_data.on_the_day import SOMEBODY
from sessions.summaries.tables import Comment, PicturePerson, Summary
from web.words import day_of, local

AT_THE_LATEST = " at the latest"
SOONER = "; sooner where they said no to keeping it"


@dataclass(frozen=True)
class Kept:
    """Something in words, and how many of it there are now.

    It goes on `day`; where there is none, or more is to be said, `when` says so. `kinds` are the
    rules of forgetting that let it go.
    """

    what: str
    number: int
    kinds: tuple[str, ...]
    day: date | None = None
    when: str = ""

    @property
    def until(self) -> str:
        """When it goes, in words."""
        return f"{day_of(self.day)}{self.when}" if self.day else self.when


async def kept_of(gathering: Gathering) -> list[Kept]:
    """What is there now. It opens nothing and names nobody."""
    last = local(gathering.ends_at, gathering.zone).date()
    return [
        *await _of_needs(gathering, last),
        *await _of_bookings(gathering, last),
        *await _of_the_day(gathering.id, last),
    ]


async def _of_needs(gathering: Gathering, last: date) -> list[Kept]:
    mine = _bookings_of(gathering.id)
    people = Person.select(Person.id).where(Person.booking.is_in(mine))
    reports = await _of(ReportMade, ReportMade.gathering == gathering.id)
    badges = await _of(BadgeNumber, BadgeNumber.gathering == gathering.id)
    supporting = (SupportPerson.gathering == gathering.id) & (SupportPerson.name != "")
    return [
        Kept(
            "Access needs",
            await _of(Need, Need.person.is_in(people)),
            ("needs",),
            last + timedelta(days=gathering.keep_needs_days),
        ),
        *await _kept_needs(mine),
        Kept(
            "Records of who opened needs",
            await _of(Look, Look.booking.is_in(mine)),
            ("looks",),
            last + keeping.LOOKS,
        ),
        Kept(
            "Reports that were made, and numbers on badges",
            reports + badges,
            ("reports", "badge numbers"),
            last + keeping.LOOKS,
        ),
        Kept(
            "Names of interpreters, captioners and guides",
            await _of(SupportPerson, supporting),
            ("support people",),
            last + keeping.CONTACTS,
        ),
        Kept(
            "Answers to “may we keep this?”",
            await _of(Consent, Consent.booking.is_in(mine)),
            ("consents",),
            when=f"{keeping.YEARS_OF_PROOF} years after each, without a name",
        ),
    ]


async def _of_bookings(gathering: Gathering, last: date) -> list[Kept]:
    mine = _bookings_of(gathering.id)
    named = (Booking.gathering == gathering.id) & Booking.reference.not_like(f"{DELETED}%")
    refused = await Consent.exists().where(
        Consent.booking.is_in(mine) & (Consent.purpose == DETAILS) & (Consent.answer == "no")
    )
    return [
        Kept(
            "Bookings with a name and a contact",
            await _of(Booking, named),
            ("contacts",),
            last + keeping.CONTACTS,
            f", or later if they book again{SOONER if refused else ''}",
        ),
        *await _answers(gathering.id),
        Kept(
            "Letters",
            await _of(Letter, Letter.gathering == gathering.id),
            ("letters",),
            last + keeping.LETTERS,
        ),
        Kept(
            "Messages that you wrote",
            await _of(Message, Message.gathering == gathering.id),
            ("messages",),
            last + keeping.CONTACTS,
        ),
        Kept(
            "Addresses of personal calendars",
            await _of(CalendarKey, CalendarKey.booking.is_in(mine)),
            ("calendars",),
            last + keeping.CALENDARS,
        ),
        Kept(
            "Bookings that were begun",
            await _of(Draft, Draft.gathering == gathering.id),
            ("drafts",),
            when=f"{DRAFT_HOURS} hours after the last change",
        ),
        Kept(
            "Bookings as they were before a change",
            await _of(BookingUndo, BookingUndo.booking.is_in(mine)),
            ("undos",),
            when="30 minutes after the change",
        ),
    ]


async def _of_the_day(gathering_id: int, last: date) -> list[Kept]:
    joined = (Joiner.gathering == gathering_id) & (Joiner.name != "")
    hosting = (Session.gathering == gathering_id) & (Session.host_name != SOMEBODY)
    sessions = Session.select(Session.id).where(Session.gathering == gathering_id)
    sheets = Sheet.select(Sheet.id).where(Sheet.gathering == gathering_id)
    summaries = Summary.select(Summary.id).where(Summary.gathering == gathering_id)
    hidden = Comment.summary.is_in(summaries) & Comment.hidden_at.is_not_null()
    return [
        Kept(
            "Names on the board",
            await _of(Joiner, joined) + await _of(Session, hosting),
            ("joiners", "hosts"),
            last + keeping.CONTACTS,
        ),
        Kept(
            "What hosts asked the facilitators for",
            await _of(SessionWish, SessionWish.session.is_in(sessions)),
            ("wishes",),
            last + keeping.LETTERS,
        ),
        Kept(
            "Who can be recognised in pictures",
            await _of(PicturePerson, PicturePerson.sheet.is_in(sheets)),
            ("people in pictures",),
            last + keeping.CONTACTS,
        ),
        Kept(
            "Helpers for the day",
            await _of(DayHelper, DayHelper.gathering == gathering_id),
            ("day helpers",),
            when=f"{keeping.SIGN_INS.days} days after their link ran out",
        ),
        Kept(
            "Comments that were hidden",
            await _of(Comment, hidden),
            ("comments",),
            when=f"{keeping.HIDDEN_COMMENTS.days} days after each was hidden",
        ),
    ]


def together(parts: Sequence[Kept]) -> Kept:
    """The same thing in several gatherings as one: how many, and the first and the last day."""
    first = parts[0]
    days = sorted(one.day for one in parts if one.day and one.number)
    number = sum(one.number for one in parts)
    if not days or days[0] == days[-1]:
        day = days[0] if days else None
        return Kept(first.what, number, first.kinds, day, first.when)
    when = f"Between {day_of(days[0])} and {day_of(days[-1])}{first.when}"
    return Kept(first.what, number, first.kinds, when=when)


def _bookings_of(gathering_id: int) -> Any:
    return Booking.select(Booking.id).where(Booking.gathering == gathering_id)


async def _of(table: Any, which: Any) -> int:
    number: int = await table.count().where(which)
    return number


async def _kept_needs(mine: Any) -> list[Kept]:
    rows = await KeptNeeds.select(KeptNeeds.forget_on).where(KeptNeeds.booking.is_in(mine))
    last = max((row["forget_on"] for row in rows), default=None)
    return [
        Kept("Needs kept for the next gathering", len(rows), ("kept needs",), last, AT_THE_LATEST)
    ]


async def _answers(gathering_id: int) -> list[Kept]:
    """One line for each question of the organisers', whose answers go on a day of its own."""
    questions = await (
        BookingQuestion.objects()
        .where(BookingQuestion.gathering == gathering_id)
        .order_by(BookingQuestion.position, BookingQuestion.id)
    )
    return [
        Kept(
            f"Answers to “{question.asks}”",
            await _of(BookingAnswer, BookingAnswer.question == question.id),
            ("answers",),
            question.forget_on,
        )
        for question in questions
    ]
