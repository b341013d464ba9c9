"""SQLite for Piccolo: units of work in one writer thread and some reader threads.

Piccolo's own engine opens a connection, and so a thread, for every query. When BEGIN fails it
keeps both for ever, and when COMMIT fails it keeps the write lock for ever.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from pathlib import Path
from typing import Any, cast

from piccolo.engine.sqlite import SQLiteEngine as StockSQLiteEngine
from piccolo.engine.sqlite import SQLiteTransaction, TransactionType, dict_factory
from piccolo.querystring import QueryString

from web.integrity import name_the_constraint
from web.sqlite_threads import Crew, Queue, Work
from web.units_of_work import P, T, Unit, Verb

BUSY_SECONDS = 10
MIGRATION_SECONDS = 120
FOR_ALL = ("foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16000")
FOR_READERS = ("query_only=ON",)
FOR_THE_WRITER = ("secure_delete=ON",)


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
        connection = self._connect()
        if writer:
            _switch_to_wal(connection)
        special = FOR_THE_WRITER if writer else FOR_READERS
        _set(connection, f"synchronous={self.synchronous}", *FOR_ALL, *special)
        return connection

    def _connect(self, **changes: Any) -> sqlite3.Connection:
        settings = {**self.connection_kwargs, "check_same_thread": False, **changes}
        connection: sqlite3.Connection = sqlite3.connect(**settings)
        connection.row_factory = dict_factory
        return connection

    # Units of work

    async def write(self, verb: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in a transaction of its own; inside another unit, in a savepoint."""
        unit = self.unit.get()
        if unit is None:
            return await self._send(True, partial(verb, *args, **kwargs))
        unit.must_be_writable()
        with _savepoint(unit):
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
                return _rows(unit.connection, query, args)
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
            with _savepoint(outer):
                yield outer
            return
        with self._own_transaction(foreign_keys) as connection:
            unit = Unit(connection, writable=True)
            token = self.unit.set(unit)
            try:
                yield unit
                unit.must_be_sound()
            finally:
                self.unit.reset(token)
                unit.end()

    @contextmanager
    def _own_transaction(self, foreign_keys: bool) -> Iterator[sqlite3.Connection]:
        connection = self._connect(timeout=MIGRATION_SECONDS)
        try:
            # This must come before BEGIN: inside a transaction SQLite ignores it.
            _set(connection, f"foreign_keys={'ON' if foreign_keys else 'OFF'}", "secure_delete=ON")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()  # without a COMMIT this rolls back

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


def _set(connection: sqlite3.Connection, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Several processes switching at once may be told "locked" at once, busy timeout or not."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _set(connection, "journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)


@contextmanager
def _savepoint(unit: Unit) -> Iterator[None]:
    with unit.one_part() as name:
        unit.connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            unit.connection.execute(f"ROLLBACK TO {name}")
            raise
        finally:
            unit.connection.execute(f"RELEASE {name}")


def _rows(connection: sqlite3.Connection, query: str, args: list[Any]) -> list[dict[str, Any]]:
    try:
        cursor = connection.execute(query, args)
        return cast(list[dict[str, Any]], cursor.fetchall())
    except sqlite3.IntegrityError as error:
        name_the_constraint(connection, error)
        raise
