"""write() and read() keep the same promises on SQLite and on PostgreSQL."""

import asyncio
import traceback
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.engine_tables import (
    NO_HALL,
    Hall,
    Seat,
    add_hall,
    add_seat,
    elsewhere,
    hall_names,
)
from web import database
from web.database import (
    DatabaseEngine,
    IntegrityError,
    OutsideTheDatabaseError,
    PostgresEngine,
    SQLiteEngine,
    SwallowedError,
    TransactionError,
    engine_for,
    violated,
)


async def test_a_write_is_stored_when_it_returns(engine: DatabaseEngine) -> None:
    await engine.write(add_hall, "Elm", capacity=3)
    assert elsewhere(engine, "SELECT name, capacity FROM try_hall") == [("Elm", 3)]


async def test_a_failed_write_leaves_nothing(engine: DatabaseEngine) -> None:
    async def fail_half_way() -> None:
        await add_hall("Elm")
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        await engine.write(fail_half_way)
    assert await engine.read(hall_names) == []


async def test_a_nested_write_undoes_its_own_part_only(engine: DatabaseEngine) -> None:
    async def elm_twice() -> str:
        await add_hall("Oak")
        await engine.write(add_hall, "Elm")
        try:
            await engine.write(add_two, "Ash", "Elm")
        except IntegrityError as error:
            await add_hall("Yew")
            return violated(error)
        return "nothing was violated"

    async def add_two(first: str, second: str) -> None:
        await add_hall(first)
        await add_hall(second)

    assert await engine.write(elm_twice) == "try_hall_name_key"
    assert await engine.read(hall_names) == ["Elm", "Oak", "Yew"]


async def test_a_swallowed_failure_ends_the_unit(engine: DatabaseEngine) -> None:
    """PostgreSQL would answer this COMMIT with a silent ROLLBACK, SQLite would keep half."""

    async def look_away() -> None:
        await add_hall("Oak")
        try:
            await add_hall("Oak")
        except IntegrityError:
            return

    with pytest.raises(SwallowedError):
        await engine.write(look_away)
    assert await engine.read(hall_names) == []


@pytest.mark.parametrize(
    "dawdle", [partial(asyncio.sleep, 0), partial(asyncio.sleep, 0.001), partial(to_thread, int)]
)
async def test_waiting_for_anything_else_is_refused(
    engine: DatabaseEngine, dawdle: Callable[[], Awaitable[object]]
) -> None:
    async def add_and_dawdle() -> None:
        await add_hall("Elm")
        await dawdle()

    with pytest.raises(OutsideTheDatabaseError, match="only the database") as refused:
        await engine.write(add_and_dawdle)
    assert "await dawdle()" in "".join(traceback.format_exception(refused.value))
    assert await engine.read(hall_names) == []


async def test_the_culprit_alone_fails(engine: DatabaseEngine) -> None:
    """A deferred rule fails only at COMMIT, which several writes may share."""
    hall = await engine.write(add_hall, "Elm")
    outcomes = await asyncio.gather(
        *(engine.write(add_seat, hall, row=1, number=number) for number in range(5)),
        engine.write(add_seat, NO_HALL, row=2),
        *(engine.write(add_seat, hall, row=3, number=number) for number in range(5)),
        return_exceptions=True,
    )
    failures = [outcome for outcome in outcomes if outcome is not None]
    assert [violated(error) for error in failures] == ["foreign key"]
    assert await Seat.count().where(Seat.hall == hall) == 10


async def test_a_hall_is_never_oversold(engine: DatabaseEngine) -> None:
    hall = await engine.write(add_hall, "Elm", capacity=20)

    async def take_one() -> bool:
        free = (Hall.id == hall) & (Hall.taken <= Hall.capacity - 1)
        taking = Hall.update({Hall.taken: Hall.taken + 1}).where(free)
        return bool(await taking.returning(Hall.taken))

    outcomes = await asyncio.gather(*(engine.write(take_one) for _ in range(40)))
    assert outcomes.count(True) == 20
    assert elsewhere(engine, "SELECT taken FROM try_hall") == [(20,)]


async def test_a_read_sees_one_moment(engine: DatabaseEngine) -> None:
    async def count_twice() -> tuple[int, int]:
        before = await Hall.count()
        elsewhere(
            engine, "INSERT INTO try_hall (name, taken, capacity) VALUES ('Oak', 0, 1) RETURNING id"
        )
        return before, await Hall.count()

    assert await engine.read(count_twice) == (0, 0)
    assert await engine.read(hall_names) == ["Oak"]


async def test_a_read_cannot_write(engine: DatabaseEngine) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        await engine.read(add_hall, "Elm")

    async def write_inside() -> None:
        await engine.write(add_hall, "Elm")

    with pytest.raises(TransactionError, match="cannot write"):
        await engine.read(write_inside)
    assert await engine.read(hall_names) == []


async def test_piccolos_own_transactions_work(engine: DatabaseEngine) -> None:
    async def add_together(*names: str) -> None:
        async with engine.transaction():
            for name in names:
                await add_hall(name)

    async with engine.transaction():
        await add_hall("Oak")
        with pytest.raises(IntegrityError):
            await add_together("Elm", "Oak")
    with pytest.raises(IntegrityError):
        await add_together("Ash", "Oak")
    assert await hall_names() == ["Oak"]


def test_the_address_chooses_the_engine(tmp_path: Path) -> None:
    assert isinstance(engine_for("", tmp_path / "a.sqlite"), SQLiteEngine)
    assert isinstance(
        engine_for("postgresql://nobody@127.0.0.1:9/nothing", tmp_path), PostgresEngine
    )
    with pytest.raises(ValueError, match="DATABASE_URL"):
        engine_for("mysql://localhost", tmp_path)


async def test_the_module_functions_use_piccolo_conf(db: DatabaseEngine) -> None:
    async def one() -> int:
        return 1

    assert database.the_engine() is db
    assert await database.write(one) == 1
    assert await database.read(one) == 1
