"""A copy of the whole database in one file, and putting it back: SQLite and PostgreSQL.

Both say how many rows each table has, as the copy holds them.
"""

import asyncio
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg

from web.settings import environment_with

Rows = dict[str, int]
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
TABLES_OF_POSTGRES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"


class CopyProblem(Exception):
    """A copy could not be made or put back. The words say why."""


def copy_sqlite(source: Path, to: Path) -> Rows:
    """A compact copy without what was deleted, made while others read and write."""
    if not source.exists():
        raise CopyProblem(f"There is no database at {source} yet.")
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
    return look_over_sqlite(to)


def look_over_sqlite(path: Path) -> Rows:
    """The rows of each table. Raises CopyProblem where the file is not whole."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            checked = connection.execute("PRAGMA integrity_check").fetchall()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise CopyProblem(f"The copy of the database is damaged: {error}") from error
        if checked != [("ok",)] or broken:
            raise CopyProblem("The copy of the database is damaged.")
        names = sorted(name for (name,) in connection.execute(TABLES))
        return {name: connection.execute(_how_many(name)).fetchone()[0] for name in names}


async def copy_postgres(url: str, to: Path) -> Rows:
    """A dump in PostgreSQL's own format; the rows are counted on the very same snapshot."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            rows = await _count(connection)
            await _run("pg_dump", "-Fc", f"--snapshot={snapshot}", f"--file={to}", url=url)
            return rows
    finally:
        await connection.close()


async def put_into_postgres(dump: Path, url: str) -> Rows:
    """Fill an empty database. Raises CopyProblem when it is not empty."""
    if await rows_of_postgres(url):
        raise CopyProblem("The database that DATABASE_URL names is not empty. Name an empty one.")
    name = _where(url)["PGDATABASE"]
    await _run(
        "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(dump), url=url
    )
    return await rows_of_postgres(url)


async def rows_of_postgres(url: str) -> Rows:
    """The rows of each table that is there now."""
    connection = await asyncpg.connect(url)
    try:
        return await _count(connection)
    finally:
        await connection.close()


async def change_databases(url: str, statement: str) -> None:
    """CREATE DATABASE or DROP DATABASE, beside the one that the address names."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _count(connection: Any) -> Rows:
    names = sorted(row["name"] for row in await connection.fetch(TABLES_OF_POSTGRES))
    return {name: await connection.fetchval(_how_many(name)) for name in names}


def _how_many(table: str) -> str:
    return " ".join(["SELECT COUNT(*) FROM", f'"{table}"'])


async def _run(program: str, *arguments: str, url: str) -> None:
    """The password goes by the environment, where other users of the machine cannot see it."""
    if shutil.which(program) is None:
        raise CopyProblem(f"{program} is missing. Install the programs that come with PostgreSQL.")
    done = await asyncio.to_thread(
        subprocess.run,
        [program, "--no-password", *arguments],
        env=environment_with(_where(url)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CopyProblem(f"{program} failed: {done.stderr.strip()}")


def _where(url: str) -> dict[str, str]:
    """An address in the words of PostgreSQL's own programs."""
    parts = urlsplit(url)
    words = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path[1:]),
        **{f"PG{name.upper()}": value for name, value in parse_qsl(parts.query)},
    }
    return {name: value for name, value in words.items() if value}
