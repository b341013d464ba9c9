"""PostgreSQL for Piccolo: the same units of work as on SQLite.

Piccolo's own engine connects when it is made, and keeps a pool's connection for ever when a
COMMIT fails.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any, cast

from asyncpg.exceptions import DeadlockDetectedError, SerializationError
from piccolo.engine.postgres import PostgresEngine as StockPostgresEngine
from piccolo.engine.postgres import PostgresTransaction
from piccolo.querystring import QueryString

from web.postgres_listening import Heard, Missed, listen
from web.units_of_work import P, T, Unit, Verb, run_in_loop

TRIES = 6
MIGRATION_LOCK = 7_463_827_364  # any number that nothing else in this database locks
TRY_AGAIN = (SerializationError, DeadlockDetectedError)


class PostgresEngine(StockPostgresEngine):
    """Piccolo's PostgreSQL engine with `write` and `read`."""

    def __init__(self, url: str, most_connections: int = 8) -> None:
        super().__init__(config={"dsn": url})
        self.most_connections = most_connections
        self.unit: ContextVar[Unit | None] = ContextVar("unit of PostgreSQL", default=None)
        self.current_transaction = cast(Any, self.unit)

    async def check_version(self) -> None:
        """Nothing may connect at import."""

    # Opening and closing

    async def start_connection_pool(self, **changes: Any) -> None:
        """Open the pool, where it is not open."""
        if self.pool is None:
            sizes = {"min_size": 1, "max_size": self.most_connections}
            await super().start_connection_pool(**{**sizes, **changes})

    async def close_connection_pool(self) -> None:
        """Close the pool, where it is open."""
        if self.pool is not None:
            await super().close_connection_pool()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """A connection that is always given back."""
        if self.pool is not None:
            async with self.pool.acquire() as pooled:
                yield pooled
            return
        connection = await self.get_new_connection()
        try:
            yield connection
        finally:
            await connection.close()

    async def leave_no_trace(self) -> None:
        """PostgreSQL tidies up by itself, later: docs/retention.md says what that means."""

    # Units of work

    async def write(self, verb: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in a transaction of its own; inside another unit, in a savepoint."""
        if self.unit.get() is not None:
            return await self._write_inside(verb, *args, **kwargs)
        for wait in _waits():
            try:
                return await self._whole(True, verb, *args, **kwargs)
            except TRY_AGAIN:
                await asyncio.sleep(wait)
        return await self._whole(True, verb, *args, **kwargs)

    async def _write_inside(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self.block() as unit:
            result = await verb(*args, **kwargs)
            unit.must_be_sound()
        return result

    async def read(self, query: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the query on one snapshot of the database, where nothing can be changed."""
        if self.unit.get() is not None:
            return await query(*args, **kwargs)
        return await self._whole(False, query, *args, **kwargs)

    async def _whole(self, writes: bool, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self.block(writes) as unit:
            return cast(T, await run_in_loop(verb(*args, **kwargs), unit))

    @asynccontextmanager
    async def block(self, writes: bool = True) -> AsyncIterator[Unit]:
        """One transaction in this task; inside another unit, a savepoint."""
        outer = self.unit.get()
        if outer is not None:
            async with _savepoint(outer, writes):
                yield outer
            return
        async with AsyncExitStack() as opened:
            connection = await opened.enter_async_context(self._connection())
            kind = {} if writes else {"isolation": "repeatable_read", "readonly": True}
            await opened.enter_async_context(connection.transaction(**kind))
            unit = Unit(connection, writes)
            opened.callback(unit.end)
            opened.callback(self.unit.reset, self.unit.set(unit))
            yield unit
            unit.must_be_sound()

    @asynccontextmanager
    async def one_starter(self) -> AsyncIterator[None]:
        """Hold other starters back while migrating."""
        async with self.block():
            await self.run_ddl(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            yield

    # Several processes

    async def announce(self, topic: str, words: str) -> None:
        """Tell every process that listens, once this unit of work is stored."""
        await self.run_querystring(QueryString("SELECT pg_notify({}, {})", topic, words))

    async def listen(self, topic: str, heard: Heard, missed: Missed) -> None:
        """Hear what is announced by any process, until cancelled."""
        await listen(self.config["dsn"], topic, heard, missed)

    # What Piccolo calls

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        unit = self.unit.get()
        if unit is None:
            return await super().run_querystring(querystring, in_pool)
        with unit.asking():
            return await super().run_querystring(querystring, in_pool)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        unit = self.unit.get()
        if unit is None:
            return await super().run_ddl(ddl, in_pool)
        with unit.asking():
            return await super().run_ddl(ddl, in_pool)

    async def _run_in_new_connection(self, query: str, args: Any = None) -> Any:
        async with self._connection() as connection:
            return await connection.fetch(query, *(args or []))

    def transaction(self, allow_nested: bool = True) -> PostgresTransaction:
        """For Piccolo's own commands. Our code calls `write` and `read`."""
        return _Transaction(self)


class _Transaction(PostgresTransaction):
    """The shape that Piccolo's own commands expect of a transaction."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._block = engine.block()

    async def __aenter__(self) -> "_Transaction":
        await self._block.__aenter__()
        return self

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        return bool(await self._block.__aexit__(kind, error, traceback))


@asynccontextmanager
async def _savepoint(unit: Unit, writes: bool) -> AsyncIterator[None]:
    if writes:
        unit.must_be_writable()
    with unit.one_part():
        part = unit.connection.transaction()
        with unit.asking():
            await part.start()
        try:
            yield
        except BaseException:
            with unit.asking():
                await part.rollback()
            raise
        with unit.asking():
            await part.commit()


def _waits() -> list[float]:
    """How long to wait between tries: a little longer each time, and not all alike."""
    return [
        0.01 * 2**attempt * (0.5 + secrets.randbelow(100) / 100) for attempt in range(TRIES - 1)
    ]
