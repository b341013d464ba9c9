"""Killed while people book, the app loses no letter and no booking. `make bench` kills it more."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.killed_surge import FILE, Surge, killed_surges, look


async def test_no_place_without_its_letter_after_the_app_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    surge = await killed_surges(folder, rounds=2, seed=1)
    assert surge.faults == []
    assert surge.bookings >= len(surge.confirmed) >= 4
    assert faults_after(folder, "DELETE FROM letter WHERE id = 1", surge) == {
        "a booking without its letter",
        "a booking with two letters or none",
    }
    assert faults_after(folder, "UPDATE gathering SET taken = taken - 1", surge) >= {
        "taken is not what bookings hold"
    }


def faults_after(folder: Path, sql: str, before: Surge) -> set[str]:
    """What is noticed once something is broken by hand."""
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.execute(sql)
    seen = Surge(confirmed=before.confirmed)
    look(folder, seen)
    return {fault.partition(":")[0] for fault in seen.faults}
