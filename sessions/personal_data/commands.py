"""What can be typed about personal data: `litestar keys ...`."""

from datetime import UTC, datetime

import click
from litestar.plugins import CLIPlugin

from gatherings.personal_data.forgetting import forget as forget_due
from gatherings.personal_data.forgetting import what_is_due
from gatherings.personal_data.keys import keys_in_use, remove_old_keys, rotate
from sessions.personal_data.all_rules import ALL_RULES
from web.command_line import run
from web.crypto import key_file, key_names
from web.key_file import KeyFileProblem
from web.settings import settings


class DataCommands(CLIPlugin):
    """Commands about keys and forgetting, beside the framework's."""

    def on_cli_init(self, cli: click.Group) -> None:
        """Hang them on `litestar`."""
        cli.add_command(keys)
        cli.add_command(forget)


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
        click.echo("Gone:")
    for rule in ALL_RULES:
        click.echo(f"  {counts[rule.kind]:>6}  {rule.kind}: {rule.what}")


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
