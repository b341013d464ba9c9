"""Waiting writes share one COMMIT, and one bad write spoils only itself."""

import asyncio
import threading
from contextlib import suppress

from tests.engine_tables import NO_HALL, Hall, add_hall, add_seat, elsewhere, hall_names
from web.database import SQLiteEngine, violated


class Gate:
    """A write that holds the writer, so that others wait behind it and share one COMMIT."""

    def __init__(self, engine: SQLiteEngine) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()
        self._task = asyncio.ensure_future(engine.write(self._hold))

    async def _hold(self) -> None:
        self._reached.set()
        self._open.wait(timeout=10)

    async def closed(self) -> None:
        await asyncio.to_thread(self._reached.wait, 10)

    async def open(self) -> None:
        await asyncio.sleep(0.01)
        self._open.set()
        await self._task


async def test_waiting_writes_share_one_commit(sqlite_engine: SQLiteEngine) -> None:
    async def add_and_look(name: str) -> tuple[int, int]:
        await add_hall(name)
        stored = elsewhere(sqlite_engine, "SELECT count(*) FROM try_hall")[0][0]
        return await Hall.count(), stored

    gate = Gate(sqlite_engine)
    await gate.closed()
    writes = [
        asyncio.ensure_future(sqlite_engine.write(add_and_look, f"Hall {n}")) for n in range(4)
    ]
    await gate.open()
    assert await asyncio.gather(*writes) == [(1, 0), (2, 0), (3, 0), (4, 0)]
    assert elsewhere(sqlite_engine, "SELECT count(*) FROM try_hall") == [(4,)]


async def test_one_bad_write_does_not_spoil_the_shared_commit(sqlite_engine: SQLiteEngine) -> None:
    hall = await sqlite_engine.write(add_hall, "Elm")
    gate = Gate(sqlite_engine)
    await gate.closed()
    halls = [hall, NO_HALL, hall]
    writes = [
        asyncio.ensure_future(sqlite_engine.write(add_seat, h, row=n)) for n, h in enumerate(halls)
    ]
    await gate.open()
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [violated(e) if e else "kept" for e in outcomes] == ["kept", "foreign key", "kept"]
    assert elsewhere(sqlite_engine, 'SELECT "row" FROM try_seat ORDER BY 1') == [(0,), (2,)]


async def test_a_caller_who_gave_up_waiting_is_not_begun(sqlite_engine: SQLiteEngine) -> None:
    gate = Gate(sqlite_engine)
    await gate.closed()
    write = asyncio.ensure_future(sqlite_engine.write(add_hall, "Elm"))
    await asyncio.sleep(0.01)
    write.cancel()
    await gate.open()
    with suppress(asyncio.CancelledError):
        await write
    assert write.cancelled()
    assert await sqlite_engine.read(hall_names) == []
