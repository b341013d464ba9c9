"""More or fewer places, and whether supporters take one: the count is never wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatherings.bookings.bookings import Booked, book
from gatherings.bookings.places import recount
from gatherings.bookings.tables import Booking
from gatherings.letters.tables import Letter
from gatherings.planning import gatherings
from gatherings.planning.gatherings import Terms
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person, with_supporter
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

HERE = "/desk/g/spring-gathering"
TERMS = Terms(
    capacity=4,
    contact_phone="0161 496 0000",
    contact_email="hello@example.org",
    postal_address="1 Long Street\nManchester",
    go_word="spring",
)


async def set_to(setting: Setting, at: datetime | None = None, **changes: Any) -> Gathering:
    """New terms, and the gathering as it is then."""
    terms = replace(TERMS, **changes)
    await write(gatherings.set_terms, setting.viewer, setting.gathering.id, terms, at=at)
    gathering = await read(gathering_of, setting.gathering.id)
    assert await read(recount, gathering.id) == (gathering.taken, gathering.taken)
    return gathering


async def rows() -> list[tuple[str, str, int, int]]:
    """Name, state, places and places held of every booking, in order."""
    found = await Booking.objects().order_by(Booking.id)
    return [(b.contact_name, b.state, b.places, b.held) for b in found]


@pytest.fixture
async def full(setting: Setting) -> list[Booked]:
    """Four places: two parties with a supporter each, and a third that waits."""
    await set_to(setting)
    return [await book(setting.gathering.id, with_supporter(name)) for name in ("A", "B", "C")]


async def test_raising_offers_the_new_places_to_those_who_wait(
    setting: Setting, full: list[Booked]
) -> None:
    assert (await read(rows))[2] == ("C", "waiting", 2, 0)
    assert (await set_to(setting, capacity=5)).taken == 4
    assert (await read(rows))[2] == ("C", "waiting", 2, 0)
    assert (await set_to(setting, capacity=6)).taken == 6
    assert (await read(rows))[2] == ("C", "offered", 2, 2)


async def test_nobody_is_asked_by_itself_shortly_before(
    setting: Setting, full: list[Booked]
) -> None:
    late = setting.gathering.starts_at - timedelta(days=2)
    assert (await set_to(setting, late, capacity=6)).taken == 4
    assert (await set_to(setting, late, capacity=6, fill_stops_days=1)).taken == 6


@pytest.mark.parametrize("capacity", [1, 3])
async def test_never_fewer_than_are_taken(
    setting: Setting, full: list[Booked], capacity: int
) -> None:
    with pytest.raises(Refused) as refused:
        await set_to(setting, capacity=capacity)
    assert refused.value.field == "capacity"
    assert refused.value.words == "4 places are taken already. Enter 4 or more"
    assert (await set_to(setting)).capacity == 4


async def test_supporters_no_longer_count(setting: Setting, full: list[Booked]) -> None:
    gathering = await set_to(setting, supporters_count=False)
    assert gathering.taken == 3
    assert await read(rows) == [
        ("A", "booked", 1, 1),
        ("B", "booked", 1, 1),
        ("C", "offered", 1, 1),
    ]


async def test_supporters_count_again_if_there_is_room(
    setting: Setting, full: list[Booked]
) -> None:
    await set_to(setting, supporters_count=False, capacity=3)
    before = await read(rows)
    with pytest.raises(Refused) as refused:
        await set_to(setting, capacity=5)
    assert refused.value.field == "supporters_count"
    words = "With supporters, 6 places are taken. There must be at least 6 places"
    assert refused.value.words == words
    assert await read(rows) == before
    assert (await set_to(setting, capacity=6)).taken == 6
    assert [row[2:] for row in await read(rows)] == [(2, 2), (2, 2), (2, 2)]


async def test_people_who_cancelled_are_not_counted_back(
    setting: Setting, full: list[Booked]
) -> None:
    await write(leave_the_list, full[2].reference)
    assert (await set_to(setting, supporters_count=False)).taken == 2
    assert (await read(rows))[2] == ("C", "cancelled", 2, 0)
    assert (await set_to(setting)).taken == 4


async def leave_the_list(reference: str) -> None:
    await Booking.update({Booking.state: "cancelled"}).where(Booking.reference == reference)


async def test_who_would_come_with_fewer_and_needs_no_more(setting: Setting) -> None:
    await set_to(setting, capacity=1)
    await book(setting.gathering.id, one_person("A"))
    waits = await book(setting.gathering.id, with_supporter("B"))
    await write(would_come_with, waits.reference, 1)
    await set_to(setting, capacity=1, supporters_count=False)
    assert await read(fewer_of, waits.reference) == 0


async def would_come_with(reference: str, number: int) -> None:
    await Booking.update({Booking.fewer: number}).where(Booking.reference == reference)


async def fewer_of(reference: str) -> int:
    booking = await Booking.objects().get(Booking.reference == reference)
    return booking.fewer if booking else -1


async def test_the_page_says_the_number_and_keeps_the_rest(
    ada: PageClient, setting: Setting, full: list[Booked]
) -> None:
    await ada.get(f"{HERE}/places")
    assert "4 are taken already" in ada.words
    await ada.submit(
        f"form[action='{HERE}/places']", {"capacity": "2", "fill_stops_days": "5"}, status=422
    )
    assert "4 places are taken already. Enter 4 or more" in ada.words
    await ada.submit(f"form[action='{HERE}/places']", {"capacity": "6", "fill_stops_days": "5"})
    gathering = await read(gathering_of, setting.gathering.id)
    assert (gathering.capacity, gathering.fill_stops_days, gathering.taken) == (6, 5, 6)


@pytest.mark.parametrize("typed", ["", "-1", "61", "soon"])
async def test_a_wrong_number_of_days_is_told(
    ada: PageClient, setting: Setting, typed: str
) -> None:
    await ada.get(f"{HERE}/places")
    await ada.submit(f"form[action='{HERE}/places']", {"fill_stops_days": typed}, status=422)
    assert ada.soup.select_one("#fill_stops_days-error") is not None


async def test_an_offer_of_new_places_is_written_with_them(
    setting: Setting, full: list[Booked]
) -> None:
    await set_to(setting, datetime.now(UTC), capacity=6)
    kinds = await read(kinds_of, full[2].reference)
    assert "place_for_you" in kinds


async def kinds_of(reference: str) -> list[str]:
    rows = await Letter.select(Letter.kind).where(Letter.booking.reference == reference)
    return [row["kind"] for row in rows]
