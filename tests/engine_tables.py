"""Small tables to try the database engines with, and ways to touch a database from outside."""

import asyncio
import sqlite3
import threading
from typing import Any

import asyncpg
from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Varchar
from piccolo.constraints import Check, Unique
from piccolo.engine.base import Engine
from piccolo.table import Table

from web.database import DatabaseEngine, SQLiteEngine
from web.schema import apply, ddl_of


class Hall(Table, tablename="try_hall"):
    id: Serial
    name = Varchar(length=40, unique=True)
    taken = Integer()
    capacity = Integer()

    places_right = Check("taken BETWEEN 0 AND capacity")


class Seat(Table, tablename="try_seat"):
    """Its hall is looked for only at COMMIT, so that a COMMIT can fail."""

    id: Serial
    hall = ForeignKey(Hall, null=False, on_delete=OnDelete.restrict, index=True)
    row = Integer()
    number = Integer()

    seat_once = Unique(["row", "number"])


TABLES = (Hall, Seat)
NO_HALL = 999


def use(engine: Engine[Any]) -> None:
    """Point the tables at this engine."""
    for table in TABLES:
        table._meta.db = engine


async def make_tables(engine: DatabaseEngine) -> None:
    use(engine)
    late = [text.replace("ON DELETE RESTRICT", "DEFERRABLE INITIALLY DEFERRED") for text in DDL]
    for name in ("try_seat", "try_hall"):
        await engine.run_ddl(f'DROP TABLE IF EXISTS "{name}"')
    await apply(engine, late)


DDL = ddl_of(*TABLES)


async def add_hall(name: str, capacity: int = 20) -> int:
    hall = Hall(name=name, capacity=capacity)
    await hall.save()
    return int(hall.id)


async def add_seat(hall: int, row: int = 1, number: int = 1) -> None:
    await Seat(hall=hall, row=row, number=number).save()


async def hall_names() -> list[str]:
    return await Hall.select(Hall.name).order_by(Hall.name).output(as_list=True)


def elsewhere(engine: DatabaseEngine, statement: str) -> list[Any]:
    """Run one statement as another program would, while we wait."""
    answers: list[list[Any]] = []
    thread = threading.Thread(target=lambda: answers.append(_run_elsewhere(engine, statement)))
    thread.start()
    thread.join()
    return answers[0]


def _run_elsewhere(engine: DatabaseEngine, statement: str) -> list[Any]:
    if isinstance(engine, SQLiteEngine):
        connection = sqlite3.connect(engine.path, timeout=0.05, isolation_level=None)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
    return asyncio.run(_run_on_postgres(engine.config["dsn"], statement))


async def _run_on_postgres(url: str, statement: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()
