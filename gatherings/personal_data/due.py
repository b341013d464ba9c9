"""What is due to be forgotten: one small query for each rule. Each gives the ids of rows."""

from collections.abc import Collection
from datetime import datetime, timedelta
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
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingQuestion,
    BookingUndo,
    Draft,
    Person,
)
from gatherings.bookings.twins import contact
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter, Message
from gatherings.people.tables import Account, PasswordLink, SignIn
from gatherings.personal_data import keeping
from gatherings.personal_data.letting_go import DELETED, FORMER, NOBODY
from gatherings.personal_data.tables import Complaint, DataRequest, DataRequestEvent, Erasure
from gatherings.planning.tables import Gathering


async def drafts(now: datetime) -> list[int]:
    """Bookings that were begun and whose time ran out."""
    return _ids(await Draft.select(Draft.id).where(Draft.expires_at <= now))


async def undos(now: datetime) -> list[int]:
    """What bookings were before a change, once it cannot be undone any more."""
    return _ids(
        await BookingUndo.select(BookingUndo.id).where(
            (BookingUndo.ends_at <= now) | BookingUndo.used_at.is_not_null()
        )
    )


async def needs(now: datetime) -> list[int]:
    """People with needs, or of whom we know whether they asked for anything."""
    bookings = Booking.select(Booking.id).where(
        Booking.gathering.is_in([NOBODY, *await needs_are_due(now)])
    )
    people = Person.select(Person.id).where(Person.booking.is_in(bookings))
    with_needs = await Need.select(Need.person).where(Need.person.is_in(people))
    asked = await Person.select(Person.id).where(
        Person.booking.is_in(bookings) & (Person.help != "not_asked")
    )
    return sorted({*_ids(asked), *(row["person"] for row in with_needs)})


async def kept_needs(now: datetime) -> list[int]:
    """Needs that were kept for the next gathering."""
    return _ids(await KeptNeeds.select(KeptNeeds.id).where(KeptNeeds.forget_on <= now.date()))


async def answers(now: datetime) -> list[int]:
    """Answers to the organisers' own questions, each on the day that the question names."""
    questions = BookingQuestion.select(BookingQuestion.id).where(
        BookingQuestion.forget_on <= now.date()
    )
    return _ids(
        await BookingAnswer.select(BookingAnswer.id).where(BookingAnswer.question.is_in(questions))
    )


async def letters(now: datetime) -> list[int]:
    """Letters about a gathering, and letters to the team."""
    over = await ended_before(now - keeping.LETTERS)
    return _ids(
        await Letter.select(Letter.id).where(
            Letter.gathering.is_in([NOBODY, *over])
            | (Letter.gathering.is_null() & (Letter.written_at <= now - keeping.LETTERS))
        )
    )


async def looks(now: datetime) -> list[int]:
    """The record of who opened whose needs."""
    return _ids(
        await Look.select(Look.id).where(Look.booking.is_in(await _past(keeping.LOOKS, now)))
    )


async def reports(now: datetime) -> list[int]:
    """Which reports were made, and for whom."""
    over = await ended_before(now - keeping.LOOKS)
    return _ids(
        await ReportMade.select(ReportMade.id).where(ReportMade.gathering.is_in([NOBODY, *over]))
    )


async def badge_numbers(now: datetime) -> list[int]:
    """Which number stood on whose badge."""
    over = await ended_before(now - keeping.LOOKS)
    return _ids(
        await BadgeNumber.select(BadgeNumber.id).where(BadgeNumber.gathering.is_in([NOBODY, *over]))
    )


async def calendars(now: datetime) -> list[int]:
    """Addresses of personal calendars, and those that were replaced by another."""
    past = await _past(keeping.CALENDARS, now)
    return _ids(
        await CalendarKey.select(CalendarKey.id).where(
            CalendarKey.booking.is_in(past) | (CalendarKey.ended_at <= now - keeping.CALENDARS)
        )
    )


async def contacts(now: datetime) -> list[int]:
    """Bookings whose contact has booked nothing later that we still keep.

    Where they said no to keeping it, their names go when the gathering is over.
    """
    refused, ended = await _refused_details(), set(await ended_before(now))
    over = set(await ended_before(now - keeping.CONTACTS))
    rows = await Booking.select(
        Booking.id,
        Booking.gathering,
        Booking.contact_name,
        Booking.contact_way,
        Booking.contact_detail,
    ).where(Booking.reference.not_like(f"{DELETED}%"))
    kept = [row for row in rows if row["id"] not in refused]
    later = {_whom(row) for row in kept if row["gathering"] not in over}
    due = [row["id"] for row in kept if row["gathering"] in over and _whom(row) not in later]
    asked_not_to = [row for row in rows if row["id"] in refused]
    return [*due, *(row["id"] for row in asked_not_to if row["gathering"] in ended)]


async def messages(now: datetime) -> list[int]:
    """What organisers wrote to those who booked."""
    over = await ended_before(now - keeping.CONTACTS)
    return _ids(await Message.select(Message.id).where(Message.gathering.is_in([NOBODY, *over])))


async def support_people(now: datetime) -> list[int]:
    """Interpreters, captioners and guides."""
    over = await ended_before(now - keeping.CONTACTS)
    return _ids(
        await SupportPerson.select(SupportPerson.id).where(
            SupportPerson.gathering.is_in([NOBODY, *over]) & (SupportPerson.name != "")
        )
    )


async def sign_ins(now: datetime) -> list[int]:
    """Who of the team was signed in when."""
    return _ids(await SignIn.select(SignIn.id).where(SignIn.expires_at <= now - keeping.SIGN_INS))


async def password_links(now: datetime) -> list[int]:
    """Links with which somebody chose a password."""
    return _ids(
        await PasswordLink.select(PasswordLink.id).where(
            PasswordLink.expires_at <= now - keeping.SIGN_INS
        )
    )


async def closed_accounts(now: datetime) -> list[int]:
    """Helpers whose account was closed."""
    return _ids(
        await Account.select(Account.id).where(
            (Account.closed_at <= now - keeping.CONTACTS) & (Account.name != FORMER)
        )
    )


async def complaints(now: datetime) -> list[int]:
    """Complaints that were closed."""
    return _ids(
        await Complaint.select(Complaint.id).where(Complaint.closed_at <= now - keeping.COMPLAINTS)
    )


async def request_steps(now: datetime) -> list[int]:
    """What was noted about requests that were answered, and who of the team did so."""
    answered = DataRequest.select(DataRequest.id).where(
        DataRequest.answered_on <= (now - keeping.REQUEST_WORDS).date()
    )
    return _ids(
        await DataRequestEvent.select(DataRequestEvent.id).where(
            DataRequestEvent.request.is_in(answered)
        )
    )


async def requests(now: datetime) -> list[int]:
    """That somebody asked, and how and when we answered."""
    return _ids(
        await DataRequest.select(DataRequest.id).where(
            DataRequest.answered_on <= (now - keeping.PROOF).date()
        )
    )


async def consents(now: datetime) -> list[int]:
    """What was said to which words: the proof that we were allowed to keep needs."""
    return _ids(await Consent.select(Consent.id).where(Consent.given_at <= now - keeping.PROOF))


async def erasures(now: datetime) -> list[int]:
    """That a booking was erased."""
    return _ids(await Erasure.select(Erasure.id).where(Erasure.at <= now - keeping.PROOF))


async def ended_before(moment: datetime) -> list[int]:
    """Gatherings that were over by then."""
    return _ids(await Gathering.select(Gathering.id).where(Gathering.ends_at <= moment))


async def _refused_details() -> set[int]:
    """Parties whose last answer to keeping their names and contacts was no."""
    rows = await (
        Consent.select(Consent.booking, Consent.answer)
        .where(Consent.purpose == DETAILS)
        .order_by(Consent.id)
    )
    last = {row["booking"]: row["answer"] for row in rows}
    return {booking for booking, answer in last.items() if answer == "no"}


async def needs_are_due(now: datetime) -> list[int]:
    """Each gathering says for itself how many days its needs are kept."""
    fewest = timedelta(days=keeping.FEWEST_NEED_DAYS)
    rows = await Gathering.select(Gathering.id, Gathering.ends_at, Gathering.keep_needs_days).where(
        Gathering.ends_at <= now - fewest
    )
    return [row["id"] for row in rows if row["ends_at"] + timedelta(row["keep_needs_days"]) <= now]


async def _past(kept: timedelta, now: datetime) -> Any:
    over = await ended_before(now - kept)
    return Booking.select(Booking.id).where(Booking.gathering.is_in([NOBODY, *over]))


def _whom(row: dict[str, Any]) -> str:
    """The same for two bookings that are reached at the same address or number."""
    whom = contact(row["contact_name"], row["contact_way"], row["contact_detail"])
    return whom.detail or whom.name


def _ids(rows: Collection[dict[str, Any]]) -> list[int]:
    return [int(row["id"]) for row in rows]
