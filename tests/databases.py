"""The databases that the tests make for themselves, and throw away."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from piccolo.conf.apps import Finder
from piccolo.table import Table, sort_table_classes

from web.database import PostgresEngine

# Read before tests/conftest.py sets DATABASE_URL for the code under test.
SERVER = os.environ.get("DATABASE_URL", "") or "postgresql://postgres@127.0.0.1:5432"


def own_name(purpose: str) -> str:
    """A database name that no other run of the tests uses at the same time."""
    return f"gatherings_{purpose}_{os.getpid()}"


def postgres_url(name: str) -> str:
    """The address of one database on the PostgreSQL server."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


@asynccontextmanager
async def postgres_database(name: str) -> AsyncIterator[str]:
    """An empty PostgreSQL database, dropped afterwards. Gives its address."""
    server = await _server()
    try:
        await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        yield postgres_url(name)
    finally:
        await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await server.close()


async def _server() -> Any:
    try:
        return await asyncpg.connect(postgres_url("postgres"), timeout=10)
    except (OSError, asyncpg.PostgresError) as error:
        reason = f"These tests need PostgreSQL at {SERVER}: {error}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


async def empty_postgres(engine: PostgresEngine) -> None:
    """Delete every row, those that refer to others first. TRUNCATE takes fifty times as long."""
    deletes = [" ".join(["DELETE FROM", f'"{t._meta.tablename}"']) for t in reversed(all_tables())]
    await engine.start_connection_pool()
    pool: Any = engine.pool
    await pool.execute("; ".join(deletes))


def all_tables() -> Sequence[type[Table]]:
    """Every table of both rooms, those that others refer to first."""
    return sort_table_classes(Finder().get_table_classes())
