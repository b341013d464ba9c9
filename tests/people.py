"""The app and the browsers of the fixture people: Ada, Ben, Cal (`client`) and Dee.

A plugin of its own, because the app may be imported only after conftest has chosen the database.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from jinja2 import FileSystemBytecodeCache
from litestar import Litestar

from app import app as whole_app
from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, open_account
from sessions.board.telling import Teller
from tests.builders import Setting, build_gathering
from tests.kept_setting import KeptSetting
from tests.page_checks import PageClient
from web.database import DatabaseEngine, write
from web.live import Hub


@asynccontextmanager
async def signed_in_browser(app: Litestar, account_id: int) -> AsyncIterator[PageClient]:
    """A browser that is signed in with this account."""
    async with PageClient(app) as browser:
        browser.set_cookie("sign-in", await write(begin_sign_in, account_id))
        yield browser


@pytest.fixture(scope="session")
def one_app(pytestconfig: pytest.Config) -> Litestar:
    """The product as it was imported: reading its handlers takes longer than most tests.

    What Jinja makes of a template is kept from one run to the next, under the template's checksum.
    """
    kept = getattr(pytestconfig, "cache", None)
    if kept is not None:
        folder = str(kept.mkdir("templates"))
        whole_app.state.pages.environment.bytecode_cache = FileSystemBytecodeCache(folder)
    return whole_app


@pytest.fixture
async def app(one_app: Litestar, db: DatabaseEngine) -> AsyncIterator[Litestar]:
    """The whole product on this test's database, with nobody watching yet."""
    one_app.state.hub = Hub()
    one_app.state.teller = Teller(one_app.state.hub, one_app.state.pages)
    yield one_app
    await one_app.state.teller.close()


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[PageClient]:
    """A browser that is not signed in: Cal, who attends."""
    async with PageClient(app) as browser:
        yield browser


@pytest.fixture(scope="session")
def how_to_build() -> Callable[[], Awaitable[Setting]]:
    """How the gathering is built that `setting` gives."""
    return build_gathering


@pytest.fixture
def usual_setting(db: DatabaseEngine, kept_setting: KeptSetting) -> Setting:
    """What `db` has put into the database for whoever asks for this."""
    found: Setting = kept_setting.taken()
    return found


@pytest.fixture
def setting(usual_setting: Setting) -> Setting:
    """An open gathering in thirty days, and the people who run it."""
    return usual_setting


@pytest.fixture
async def ada(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Ada's browser: she organises."""
    async with signed_in_browser(app, setting.team.ada) as browser:
        yield browser


@pytest.fixture
async def ben(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Ben's browser: he facilitates."""
    async with signed_in_browser(app, setting.team.ben) as browser:
        yield browser


@pytest.fixture
async def dee(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Dee's browser: signed in, without a role, so she must see nothing."""
    async with signed_in_browser(app, setting.team.dee) as browser:
        yield browser


@pytest.fixture
async def sam(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Sam's browser: they work the door and do nothing else."""
    account = await write(open_account, "sam@example.org", "Sam")
    await write(grant, account, setting.gathering.series, "door")
    async with signed_in_browser(app, account) as browser:
        yield browser
