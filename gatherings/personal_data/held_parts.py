"""What we hold about a party beside its booking and its people, kind by kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from gatherings.access.arrangements import claims_of
from gatherings.access.bindings import kept_bound_to
from gatherings.access.catalogue import catalogue
from gatherings.access.looks import looks_at
from gatherings.access.making_reports import shared_with
from gatherings.access.need_history import Step, histories
from gatherings.access.need_states import HOW_WORDS, OUTCOME_WORDS, STATE_WORDS, WENT_WRONG_WORDS
from gatherings.access.needs import opened_answer
from gatherings.access.tables import BadgeNumber, Consent, KeptNeeds, Need
from gatherings.bookings import booking_list
from gatherings.bookings.extra_questions import answers_held
from gatherings.bookings.tables import BookingEvent, BookingUndo
from gatherings.bookings.undoing import bound_to as undo_bound_to
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.kinds import KINDS
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to as letter_bound_to
from gatherings.personal_data.data_request_views import RequestStep, due_on, steps_of
from gatherings.personal_data.held_words import (
    ABOUT_YOU,
    LETTER_STATES,
    NOT_OPENED,
    PURPOSE_WORDS,
    REQUEST_KINDS,
    REQUEST_WAYS,
    SHARED,
    STEP_WORDS,
    STRENGTH_WORDS,
    USE_WORDS,
    Entry,
    flat,
    moment,
    opened,
    without_blanks,
)
from gatherings.personal_data.tables import DataRequest
from web.words import day_of


async def numbers_on_badges(people: Iterable[int]) -> dict[int, int]:
    """By the person's id: the number by which a kitchen finds them."""
    rows = await BadgeNumber.objects().where(BadgeNumber.person.is_in([0, *people]))
    return {row.person: row.number for row in rows}


async def needs(names: Mapping[int, str], zone: str) -> list[Entry]:
    """Each need with its states."""
    rows = await Need.objects().where(Need.person.is_in([0, *names])).order_by(Need.id)
    steps = await histories([row.handle for row in rows])
    claims = await claims_of([row.handle for row in rows])
    return [
        _need(row, names[row.person], steps[row.handle], zone)
        | without_blanks({"Money": claims.get(row.handle, [])})
        for row in rows
    ]


def _need(row: Need, name: str, steps: list[Step], zone: str) -> Entry:
    said = opened_answer(row)
    return without_blanks(
        {
            "What": catalogue().label_of(said.code, said.group),
            "For whom": name,
            "In your words": said.words,
            "About when you arrive": said.arrives,
            "How much it matters": STRENGTH_WORDS[said.strength],
            "How far we are": STATE_WORDS[row.state],
            "To be agreed by": day_of(row.due_on),
            "What you said afterwards": OUTCOME_WORDS.get(row.outcome, ""),
            "What you said was wrong": WENT_WRONG_WORDS.get(row.went_wrong, ""),
            "What happened": [_step(step, zone) for step in steps],
        }
    )


def _step(step: Step, zone: str) -> str:
    said = (step.note, step.reason, step.alternative, step.before and f"Before: {step.before}")
    who = "by you" if step.by_person else f"by {step.who}" if step.who else ""
    first = ", ".join(
        filter(None, (STATE_WORDS[step.state], who, HOW_WORDS.get(step.how, "").lower()))
    )
    return f"{moment(step.at, zone)}: {'. '.join(filter(None, (first, *said)))}"


async def kept_needs(booking_id: int, zone: str) -> list[Entry]:
    """Needs kept for the next gathering."""
    rows = await KeptNeeds.objects().where(KeptNeeds.booking == booking_id).order_by(KeptNeeds.id)
    return [
        {
            "Kept": moment(row.kept_at, zone),
            "Goes on": day_of(row.forget_on),
            "What": _kept(opened(row.sealed, kept_bound_to(row.handle))) or NOT_OPENED,
        }
        for row in rows
    ]


def _kept(content: Mapping[str, Any]) -> list[str]:
    """Each need in words; who it is for, by their place in the party."""
    found = []
    for position, said in content.get("people", {}).items():
        for one in said:
            label = catalogue().label_of(one["code"], one["group"])
            words = f": {one['words']}" if one["words"] else ""
            found.append(f"Person {position}: {label}{words}")
    return found


async def answers(booking_id: int) -> list[Entry]:
    """Answers to the questions of the organisers."""
    return [
        without_blanks({"Question": one.asks, "Who": one.person, "Answer": list(one.lines)})
        for one in await answers_held(booking_id)
    ]


async def consents(booking_id: int, people: Mapping[int, str], zone: str) -> list[Entry]:
    """What was said to which exact words. `people` are what they are called, by position."""
    rows = await (
        Consent.select(*Consent.all_columns(), Consent.wording.words)
        .where(Consent.booking == booking_id)
        .order_by(Consent.id)
    )
    names = await booking_list.names_of([row["taken_by"] for row in rows])
    return [
        without_blanks(
            {
                "About": PURPOSE_WORDS.get(row["purpose"], row["purpose"]),
                "For whom": people.get(row["of_person"], ""),
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


async def letters(booking_id: int, zone: str) -> list[Entry]:
    """Letters with their words."""
    rows = await Letter.objects().where(Letter.booking == booking_id).order_by(Letter.id)
    return [_letter(row, zone) for row in rows]


def _letter(row: Letter, zone: str) -> Entry:
    content = opened(row.sealed, letter_bound_to(row.handle))
    return without_blanks(
        {
            "What": KINDS[row.kind].words if row.kind in KINDS else row.kind,
            "Written": moment(row.written_at, zone),
            "State": LETTER_STATES[row.state],
            "To": content.get("to", NOT_OPENED),
            "Subject": content.get("subject", ""),
            "Words": content.get("text", ""),
        }
    )


async def looks(booking_id: int, zone: str) -> list[Entry]:
    """Who opened their needs."""
    found = await looks_at(booking_id)
    return [{"Who": o.who, "Which page": o.screen, "When": moment(o.at, zone)} for o in found]


async def shared(booking_id: int, zone: str) -> list[Entry]:
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


async def calendars(booking_id: int, zone: str) -> list[Entry]:
    """That there is a calendar address, never the address."""
    rows = await CalendarKey.objects().where(CalendarKey.booking == booking_id)
    return [
        without_blanks({"Made": moment(row.made_at, zone), "Ended": moment(row.ended_at, zone)})
        for row in rows
    ]


async def requests(booking_id: int, zone: str) -> list[Entry]:
    """What they asked about their data in another way than on their page, and our answers."""
    rows = await (
        DataRequest.objects().where(DataRequest.booking == booking_id).order_by(DataRequest.id)
    )
    return [_request(row, await steps_of(row.id), zone) for row in rows]


def _request(row: DataRequest, steps: list[RequestStep], zone: str) -> Entry:
    how = REQUEST_WAYS.get(row.answered_by, "")
    return without_blanks(
        {
            "What": REQUEST_KINDS[row.kind],
            "Reference": row.reference,
            "Arrived": f"{day_of(row.arrived_on)}, {REQUEST_WAYS[row.came_by]}",
            "Answer by": day_of(due_on(row.arrived_on)),
            "Answered": f"{day_of(row.answered_on)}, {how}" if how else "Not yet",
            "What happened": [
                f"{moment(step.at, zone)}: {STEP_WORDS[step.what]}{step.who and ' by ' + step.who}"
                for step in steps
            ],
            "What was noted": [step.note for step in steps if step.note],
        }
    )


async def undos(booking_id: int, zone: str) -> list[Entry]:
    """What the booking was before a change."""
    rows = await BookingUndo.objects().where(BookingUndo.booking == booking_id)
    return [
        {
            "What": row.what,
            "When": moment(row.made_at, zone),
            "Until": moment(row.ends_at, zone),
            "Before": flat(opened(row.sealed, undo_bound_to(row.handle)).get("before", NOT_OPENED)),
        }
        for row in rows
    ]


async def history(booking_id: int, zone: str) -> list[Entry]:
    """What happened to the booking."""
    rows = await (
        BookingEvent.objects().where(BookingEvent.booking == booking_id).order_by(BookingEvent.id)
    )
    return [{"What": row.what.capitalize(), "When": moment(row.at, zone)} for row in rows]
