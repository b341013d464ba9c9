"""In whatever order people book, change their minds and answer, the count of places is right."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gatherings.bookings import (
    answering,
    bookings,
    cancelling,
    changing,
    places,
    undoing,
    waiting_list,
)
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.places import places_for, recount
from gatherings.bookings.tables import Booking, Person
from gatherings.people.roles import Viewer
from gatherings.planning import gatherings
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering
from tests.waiting_rows import party
from web.database import IntegrityError, read, write

ADA = Viewer(1, "Ada", "ada@example.org", True, frozenset())
TERMS = gatherings.Terms(capacity=4, contact_phone="1", postal_address="1")
REFUSALS = (Refused, undoing.PlacesGone, bookings.NotOpen)
MOST = 12

Step = tuple[str, int, int]


@dataclass
class Hall:
    """A gathering under test, its bookings in order, and the clock."""

    id: int
    references: list[str] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def booking(self, which: int) -> Booking | None:
        if not self.references:
            return None
        reference = self.references[which % len(self.references)]
        return await Booking.objects().get(Booking.reference == reference)


async def book(hall: Hall, which: int, size: int) -> None:
    people = (*party(size).people, *([PersonAnswer(role="supporting")] if which % 2 else []))
    way = ("email", "phone")[which % 2]
    wanted = replace(party(size, way=way), people=people, fewer=min(which % 3, len(people) - 1))
    made = await write(bookings.book, hall.id, wanted, at=hall.now)
    hall.references.append(made.reference)


async def terms(hall: Hall, which: int, size: int) -> None:
    wanted = replace(TERMS, capacity=which + size, supporters_count=size != 3)
    await write(gatherings.set_terms, ADA, hall.id, wanted, at=hall.now)


async def lapse(hall: Hall, which: int, size: int) -> None:
    hall.now += timedelta(hours=17 * size)
    await write(answering.lapse_due, hall.now)


async def cancel(hall: Hall, booking: Booking, size: int) -> None:
    await write(cancelling.cancel, booking.id, at=hall.now)


async def add(hall: Hall, booking: Booking, size: int) -> None:
    await write(changing.add_person, booking.id, PersonAnswer(name="X", help="no"), hall.now)


async def remove(hall: Hall, booking: Booking, size: int) -> None:
    await write(changing.remove_person, booking.id, await _nth(booking, size), hall.now)


async def accept(hall: Hall, booking: Booking, size: int) -> None:
    coming = [] if size == 1 else [await _nth(booking, n) for n in range(size - 1)]
    await write(answering.accept, booking.id, hall.now, coming=coming)


async def book_in(hall: Hall, booking: Booking, size: int) -> None:
    await write(answering.book_in, booking.id, hall.now, account_id=1)


async def offer(hall: Hall, booking: Booking, size: int) -> None:
    await write(waiting_list.offer, booking.id, hall.now, account_id=1)


async def decline(hall: Hall, booking: Booking, size: int) -> None:
    await write(answering.decline, booking.id, hall.now)


async def join_again(hall: Hall, booking: Booking, size: int) -> None:
    await write(answering.join_again, booking.id, hall.now)


async def undo(hall: Hall, booking: Booking, size: int) -> None:
    found = await read(undoing.open_undo, booking.id, hall.now)
    if found is not None:
        verb = undoing.wait_instead if size == 1 else undoing.undo
        await write(verb, booking.id, found.handle, hall.now)


OF_THE_HALL: dict[str, Callable[[Hall, int, int], Coroutine[Any, Any, None]]] = {
    "book": book,
    "terms": terms,
    "lapse": lapse,
}
OF_A_BOOKING: dict[str, Callable[[Hall, Booking, int], Coroutine[Any, Any, None]]] = {
    "cancel": cancel,
    "add": add,
    "remove": remove,
    "accept": accept,
    "book in": book_in,
    "offer": offer,
    "decline": decline,
    "join again": join_again,
    "undo": undo,
}
ORDERS = st.lists(
    st.tuples(
        st.sampled_from(["book", "book", "book", *OF_THE_HALL, *OF_A_BOOKING, "cancel"]),
        st.integers(0, 5),
        st.integers(1, 3),
    ),
    min_size=6,
    max_size=MOST,
)


async def walk(steps: list[Step]) -> None:
    """Do the steps in a new gathering, and look at the count after each."""
    gathering = await make_gathering(capacity=4)
    hall = Hall(gathering.id)
    cancelled: set[str] = set()
    for name, which, size in steps:
        await _do(hall, name, which, size)
        rows = await Booking.objects().where(Booking.gathering == hall.id)
        if name != "undo":
            back = cancelled - {row.reference for row in rows if row.state == "cancelled"}
            assert not back, "a cancelled party was given a place"
        cancelled = {row.reference for row in rows if row.state == "cancelled"}
        await _all_is_right(hall, rows)


async def _do(hall: Hall, name: str, which: int, size: int) -> None:
    try:
        if name in OF_THE_HALL:
            await OF_THE_HALL[name](hall, which, size)
        elif (booking := await hall.booking(which)) is not None:
            await OF_A_BOOKING[name](hall, booking, size)
    except REFUSALS:
        return


async def _all_is_right(hall: Hall, rows: list[Booking]) -> None:
    gathering = await Gathering.objects().get(Gathering.id == hall.id)
    assert gathering is not None
    said, counted = await read(recount, hall.id)
    assert said == counted, "the count is not what the bookings hold"
    assert said <= gathering.capacity
    people = await Person.objects().where(
        Person.booking.is_in([0, *(row.id for row in rows)]), Person.cancelled_at.is_null()
    )
    for row in rows:
        roles = [person.role for person in people if person.booking == row.id]
        if row.state in ("booked", "offered", "waiting"):
            assert row.places == places_for(roles, gathering.supporters_count)
        if row.state == "booked":
            assert row.held == row.places, "a party was split"
        if row.state == "offered" and row.held < row.places:
            assert 0 < row.fewer <= row.held, "a party was split that comes all or none"


async def _nth(booking: Booking, number: int) -> int:
    people = await (
        Person.select(Person.position)
        .where((Person.booking == booking.id) & Person.cancelled_at.is_null())
        .order_by(Person.position)
    )
    positions = [row["position"] for row in people]
    return positions[number % len(positions)] if positions else 1


quick = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(steps=ORDERS)
async def test_no_order_of_things_breaks_the_count(db: object, steps: list[Step]) -> None:
    await walk(steps)


@pytest.mark.parametrize("fault", ["twice", "never"])
async def test_the_same_check_notices_a_planted_fault(
    db: object, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    right = places.give_back

    async def wrong(gathering_id: int, number: int) -> None:
        for _ in range(2 if fault == "twice" else 0):
            await right(gathering_id, number)

    monkeypatch.setattr(places, "give_back", wrong)
    with pytest.raises((AssertionError, *IntegrityError)):
        await walk([("book", 0, 2), ("book", 0, 2), ("cancel", 0, 1)])
