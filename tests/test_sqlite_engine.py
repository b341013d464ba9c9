"""What Piccolo's own SQLite engine loses after a failure, and ours keeps."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from piccolo.engine.sqlite import SQLiteEngine as StockSQLiteEngine
from piccolo.engine.sqlite import TransactionType

from tests.engine_tables import (
    NO_HALL,
    add_hall,
    add_seat,
    elsewhere,
    hall_names,
    use,
)
from web.database import IntegrityError, SQLiteEngine

FAILURES = 5


class StockEngine(StockSQLiteEngine):
    """Piccolo's own engine, remembering its connections so that the test can close them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path), timeout=0.01)
        self.opened: list[Any] = []

    async def get_connection(self) -> Any:
        connection = await super().get_connection()
        self.opened.append(connection)
        return connection


@pytest.fixture
async def stock(sqlite_engine: SQLiteEngine) -> AsyncIterator[StockEngine]:
    """Piccolo's own engine on the same file."""
    engine = StockEngine(Path(sqlite_engine.path))
    use(engine)
    yield engine
    for connection in engine.opened:
        await connection.close()


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def can_be_written(path: str) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=0.05, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def names_beside(path: str) -> list[str]:
    return [found.name for found in Path(path).parent.iterdir()]


async def add_in_stock_transaction(engine: StockEngine, hall: int) -> None:
    async with engine.transaction(transaction_type=TransactionType.immediate):
        await add_seat(hall)


async def test_the_stock_engine_keeps_a_thread_for_every_failed_begin(stock: StockEngine) -> None:
    before = threading.active_count()
    with locked(stock.path):
        for _ in range(FAILURES):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await add_in_stock_transaction(stock, NO_HALL)
    assert threading.active_count() - before == FAILURES


async def test_ours_keeps_nothing_after_a_failed_begin(sqlite_engine: SQLiteEngine) -> None:
    before = threading.active_count()
    with locked(sqlite_engine.path):
        for _ in range(FAILURES):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await sqlite_engine.write(add_seat, NO_HALL)
    assert threading.active_count() == before
    assert await sqlite_engine.write(add_hall, "Elm") == 1


async def test_the_stock_engine_keeps_the_lock_after_a_failed_commit(stock: StockEngine) -> None:
    with pytest.raises(IntegrityError):
        await add_in_stock_transaction(stock, NO_HALL)
    assert stock.transaction_exists()
    assert not can_be_written(stock.path)


async def test_ours_lets_go_after_a_failed_commit(sqlite_engine: SQLiteEngine) -> None:
    with pytest.raises(IntegrityError):
        await sqlite_engine.write(add_seat, NO_HALL)
    assert not sqlite_engine.transaction_exists()
    assert can_be_written(sqlite_engine.path)
    assert await sqlite_engine.write(add_hall, "Elm") == 1


async def test_closing_leaves_one_file(sqlite_engine: SQLiteEngine) -> None:
    await sqlite_engine.write(add_hall, "Elm")
    assert "try.sqlite-wal" in names_beside(sqlite_engine.path)
    await sqlite_engine.close_connection_pool()
    assert names_beside(sqlite_engine.path) == ["try.sqlite"]


async def test_closing_finishes_what_waits(sqlite_engine: SQLiteEngine) -> None:
    writes = [asyncio.ensure_future(sqlite_engine.write(add_hall, f"Hall {n}")) for n in range(20)]
    await asyncio.sleep(0)
    await sqlite_engine.close_connection_pool()
    assert sorted(await asyncio.gather(*writes)) == list(range(1, 21))


async def test_a_file_that_cannot_be_opened_fails_every_caller(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    engine = SQLiteEngine(tmp_path / "taken" / "try.sqlite")
    calls = (engine.read(hall_names), engine.write(hall_names))
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(outcome, OSError) for outcome in outcomes] == [True, True]


async def test_the_settings_that_keep_people_safe(sqlite_engine: SQLiteEngine) -> None:
    async def pragmas() -> list[int]:
        names = ("synchronous", "foreign_keys", "secure_delete", "query_only")
        return [(await sqlite_engine.run_ddl(f"PRAGMA {name}"))[0][name] for name in names]

    assert await sqlite_engine.write(pragmas) == [2, 1, 1, 0]
    assert (await sqlite_engine.read(pragmas))[3] == 1
    assert elsewhere(sqlite_engine, "PRAGMA journal_mode") == [("wal",)]
