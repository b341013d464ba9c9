"""The database as the rest of Gatherings sees it: `write(verb, ...)` and `read(query, ...)`.

A verb is an ordinary async function of Piccolo code. All it does is kept, or none of it. It may
be run a second time when the database asks for that, so it changes nothing but the database, and
it awaits nothing but the database. To catch a failed query and carry on, use a nested `write`.
"""

from pathlib import Path
from urllib.parse import urlsplit

from piccolo.engine import engine_finder
from piccolo.engine.exceptions import TransactionError

from web.integrity import IntegrityError, violated
from web.postgres_engine import PostgresEngine
from web.sqlite_engine import SQLiteEngine
from web.units_of_work import OutsideTheDatabaseError, P, SwallowedError, T, Verb

__all__ = [
    "DatabaseEngine",
    "IntegrityError",
    "OutsideTheDatabaseError",
    "PostgresEngine",
    "SQLiteEngine",
    "SwallowedError",
    "TransactionError",
    "announce",
    "close_database",
    "engine_for",
    "leave_no_trace",
    "open_database",
    "read",
    "the_engine",
    "violated",
    "write",
]

DatabaseEngine = SQLiteEngine | PostgresEngine
POSTGRES_SCHEMES = ("postgresql", "postgres")


def engine_for(database_url: str, path: Path) -> DatabaseEngine:
    """SQLite in the file at `path`, or PostgreSQL at its address. This connects to nothing."""
    if not database_url:
        return SQLiteEngine(path)
    if urlsplit(database_url).scheme in POSTGRES_SCHEMES:
        return PostgresEngine(database_url)
    raise ValueError("DATABASE_URL must be empty (for SQLite) or start with postgresql://")


def the_engine() -> DatabaseEngine:
    """The engine that piccolo_conf names."""
    engine = engine_finder()
    if not isinstance(engine, DatabaseEngine):
        raise TypeError("piccolo_conf.DB must come from web.database.engine_for")
    return engine


async def write(verb: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the verb in one transaction, and return once it is safely stored.

    Inside another unit of work this is a savepoint: its failure undoes its own part only.
    """
    return await the_engine().write(verb, *args, **kwargs)


async def read(query: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the query on one snapshot of the database. It can change nothing."""
    return await the_engine().read(query, *args, **kwargs)


async def announce(topic: str, words: str) -> None:
    """Inside a unit of work: tell all processes that listen, once it is stored.

    On SQLite there is one process, and this does nothing.
    """
    await the_engine().announce(topic, words)


async def leave_no_trace() -> None:
    """After something was deleted for good: leave no copy of it in the database's own files."""
    await the_engine().leave_no_trace()


async def open_database() -> None:
    """Open the database before the first request."""
    await the_engine().start_connection_pool()


async def close_database() -> None:
    """Finish the work that waits, and close the database."""
    await the_engine().close_connection_pool()
