"""What can be typed about backups: `litestar backup` and `litestar restore`."""

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
from typing import Any, cast
from urllib.parse import urlsplit

import click
import httpx
from litestar import Litestar
from litestar.plugins import CLIPlugin

from sessions.personal_data.backups import make_backup, note_drill, usual_folder
from sessions.personal_data.restoring import go_again, put_back
from web.command_line import run
from web.crypto import keys_now
from web.database_copies import CopyProblem, change_databases
from web.settings import environment_with, settings

HERE = Path(__file__).parents[2]
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)
MADE = """Written: {path}
It holds the database, the pictures and the log of erasures, sealed with the first key.
It does not hold the keys: keep a copy of them in another place."""
BACK = """Put back the backup of {made_at:%Y-%m-%d %H:%M} in universal time.
{rows} rows in {tables} tables and {pictures} pictures, each as it was.
Bookings that had come back and were erased again: {erased}. Rows that were due and went: {forgotten}.
The first page opens."""
OF_A_FRAME = re.compile(r"[─│╭╮╰╯]|Error")
DRILLED = "This was a drill in a place of its own, which is gone. It was written down."


class BackupCommands(CLIPlugin):
    """Commands about backups, beside the framework's."""

    def on_cli_init(self, cli: click.Group) -> None:
        """Hang them on `litestar`."""
        cli.add_command(backup)
        cli.add_command(restore)


@click.command()
@click.option("--to", type=A_FOLDER, help="The folder. Otherwise BACKUP_DIR, or DATA_DIR/backups.")
def backup(to: Path | None) -> None:
    """Make one sealed backup. The app may run meanwhile. Those older than 35 days go."""
    try:
        path = run(lambda: make_backup(to or usual_folder(), datetime.now(UTC)))
    except CopyProblem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(MADE.format(path=path))


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--drill", "only_try", is_flag=True, help="Only try it, in a place of its own.")
def restore(app: Litestar, file: Path, only_try: bool) -> None:
    """Put a backup back where no database is yet. What had been erased stays erased."""
    try:
        if only_try:
            click.echo(asyncio.run(drill(file.absolute())))
        else:
            click.echo(_restore(app, file))
    except CopyProblem as problem:
        raise click.ClickException(str(problem)) from problem


def _restore(app: Litestar, file: Path) -> str:
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


async def _open_first_page(app: Litestar) -> None:
    """The app answers from what was put back, without its chores: no letter may leave."""
    inside = httpx.ASGITransport(app=cast(Any, app))
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
