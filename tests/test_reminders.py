"""Reminders come at a decent hour, once, to those who are booked and were so in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from piccolo.columns import Column

from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.letters.reminders import write_due_reminders
from gatherings.letters.tables import Letter
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person
from tests.letter_rows import booking_of
from web.database import DatabaseEngine, write

# 10am in London, a few days after the clocks went forward.
STARTS = datetime(2027, 4, 1, 9, tzinfo=UTC)
MORNING = datetime(2027, 4, 1, 6, tzinfo=UTC)
LONG_BEFORE = datetime(2027, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
async def gathering(db: DatabaseEngine) -> Gathering:
    return await make_gathering(starts_at=STARTS, ends_at=STARTS + timedelta(hours=6), capacity=9)


async def booked(gathering: Gathering, at: datetime = LONG_BEFORE) -> Booking:
    return await booking_of(
        (await write(bookings.book, gathering.id, one_person(), at=at)).reference
    )


async def reminders() -> list[str]:
    rows = await Letter.select(Letter.kind).where(Letter.kind.like("reminder%")).order_by(Letter.id)
    return [row["kind"] for row in rows]


async def look(*moments: datetime) -> list[int]:
    return [await write(write_due_reminders, moment) for moment in moments]


async def test_three_reminders_each_once_at_a_decent_hour(gathering: Gathering) -> None:
    await booked(gathering)
    minute = timedelta(minutes=1)
    fourteen = datetime(2027, 3, 18, 10, tzinfo=UTC)  # before the clocks change
    three = datetime(2027, 3, 29, 9, tzinfo=UTC)
    for moment in (fourteen, three, MORNING):
        assert await look(moment - minute, moment, moment + minute) == [0, 1, 0]
    assert await reminders() == ["reminder_14", "reminder_3", "reminder_day"]
    assert await look(STARTS) == [0]


async def test_who_books_later_gets_only_what_is_still_to_come(gathering: Gathering) -> None:
    await booked(gathering, STARTS - timedelta(days=2))
    hours = [STARTS - timedelta(hours=hour) for hour in range(48, 0, -1)]
    assert sum(await look(*hours)) == 1
    assert await reminders() == ["reminder_day"]


async def test_nobody_who_is_not_booked_is_reminded(gathering: Gathering) -> None:
    for state in ("waiting", "lapsed", "cancelled"):
        await write(_set_state, (await booked(gathering)).id, state)
    assert await look(MORNING) == [0]


async def _set_state(booking_id: int, state: str) -> None:
    await Booking.update({Booking.state: state, Booking.held: 0}).where(Booking.id == booking_id)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
async def test_a_gathering_that_does_not_take_place_reminds_nobody(
    gathering: Gathering, state: str
) -> None:
    await booked(gathering)
    await write(_change, gathering.id, state=state)
    assert await look(MORNING) == [0]


async def test_each_reminder_can_be_switched_off(gathering: Gathering) -> None:
    await booked(gathering)
    await write(_change, gathering.id, remind_day=False, remind_3=False)
    days = [STARTS - timedelta(days=day, hours=-1) for day in range(16, -1, -1)]
    await look(*days)
    assert await reminders() == ["reminder_14"]


async def test_a_gathering_that_moved_reminds_anew(gathering: Gathering) -> None:
    await booked(gathering)
    assert await look(MORNING) == [1]
    moved = timedelta(days=7)
    ends = STARTS + moved + timedelta(hours=6)
    await write(_change, gathering.id, starts_at=STARTS + moved, ends_at=ends)
    assert await look(MORNING, MORNING + moved) == [0, 1]


async def test_an_early_start_and_a_whole_day_remind_in_the_morning(gathering: Gathering) -> None:
    await booked(gathering)
    early = MORNING + timedelta(minutes=30)  # half past 7
    await write(_change, gathering.id, starts_at=early)
    assert await look(early - timedelta(hours=2, minutes=1), early - timedelta(hours=2)) == [0, 1]
    midnight = datetime(2027, 5, 1, 23, tzinfo=UTC)
    ends = midnight + timedelta(days=1)
    await write(_change, gathering.id, starts_at=midnight, ends_at=ends, all_day=True)
    seven = datetime(2027, 5, 2, 6, tzinfo=UTC)
    assert await look(seven - timedelta(minutes=1), seven) == [0, 1]


async def _change(gathering_id: int, **change: Any) -> None:
    columns: dict[Column | str, Any] = {}
    columns.update(change)
    await Gathering.update(columns).where(Gathering.id == gathering_id)
