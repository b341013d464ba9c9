"""A rush on the last places, by whole journeys: bench/booking_surge.py does it with 300 people."""

import pytest
from litestar import Litestar

from gatherings.bookings import bookings
from gatherings.bookings.parties import Party
from gatherings.letters.tables import Letter
from tests.booking_rows import make_gathering
from tests.booking_surge import booked_rows, surge, what_is_kept
from web.database import read

PEOPLE, PLACES = 24, 10
YES, NO = "Your place is booked", "You are on the waiting list"


async def test_exactly_the_places_that_there_are_are_booked(app: Litestar) -> None:
    gathering = await make_gathering(capacity=PLACES)
    told = await surge(app, gathering.slug, PEOPLE)
    states, counts = await read(what_is_kept, gathering.id)
    assert told == {YES: PLACES, NO: PEOPLE - PLACES}
    assert states == {"booked": PLACES, "waiting": PEOPLE - PLACES}
    assert counts == (PLACES, PLACES)
    assert await Letter.count().where(Letter.gathering == gathering.id) == PEOPLE


async def test_counting_first_sells_more_than_there_are(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the guard is off, and what was counted before the press decides."""
    gathering = await make_gathering(capacity=PLACES)
    was_free: dict[str, bool] = {}

    async def count(name: str) -> None:
        was_free[name] = await read(booked_rows, gathering.id) < PLACES

    async def then_insert(gathering_id: int, party: Party) -> bool:
        return was_free[party.contact_name]

    monkeypatch.setattr(bookings, "_take_places", then_insert)
    told = await surge(app, gathering.slug, PEOPLE, before=count)
    assert told[YES] > PLACES
