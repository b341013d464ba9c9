"""The gathering that most tests begin with: built once in a run, and put back for each of them.

Building it takes some 50 ms, and more than a thousand tests ask for it.
"""

import copy
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.databases import all_tables
from web.database import DatabaseEngine, PostgresEngine, SQLiteEngine

MARK = "$kept$"


class KeptSetting:
    """`built` is what the builder gave, `file` a copy of the database as it was then."""

    def __init__(self, file: Path) -> None:
        self.built: Any = None
        self.file = file
        self._script = ""

    async def build(self, engine: DatabaseEngine, how: Callable[[], Awaitable[Any]]) -> None:
        """Build it in an empty database, and keep every row."""
        self.built = await how()
        if isinstance(engine, SQLiteEngine):
            with (
                closing(sqlite3.connect(engine.path)) as there,
                closing(sqlite3.connect(self.file)) as kept,
            ):
                there.backup(kept)
        else:
            self._script = await _rows_as_script(engine)

    async def put_back(self, engine: PostgresEngine) -> None:
        """All rows at once. Their ids are lower than any that PostgreSQL gives from now on."""
        await _pool(engine).execute(self._script)

    def taken(self) -> Any:
        """What was built, for one test to do with as it likes."""
        return copy.deepcopy(self.built)


async def _rows_as_script(engine: PostgresEngine) -> str:
    """Statements that insert every row again, those first that others refer to."""
    statements = []
    for table in all_tables():
        name = f'"{table._meta.tablename}"'
        kept = await _pool(engine).fetchval(" ".join(["SELECT json_agg(t) FROM", name, "t"]))
        if kept:
            rows = f"json_populate_recordset(NULL::{name}, {MARK}{kept}{MARK})"
            statements.append(" ".join(["INSERT INTO", name, "SELECT * FROM", rows]))
    return "; ".join(statements)


def _pool(engine: PostgresEngine) -> Any:
    return engine.pool
