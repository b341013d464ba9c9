"""Places: given out by one conditional update, never too many, parties together."""

import asyncio
from collections import Counter

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Need
from gatherings.bookings import bookings, cancelling
from gatherings.bookings.booking_list import bookings_of, find_booking, history_of, numbers_of
from gatherings.bookings.bookings import NotOpen
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person, taken_of, with_needs, with_supporter
from web.crypto import hash_of
from web.database import IntegrityError, read, violated, write

pytestmark = pytest.mark.usefixtures("db")


async def test_a_booking_takes_a_place_and_keeps_only_the_hash_of_its_secret() -> None:
    gathering = await make_gathering()
    booked = await write(bookings.book, gathering.id, one_person("Cal"))
    kept = await read(find_booking, booked.reference)
    assert kept is not None
    assert booked.state == kept.state == "booked"
    assert kept.secret_hash == hash_of(booked.secret)
    assert kept.opens_with(booked.secret)
    assert not kept.opens_with("somebody-elses-secret")
    assert [person.words for person in kept.people] == ["Cal"]
    assert (await taken_of(gathering), kept.places) == (1, 1)
    assert [event.what for event in await read(history_of, kept.id)] == ["booked"]


async def test_forty_tries_for_the_last_five_places() -> None:
    gathering = await make_gathering(capacity=25, taken=20)
    tries = [write(bookings.book, gathering.id, one_person(f"Cal {n}")) for n in range(40)]
    states = Counter(booked.state for booked in await asyncio.gather(*tries))
    assert states == {"booked": 5, "waiting": 35}
    assert await taken_of(gathering) == 25
    assert await Booking.count() == await Person.count() == await BookingEvent.count() == 40


async def test_without_the_guard_the_same_tries_pass_the_limit() -> None:
    """The control: count, then insert, as a booking page is often written."""
    gathering = await make_gathering(capacity=5)
    held = asyncio.Event()
    turns = 0

    async def count_then_insert(number: int) -> str:
        nonlocal turns
        before = await read(booked_rows, gathering.id)
        turns += 1
        if turns == 40:
            held.set()
        await held.wait()
        state = "booked" if before < 5 else "waiting"
        await write(insert_row, gathering.id, state, number)
        return state

    states = Counter(await asyncio.gather(*(count_then_insert(n) for n in range(40))))
    assert states["booked"] == 40
    assert await read(booked_rows, gathering.id) == 40


async def booked_rows(gathering_id: int) -> int:
    found: int = await Booking.count().where(
        (Booking.gathering == gathering_id) & (Booking.state == "booked")
    )
    return found


async def insert_row(gathering_id: int, state: str, number: int) -> None:
    await Booking(
        gathering=gathering_id,
        reference=f"naive-{number}",
        secret_hash="",
        form_token=f"naive-{number}",
        state=state,
        places=1,
        held=1 if state == "booked" else 0,
        contact_name="Cal",
        contact_way="phone",
        contact_detail="",
    ).save()


async def test_the_table_itself_refuses_more_than_there_are() -> None:
    gathering = await make_gathering(capacity=5)
    with pytest.raises(IntegrityError) as refused:
        await write(_take_six, gathering.id)
    assert "places_right" in violated(refused.value)


async def _take_six(gathering_id: int) -> None:
    await Gathering.update({Gathering.taken: 6}).where(Gathering.id == gathering_id)


async def test_a_party_stays_together() -> None:
    gathering = await make_gathering(capacity=3)
    first = await write(bookings.book, gathering.id, with_supporter("Cal"))
    second = await write(bookings.book, gathering.id, with_supporter("Dot"))
    third = await write(bookings.book, gathering.id, one_person("Eli"))
    assert [b.state for b in (first, second, third)] == ["booked", "waiting", "booked"]
    assert await taken_of(gathering) == 3
    waiting = await read(find_booking, second.reference)
    assert waiting is not None
    assert [person.words for person in waiting.people] == ["Dot", "A supporter"]
    numbers = await read(numbers_of, gathering.id)
    assert (numbers.capacity, numbers.taken, numbers.waiting, numbers.left) == (3, 3, 2, 0)


async def test_parties_that_race_stay_together() -> None:
    gathering = await make_gathering(capacity=5)
    tries = [write(bookings.book, gathering.id, with_supporter(f"Cal {n}")) for n in range(12)]
    states = Counter(booked.state for booked in await asyncio.gather(*tries))
    assert states == {"booked": 2, "waiting": 10}
    assert await taken_of(gathering) == 4


async def test_supporters_take_no_place_where_they_do_not_count() -> None:
    gathering = await make_gathering(capacity=2, supporters_count=False)
    states = [
        (await write(bookings.book, gathering.id, with_supporter(name))).state
        for name in ("Cal", "Dot", "Eli")
    ]
    assert states == ["booked", "booked", "waiting"]
    assert await taken_of(gathering) == 2


async def test_a_second_press_finds_the_first_booking() -> None:
    gathering = await make_gathering()
    first, second = [
        await write(bookings.book, gathering.id, one_person(), form_token="form", secret="secret")
        for _ in range(2)
    ]
    assert first == second
    assert (await taken_of(gathering), await Booking.count()) == (1, 1)


@pytest.mark.parametrize("capacity", [1, 20])
async def test_ten_presses_at_once_make_one_booking(capacity: int) -> None:
    gathering = await make_gathering(capacity=capacity)
    presses = [
        write(bookings.book, gathering.id, one_person(), form_token="one-form", secret="s")
        for _ in range(10)
    ]
    assert len(set(await asyncio.gather(*presses))) == 1
    assert (await taken_of(gathering), await Booking.count()) == (1, 1)


async def test_a_press_on_the_waiting_list_counts_once_too() -> None:
    gathering = await make_gathering(capacity=1, taken=1)
    presses = [
        write(bookings.book, gathering.id, one_person(), form_token="one-form", secret="s")
        for _ in range(5)
    ]
    assert {booked.state for booked in await asyncio.gather(*presses)} == {"waiting"}
    assert await Booking.count() == 1


async def test_a_reference_in_use_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dice are loaded: they show the same reference three times."""
    gathering = await make_gathering(capacity=50)
    given = iter(["maple-river-42"] * 3 + ["maple-river-43"])
    monkeypatch.setattr(bookings, "spoken_reference", lambda: next(given))
    first = await write(bookings.book, gathering.id, one_person("Cal"))
    second = await write(bookings.book, gathering.id, one_person("Dot"))
    assert [first.reference, second.reference] == ["maple-river-42", "maple-river-43"]
    assert await taken_of(gathering) == 2


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
async def test_nothing_is_booked_while_booking_is_not_open(state: str) -> None:
    gathering = await make_gathering(state=state)
    with pytest.raises(NotOpen):
        await write(bookings.book, gathering.id, one_person())
    assert (await taken_of(gathering), await Booking.count()) == (0, 0)


async def test_cancelling_gives_the_places_back_once() -> None:
    gathering = await make_gathering()
    booked = await write(bookings.book, gathering.id, with_supporter())
    kept = await read(find_booking, booked.reference)
    assert kept is not None
    assert await taken_of(gathering) == 2
    answers = await asyncio.gather(*(write(cancelling.cancel, kept.id) for _ in range(5)))
    assert sorted(answers) == [False, False, False, False, True]
    assert await taken_of(gathering) == 0
    assert [event.what for event in await read(history_of, kept.id)] == ["booked", "cancelled"]
    assert await Person.count() == 2


async def test_leaving_the_waiting_list_gives_no_place_back() -> None:
    gathering = await make_gathering(capacity=1)
    await write(bookings.book, gathering.id, one_person("Cal"))
    waiting = await write(bookings.book, gathering.id, one_person("Dot"))
    kept = await read(find_booking, waiting.reference)
    assert kept is not None
    assert await write(cancelling.cancel, kept.id)
    assert await taken_of(gathering) == 1


async def test_a_booking_that_fails_half_way_leaves_nothing_behind() -> None:
    gathering = await make_gathering()
    with pytest.raises(ValueError, match="not in the catalogue"):
        await write(bookings.book, gathering.id, with_needs(NeedAnswer("no.such_code")))
    assert (await taken_of(gathering), await Booking.count(), await Need.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "party",
    [
        Party(people=(), contact_name="Cal", contact_way="phone", contact_detail="1"),
        one_person(people=(PersonAnswer(role="supporting"),)),
        one_person(people=(PersonAnswer(role="sleeping"), PersonAnswer())),
        one_person(people=(PersonAnswer(help="perhaps"),)),
        one_person(contact_way="pigeon"),
    ],
)
async def test_a_party_that_no_page_can_send_is_refused(party: Party) -> None:
    gathering = await make_gathering()
    with pytest.raises(ValueError, match="party"):
        await write(bookings.book, gathering.id, party)
    assert await taken_of(gathering) == 0


async def test_the_desk_finds_a_booking_by_name_or_reference() -> None:
    gathering = await make_gathering()
    zoe = await write(bookings.book, gathering.id, one_person("Zoë"), source="phone")
    await write(bookings.book, gathering.id, one_person("Cal"))
    listed = await read(bookings_of, gathering.id)
    assert [view.contact_name for view in listed] == ["Cal", "Zoë"]
    for words in ("zoë", "ZOË", zoe.reference, zoe.reference.replace("-", " ")):
        assert [v.contact_name for v in await read(bookings_of, gathering.id, words)] == ["Zoë"]
    assert await read(bookings_of, gathering.id, "nobody") == []
    assert [view.source for view in listed] == ["web", "phone"]
