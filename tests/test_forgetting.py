"""What we said goes after 28 days goes, and nothing before."""

import asyncio
from datetime import UTC, datetime, timedelta

from gatherings.access.forgetting import NEEDS_KEPT_FOR, forget_what_is_due
from gatherings.access.needs import NeedAnswer, needs_of_gathering
from gatherings.access.promises import move_need
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking, Draft, Person
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering
from web.chores import repeated
from web.database import read, write

LOOP = Party(
    contact_name="Cal",
    contact_way="phone",
    contact_detail="07700 900123",
    people=(PersonAnswer(name="Cal", help="yes", needs=(NeedAnswer("hear.loop"),)),),
    consent="yes",
)


async def a_need_at(gathering: Gathering) -> None:
    await write(bookings.book, gathering.id, LOOP)
    need = (await read(needs_of_gathering, gathering.id))[-1]
    at = datetime.now(UTC)
    await write(
        move_need, need.handle, gathering.id, seen=need.mark, to="talking", account_id=1, at=at
    )


async def test_needs_go_28_days_after_their_gathering_and_the_booking_stays(db: object) -> None:
    first, later = await make_gathering(), await make_gathering()
    await a_need_at(first)
    await a_need_at(later)
    await write(_move_end, later.id, first.ends_at + timedelta(days=5))
    due = first.ends_at + NEEDS_KEPT_FOR
    assert await write(forget_what_is_due, due - timedelta(seconds=1)) == 0
    assert await write(forget_what_is_due, due) == 1
    assert await read(needs_of_gathering, first.id) == []
    assert len(await read(needs_of_gathering, later.id)) == 1
    assert (await Need.count(), await NeedEvent.count(), await Booking.count()) == (1, 1, 2)
    people = await Person.objects().order_by(Person.id)
    assert [person.help for person in people] == ["not_asked", "yes"]


async def _move_end(gathering_id: int, ends_at: datetime) -> None:
    await Gathering.update({Gathering.ends_at: ends_at}).where(Gathering.id == gathering_id)


async def test_a_draft_goes_when_its_time_is_over(db: object) -> None:
    gathering = await make_gathering()
    await write(save_draft, "", gathering.id, {"name": "Cal"})
    await write(forget_what_is_due, datetime.now(UTC) + timedelta(hours=19))
    assert await Draft.count() == 1
    await write(forget_what_is_due, datetime.now(UTC) + timedelta(hours=21))
    assert await Draft.count() == 0


async def test_a_chore_is_done_at_once_and_again_even_after_it_failed() -> None:
    done: list[int] = []
    twice = asyncio.Event()

    async def work() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise OSError("the disk is full")
        twice.set()

    async with repeated(work, 0.01):
        async with asyncio.timeout(15):
            await twice.wait()
    assert done[:2] == [0, 1]
