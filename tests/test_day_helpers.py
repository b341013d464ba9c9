"""Helpers for the day: let in by a link, they write cards for others until it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.board import day_helpers
from sessions.board.tables import DayHelper, Session, SessionHost
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from tests.test_board_pages import HERE
from web.database import DatabaseEngine, read, write

HELPERS = f"{HERE}/arrange/helpers"


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    return await build_gathering(starts_in=timedelta(days=1))


async def a_link(ben: PageClient) -> str:
    """A facilitator makes a link. Gives its path."""
    await ben.get(HELPERS)
    await ben.submit(f"form[action='{HELPERS}']", {"name": "Hal"})
    await ben.follow()
    return ben.one(".qr-place strong").get_text().partition("/g/")[2].join(["/g/", ""])


async def write_card(browser: PageClient) -> None:
    await browser.get(f"{HERE}/offer")
    await browser.submit("form[action$=offer]", {"title": "Homes", "name": "Josie"})


async def test_a_helper_writes_cards_for_others(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    link = await a_link(ben)
    await client.get(link)
    await client.get(f"{HERE}/offer")
    assert client.soup.select_one("#written_by") is None
    await client.get(link)
    await client.submit("form:has(#start)")
    await client.follow()
    assert client.one("#written_by")["value"] == "Hal"
    await write_card(client)
    session = await Session.objects().first()
    assert session is not None
    assert (session.host_name, session.written_by) == ("Josie", "Hal")
    assert [one.key for one in await SessionHost.objects()] == ["name:josie"]


async def test_a_helper_types_up_cards_from_paper(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    paper = f"{HERE}/arrange/from-paper"
    link = await a_link(ben)
    await client.get(paper, status=401)
    await client.get(link)
    await client.submit("form:has(#start)")
    await client.get(paper)
    await client.submit("form[action$=from-paper]", {"cards": "Homes / Josie"})
    await client.follow()
    assert "Homes" in client.one("#waiting").get_text()
    assert [one.written_by for one in await Session.objects()] == ["Hal"]
    await client.get(f"{HERE}/arrange/paper", status=401)


async def test_an_ended_link_opens_nothing(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    link = await a_link(ben)
    await client.get(link)
    await client.submit("form:has(#start)")
    await ben.get(HELPERS)
    await ben.submit("form[action$=end]")
    await client.get(f"{HERE}/offer")
    assert client.soup.select_one("#written_by") is None
    await client.get(link, status=404)
    await write_card(client)
    assert [one.written_by for one in await Session.objects()] == [""]


async def test_a_link_ends_with_the_day_and_only_its_hash_is_kept(setting: Setting) -> None:
    here, now = setting.gathering.id, datetime.now(UTC)
    key = await write(day_helpers.add_helper, here, "Hal", setting.team.ben, now)
    assert await DayHelper.exists().where(DayHelper.key_hash == key) is False
    ends = setting.gathering.ends_at
    found = await read(day_helpers.helper_by, here, key, ends)
    assert found is not None
    assert found.name == "Hal"
    assert await read(day_helpers.helper_by, here, key, ends + timedelta(days=1)) is None
    assert await read(day_helpers.helper_by, here + 1, key, ends) is None


async def test_strangers_make_no_links(
    client: PageClient, dee: PageClient, ben: PageClient, setting: Setting
) -> None:
    await client.get(HELPERS, status=401)
    await dee.get(HELPERS, status=403)
    await dee.get(f"{HERE}/help/guessed", status=404)
    await ben.get(HELPERS)
    await ben.submit(f"form[action='{HELPERS}']", {"name": ""}, status=422)
    assert await DayHelper.count() == 0
