"""Migrations: frozen statements that run on SQLite and PostgreSQL from the same file.

`python -m web.schema gatherings.planning.tables` prints the statements of those tables as they
are now, to be pasted into a new migration. A migration never imports the live tables.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from sqlite3 import OperationalError
from textwrap import indent

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import table_finder
from piccolo.table import sort_table_classes

from web.database import DatabaseEngine, the_engine
from web.schema_drift import drift
from web.schema_text import ddl_of

__all__ = ["apply", "ddl_of", "drift", "migrate", "rebuild", "statements"]

WORDS = {
    "sqlite": {"{id}": "INTEGER PRIMARY KEY AUTOINCREMENT", "{bytes}": "BLOB"},
    "postgres": {"{id}": "BIGSERIAL PRIMARY KEY", "{bytes}": "BYTEA"},
}
FOREIGN_KEYS_ARE_ON = (
    "Dropping a table here would take the rows that refer to it along. "
    "Run this migration with web.schema.migrate(), which starts with foreign keys off."
)


def statements(
    migration_id: str,
    app_name: str,
    description: str,
    up: Sequence[str],
    *,
    sqlite: Sequence[str] = (),
    postgres: Sequence[str] = (),
) -> MigrationManager:
    """A migration of plain statements: `up` on both databases, then those of the one in use.

    `{id}` stands for a key that counts by itself, `{bytes}` for the type of bytes.
    """
    manager = MigrationManager(
        migration_id=migration_id, app_name=app_name, description=description
    )

    async def run() -> None:
        engine = the_engine()
        await apply(engine, [*up, *(sqlite if engine.engine_type == "sqlite" else postgres)])

    manager.add_raw(run)
    return manager


async def apply(engine: DatabaseEngine, texts: Sequence[str]) -> None:
    """Run statements, `{id}` and `{bytes}` included, in the transaction that is open."""
    drops = any("DROP TABLE" in text for text in texts)
    if drops and engine.engine_type == "sqlite" and await _foreign_keys_are_on(engine):
        raise OperationalError(FOREIGN_KEYS_ARE_ON)
    for text in texts:
        await engine.run_ddl(in_the_words_of(engine.engine_type, text))


async def _foreign_keys_are_on(engine: DatabaseEngine) -> bool:
    return bool((await engine.run_ddl("PRAGMA foreign_keys"))[0]["foreign_keys"])


def in_the_words_of(engine_type: str, text: str) -> str:
    """A statement as this database spells it."""
    for word, meaning in WORDS[engine_type].items():
        text = text.replace(word, meaning)
    return text


def rebuild(
    table: str, create: str, copy: Mapping[str, str], indexes: Sequence[str] = ()
) -> list[str]:
    """SQLite's way to change a table it cannot ALTER: make it anew, copy, drop, rename.

    `create` is the whole new CREATE TABLE, `copy` says for each new column what it is made from,
    `indexes` are all the indexes of the new table (the old ones go with the old table).
    """
    new = f"{table}__new"
    columns = ", ".join(f'"{column}"' for column in copy)
    everything = ["SELECT", ", ".join(copy.values()), "FROM", f'"{table}"']
    return [
        create.replace(f'"{table}"', f'"{new}"', 1),
        *(_keep_counting(table, new) if "{id}" in create else []),
        " ".join(["INSERT INTO", f'"{new}"', f"({columns})", *everything]),
        f'DROP TABLE "{table}"',
        f'ALTER TABLE "{new}" RENAME TO "{table}"',
        *indexes,
    ]


def _keep_counting(table: str, new: str) -> list[str]:
    """Carry the counter over, so that no number of a deleted row is ever given again."""
    counter = ["SELECT", f"'{new}', seq", "FROM sqlite_sequence WHERE name =", f"'{table}'"]
    return [" ".join(["INSERT INTO sqlite_sequence (name, seq)", *counter])]


async def migrate() -> list[str]:
    """Bring the database up to date, one starter at a time. Gives the migrations that it ran."""
    async with the_engine().one_starter():
        before = await _applied()
        with _out_of_sight():
            outcome = await run_forwards("all")
        if not outcome.success:
            raise RuntimeError(f"The migrations stopped: {outcome.message}")
        return [name for name in await _applied() if name not in before]


async def _applied() -> list[str]:
    if not await Migration.table_exists():
        return []
    rows = await Migration.select(Migration.app_name, Migration.name).order_by(Migration.ran_on)
    return [f"{row['app_name']} {row['name']}" for row in rows]


@contextmanager
def _out_of_sight() -> Iterator[None]:
    """Piccolo prints its progress, and puts the folders of migrations on the import path."""
    before = list(sys.path)
    try:
        with redirect_stdout(StringIO()):
            yield
    finally:
        sys.path[:] = before


def main(modules: Sequence[str]) -> None:
    """Print the statements of the tables in these modules."""
    tables = sort_table_classes(table_finder(modules, exclude_imported=True))
    for statement in ddl_of(*tables):
        print(indent(f'"""{statement}""",', "    "))


if __name__ == "__main__":
    main(sys.argv[1:])
