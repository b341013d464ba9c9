"""One name for a violated rule of the database, the same on SQLite and PostgreSQL."""

import re
import sqlite3
from collections.abc import Iterator

from asyncpg.exceptions import IntegrityConstraintViolationError

IntegrityError: tuple[type[Exception], ...] = (
    sqlite3.IntegrityError,
    IntegrityConstraintViolationError,
)
"""For `except IntegrityError as error:`, then `violated(error)` says which rule it was."""

FOREIGN_KEY = "foreign key"
FOREIGN_KEY_STATES = ("23001", "23503")
NOT_NULL_STATE = "23502"
UNIQUE_IN_TABLE = re.compile(r'CONSTRAINT\s+"?(\w+)"?\s+UNIQUE\s*\(([^)]*)\)', re.IGNORECASE)


def violated(error: BaseException) -> str:
    """Name the rule that was broken; "" when the error is not about such a rule.

    CHECK and UNIQUE: the name of the constraint or index ("session_spot"). NOT NULL:
    "table.column". A foreign key: "foreign key" (SQLite does not say which).
    """
    if not isinstance(error, IntegrityError):
        return ""
    state = getattr(error, "sqlstate", None)
    if state in FOREIGN_KEY_STATES:
        return FOREIGN_KEY
    if state == NOT_NULL_STATE:
        return f"{getattr(error, 'table_name', '')}.{getattr(error, 'column_name', '')}"
    return getattr(error, "constraint_name", None) or _from_sqlite_words(str(error))


def name_the_constraint(connection: sqlite3.Connection, error: sqlite3.IntegrityError) -> None:
    """SQLite names only the columns of a UNIQUE rule: find its name while we have a connection."""
    columns = _columns_in(str(error))
    if columns and str(error).startswith("UNIQUE"):
        table = columns[0].rpartition(".")[0]
        plain = [column.rpartition(".")[2] for column in columns]
        unnamed = f"{table}_{'_'.join(plain)}_key"  # as PostgreSQL would call it
        name = next(_unique_rules(connection, table, plain), unnamed)
        vars(error)["constraint_name"] = name


def _from_sqlite_words(words: str) -> str:
    if words.startswith("FOREIGN KEY"):
        return FOREIGN_KEY
    return ", ".join(_columns_in(words))


def _columns_in(words: str) -> list[str]:
    """The names in "UNIQUE constraint failed: session.round, session.room"."""
    return words.partition("constraint failed: ")[2].split(", ") if ": " in words else []


def _unique_rules(connection: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[str]:
    """Names of the unique indexes and constraints on exactly these columns."""
    for index in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        parts = connection.execute(f'PRAGMA index_info("{index["name"]}")').fetchall()
        if index["origin"] == "c" and index["unique"] and columns == [p["name"] for p in parts]:
            yield index["name"]
    keys = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    if columns == [key["name"] for key in keys if key["pk"]]:
        yield f"{table}_pkey"
    row = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    for name, inside in UNIQUE_IN_TABLE.findall(row["sql"] if row else ""):
        if [part.strip().strip('"') for part in inside.split(",")] == columns:
            yield name
