"""SQLite for Piccolo: units of work in one writer thread and some reader threads.

Piccolo's own engine opens a connection, and so a thread, for every query. When BEGIN fails it
keeps both for ever, and when COMMIT fails it keeps the write lock for ever.
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from pathlib import Path
from typing import Any, cast

from piccolo.engine.sqlite import SQLiteEngine as StockSQLiteEngine
from piccolo.engine.sqlite import SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from web.postgres_listening import Heard, Missed
from web.sqlite_connections import (
    BUSY_SECONDS,
    empty_wal,
    open_reader,
    open_writer,
    own_transaction,
    rows,
    savepoint,
)
from web.sqlite_threads import Crew, Queue, Work
from web.units_of_work import P, T, Unit, Verb


class SQLiteEngine(StockSQLiteEngine):
    """Piccolo's SQLite engine with `write` and `read`."""

    def __init__(self, path: str | Path, readers: int = 2, synchronous: str = "FULL") -> None:
        super().__init__(path=str(path), timeout=BUSY_SECONDS, cached_statements=512)
        self.readers = readers
        self.synchronous = synchronous
        self.unit: ContextVar[Unit | None] = ContextVar(f"unit of {path}", default=None)
        self.current_transaction = cast(Any, self.unit)
        self._crew: Crew | None = None
        self._starting = threading.Lock()

    async def announce(self, topic: str, words: str) -> None:
        """One process has the file, so there is nobody else to tell."""

    async def listen(self, topic: str, heard: Heard, missed: Missed) -> None:
        """Nobody else announces anything."""

    async def check_version(self) -> None:
        """Nothing to ask at import."""

    # Opening and closing

    async def start_connection_pool(self) -> None:
        """Open the file, making it and its folder where they are missing."""
        await asyncio.to_thread(self._start)

    def _start(self) -> None:
        with self._starting:
            if self._crew is None:
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
                self._crew = Crew(self._open_for_crew, self.readers, self.unit)

    async def close_connection_pool(self) -> None:
        """Finish the work that waits and close the file; no -wal file is left beside it."""
        crew, self._crew = self._crew, None
        if crew is not None:
            await asyncio.to_thread(crew.stop)

    def _open_for_crew(self, writer: bool) -> sqlite3.Connection:
        opened = open_writer if writer else open_reader
        return opened(self.connection_kwargs, self.synchronous)

    async def leave_no_trace(self) -> None:
        """What was deleted stands no longer in the -wal file, either."""
        await asyncio.to_thread(empty_wal, self.connection_kwargs)

    # Units of work

    async def write(self, verb: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in a transaction of its own; inside another unit, in a savepoint."""
        unit = self.unit.get()
        if unit is None:
            return await self._send(True, partial(verb, *args, **kwargs))
        unit.must_be_writable()
        with savepoint(unit):
            result = await verb(*args, **kwargs)
            unit.must_be_sound()
        return result

    async def read(self, query: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the query on one snapshot of the database, where nothing can be changed."""
        if self.unit.get() is not None:
            return await query(*args, **kwargs)
        return await self._send(False, partial(query, *args, **kwargs))

    async def _send(self, writes: bool, verb: Callable[[], Coroutine[Any, Any, T]]) -> T:
        if self._crew is None:
            await self.start_connection_pool()
        crew = cast(Crew, self._crew)
        queue: Queue = crew.writes if writes else crew.reads
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        queue.put(Work(loop, future, copy_context(), verb))
        return await future

    # What Piccolo calls

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Any:
        query, args = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(query, args)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Any:
        return await self._run(ddl, [])

    async def _run(self, query: str, args: list[Any]) -> list[dict[str, Any]]:
        unit = self.unit.get()
        if unit is not None:
            with unit.asking():
                return rows(unit.connection, query, args)
        alone = self.read if query.lstrip()[:6].upper() == "SELECT" else self.write
        return await alone(self._run, query, args)

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,
    ) -> SQLiteTransaction:
        """For Piccolo's own commands. Our code calls `write` and `read`."""
        return _Transaction(self)

    @asynccontextmanager
    async def block(self, foreign_keys: bool = True) -> AsyncIterator[Unit]:
        """One transaction in this thread, on a connection of its own."""
        outer = self.unit.get()
        if outer is not None:
            with savepoint(outer):
                yield outer
            return
        with own_transaction(self.connection_kwargs, foreign_keys) as connection:
            unit = Unit(connection, writable=True)
            token = self.unit.set(unit)
            try:
                yield unit
                unit.must_be_sound()
            finally:
                self.unit.reset(token)
                unit.end()

    @asynccontextmanager
    async def one_starter(self) -> AsyncIterator[None]:
        """Hold everyone else back while migrating. Foreign keys are checked at the end instead."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        async with self.block(foreign_keys=False):
            yield
            broken = await self._run("PRAGMA foreign_key_check", [])
            if broken:
                raise sqlite3.IntegrityError(f"a migration broke foreign keys: {broken}")


class _Transaction(SQLiteTransaction):
    """The shape that Piccolo's own commands expect of a transaction."""

    def __init__(self, engine: SQLiteEngine) -> None:
        self._block = engine.block()

    async def __aenter__(self) -> "_Transaction":
        await self._block.__aenter__()
        return self

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        return bool(await self._block.__aexit__(kind, error, traceback))
