"""Everything that we hold about one party, for its own page and its own file.

Both show the same sections: a title, for how long we keep it, and entries of names and words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.access.bindings import kept_bound_to
from gatherings.access.catalogue import catalogue
from gatherings.access.looks import looks_at
from gatherings.access.making_reports import shared_with
from gatherings.access.need_history import Step, histories
from gatherings.access.need_states import HOW_WORDS, OUTCOME_WORDS, STATE_WORDS
from gatherings.access.needs import opened_answer
from gatherings.access.tables import Consent, KeptNeeds, Need
from gatherings.bookings import booking_list
from gatherings.bookings.extra_questions import answers_of_booking
from gatherings.bookings.tables import (
    AUDIENCES,
    Booking,
    BookingEvent,
    BookingUndo,
    Person,
)
from gatherings.bookings.undoing import bound_to as undo_bound_to
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.kinds import KINDS
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to as letter_bound_to
from gatherings.personal_data import keeping
from gatherings.planning.tables import Gathering
from web.crypto import unseal
from web.words import clock, day, day_of

Entry = dict[str, str | list[str]]

ROLE_WORDS = {"attending": "Attends", "supporting": "Supports somebody"}
USE_WORDS = {"yes": "Yes", "no": "No", "ask": "Ask first"}
HELP_WORDS = {
    "not_asked": "Not asked, or forgotten since",
    "no": "No",
    "yes": "Yes",
    "ask": "Please ask me",
    "talk": "I would rather talk",
}
FIRST_TIME_WORDS = {"yes": "Yes", "no": "No", "unknown": "We do not know"}
STRENGTH_WORDS = {"must": "I cannot come without this", "helps": "This would help"}
FOR_WHOM_WORDS = {"me": "For themselves", "us": "For a party", "other": "For somebody else"}
LETTER_STATES = {
    "waiting": "Waits to be sent",
    "sending": "Is being sent",
    "sent": "Sent",
    "failed": "Could not be sent",
    "by_hand": "Waits for somebody to post it, ring or text",
    "told": "Somebody told you",
    "dropped": "Not sent, because it was no longer true",
}
SHARED = (
    "Nobody outside the team is given your name or your words. The kitchen, the place where we "
    "meet and interpreters are told how many need something, not who."
)
ABOUT_YOU = {
    False: "How many people need something. You are one of the number, and nothing more.",
    True: "What to do for somebody of your party, by first name or by the number on a badge.",
}


@dataclass(frozen=True)
class Section:
    """One kind of thing. `key` names it in the file, `kept` says for how long."""

    key: str
    title: str
    kept: str
    entries: list[Entry]


async def held_about(booking_id: int) -> list[Section]:
    """Everything in this room about a party, opened."""
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        return []
    gathering = await Gathering.objects().get(Gathering.id == booking.gathering)
    if gathering is None:
        return []
    people = await Person.objects().where(Person.booking == booking_id).order_by(Person.position)
    names = {person.id: _called(person) for person in people}
    zone, contacts = gathering.zone, _months(keeping.MONTHS_OF_CONTACTS)
    needs_kept = f"Until {gathering.keep_needs_days} days after the gathering."
    letters = f"Until {keeping.LETTERS.days} days after the gathering."
    return [
        Section("booking", "The booking", contacts, [_booking(booking, gathering)]),
        Section("people", "The people", contacts, [_person(one, zone) for one in people]),
        Section("needs", "What would help", needs_kept, await _needs(names, zone)),
        Section(
            "kept_needs",
            "Kept for the next gathering",
            "Until the day that stands with it.",
            await _kept_needs(booking_id, zone),
        ),
        Section(
            "answers",
            "What the organisers asked",
            "Until the day that was told with each question.",
            await _answers(booking_id),
        ),
        Section(
            "consents",
            "What you said about keeping your needs",
            f"{keeping.YEARS_OF_PROOF} years, without your name.",
            await _consents(booking_id, zone),
        ),
        Section("letters", "Letters to you", letters, await _letters(booking_id, zone)),
        Section("looks", "Who opened your needs", letters, await _looks(booking_id, zone)),
        Section("shared", "With whom it was shared", letters, await _shared(booking_id, zone)),
        Section(
            "calendar", "Your own calendar address", letters, await _calendars(booking_id, zone)
        ),
        Section(
            "changes",
            "What it was before a change",
            "For 30 minutes, so that you can undo it.",
            await _undos(booking_id, zone),
        ),
        Section(
            "history", "What happened to the booking", contacts, await _history(booking_id, zone)
        ),
    ]


def as_file(sections: list[Section]) -> dict[str, Any]:
    """The sections as they stand in the file."""
    return {
        section.key: {
            "about": section.title,
            "kept": section.kept,
            "entries": section.entries,
        }
        for section in sections
    }


def moment(at: datetime | None, zone: str) -> str:
    """A moment in words, or "No"."""
    return f"{day(at, zone)}, {clock(at, zone)}" if at else "No"


def _months(number: int) -> str:
    return f"Until {number} months after the last gathering that you book."


def _called(person: Person) -> str:
    return person.name or ("A supporter" if person.role == "supporting" else "Somebody")


def _booking(booking: Booking, gathering: Gathering) -> Entry:
    zone = gathering.zone
    return _without_blanks(
        {
            "Gathering": f"{gathering.name}, {day(gathering.starts_at, zone)}",
            "Reference": booking.reference,
            "State": booking_list.STATE_WORDS.get(booking.state, booking.state),
            "Places": str(booking.places),
            "Fewer would also come": str(booking.fewer) if booking.fewer else "",
            "Made": moment(booking.created_at, zone),
            "How it came": booking_list.SOURCE_WORDS.get(booking.source, booking.source),
            "For whom": FOR_WHOM_WORDS[booking.for_whom],
            "Whoever asked is": booking.asker_is,
            "Whom we write to": booking.contact_name,
            "How we reach you": booking_list.WAY_WORDS[booking.contact_way],
            "Where we reach you": booking.contact_detail,
            "Waiting since": moment(booking.waiting_since, zone),
            "Cancelled": moment(booking.cancelled_at, zone),
        }
    )


def _person(person: Person, zone: str) -> Entry:
    return _without_blanks(
        {
            "Name": _called(person),
            "Comes to": ROLE_WORDS[person.role],
            "Sure to come": "Not sure yet" if person.maybe else "Yes",
            "On the badge": person.badge,
            "Would anything help": HELP_WORDS[person.help],
            "May be photographed": USE_WORDS[person.photo],
            "May be named": USE_WORDS[person.named],
            "May be quoted": USE_WORDS[person.quoted],
            "First time": FIRST_TIME_WORDS[person.first_time],
            "Arrived": moment(person.arrived_at, zone),
            "Cancelled": moment(person.cancelled_at, zone),
        }
    )


async def _needs(names: Mapping[int, str], zone: str) -> list[Entry]:
    rows = await Need.objects().where(Need.person.is_in([0, *names])).order_by(Need.id)
    steps = await histories([row.handle for row in rows])
    return [_need(row, names[row.person], steps[row.handle], zone) for row in rows]


def _need(row: Need, name: str, steps: list[Step], zone: str) -> Entry:
    said = opened_answer(row)
    return _without_blanks(
        {
            "Who": name,
            "What": catalogue().label_of(said.code, said.group),
            "In your words": said.words,
            "How much it matters": STRENGTH_WORDS[said.strength],
            "How far we are": STATE_WORDS[row.state],
            "To be agreed by": day_of(row.due_on),
            "What you said afterwards": OUTCOME_WORDS.get(row.outcome, ""),
            "What happened": [_step(step, zone) for step in steps],
        }
    )


def _step(step: Step, zone: str) -> str:
    said = (step.note, step.reason, step.alternative, step.before and f"Before: {step.before}")
    who = "by you" if step.by_person else f"by {step.who}" if step.who else ""
    parts = (STATE_WORDS[step.state], who, HOW_WORDS.get(step.how, ""), *said)
    return f"{moment(step.at, zone)}: {'. '.join(part for part in parts if part)}"


async def _kept_needs(booking_id: int, zone: str) -> list[Entry]:
    rows = await KeptNeeds.objects().where(KeptNeeds.booking == booking_id).order_by(KeptNeeds.id)
    return [
        {
            "Kept": moment(row.kept_at, zone),
            "Goes on": day_of(row.forget_on),
            "What": _flat(unseal(row.sealed, kept_bound_to(row.handle))),
        }
        for row in rows
    ]


async def _answers(booking_id: int) -> list[Entry]:
    return [
        _without_blanks({"Question": one.asks, "Who": one.person, "Answer": list(one.lines)})
        for one in await answers_of_booking(booking_id, AUDIENCES)
    ]


async def _consents(booking_id: int, zone: str) -> list[Entry]:
    rows = await (
        Consent.select(*Consent.all_columns(), Consent.wording.words)
        .where(Consent.booking == booking_id)
        .order_by(Consent.id)
    )
    names = await booking_list.names_of([row["taken_by"] for row in rows])
    return [
        _without_blanks(
            {
                "Your answer": USE_WORDS[row["answer"]],
                "The words you were shown": row["wording.words"],
                "In Easy Read": "Yes" if row["variant"] == "easy" else "No",
                "When": moment(row["given_at"], zone),
                "How": booking_list.SOURCE_WORDS.get(row["how"], row["how"]),
                "Who wrote it down": names.get(row["taken_by"], ""),
                "Who helped to decide": row["helped_by"],
                "Taken back": moment(row["withdrawn_at"], zone),
            }
        )
        for row in rows
    ]


async def _letters(booking_id: int, zone: str) -> list[Entry]:
    rows = await Letter.objects().where(Letter.booking == booking_id).order_by(Letter.id)
    return [_letter(row, zone) for row in rows]


def _letter(row: Letter, zone: str) -> Entry:
    content = unseal(row.sealed, letter_bound_to(row.handle))
    return {
        "What": KINDS[row.kind].words if row.kind in KINDS else row.kind,
        "Written": moment(row.written_at, zone),
        "State": LETTER_STATES[row.state],
        "To": content["to"],
        "Subject": content["subject"],
        "Words": content["text"],
    }


async def _looks(booking_id: int, zone: str) -> list[Entry]:
    looks = await looks_at(booking_id)
    return [{"Who": o.who, "Which page": o.screen, "When": moment(o.at, zone)} for o in looks]


async def _shared(booking_id: int, zone: str) -> list[Entry]:
    """Reports that counted or held somebody of the party."""
    made: list[Entry] = [
        {
            "What": one.title,
            "For": one.recipient,
            "Made by": one.who,
            "When": moment(one.at, zone),
            "What it says about you": ABOUT_YOU[one.named],
        }
        for one in await shared_with(booking_id)
    ]
    return [{"Shared": SHARED}, *made]


async def _calendars(booking_id: int, zone: str) -> list[Entry]:
    rows = await CalendarKey.objects().where(CalendarKey.booking == booking_id)
    return [
        {"Made": moment(row.made_at, zone), "Ended": moment(row.ended_at, zone)} for row in rows
    ]


async def _undos(booking_id: int, zone: str) -> list[Entry]:
    rows = await BookingUndo.objects().where(BookingUndo.booking == booking_id)
    return [
        {
            "What": row.what,
            "When": moment(row.made_at, zone),
            "Until": moment(row.ends_at, zone),
            "Before": _flat(unseal(row.sealed, undo_bound_to(row.handle))["before"]),
        }
        for row in rows
    ]


async def _history(booking_id: int, zone: str) -> list[Entry]:
    rows = await (
        BookingEvent.objects().where(BookingEvent.booking == booking_id).order_by(BookingEvent.id)
    )
    return [{"What": row.what.capitalize(), "When": moment(row.at, zone)} for row in rows]


def _flat(kept: Any, name: str = "") -> list[str]:
    """What is kept as lines of words, whatever its shape."""
    if isinstance(kept, Mapping):
        return [line for key, value in kept.items() for line in _flat(value, str(key))]
    if isinstance(kept, list):
        return [line for value in kept for line in _flat(value, name)]
    return [f"{name.replace('_', ' ')}: {kept}"] if kept not in ("", None) else []


def _without_blanks(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if value not in ("", [])}
