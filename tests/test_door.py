"""The rules of the door: arrivals, walk-ins, and letting people in without a place."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings import bookings
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.door import NoRoom, arrive, let_in, undo_arrival
from gatherings.bookings.parties import Party
from gatherings.bookings.places import recount, settle
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.bookings.walking_in import walk_in
from gatherings.letters.tables import Letter
from gatherings.letters.writing import write_to_all
from gatherings.people.roles import Viewer, works_door
from gatherings.planning.tables import Gathering, GatheringEvent
from tests.booking_rows import make_gathering, one_person, taken_of, with_supporter
from web.database import read, write
from web.problems import Overtaken

pytestmark = pytest.mark.usefixtures("db")
AT = datetime(2027, 3, 3, 9, 55, tzinfo=UTC)
SAM, TOM = 71, 72


async def _booked(gathering: Gathering, party: Party | None = None) -> Booking:
    made = await write(bookings.book, gathering.id, party or with_supporter("Josie"))
    found = await Booking.objects().get(Booking.reference == made.reference)
    assert found is not None
    return found


async def _here(booking: Booking) -> list[bool]:
    people = await Person.objects().where(Person.booking == booking.id).order_by(Person.position)
    return [person.arrived_at is not None for person in people]


async def _history(booking: Booking) -> list[tuple[str, int | None]]:
    rows = await (
        BookingEvent.objects().where(BookingEvent.booking == booking.id).order_by(BookingEvent.id)
    )
    return [(row.what, row.account_id) for row in rows]


async def _change(gathering: Gathering, capacity: int, state: str = "open") -> None:
    await write(_set, gathering.id, capacity, state)


async def _set(gathering_id: int, capacity: int, state: str) -> None:
    await Gathering.update({Gathering.capacity: capacity, Gathering.state: state}).where(
        Gathering.id == gathering_id
    )


async def test_the_whole_party_arrives_with_one_press_and_goes_with_one() -> None:
    party = await _booked(await make_gathering())
    assert await write(arrive, party.id, SAM, AT) == 2
    assert await _here(party) == [True, True]
    assert await write(undo_arrival, party.id, TOM, AT) == 2
    assert await _here(party) == [False, False]
    people = await Person.select(Person.id).order_by(Person.position)
    rows = await BookingEvent.objects().order_by(BookingEvent.id)
    assert [(row.what, row.account_id, row.person_id, row.at) for row in rows[1:]] == [
        ("arrived", SAM, people[0]["id"], AT),
        ("arrived", SAM, people[1]["id"], AT),
        ("arrival undone", TOM, people[0]["id"], AT),
        ("arrival undone", TOM, people[1]["id"], AT),
    ]


async def test_one_person_arrives_and_the_others_later() -> None:
    party = await _booked(await make_gathering())
    assert await write(arrive, party.id, SAM, AT, position=2) == 1
    assert await _here(party) == [False, True]
    later = AT + timedelta(minutes=20)
    assert await write(arrive, party.id, SAM, later) == 1
    rows = await Person.select(Person.arrived_at).order_by(Person.position)
    assert [row["arrived_at"] for row in rows] == [later, AT]
    assert await write(undo_arrival, party.id, SAM, later, position=1) == 1
    assert await _here(party) == [False, True]


async def test_a_different_supporter_is_noted_and_the_name_is_kept() -> None:
    party = await _booked(await make_gathering())
    await write(arrive, party.id, SAM, AT, position=2, stand_in=True)
    stand_ins = Person.select(Person.stand_in).order_by(Person.position)
    assert [row["stand_in"] for row in await stand_ins] == [False, True]
    await write(undo_arrival, party.id, SAM, AT, position=2)
    assert [row["stand_in"] for row in await stand_ins] == [False, False]


async def test_two_helpers_who_press_at_once_note_one_arrival_each() -> None:
    party = await _booked(await make_gathering())
    came = await asyncio.gather(*(write(arrive, party.id, who, AT) for who in (SAM, TOM)))
    assert sorted(came) == [0, 2]
    gone = await asyncio.gather(*(write(undo_arrival, party.id, who, AT) for who in (SAM, TOM)))
    assert sorted(gone) == [0, 2]
    assert len(await _history(party)) == 5


async def test_who_has_cancelled_does_not_arrive() -> None:
    party = await _booked(await make_gathering())
    await write(_cancel_second, party.id)
    assert await write(arrive, party.id, SAM, AT) == 1
    assert await write(arrive, party.id, SAM, AT, position=2) == 0
    assert await _here(party) == [True, False]
    await write(cancel, party.id)
    await write(undo_arrival, party.id, SAM, AT)
    assert await write(arrive, party.id, SAM, AT) == 0


async def _cancel_second(booking_id: int) -> None:
    await Person.update({Person.cancelled_at: AT}).where(
        (Person.booking == booking_id) & (Person.position == 2)
    )


async def test_a_walk_in_takes_a_place_and_is_here_at_once() -> None:
    gathering = await make_gathering()
    await _change(gathering, 5, "closed")
    reference = await write(walk_in, gathering.id, "Wren", SAM, AT)
    kept = await Booking.objects().get(Booking.reference == reference)
    assert kept is not None
    assert (kept.state, kept.held, kept.source, kept.contact_detail) == ("booked", 1, "day", "")
    assert (kept.contact_name, kept.entered_by) == ("Wren", SAM)
    assert await _here(kept) == [True]
    assert await _history(kept) == [("booked", SAM), ("arrived", SAM)]
    assert await taken_of(gathering) == 1


async def test_a_walk_in_gets_no_letter() -> None:
    gathering = await make_gathering()
    await write(walk_in, gathering.id, "Wren", SAM, AT)
    await _booked(gathering, one_person())
    written = await write(write_to_all, "thank_you", gathering.id, AT, about="spring")
    assert written == 1
    (walked,) = await Booking.objects().where(Booking.source == "day")
    await write(cancel, walked.id)
    assert await Letter.count().where(Letter.booking == walked.id) == 0


async def test_a_walk_in_with_a_supporter_takes_the_places_that_count() -> None:
    for counts, taken in ((True, 2), (False, 1)):
        gathering = await make_gathering(supporters_count=counts)
        await write(walk_in, gathering.id, "Wren", SAM, AT, supporter=True)
        assert await taken_of(gathering) == taken


async def test_a_second_press_finds_the_first_walk_in() -> None:
    gathering = await make_gathering(capacity=1)
    presses = [
        write(walk_in, gathering.id, "Wren", who, AT, form_token="same") for who in (SAM, TOM)
    ]
    assert len(set(await asyncio.gather(*presses))) == 1
    assert await taken_of(gathering) == 1
    other = await make_gathering()
    await write(walk_in, other.id, "Wren", SAM, AT, form_token="same")
    assert await taken_of(other) == 1


async def test_a_full_house_asks_and_only_a_yes_adds_the_place() -> None:
    gathering = await make_gathering(capacity=1)
    await _booked(gathering, one_person())
    with pytest.raises(NoRoom) as asked:
        await write(walk_in, gathering.id, "Wren", SAM, AT, supporter=True)
    assert asked.value.capacity == 1
    assert (await Booking.count(), await GatheringEvent.count()) == (1, 0)
    await write(walk_in, gathering.id, "Wren", SAM, AT, supporter=True, more=True)
    now = await Gathering.objects().get(Gathering.id == gathering.id)
    assert now is not None
    assert (now.taken, now.capacity) == (3, 3)
    (event,) = await GatheringEvent.objects()
    assert (event.what, event.fields, event.account_id) == (
        "places added at the door",
        "capacity",
        SAM,
    )


async def test_with_room_a_yes_adds_no_place() -> None:
    gathering = await make_gathering(capacity=5)
    await write(walk_in, gathering.id, "Wren", SAM, AT, more=True)
    now = await Gathering.objects().get(Gathering.id == gathering.id)
    assert now is not None
    assert (now.taken, now.capacity) == (1, 5)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
async def test_a_gathering_that_is_not_on_lets_nobody_in(state: str) -> None:
    gathering = await make_gathering(state=state)
    with pytest.raises(Overtaken):
        await write(walk_in, gathering.id, "Wren", SAM, AT, more=True)
    assert await Booking.count() == 0


async def test_a_waiting_party_is_let_in_together() -> None:
    gathering = await make_gathering(capacity=1)
    party = await _booked(gathering)
    assert party.state == "waiting"
    with pytest.raises(NoRoom):
        await write(let_in, party.id, SAM, AT, more=False)
    both = [write(let_in, party.id, who, AT, more=True) for who in (SAM, TOM)]
    assert sorted(await asyncio.gather(*both)) == [0, 2]
    now = await read(_booking, party.id)
    assert (now.state, now.held, now.places) == ("booked", 2, 2)
    letters = await Letter.select(Letter.kind, Letter.state).where(Letter.booking == party.id)
    assert letters == [{"kind": "waiting", "state": "dropped"}]
    assert await taken_of(gathering) == 2
    assert await _here(party) == [True, True]


async def test_a_party_that_cancelled_comes_after_all() -> None:
    gathering = await make_gathering()
    party = await _booked(gathering)
    await write(cancel, party.id)
    await write(let_in, party.id, SAM, AT, more=False)
    now = await read(_booking, party.id)
    assert (now.state, now.held, now.cancelled_at is None) == ("booked", 2, True)
    assert await taken_of(gathering) == 2


async def test_one_who_had_cancelled_comes_after_all() -> None:
    gathering = await make_gathering(capacity=2)
    party = await _booked(gathering)
    await write(_cancel_second_and_give_back, party)
    await _booked(gathering, one_person())
    with pytest.raises(NoRoom):
        await write(let_in, party.id, SAM, AT, position=2, more=False)
    assert await write(let_in, party.id, SAM, AT, position=2, more=True) == 1
    assert await _here(party) == [False, True]
    assert await write(let_in, party.id, SAM, AT, position=2, more=True) == 0
    assert await read(recount, gathering.id) == (3, 3)


async def _cancel_second_and_give_back(party: Booking) -> None:
    await _cancel_second(party.id)
    await settle(party, "booked", 1, places=1)


async def test_nobody_is_left_to_let_in() -> None:
    gathering = await make_gathering()
    party = await _booked(gathering, one_person())
    await write(cancel, party.id)
    await write(_cancel_all, party.id)
    with pytest.raises(Overtaken):
        await write(let_in, party.id, SAM, AT, more=True)
    assert await taken_of(gathering) == 0


async def _cancel_all(booking_id: int) -> None:
    await Person.update({Person.cancelled_at: AT}).where(Person.booking == booking_id)


async def _booking(booking_id: int) -> Booking:
    found = await Booking.objects().get(Booking.id == booking_id)
    assert found is not None
    return found


async def test_the_door_is_for_its_helpers_and_for_organisers() -> None:
    gathering = await make_gathering()
    here, elsewhere = gathering.series, gathering.series + 1

    def who(*roles: tuple[int, str]) -> Viewer:
        return Viewer(1, "Sam", "sam@example.org", False, frozenset(roles))

    assert works_door(who((here, "door")), gathering) is True
    assert works_door(who((here, "organiser")), gathering) is True
    others = who((here, "facilitator"), (here, "access_lead"), (here, "note_keeper"))
    for other in (None, who(), who((elsewhere, "door")), others):
        assert works_door(other, gathering) is False
