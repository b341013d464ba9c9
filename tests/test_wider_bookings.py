"""Bookings made under the first tables keep their places and their turn in the wider ones."""

from pathlib import Path

from gatherings.piccolo_migrations import (
    gatherings_2026_11_22t19_00_00_000000 as planning,
)
from gatherings.piccolo_migrations import (
    gatherings_2026_11_22t19_01_00_000000 as people,
)
from gatherings.piccolo_migrations import (
    gatherings_2026_11_22t19_02_00_000000 as bookings,
)
from gatherings.piccolo_migrations import (
    gatherings_2026_11_22t22_00_00_000000 as wider,
)
from web.database import engine_for
from web.schema import apply

MADE = """
INSERT INTO series (id, slug, name, about, created_at)
VALUES (1, 's', 'S', '', '2026-11-20 10:00:00+00');

INSERT INTO venue (id, slug, series, name, address, directions, created_at)
VALUES (1, 'v', 1, 'V', '', '', '2026-11-20 10:00:00+00');

INSERT INTO gathering (id, slug, series, venue, name, about, starts_at, ends_at, capacity, taken,
    cost_words, contact_phone, contact_email, postal_address, go_word, state, uid,
    created_at, changed_at)
VALUES (1, 'g', 1, 1, 'G', '', '2026-12-20 10:00:00+00', '2026-12-20 16:00:00+00', 5, 3,
    '', '', '', '', '', 'open', 'u', '2026-11-20 10:00:00+00', '2026-11-20 10:00:00+00');

INSERT INTO booking (id, gathering, reference, secret_hash, form_token, state, places,
    contact_name, contact_way, contact_detail, source, created_at)
VALUES
    (1, 1, 'r-1', 'h', 't-1', 'booked', 3, 'Cal', 'phone', '1', 'web', '2026-11-20 10:00:00+00'),
    (2, 1, 'r-2', 'h', 't-2', 'waiting', 2, 'Dot', 'phone', '1', 'web', '2026-11-20 11:00:00+00'),
    (3, 1, 'r-3', 'h', 't-3', 'cancelled', 4, 'Eli', 'phone', '1', 'web', '2026-11-20 12:00:00+00');

INSERT INTO person (id, booking, position, role, name, maybe, help)
VALUES (1, 1, 1, 'attending', 'Cal', FALSE, 'no')
"""
KEPT = """SELECT b.state, b.places, b.held, b.fewer, b.for_whom,
    CASE WHEN b.waiting_since = b.created_at THEN 1 ELSE 0 END AS waits,
    CASE WHEN b.waiting_since IS NULL THEN 1 ELSE 0 END AS never_waited
    FROM booking b ORDER BY b.id"""
COUNTED = """SELECT g.taken, g.fill_stops_days, (SELECT SUM(held) FROM booking) AS held
    FROM gathering g"""
PERSON = "SELECT name, photo, badge, arrived_at FROM person"


async def test_places_and_turns_are_kept(address: str, tmp_path: Path) -> None:
    engine = engine_for(address, tmp_path / "old.sqlite")
    own = wider.SQLITE if engine.engine_type == "sqlite" else wider.POSTGRES
    async with engine.one_starter():
        for first in (planning, people, bookings):
            await apply(engine, first.UP)
        await apply(engine, MADE.split(";"))
        await apply(engine, [*wider.UP, *own])
        kept = await engine.run_ddl(KEPT)
        counted = await engine.run_ddl(COUNTED)
        person = await engine.run_ddl(PERSON)
    assert [tuple(row.values()) for row in kept] == [
        ("booked", 3, 3, 0, "me", 0, 1),
        ("waiting", 2, 0, 0, "me", 1, 0),
        ("cancelled", 4, 0, 0, "me", 0, 1),
    ]
    assert [tuple(row.values()) for row in counted] == [(3, 3, 3)]
    assert [tuple(row.values()) for row in person] == [("Cal", "no", "", None)]
