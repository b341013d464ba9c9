"""What every test may ask for. `TEST_DB=postgres` runs the same tests on PostgreSQL.

The environment is set here, before any table is imported: Piccolo looks for its database then.
"""

import atexit
import gc
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.databases import empty_postgres, own_name, postgres_database, postgres_url
from tests.engine_tables import make_tables
from tests.kept_setting import KeptSetting
from web.database import DatabaseEngine, PostgresEngine, SQLiteEngine, engine_for, the_engine
from web.schema import migrate

MEMORY = Path("/", "dev", "shm")
FOLDER = Path(tempfile.mkdtemp(prefix="gatherings-", dir=MEMORY if MEMORY.is_dir() else None))
ON_POSTGRES = os.environ.get("TEST_DB", "") == "postgres"
POSTGRES_NAME = own_name("test")

atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["DATA_DIR"] = str(FOLDER)
os.environ["DATABASE_URL"] = postgres_url(POSTGRES_NAME) if ON_POSTGRES else ""

# The app's own log says of each request what its client would say again.
logging.getLogger("httpx").setLevel(logging.WARNING)

pytest_plugins = ["tests.people", "tests.browsers"]


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
async def migrated(anyio_backend: object) -> AsyncIterator[DatabaseEngine]:
    """The database of this run: migrated, and empty."""
    async with AsyncExitStack() as opened:
        if ON_POSTGRES:
            await opened.enter_async_context(postgres_database(POSTGRES_NAME))
        engine = the_engine()
        await migrate()
        yield engine
        await engine.close_connection_pool()


@pytest.fixture(scope="session")
def kept_setting(tmp_path_factory: pytest.TempPathFactory) -> KeptSetting:
    """What the fixture `usual_setting` shares among all tests of this run."""
    return KeptSetting(tmp_path_factory.mktemp("setting") / "setting.sqlite")


@pytest.fixture
async def db(
    migrated: DatabaseEngine,
    kept_setting: KeptSetting,
    how_to_build: Callable[[], Awaitable[Any]],
    request: pytest.FixtureRequest,
) -> AsyncIterator[DatabaseEngine]:
    """A migrated database, open for this test alone: empty, or with `usual_setting` in it."""
    wanted = "usual_setting" in request.fixturenames
    again = wanted and kept_setting.built is not None
    if isinstance(migrated, SQLiteEngine):
        _take_a_fresh_copy(migrated, kept_setting.file if again else FOLDER / "gatherings.sqlite")
    await migrated.start_connection_pool()
    if again and isinstance(migrated, PostgresEngine):
        await kept_setting.put_back(migrated)
    elif wanted and not again:
        await kept_setting.build(migrated, how_to_build)
    yield migrated
    if isinstance(migrated, PostgresEngine):
        await empty_postgres(migrated)
    else:
        await migrated.close_connection_pool()


def _take_a_fresh_copy(engine: SQLiteEngine, file: Path) -> None:
    """Copying a file takes 2 ms. Nothing here must survive a power cut."""
    copy = FOLDER / "test.sqlite"
    for left_over in ("-wal", "-shm"):
        copy.with_name(copy.name + left_over).unlink(missing_ok=True)
    shutil.copyfile(file, copy)
    engine.path = str(copy)
    engine.synchronous = "OFF"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def address(request: pytest.FixtureRequest, anyio_backend: object) -> AsyncIterator[str]:
    """For tests of the engines themselves: each runs on both databases."""
    if request.param == "sqlite":
        yield ""
        return
    async with postgres_database(own_name("engine")) as url:
        yield url


@pytest.fixture
async def engine(address: str, tmp_path: Path) -> AsyncIterator[DatabaseEngine]:
    """An open engine of its own with the small tables of tests/engine_tables.py."""
    engine = engine_for(address, tmp_path / "try.sqlite")
    await make_tables(engine)
    await engine.start_connection_pool()
    yield engine
    await engine.close_connection_pool()


@pytest.fixture
async def sqlite_engine(tmp_path: Path) -> AsyncIterator[SQLiteEngine]:
    """The same on SQLite alone; it waits for a lock no longer than a test should."""
    engine = SQLiteEngine(tmp_path / "try.sqlite")
    engine.connection_kwargs["timeout"] = 0.01
    await make_tables(engine)
    await engine.start_connection_pool()
    yield engine
    await engine.close_connection_pool()


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end, so nobody need look through it again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what opens this run's database; the rest says the same on both.

    A test marked `once` takes seconds, and other tests run its verbs on PostgreSQL. One that is
    about the other database is no test of this one.
    """
    theirs = {item for item in items if _is_for_the_other_run(item)}
    config.hook.pytest_deselected(items=[*theirs])
    items[:] = [item for item in items if item not in theirs]


def _is_for_the_other_run(item: pytest.Item) -> bool:
    if not ON_POSTGRES:
        return item.get_closest_marker("postgres") is not None
    opens_it = "db" in getattr(item, "fixturenames", ())
    return not opens_it or any(item.get_closest_marker(mark) for mark in ("once", "sqlite"))
