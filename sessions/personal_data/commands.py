"""What is typed about personal data: `litestar keys`, `forget`, `held`, `papers` and backups."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import click
from litestar import Litestar
from litestar.plugins import CLIPlugin

from gatherings.personal_data.erasures import let_old_lines_go
from gatherings.personal_data.forgetting import forget as forget_due
from gatherings.personal_data.forgetting import what_is_due
from gatherings.personal_data.keys import keys_in_use, remove_old_keys, rotate
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.asked_for import held_for_request
from sessions.personal_data.backups import make_backup, usual_folder
from sessions.personal_data.drills import drill, restore_here
from sessions.personal_data.papers import write_papers
from web.command_line import run
from web.crypto import key_file, key_names
from web.database import write
from web.database_copies import CopyProblem
from web.key_file import KeyFileProblem
from web.problems import NotFound
from web.settings import settings

NO_BOOKING = "There is no booking with this reference. It looks like maple-river-42."
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)
MADE = """Written: {path}
It holds the database, the pictures and the log of erasures, sealed with the first key.
It does not hold the keys: keep a copy of them in another place."""


class DataCommands(CLIPlugin):
    """Commands about keys, forgetting and backups, beside the framework's."""

    def on_cli_init(self, cli: click.Group) -> None:
        """Hang them on `litestar`."""
        cli.add_command(keys)
        cli.add_command(forget)
        cli.add_command(held)
        cli.add_command(papers)
        cli.add_command(backup)
        cli.add_command(restore)


@click.command("forget")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def forget(dry_run: bool) -> None:
    """Let go now of what we said we would not keep. The app does it each night by itself."""
    now = datetime.now(UTC)
    if dry_run:
        counts = run(lambda: what_is_due(ALL_RULES, now))
        click.echo("Would go now:")
    else:
        counts = dict.fromkeys((rule.kind for rule in ALL_RULES), 0)
        counts |= run(lambda: forget_due(ALL_RULES, now))
        let_old_lines_go(settings().data_dir, now)
        click.echo("Gone:")
    for rule in ALL_RULES:
        click.echo(f"  {counts[rule.kind]:>6}  {rule.kind}: {rule.what}")


@click.command()
@click.argument("reference")
def held(reference: str) -> None:
    """Write out all that is held about a booking, for a request by phone or post."""
    try:
        parts = run(lambda: write(held_for_request, reference, datetime.now(UTC)))
    except NotFound as nothing:
        raise click.ClickException(NO_BOOKING) from nothing
    click.echo(json.dumps(parts, ensure_ascii=False, indent=2))


@click.command()
@click.option("--to", type=A_FOLDER, help="The folder. Otherwise DATA_DIR/papers.")
def papers(to: Path | None) -> None:
    """Write the papers of data protection, filled from these settings."""
    for path in write_papers(to or settings().data_dir / "papers", settings()):
        click.echo(path)


@click.group()
def keys() -> None:
    """The keys that seal what people tell us."""


@keys.command("rotate")
def rotate_keys() -> None:
    """Make a new key and seal everything with it. The app may run meanwhile."""
    try:
        click.echo(run(rotate))
    except KeyFileProblem as problem:
        raise click.ClickException(str(problem)) from problem


@keys.command("list")
def list_keys() -> None:
    """Say how much each key seals. The keys themselves are not shown."""
    used, first = run(keys_in_use), key_names()[0]
    click.echo("From FIELD_KEYS:" if settings().field_keys else f"From {key_file()}:")
    for name, number in used.items():
        role = "seals" if name == first else "opens" if name in key_names() else "is missing"
        click.echo(f"  {name.hex()} {role}; {number} values need it")


@keys.command("remove-old")
def remove_old() -> None:
    """Take keys out of the key file that nothing needs any more."""
    if settings().field_keys:
        raise click.ClickException("The keys come from FIELD_KEYS: take the old ones out there.")
    try:
        click.echo(f"{run(remove_old_keys)} old keys were taken away.")
    except KeyFileProblem as problem:
        raise click.ClickException(str(problem)) from problem


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
        told = asyncio.run(drill(file.absolute())) if only_try else restore_here(app, file)
    except CopyProblem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(told)
