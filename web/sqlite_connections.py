"""SQLite connections, each with the settings that its work needs."""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from piccolo.engine.sqlite import dict_factory

from web.integrity import name_the_constraint
from web.units_of_work import Unit

BUSY_SECONDS = 10
MIGRATION_SECONDS = 120
FOR_ALL = ("foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16000")
FOR_READERS = ("query_only=ON",)
FOR_THE_WRITER = ("secure_delete=ON",)

Settings = Mapping[str, Any]


def open_reader(settings: Settings, synchronous: str) -> sqlite3.Connection:
    """A connection that cannot change anything."""
    connection = _connect(settings)
    _set(connection, f"synchronous={synchronous}", *FOR_ALL, *FOR_READERS)
    return connection


def open_writer(settings: Settings, synchronous: str) -> sqlite3.Connection:
    """The one connection that writes. It opens first, and closes last."""
    connection = _connect(settings)
    _switch_to_wal(connection)
    _set(connection, f"synchronous={synchronous}", *FOR_ALL, *FOR_THE_WRITER)
    return connection


@contextmanager
def own_transaction(settings: Settings, foreign_keys: bool) -> Iterator[sqlite3.Connection]:
    """One transaction on a connection of its own, which waits long for others to finish."""
    connection = _connect({**settings, "timeout": MIGRATION_SECONDS})
    try:
        # This must come before BEGIN: inside a transaction SQLite ignores it.
        _set(connection, f"foreign_keys={'ON' if foreign_keys else 'OFF'}", *FOR_THE_WRITER)
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()  # without a COMMIT this rolls back


def empty_wal(settings: Settings) -> bool:
    """Bring everything into the file and cut the -wal file to nothing, so that it keeps no copy
    of what was deleted. False when others were busy all the time."""
    connection = _connect(settings)
    try:
        _set(connection, *FOR_THE_WRITER)
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()["busy"]
    finally:
        connection.close()


@contextmanager
def savepoint(unit: Unit) -> Iterator[None]:
    """A part of a unit that can fail by itself."""
    with unit.one_part() as name:
        unit.connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            unit.connection.execute(f"ROLLBACK TO {name}")
            raise
        finally:
            unit.connection.execute(f"RELEASE {name}")


def rows(connection: sqlite3.Connection, query: str, args: list[Any]) -> list[dict[str, Any]]:
    """All the rows that one statement answers with."""
    try:
        return cast(list[dict[str, Any]], connection.execute(query, args).fetchall())
    except sqlite3.IntegrityError as error:
        name_the_constraint(connection, error)
        raise


def _connect(settings: Settings) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite3.connect(**{**settings, "check_same_thread": False})
    connection.row_factory = dict_factory
    return connection


def _set(connection: sqlite3.Connection, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Several processes switching at once may be told "locked" at once, busy timeout or not."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _set(connection, "journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)
