"""Every byte that a database keeps, to search in: its files on SQLite, a dump on PostgreSQL."""

import asyncio
import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from piccolo.columns import Bytea

from tests.databases import all_tables
from web.database import DatabaseEngine, PostgresEngine

FILES_OF_SERVER = """
WITH ours AS (
    SELECT oid, reltoastrelid FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1)
)
SELECT relname AS name, pg_read_binary_file(pg_relation_filepath(oid)) AS content FROM pg_class
WHERE oid IN (SELECT oid FROM ours UNION SELECT reltoastrelid FROM ours
    UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM ours))
"""


async def all_bytes(db: DatabaseEngine) -> dict[str, bytes]:
    """What is in the database, by the name of the file or the table."""
    if isinstance(db, PostgresEngine):
        return await _dump(db)
    path = Path(db.path)
    files = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]
    return await asyncio.to_thread(files_in, files)


def files_in(files: Iterable[Path]) -> dict[str, bytes]:
    """The files that are there; what is packed in a spreadsheet is unpacked."""
    return {str(file): unpacked(file.read_bytes()) for file in files if file.is_file()}


def unpacked(content: bytes) -> bytes:
    """A ZIP file's parts one after the other; anything else as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def found_in(kept: Mapping[str, bytes], wanted: Iterable[bytes]) -> set[tuple[str, bytes]]:
    """Which of the wanted bytes are where, as they are or in hexadecimal as a dump writes them."""
    return {
        (name, one)
        for one in wanted
        for name, content in kept.items()
        if one in content or one.hex().encode() in content
    }


async def sealed_values() -> list[bytes]:
    """What is sealed in any row now, as it stands in the database."""
    found = []
    for table in all_tables():
        for column in table._meta.columns:
            if isinstance(column, Bytea):
                rows = await table.select(column)
                values = (row[column._meta.name] for row in rows)
                found += [bytes(value) for value in values if value]
    return found


async def own_files(db: DatabaseEngine) -> dict[str, bytes]:
    """What stands in the database's own files, also where no query and no dump looks."""
    return await _files_of_server(db) if isinstance(db, PostgresEngine) else await all_bytes(db)


async def write_files_anew(db: PostgresEngine) -> None:
    """What the server's operator may do at night: its files then hold only what is there."""
    pool = db.pool
    assert pool is not None
    connection: Any
    async with pool.acquire() as connection:
        for table in all_tables():
            await connection.execute(f'VACUUM FULL "{table._meta.tablename}"')


async def _files_of_server(db: PostgresEngine) -> dict[str, bytes]:
    """The files of our tables, of what is too long for them, and of their indexes."""
    pool = db.pool
    assert pool is not None
    connection: Any
    async with pool.acquire() as connection:
        await connection.execute("CHECKPOINT")
        rows = await connection.fetch(FILES_OF_SERVER, [t._meta.tablename for t in all_tables()])
    return {row["name"]: row["content"] for row in rows}


async def _dump(db: PostgresEngine) -> dict[str, bytes]:
    url = str(db.config["dsn"])
    if shutil.which("pg_dump"):
        process = await asyncio.create_subprocess_exec(
            "pg_dump", url, stdout=asyncio.subprocess.PIPE
        )
        dump, _ = await process.communicate()
        assert process.returncode == 0
        return {"pg_dump": dump}
    return {
        table._meta.tablename: await _copied(db, table._meta.tablename) for table in all_tables()
    }


async def _copied(db: PostgresEngine, table: str) -> bytes:
    written, pool = io.BytesIO(), db.pool
    assert pool is not None
    connection: Any
    async with pool.acquire() as connection:
        await connection.copy_from_table(table, output=written)
    return written.getvalue()
