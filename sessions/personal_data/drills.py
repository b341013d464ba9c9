"""Putting a backup back from its file to the first page that opens, and trying that elsewhere."""

import asyncio
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from sessions.personal_data.backups import note_drill
from sessions.personal_data.restoring import go_again, put_back
from web.command_line import run
from web.crypto import keys_now
from web.database_copies import CopyProblem, change_databases
from web.settings import environment_with, settings

HERE = Path(__file__).parents[2]
BACK = """Put back the backup of {made_at:%Y-%m-%d %H:%M} in universal time.
{rows} rows in {tables} tables and {pictures} pictures, each as it was.
Bookings that had come back and were erased again: {erased}.
Rows that were due and were forgotten: {forgotten}.
The first page opens."""
OF_A_FRAME = re.compile(r"[─│╭╮╰╯]|Error")
DRILLED = "This was a drill in a place of its own, which is gone. It was written down."


def restore_here(app: Any, file: Path) -> str:
    """Put it back where this app is. Gives what to tell the host. Raises CopyProblem."""
    back = asyncio.run(put_back(file))

    async def look_over() -> str:
        again = await go_again(datetime.now(UTC))
        await _open_first_page(app)
        return BACK.format(
            made_at=back.made_at,
            rows=sum(back.rows.values()),
            tables=len(back.rows),
            pictures=back.pictures,
            erased=again.erased,
            forgotten=again.forgotten,
        )

    return run(look_over)


async def _open_first_page(app: Any) -> None:
    """The app answers from what was put back, without its chores: no letter may leave."""
    inside = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=inside, base_url=settings().base_url) as browser:
        answer = await browser.get("/")
    if answer.status_code != httpx.codes.OK:
        raise CopyProblem(f"It was put back, but the first page answers {answer.status_code}.")


async def drill(file: Path) -> str:
    """The same command in another process, with our keys and log, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        log = settings().data_dir / "erasures.log"
        if log.exists():
            (Path(folder) / log.name).write_bytes(log.read_bytes())
        async with _empty_database() as url:
            there = {
                "DATA_DIR": folder,
                "DATABASE_URL": url,
                "FIELD_KEYS": ",".join(keys_now()),
                "SMTP_HOST": "",
            }
            done = await asyncio.to_thread(
                subprocess.run,
                [sys.executable, "-m", "litestar", "--app", "app:app", "restore", str(file)],
                cwd=HERE,
                env=environment_with(there),
                capture_output=True,
                text=True,
                check=False,
            )
    if done.returncode:
        raise CopyProblem(plainly(done.stderr))
    note_drill(file, datetime.now(UTC))
    return done.stdout + DRILLED


def plainly(framed: str) -> str:
    """What a command complained of, without the frame around it."""
    return " ".join(OF_A_FRAME.sub(" ", framed).split())


@asynccontextmanager
async def _empty_database() -> AsyncIterator[str]:
    """On PostgreSQL an empty database beside ours, dropped afterwards. "" for SQLite."""
    ours = settings().database_url
    if not ours:
        yield ""
        return
    name = f"gatherings_drill_{secrets.token_hex(6)}"
    await change_databases(ours, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield urlsplit(ours)._replace(path=f"/{name}").geturl()
    finally:
        await change_databases(ours, f'DROP DATABASE "{name}" WITH (FORCE)')
