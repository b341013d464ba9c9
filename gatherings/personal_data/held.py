"""Everything that we hold about one party, for its own page and its own file.

Both show the same sections: a title, for how long we keep it, and entries of names and words.
"""

from dataclasses import dataclass
from typing import Any

from gatherings.access.consent import refuses_details
from gatherings.bookings import booking_list
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.uses import SHORT, uses_of
from gatherings.personal_data import held_parts as parts
from gatherings.personal_data import keeping
from gatherings.personal_data.held_words import (
    FIRST_TIME_WORDS,
    FOR_WHOM_WORDS,
    HELP_WORDS,
    ROLE_WORDS,
    USE_WORDS,
    Entry,
    moment,
    without_blanks,
)
from gatherings.planning.tables import Gathering
from web.words import day


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
    by_position = {person.position: _called(person) for person in people}
    numbers = await parts.numbers_on_badges(names)
    zone, contacts = gathering.zone, _months(keeping.MONTHS_OF_CONTACTS)
    if await refuses_details(booking_id):
        contacts = "Until the gathering is over, because you said no to keeping it for longer."
    needs_kept = f"Until {gathering.keep_needs_days} days after the gathering."
    letters = f"Until {keeping.LETTERS.days} days after the gathering."
    return [
        Section("booking", "The booking", contacts, [_booking(booking, gathering)]),
        Section(
            "people",
            "The people",
            contacts,
            [_person(one, zone, numbers.get(one.id)) for one in people],
        ),
        Section("needs", "What would help", needs_kept, await parts.needs(names, zone)),
        Section(
            "kept_needs",
            "Kept for the next gathering",
            "Until the day that stands with it.",
            await parts.kept_needs(booking_id, zone),
        ),
        Section(
            "answers",
            "What the organisers asked",
            "Until the day that was told with each question.",
            await parts.answers(booking_id),
        ),
        Section(
            "consents",
            "What you said about keeping this",
            f"{keeping.YEARS_OF_PROOF} years, without your name.",
            await parts.consents(booking_id, by_position, zone),
        ),
        Section("letters", "Letters to you", letters, await parts.letters(booking_id, zone)),
        Section("looks", "Who opened your needs", letters, await parts.looks(booking_id, zone)),
        Section(
            "shared",
            "With whom it was shared",
            letters,
            await parts.shared(booking_id, zone),
        ),
        Section(
            "calendar",
            "Your own calendar address",
            letters,
            await parts.calendars(booking_id, zone),
        ),
        Section(
            "changes",
            "What it was before a change",
            "For 30 minutes, so that you can undo it.",
            await parts.undos(booking_id, zone),
        ),
        Section(
            "requests",
            "What you asked about your data",
            f"{keeping.YEARS_OF_PROOF} years after our answer, without your name. What was noted: "
            "12 months after it.",
            await parts.requests(booking_id, zone),
        ),
        Section(
            "history",
            "What happened to the booking",
            contacts,
            await parts.history(booking_id, zone),
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


def _months(number: int) -> str:
    return f"Until {number} months after the last gathering that you book."


def _called(person: Person) -> str:
    return person.name or ("A supporter" if person.role == "supporting" else "Somebody")


def _booking(booking: Booking, gathering: Gathering) -> Entry:
    zone = gathering.zone
    return without_blanks(
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


def _person(person: Person, zone: str, number: int | None) -> Entry:
    return without_blanks(
        {
            "Name": _called(person),
            "Comes to": ROLE_WORDS[person.role],
            "Sure to come": "Not sure yet" if person.maybe else "",
            "On the badge": person.badge,
            "Number on the badge": str(number or ""),
            "Would anything help": HELP_WORDS[person.help],
            **{SHORT[use]: USE_WORDS[said] for use, said in uses_of(person).items()},
            "First time": FIRST_TIME_WORDS[person.first_time],
            "Arrived": moment(person.arrived_at, zone),
            "Who arrived": "Another supporter instead" if person.stand_in else "",
            "Cancelled": moment(person.cancelled_at, zone),
        }
    )
