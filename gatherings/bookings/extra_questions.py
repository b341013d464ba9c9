"""The organisers' own questions of a gathering, and what people answered: sealed, for some eyes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatherings.bookings.parties import Extra
from gatherings.bookings.tables import (
    AUDIENCES,
    Booking,
    BookingAnswer,
    BookingQuestion,
    Person,
)
from web.crypto import new_key, seal, unseal

YES_NO = ("Yes", "No")
CHOSEN = ("one", "some", "yes_no")
AUDIENCE_WORDS = {
    "team": "The team sees the answer.",
    "access_lead": "Only the access lead sees the answer.",
    "kitchen": "The organisers use the answer for the kitchen.",
    "door": "The people at the door see the answer.",
}


@dataclass(frozen=True)
class Question:
    """One question as people see it. `options` are what may be chosen; none for own words."""

    id: int
    position: int
    kind: str
    asks: str
    why: str
    options: tuple[str, ...]
    each_person: bool
    audience: str
    forget_on: date

    def tidy(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Of what was sent, that which may be kept; an empty tuple is no answer."""
        if self.kind not in CHOSEN:
            words = "\n".join(lines).strip()
            return (words,) if words else ()
        sent = set(lines)
        found = tuple(option for option in self.options if option in sent)
        return found if self.kind == "some" else found[:1]


@dataclass(frozen=True)
class AnswerView:
    """One opened answer. `person` is "" when the party answered once; `lines` is never empty.

    `contact` is whoever booked.
    """

    question_id: int
    asks: str
    audience: str
    booking: str
    person_id: int | None
    person: str
    lines: tuple[str, ...]
    contact: str = ""
    booking_id: int = 0


async def questions_of(gathering_id: int) -> list[Question]:
    """The questions that are asked now, in their order."""
    rows = await (
        BookingQuestion.objects()
        .where(BookingQuestion.gathering == gathering_id, BookingQuestion.removed_at.is_null())
        .order_by(BookingQuestion.position, BookingQuestion.id)
    )
    return [_question(row) for row in rows]


async def answers_of_booking(booking_id: int, audiences: Iterable[str]) -> list[AnswerView]:
    """A party's answers to the questions of these audiences, opened, in the questions' order."""
    return await _answers((BookingAnswer.booking == booking_id) & _still_comes(), audiences)


async def answers_held(booking_id: int) -> list[AnswerView]:
    """Every answer that we keep of a party, also of people who do not come any more."""
    return await _answers(BookingAnswer.booking == booking_id, AUDIENCES)


async def answers_of_gathering(gathering_id: int, audiences: Iterable[str]) -> list[AnswerView]:
    """The answers of all who come or wait, opened, in the questions' order."""
    coming = Booking.select(Booking.id).where(
        (Booking.gathering == gathering_id) & (Booking.state != "cancelled")
    )
    return await _answers(BookingAnswer.booking.is_in(coming) & _still_comes(), audiences)


async def keep_answers(
    booking_id: int, gathering_id: int, once: Extra, people: Mapping[int, Extra]
) -> None:
    """Keep what a party answered once, and what each person (by id) answered.

    What belongs to a question that is not asked, or no longer, is left out.
    """
    if not once and not any(people.values()):
        return
    for question in await questions_of(gathering_id):
        if not question.each_person:
            await _keep(question, booking_id, None, once)
        else:
            for person_id, extra in people.items():
                await _keep(question, booking_id, person_id, extra)


async def _keep(question: Question, booking_id: int, person_id: int | None, extra: Extra) -> None:
    lines = question.tidy(dict(extra).get(question.id, ()))
    if not lines:
        return
    handle = new_key()[:32]
    await BookingAnswer(
        handle=handle,
        question=question.id,
        booking=booking_id,
        person=person_id,
        sealed=seal({"lines": list(lines)}, bound_to(handle)),
    ).save()


def bound_to(handle: str) -> str:
    """What ties a sealed answer to its row."""
    return f"booking-answer:{handle}"


async def _answers(whose: Any, audiences: Iterable[str]) -> list[AnswerView]:
    wanted = BookingQuestion.select(BookingQuestion.id).where(
        BookingQuestion.audience.is_in(list(audiences)), BookingQuestion.removed_at.is_null()
    )
    rows = await (
        BookingAnswer.select(
            BookingAnswer.handle,
            BookingAnswer.sealed,
            BookingAnswer.person,
            BookingAnswer.question.id,
            BookingAnswer.question.asks,
            BookingAnswer.question.audience,
            BookingAnswer.question.position,
            BookingAnswer.booking.id,
            BookingAnswer.booking.reference,
            BookingAnswer.booking.contact_name,
            BookingAnswer.person.name,
            BookingAnswer.person.role,
        )
        .where(whose)
        .where(BookingAnswer.question.is_in(wanted))
        .order_by(BookingAnswer.id)
    )
    return [_answer(row) for row in sorted(rows, key=lambda row: int(row["question.position"]))]


def _still_comes() -> Any:
    gone = Person.select(Person.id).where(Person.cancelled_at.is_not_null())
    return BookingAnswer.person.is_null() | BookingAnswer.person.not_in(gone)


def _answer(row: Mapping[str, Any]) -> AnswerView:
    person_id = row["person"]
    unnamed = "A supporter" if row["person.role"] == "supporting" else "Somebody"
    return AnswerView(
        question_id=row["question.id"],
        asks=row["question.asks"],
        audience=row["question.audience"],
        booking=row["booking.reference"],
        person_id=person_id,
        person="" if person_id is None else row["person.name"] or unnamed,
        lines=tuple(unseal(row["sealed"], bound_to(row["handle"]))["lines"]),
        contact=row["booking.contact_name"],
        booking_id=row["booking.id"],
    )


def _question(row: BookingQuestion) -> Question:
    choices = tuple(line for line in row.choices.splitlines() if line.strip())
    return Question(
        id=row.id,
        position=row.position,
        kind=row.kind,
        asks=row.asks,
        why=row.why,
        options=YES_NO if row.kind == "yes_no" else choices if row.kind in CHOSEN else (),
        each_person=row.each_person,
        audience=row.audience,
        forget_on=row.forget_on,
    )
