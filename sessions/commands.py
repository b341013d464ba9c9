"""What can be typed: `litestar organiser`, `litestar example`, `litestar serve`, and so on."""

import click
import uvicorn
from litestar import Litestar
from litestar.plugins import CLIPlugin

from gatherings.access.catalogue import catalogue
from gatherings.people.sign_in import make_password_link, open_account, tidy_email
from gatherings.people.tables import Account
from gatherings.wording.texts import everything
from sessions.example.loading import STAGES, load_everything, load_stage
from web.command_line import run
from web.database import read, write
from web.settings import Settings, settings

EXAMPLE_ORGANISER = "ada@example.org"


class Commands(CLIPlugin):
    """Our own commands beside the framework's."""

    def on_cli_init(self, cli: click.Group) -> None:
        """Hang them on `litestar`."""
        for command in (organiser, example, serve, lint_words):
            cli.add_command(command)


@click.command()
@click.argument("email")
@click.option("--name", default="", help="What to call this person.")
def organiser(email: str, name: str) -> None:
    """Make an organiser, and print a link that lets them choose a password, once."""
    if "@" not in email:
        raise click.UsageError("Give the organiser's e-mail address, such as ada@example.org.")
    click.echo(run(lambda: _invite(email, name)))


async def _invite(email: str, name: str) -> str:
    link = await write(_organiser_with_link, email, name)
    return (
        f"{tidy_email(email)} can start series of gatherings.\n"
        "Open this link within 24 hours to choose a password. It works once:\n"
        f"{settings().base_url}/sign-in/password/{link}"
    )


async def _organiser_with_link(email: str, name: str) -> str:
    account_id = await open_account(email, name, starts_series=True)
    return await make_password_link(account_id)


@click.command()
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default=STAGES[0],
    help="How far the gathering has got.",
)
def example(stage: str) -> None:
    """Fill an empty database with an example series, its dates relative to today."""
    click.echo(run(lambda: _load_example(stage)))


async def _load_example(stage: str) -> str:
    if await read(_anybody_here):
        raise click.ClickException(
            "The database is not empty, so nothing was added. "
            "Set DATA_DIR to an empty folder to try the example."
        )
    await load_stage(stage, settings().pictures)
    return "The example is there.\n" + await _how_to_sign_in()


async def _anybody_here() -> bool:
    return await Account.exists()


async def _how_to_sign_in() -> str:
    link = await write(_organiser_with_link, EXAMPLE_ORGANISER, "Ada")
    return (
        "Its organiser is Ada. To sign in as Ada, open this link once and choose a password:\n"
        f"{settings().base_url}/sign-in/password/{link}"
    )


@click.command()
def lint_words() -> None:
    """Check the words of templates, letters, catalogues and the example for plain English."""
    told = [f"{text.where}: {fault}" for text in everything() for fault in text.faults()]
    for line in sorted(set(told)):
        click.echo(line)
    if told:
        raise click.ClickException(
            "Some words are not plain. gatherings/wording/words.toml says how."
        )
    click.echo("All words are plain.")


@click.command()
def serve(app: Litestar) -> None:
    """Bring the database up to date, say what to open, and serve until stopped."""
    chosen = settings()
    try:
        catalogue()
    except ValueError as why:
        raise click.ClickException(str(why)) from why
    click.echo(run(lambda: _get_ready(chosen)))
    uvicorn.run(
        app,
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        access_log=False,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=chosen.trusted_proxies or None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


async def _get_ready(chosen: Settings) -> str:
    if await read(_anybody_here):
        first = "To let another organiser in: litestar organiser <e-mail>"
    elif chosen.load_example:
        await load_everything(chosen.pictures)
        first = (
            "The example series was loaded. To start empty instead, stop this, choose another\n"
            "folder and say no: EXAMPLE=no DATA_DIR=./mine make run\n" + await _how_to_sign_in()
        )
    else:
        first = "The database is empty. Make its first organiser: litestar organiser <e-mail>"
    return f"\n{chosen.site_name} is at {chosen.base_url}\n{first}\nPress Ctrl+C to stop.\n"
