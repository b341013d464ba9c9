"""The waiting list: parties whole and in order, offers that run out or do not, and answers."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings import answering, cancelling, waiting_list
from gatherings.bookings.booking_list import history_of
from gatherings.bookings.changing import add_person
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, taken_of
from tests.waiting_rows import again, booked, coming_in, counts_are_right, state_of
from web.database import read, write
from web.words import local

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime.now(UTC)


async def cancel(booking: Booking) -> None:
    assert await write(cancelling.cancel, booking.id, at=NOW)


async def full(capacity: int = 2) -> tuple[Gathering, Booking]:
    """A gathering whose places are all taken by one party."""
    gathering = await make_gathering(capacity=capacity)
    return gathering, await booked(gathering, capacity, "First")


async def test_a_place_that_comes_free_goes_to_who_waited_longest() -> None:
    gathering, first = await full(1)
    one, two = [await booked(gathering, 1, name) for name in ("One", "Two")]
    await cancel(first)
    assert await state_of(one) == ("offered", 1)
    assert await state_of(two) == ("waiting", 0)
    assert await taken_of(gathering) == 1
    assert await counts_are_right(gathering)


async def test_a_party_is_never_split_and_those_behind_it_may_fit() -> None:
    gathering, first = await full(2)
    three = await booked(gathering, 3, "Three")
    pair = await booked(gathering, 2, "Pair")
    await cancel(first)
    assert await state_of(three) == ("waiting", 0)
    assert await state_of(pair) == ("offered", 2)


async def test_a_party_that_would_come_with_fewer_is_offered_what_there_is() -> None:
    gathering, first = await full(2)
    three = await booked(gathering, 3, "Three", fewer=2)
    await cancel(first)
    assert await state_of(three) == ("offered", 2)
    with pytest.raises(Refused, match="Choose fewer people: 2 places are there for you"):
        await write(answering.accept, three.id, NOW)
    await write(answering.accept, three.id, NOW, coming=[1, 3])
    assert await state_of(three) == ("booked", 2)
    assert await coming_in(three) == ["Three 1", "Three 3"]
    assert (await again(three.reference)).places == 2


async def test_who_takes_less_than_offered_leaves_the_rest_to_others() -> None:
    gathering, first = await full(2)
    pair, one = await booked(gathering, 2, "Pair"), await booked(gathering, 1, "One")
    await cancel(first)
    await write(answering.accept, pair.id, NOW, coming=[2])
    assert await state_of(pair) == ("booked", 1)
    assert await state_of(one) == ("offered", 1)
    assert await taken_of(gathering) == 2
    assert await counts_are_right(gathering)


async def test_no_gives_the_places_to_the_next() -> None:
    gathering, first = await full(1)
    one, two = [await booked(gathering, 1, name) for name in ("One", "Two")]
    await cancel(first)
    assert await write(answering.decline, one.id, NOW)
    assert await state_of(one) == ("cancelled", 0)
    assert await state_of(two) == ("offered", 1)
    assert not await write(answering.decline, one.id, NOW)
    assert await taken_of(gathering) == 1


async def test_an_offer_by_email_ends_in_the_evening_48_hours_away_or_more() -> None:
    gathering = await make_gathering()
    for hours in range(0, 30, 3):
        at = datetime(2026, 11, 22, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
        ends_at = waiting_list.offer_ends(gathering, "email", at)
        assert ends_at is not None
        assert timedelta(hours=48) <= ends_at - at < timedelta(hours=72)
        assert local(ends_at, gathering.zone).hour == 18


@pytest.mark.parametrize("way", ["phone", "text", "post", "supporter"])
async def test_an_offer_to_somebody_without_email_does_not_run_out(way: str) -> None:
    gathering, first = await full(1)
    one = await booked(gathering, 1, "One", way=way)
    await cancel(first)
    assert (await again(one.reference)).offer_ends_at is None
    assert await write(answering.lapse_due, NOW + timedelta(days=50)) == 0
    assert await state_of(one) == ("offered", 1)


async def test_an_offer_that_ran_out_goes_to_the_next_and_can_be_asked_for_again() -> None:
    gathering, first = await full(1)
    one, two = [await booked(gathering, 1, name) for name in ("One", "Two")]
    await cancel(first)
    ends_at = (await again(one.reference)).offer_ends_at
    assert ends_at is not None
    assert await write(answering.lapse_due, ends_at - timedelta(seconds=1)) == 0
    assert await write(answering.lapse_due, ends_at) == 1
    assert await state_of(one) == ("lapsed", 0)
    assert await state_of(two) == ("offered", 1)
    with pytest.raises(Refused, match="We do not keep a place for you any more"):
        await write(answering.accept, one.id, ends_at)
    assert await write(answering.join_again, one.id, ends_at)
    assert (await again(one.reference)).waiting_since == ends_at
    assert await state_of(one) == ("waiting", 0)
    said = [event.what for event in await read(history_of, one.id)]
    assert said == ["waiting", "offered", "lapsed", "joined again"]


async def test_an_offer_is_not_over_before_it_was_taken_back() -> None:
    """The chore runs every few minutes: until it has, a yes is a yes."""
    gathering, first = await full(1)
    one = await booked(gathering, 1, "One")
    await cancel(first)
    await write(answering.accept, one.id, NOW + timedelta(days=9))
    assert await state_of(one) == ("booked", 1)


async def test_places_go_by_themselves_until_three_days_before() -> None:
    gathering, first = await full(1)
    one = await booked(gathering, 1, "One")
    late = gathering.starts_at - timedelta(days=3)
    assert await write(cancelling.cancel, first.id, at=late)
    assert await state_of(one) == ("waiting", 0)
    assert waiting_list.must_be_phoned(gathering, late)
    assert not waiting_list.must_be_phoned(gathering, late - timedelta(seconds=1))
    assert await write(waiting_list.fill, gathering.id, late) == 0
    assert await write(waiting_list.fill, gathering.id, late - timedelta(seconds=1)) == 1


@pytest.mark.parametrize("state", ["closed", "cancelled"])
async def test_nothing_is_offered_while_booking_is_not_open(state: str) -> None:
    gathering, first = await full(1)
    one = await booked(gathering, 1, "One")
    await write(_become, gathering.id, state)
    await cancel(first)
    assert await state_of(one) == ("waiting", 0)


async def _become(gathering_id: int, state: str) -> None:
    await Gathering.update({Gathering.state: state}).where(Gathering.id == gathering_id)


async def test_an_organiser_offers_out_of_turn_and_books_in() -> None:
    gathering, first = await full(2)
    pair, one = await booked(gathering, 2, "Pair"), await booked(gathering, 1, "One")
    late = gathering.starts_at - timedelta(days=1)
    with pytest.raises(Refused, match="No place is free just now, and 1 place is needed"):
        await write(waiting_list.offer, one.id, late, account_id=1)
    await write(cancelling.cancel, first.id, at=late)
    await write(waiting_list.offer, one.id, late, account_id=1)
    assert await state_of(one) == ("offered", 1)
    assert (await again(one.reference)).offer_ends_at is None
    with pytest.raises(Refused, match="Choose fewer people: 1 place is there for you"):
        await write(answering.book_in, pair.id, late, account_id=1)
    await write(answering.book_in, pair.id, late, account_id=1, coming=[1])
    assert await state_of(pair) == ("booked", 1)
    await write(answering.book_in, one.id, late, account_id=1)
    assert await state_of(one) == ("booked", 1)
    assert await counts_are_right(gathering)


async def test_a_cancelled_party_is_never_offered_a_place() -> None:
    gathering, first = await full(1)
    one = await booked(gathering, 1, "One")
    await cancel(one)
    await cancel(first)
    assert await state_of(one) == ("cancelled", 0)
    for verb in (waiting_list.offer, answering.book_in):
        with pytest.raises(Refused):
            await write(verb, one.id, NOW, account_id=1)
    assert await taken_of(gathering) == 0


async def test_two_yeses_and_a_no_at_once_count_once() -> None:
    gathering, first = await full(1)
    one, two = [await booked(gathering, 1, name) for name in ("One", "Two")]
    await cancel(first)
    presses = [
        *(write(answering.accept, one.id, NOW) for _ in range(3)),
        *(write(waiting_list.fill, gathering.id, NOW) for _ in range(3)),
    ]
    await asyncio.gather(*presses)
    assert await state_of(one) == ("booked", 1)
    assert await state_of(two) == ("waiting", 0)
    said = [event.what for event in await read(history_of, one.id)]
    assert said == ["waiting", "offered", "accepted"]


async def two_booked_close_to_the_day() -> tuple[Gathering, Booking]:
    """A full gathering of two places to which places no longer go by themselves."""
    gathering = await make_gathering(capacity=2)
    await Gathering.update({Gathering.fill_stops_days: 365}).where(Gathering.id == gathering.id)
    first = await booked(gathering, 1, "First")
    await booked(gathering, 1, "Second")
    return gathering, first


async def test_close_to_the_day_nobody_new_is_quicker_than_those_who_wait() -> None:
    gathering, first = await two_booked_close_to_the_day()
    waits = await booked(gathering, 1, "Eve", way="phone")
    await cancel(first)
    assert await state_of(waits) == ("waiting", 0)
    assert await state_of(await booked(gathering, 1, "Fay")) == ("waiting", 0)
    found = await Gathering.objects().get(Gathering.id == gathering.id)
    assert found is not None
    assert await read(waiting_list.are_promised, found)


async def test_close_to_the_day_only_an_organiser_lets_a_party_grow_before_those_who_wait() -> None:
    gathering, first = await two_booked_close_to_the_day()
    second = (await Booking.objects().order_by(Booking.id))[1]
    waits = await booked(gathering, 1, "Eve", way="phone")
    await cancel(first)
    dot = PersonAnswer(name="Dot", help="no")
    with pytest.raises(Refused, match="Other people wait"):
        await write(add_person, second.id, dot, NOW)
    assert (await state_of(second), await state_of(waits)) == (("booked", 1), ("waiting", 0))
    await write(add_person, second.id, dot, NOW, 1)
    assert await state_of(second) == ("booked", 2)


async def test_a_party_too_large_for_what_is_free_keeps_nobody_out() -> None:
    gathering, first = await two_booked_close_to_the_day()
    large = await booked(gathering, 2, "Eve", way="phone")
    await cancel(first)
    newcomer = await booked(gathering, 1, "Fay")
    assert (await state_of(large), await state_of(newcomer)) == (("waiting", 0), ("booked", 1))
