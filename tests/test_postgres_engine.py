"""What Piccolo's own PostgreSQL engine loses after a failure, and ours keeps."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from piccolo.engine.exceptions import TransactionError
from piccolo.engine.postgres import PostgresEngine as StockPostgresEngine

from tests.databases import own_name, postgres_database
from tests.engine_tables import NO_HALL, Hall, add_hall, add_seat, hall_names, make_tables, use
from web.database import IntegrityError, PostgresEngine

SOON = 1.0


@pytest.fixture(scope="module")
async def url(anyio_backend: object) -> AsyncIterator[str]:
    async with postgres_database(own_name("pool")) as url:
        yield url


@pytest.fixture
async def ours(url: str) -> AsyncIterator[PostgresEngine]:
    """Our engine with a single connection: a lost one is missed at once."""
    engine = PostgresEngine(url, most_connections=1)
    await engine.start_connection_pool()
    await make_tables(engine)
    yield engine
    await engine.close_connection_pool()


@pytest.fixture
async def stock(ours: PostgresEngine) -> AsyncIterator[StockPostgresEngine]:
    """Piccolo's own engine on the same database, with a single connection too."""
    engine = StockPostgresEngine(config=ours.config)
    await engine.start_connection_pool(min_size=1, max_size=1)
    use(engine)
    yield engine
    pool: Any = engine.pool
    pool.terminate()


async def test_the_stock_engine_loses_a_connection_to_every_failed_commit(
    stock: StockPostgresEngine,
) -> None:
    async def add_in_transaction() -> None:
        async with stock.transaction():
            await add_seat(NO_HALL)

    with pytest.raises(IntegrityError):
        await asyncio.create_task(add_in_transaction())
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(hall_names(), timeout=0.3)


async def test_ours_gives_the_connection_back_after_a_failed_commit(ours: PostgresEngine) -> None:
    for _ in range(3):
        with pytest.raises(IntegrityError):
            await ours.write(add_seat, NO_HALL)
    assert not ours.transaction_exists()
    assert await asyncio.wait_for(ours.read(hall_names), SOON) == []


async def test_a_caller_who_gives_up_leaves_nothing_and_gives_the_connection_back(
    ours: PostgresEngine,
) -> None:
    async def add_and_be_slow() -> None:
        await add_hall("Elm")
        await Hall.raw("SELECT pg_sleep(30)")

    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(ours.write(add_and_be_slow), 0.2)
    assert await asyncio.wait_for(ours.read(hall_names), SOON) == []


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_a_conflict_is_tried_again(ours: PostgresEngine, state: str) -> None:
    tries: list[str] = []

    async def fail_twice() -> None:
        await add_hall("Elm")
        tries.append("once more")
        if len(tries) < 3:
            await ours.run_ddl(f"DO $$ BEGIN RAISE EXCEPTION SQLSTATE '{state}'; END $$")

    await ours.write(fail_twice)
    assert len(tries) == 3
    assert await ours.read(hall_names) == ["Elm"]


async def test_a_conflict_without_end_is_reported(ours: PostgresEngine) -> None:
    async def always_fail() -> None:
        await ours.run_ddl("DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$")

    with pytest.raises(Exception, match="40001"):
        await ours.write(always_fail)


async def test_a_query_cannot_outlive_its_unit(ours: PostgresEngine) -> None:
    started: list[asyncio.Task[list[str]]] = []

    async def start_a_task() -> None:
        started.append(asyncio.create_task(hall_names()))

    await ours.write(start_a_task)
    with pytest.raises(TransactionError, match="left its unit"):
        await started[0]


async def test_it_works_without_a_pool(url: str, ours: PostgresEngine) -> None:
    engine = PostgresEngine(url)
    use(engine)
    await engine.write(add_hall, "Elm")
    assert await hall_names() == ["Elm"]
    await engine.close_connection_pool()
