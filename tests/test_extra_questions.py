"""The organisers' own questions: answers are sealed, for some eyes, and go when we said."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.extra_questions import (
    answers_of_booking,
    answers_of_gathering,
    questions_of,
)
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import AUDIENCES, Booking, BookingAnswer, BookingQuestion
from tests.booking_rows import make_gathering, one_person
from web.database import read, write

pytestmark = pytest.mark.usefixtures("db")


async def ask(gathering_id: int, position: int, asks: str, **changes: Any) -> int:
    """A question as a row, to be asked."""
    kept: dict[str, Any] = {"forget_on": date(2030, 1, 1)} | changes
    row = BookingQuestion(gathering=gathering_id, position=position, asks=asks, **kept)
    await row.save()
    return int(row.id)


async def test_a_party_answers_once_and_each_person_for_themselves() -> None:
    gathering = await make_gathering()
    meal = await write(
        ask, gathering.id, 2, "Which lunch?", kind="one", choices="Soup\nPie", each_person=True
    )
    train = await write(ask, gathering.id, 1, "Which train?", audience="door")
    people = (
        PersonAnswer("Cal", help="no", extra=((meal, ("Pie",)),)),
        PersonAnswer(role="supporting", extra=((meal, ("Soup", "Pie")),)),
    )
    party = one_person(people=people, extra=((train, ("The 9:12",)), (meal, ("Pie",))))
    booked = await write(bookings.book, gathering.id, party)
    booking = await read(find_booking, booked.reference)
    assert booking is not None
    answers = await read(answers_of_booking, booking.id, AUDIENCES)
    assert [(one.asks, one.person, one.lines) for one in answers] == [
        ("Which train?", "", ("The 9:12",)),
        ("Which lunch?", "Cal", ("Pie",)),
        ("Which lunch?", "A supporter", ("Soup",)),
    ]
    only_door = await read(answers_of_gathering, gathering.id, ["door"])
    assert [(one.asks, one.booking) for one in only_door] == [("Which train?", booked.reference)]
    rows = await BookingAnswer.objects()
    assert [row for row in rows if b"9:12" in row.sealed or b"Pie" in row.sealed] == []


async def test_what_nobody_asks_is_not_kept() -> None:
    gathering, other = await make_gathering(), await make_gathering()
    meal = await write(ask, gathering.id, 1, "Lunch?", kind="some", choices="Soup\nPie")
    gone = await write(ask, gathering.id, 2, "Old?", removed_at=datetime.now(UTC))
    elsewhere = await write(ask, other.id, 1, "Elsewhere?")
    extra = (
        (meal, ("Rockets",)),
        (gone, ("Yes",)),
        (elsewhere, ("Yes",)),
        (99_999, ("Yes",)),
    )
    await write(bookings.book, gathering.id, one_person(extra=extra))
    assert await BookingAnswer.count() == 0
    assert [one.asks for one in await read(questions_of, gathering.id)] == ["Lunch?"]


async def test_answers_of_cancelled_people_and_parties_are_not_listed() -> None:
    gathering = await make_gathering()
    train = await write(ask, gathering.id, 1, "Which train?")
    booked = await write(bookings.book, gathering.id, one_person(extra=((train, ("9:12",)),)))
    assert len(await read(answers_of_gathering, gathering.id, ["team"])) == 1
    await write(_cancel, booked.reference)
    assert await read(answers_of_gathering, gathering.id, ["team"]) == []


async def _cancel(reference: str) -> None:
    await Booking.update({Booking.state: "cancelled", Booking.held: 0}).where(
        Booking.reference == reference
    )
