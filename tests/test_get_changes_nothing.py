"""Opening a page changes nothing, whoever opens it: a scanner that follows every link is harmless.

Each route of the app is opened with GET and HEAD by a stranger, an attendee and an organiser,
and every row of every table is the same afterwards.
"""

import hashlib

import pytest
from litestar import Litestar, get
from litestar.params import FromPath
from litestar.routes import HTTPRoute

from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import Booking
from tests.builders import Setting
from tests.databases import all_tables
from tests.every_address import (
    READING,
    Loaded,
    NotFilled,
    answer_of,
    filled,
    load,
    readable_routes,
)
from tests.page_checks import PageClient
from web.database import read, write

WORKS = 400
Rows = tuple[int, str]  # how many, and a checksum of all that is in them


@pytest.fixture
async def loaded(app: Litestar, setting: Setting, client: PageClient) -> Loaded:
    return await load(app, setting, client)


async def every_row() -> dict[str, Rows]:
    """How many rows each table has, and a checksum of all that is in them."""
    found = {}
    for table in all_tables():
        rows = await table.select().order_by(table._meta.primary_key)
        content = hashlib.sha256(repr([list(row.items()) for row in rows]).encode())
        found[table._meta.tablename] = (len(rows), content.hexdigest())
    return found


async def changes_by_opening(app: Litestar, loaded: Loaded, patterns: list[str]) -> list[str]:
    """The tables that changed meanwhile, and the addresses that nobody can open, as sentences.

    Every row is read once before and once after. Only where something changed is each address
    opened again by itself, to say which it was.
    """
    before, faults = await read(every_row), []
    for pattern in patterns:
        faults += await faults_of_opening(app, loaded, pattern)
    changed = differing(before, await read(every_row))
    return (
        [f"Something changed {name}" for name in changed]
        + faults
        + (await who_changes(app, loaded, patterns) if changed else [])
    )


async def faults_of_opening(app: Litestar, loaded: Loaded, pattern: str) -> list[str]:
    """Open the address as each of the people. Somebody must be able to, and nothing may break."""
    address = filled(pattern, loaded.fillings)
    statuses = [
        (await answer_of(app, method, address, cookies))[0]
        for method in READING
        for cookies in loaded.cookies.values()
    ]
    wrong = min(statuses) >= WORKS or max(statuses) >= 500
    return [f"{address} answered {statuses}"] if wrong else []


async def who_changes(app: Litestar, loaded: Loaded, patterns: list[str]) -> list[str]:
    """The addresses that change something each time they are opened."""
    found = []
    before = await read(every_row)
    for pattern in patterns:
        await faults_of_opening(app, loaded, pattern)
        after = await read(every_row)
        found += [f"{pattern} changed {name}" for name in differing(before, after)]
        before = after
    return found


def differing(before: dict[str, Rows], after: dict[str, Rows]) -> list[str]:
    """The tables whose rows are not the same any more."""
    return [name for name in after if after[name] != before[name]]


@pytest.mark.once
async def test_opening_any_page_changes_nothing(app: Litestar, loaded: Loaded) -> None:
    patterns = sorted(set(readable_routes(app)))
    assert len(patterns) > 120
    assert await changes_by_opening(app, loaded, patterns) == []


async def test_a_page_that_changes_something_is_noticed(app: Litestar, loaded: Loaded) -> None:
    """The control: what a "confirm by opening this link" page would do."""

    @get("/planted/{reference:str}", name="planted")
    async def planted(reference: FromPath[str]) -> str:
        booking = await Booking.objects().get(Booking.reference == reference)
        assert booking is not None
        await write(note, booking.id, "opened", None, booking.created_at)
        return "Thank you"

    guilty = Litestar([planted], openapi_config=None)
    patterns = [route.path_format for route in guilty.routes if isinstance(route, HTTPRoute)]
    with pytest.raises(NotFilled):
        await changes_by_opening(guilty, loaded, patterns)
    reference = next(value for _, name, value in loaded.fillings if name == "reference")
    known = Loaded((*loaded.fillings, ("/planted/", "reference", reference)), loaded.cookies)
    faults = await changes_by_opening(guilty, known, patterns)
    assert faults == [
        "Something changed booking_event",
        "/planted/{reference} changed booking_event",
    ]
