"""Three programs that start at once on one empty database all come up, and migrate it once."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import own_name, postgres_database
from web.database import engine_for

HERE = Path(__file__).parent.parent
STARTERS = 3
FILES = {
    "starter_conf.py": """
import os
from pathlib import Path
from piccolo.conf.apps import AppRegistry
from web.database import engine_for

DB = engine_for(os.environ["TRY_URL"], Path(os.environ["TRY_PATH"]))
APP_REGISTRY = AppRegistry(apps=["starter_app"])
""",
    "starter_app.py": """
from pathlib import Path
from piccolo.conf.apps import AppConfig

APP_CONFIG = AppConfig("starter", migrations_folder_path=str(Path(__file__).parent / "steps"))
""",
    "steps/starter_1.py": """
from web.schema import statements

ID, VERSION, DESCRIPTION = "2026-11-22T19:00:00:000000", "1.38.0", "the first step"


async def forwards():
    return statements(ID, "starter", DESCRIPTION, UP)


UP = ['CREATE TABLE "start" ("id" {id}, "who" INTEGER NOT NULL)', "SELECT 1"]
""",
    "steps/starter_2.py": """
from web.schema import statements

ID, VERSION, DESCRIPTION = "2026-11-22T20:00:00:000000", "1.38.0", "the second step"


async def forwards():
    return statements(ID, "starter", DESCRIPTION, ['CREATE INDEX "start_who" ON "start" ("who")'])
""",
    "start.py": """
import asyncio
import os
from web.database import close_database, open_database, the_engine, write
from web.schema import migrate


async def main():
    print("ready", flush=True)
    input()
    await open_database()
    ran = await migrate()
    await write(the_engine().run_ddl, f'INSERT INTO "start" ("who") VALUES ({os.getpid()})')
    await close_database()
    print(len(ran))


asyncio.run(main())
""",
}


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, anyio_backend: object) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    async with postgres_database(own_name("start")) as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "steps").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


async def starter(folder: Path, url: str) -> Process:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{HERE}{os.pathsep}{folder}",
        "PICCOLO_CONF": "starter_conf",
        "TRY_URL": url,
        "TRY_PATH": str(folder / "data" / "try.sqlite"),
    }
    program = str(folder / "start.py")
    return await asyncio.create_subprocess_exec(
        sys.executable, program, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def test_three_starters_migrate_once(folder: Path, url: str) -> None:
    starters = [await starter(folder, url) for _ in range(STARTERS)]
    for process in starters:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in starters))
    errors = [error.decode() for _, error in ended]
    assert errors == [""] * STARTERS
    assert sorted(output for output, _ in ended) == [b"0\n", b"0\n", b"2\n"]
    engine = engine_for(url, folder / "data" / "try.sqlite")
    rows = await engine.run_ddl('SELECT DISTINCT "who" FROM "start"')
    await engine.close_connection_pool()
    assert len(rows) == STARTERS
