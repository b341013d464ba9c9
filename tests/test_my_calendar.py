"""The calendar of somebody who joined on the day without a booking."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.personal_data.forgetting import forget
from gatherings.planning.tables import Gathering
from sessions.board.tables import Joiner
from sessions.personal_data.all_rules import ALL_RULES
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from tests.test_feeds import address_on, made_address, offered, placed
from web.database import DatabaseEngine, write

HERE = "/g/spring-gathering"


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    """A gathering tomorrow with two sessions."""
    setting = await build_gathering(starts_in=timedelta(days=1))
    await offered(setting, "Growing older", "Homes")
    return setting


async def test_it_follows_what_this_phone_starred(client: PageClient, setting: Setting) -> None:
    address = await made_address(client, f"{HERE}/calendar")
    for number in (1, 2):
        await placed(setting, number, 0, number - 1)
    await client.post(f"{HERE}/sessions/1/star", {"star": "on"})
    before = (await client.get(address)).text
    assert ("Growing older" in before, "Homes" in before) == (True, False)
    assert "Large meeting room" in before
    await placed(setting, 1, 1, 2)
    moved = (await client.get(address)).text
    assert ("Upstairs room 1" in moved, "Large meeting room" in moved) == (True, False)
    await client.get(f"{HERE}/board")
    assert client.one("#my-calendar")["href"] == f"{HERE}/calendar"


async def test_a_new_address_ends_the_old(client: PageClient, setting: Setting) -> None:
    old = await made_address(client, f"{HERE}/calendar")
    await client.get(f"{HERE}/calendar")
    assert address_on(client) == old
    new = await made_address(client, f"{HERE}/calendar", "make-anew")
    assert new != old
    await client.get(old, status=404)
    await client.get(new)


async def test_nobody_else_sees_the_address(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    address = await made_address(client, f"{HERE}/calendar")
    await dee.get(f"{HERE}/calendar")
    assert dee.soup.select_one("#open-address") is None
    await dee.get(address.removesuffix(".ics"), status=404)
    key = address.rpartition("/")[2].removesuffix(".ics")
    rows = await Joiner.select()
    assert [key in map(str, row.values()) for row in rows] == [False]


async def test_it_ends_when_joiners_are_forgotten(client: PageClient, setting: Setting) -> None:
    address = await made_address(client, f"{HERE}/calendar")
    long_ago = datetime.now(UTC) - timedelta(days=900)

    async def age() -> None:
        ends = long_ago + timedelta(hours=6)
        await Gathering.update({Gathering.starts_at: long_ago, Gathering.ends_at: ends}).where(
            Gathering.id == setting.gathering.id
        )

    await write(age)
    await client.get(address)
    await forget(ALL_RULES, datetime.now(UTC))
    await client.get(address, status=404)
