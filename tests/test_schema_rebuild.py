"""SQLite makes a table anew where it cannot ALTER it, and loses nothing on the way."""

import sqlite3
from pathlib import Path

import pytest

from tests.engine_tables import Hall, Seat, add_hall, add_seat, use
from web.database import IntegrityError, SQLiteEngine
from web.schema import apply, ddl_of, rebuild

NEW_HALL = 'CREATE TABLE "try_hall" ("id" {id}, "name" VARCHAR(80) NOT NULL, "taken" INTEGER, '
NEW_HALL += '"capacity" INTEGER NOT NULL DEFAULT 5)'
REBUILD = rebuild(
    "try_hall",
    NEW_HALL,
    {"id": "id", "name": "upper(name)", "taken": "taken", "capacity": "capacity"},
    ['CREATE UNIQUE INDEX "try_hall_name_key" ON "try_hall" ("name")'],
)


@pytest.fixture
async def sqlite(tmp_path: Path) -> SQLiteEngine:
    """An engine with two halls, of which the second has gone, and a seat in the first."""
    engine = SQLiteEngine(tmp_path / "try.sqlite")
    use(engine)
    await apply(engine, ddl_of(Hall, Seat))
    await engine.write(add_hall, "Elm")
    await engine.write(add_seat, 1)
    await engine.write(add_hall, "Oak")
    await Hall.delete().where(Hall.name == "Oak")
    return engine


async def test_children_survive_a_rebuild(sqlite: SQLiteEngine) -> None:
    async with sqlite.one_starter():
        await apply(sqlite, REBUILD)
    assert await Hall.select(Hall.id, Hall.name) == [{"id": 1, "name": "ELM"}]
    assert await Seat.count() == 1
    with pytest.raises(IntegrityError):
        await Hall.delete(force=True)
    assert await sqlite.write(add_hall, "Ash") == 3
    await sqlite.close_connection_pool()


async def test_a_rebuild_that_orphans_children_is_undone(sqlite: SQLiteEngine) -> None:
    async def lose_the_hall() -> None:
        async with sqlite.one_starter():
            await apply(sqlite, [*REBUILD, 'DELETE FROM "try_hall"'])

    with pytest.raises(IntegrityError, match="broke foreign keys"):
        await lose_the_hall()
    assert await Hall.select(Hall.name) == [{"name": "Elm"}]
    await sqlite.close_connection_pool()


async def test_a_rebuild_needs_foreign_keys_off(sqlite: SQLiteEngine) -> None:
    with pytest.raises(sqlite3.OperationalError, match="foreign keys off"):
        await sqlite.write(apply, sqlite, REBUILD)
    assert await Hall.select(Hall.name) == [{"name": "Elm"}]
    await sqlite.close_connection_pool()
