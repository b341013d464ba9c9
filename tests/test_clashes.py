"""Sessions at the same time that the same people want: on lists, before a move, on the wall."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.board import offers, stars
from sessions.board.clashes import (
    at_the_same_time,
    choosing,
    largest_clashes,
    people_words,
    wanted_together,
)
from sessions.board.joining import joiner_hash
from sessions.board.tables import Board, SessionMerge, SessionWish
from sessions.board.view import board_view
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, placed
from web.crypto import new_key
from web.database import DatabaseEngine, read, write

NOW = datetime.now(UTC)


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    """Two sessions in one round, and one that waits."""
    setting = await build_gathering(starts_in=timedelta(days=1))
    for title in ("Growing older", "Homes", "Words"):
        words = (title, "", f"Host of {title}", new_key())
        await write(offers.offer, setting.gathering.id, None, *words)
    for number in (1, 2):
        await placed(setting, number, 0, number - 1)
    return setting


async def want(setting: Setting, people: int, *numbers: int) -> None:
    """So many people star all of these sessions."""
    for _ in range(people):
        kept = joiner_hash(setting.gathering.id, new_key())
        for number in numbers:
            await write(stars.star, setting.gathering.id, number, kept)


async def hide_stars(setting: Setting) -> None:
    await Board.update({Board.stars_hidden: True}).where(Board.gathering == setting.gathering.id)


async def test_the_largest_clashes_come_first_and_hidden_stars_tell_nothing(
    setting: Setting,
) -> None:
    await want(setting, 3, 1, 2)
    await want(setting, 1, 1, 3)
    view = await read(board_view, setting.gathering.id)
    wanted = await read(wanted_together, view)
    found = largest_clashes(view, wanted, NOW)
    assert [(c.one.number, c.other.number, c.words) for c in found] == [(1, 2, "3 people")]
    third = view.session(3)
    assert third is not None
    assert choosing(view, third, wanted) == {view.open_rounds[0].id: "a few people"}
    await hide_stars(setting)
    hidden = await read(board_view, setting.gathering.id)
    assert largest_clashes(hidden, await read(wanted_together, hidden), NOW) == []


@pytest.mark.parametrize(
    ("people", "words"), [(1, "a few people"), (2, "a few people"), (3, "3 people")]
)
def test_small_numbers_point_at_nobody(people: int, words: str) -> None:
    assert people_words(people) == words


async def test_own_list_says_what_is_at_the_same_time(client: PageClient, setting: Setting) -> None:
    for number in (1, 2, 3):
        await client.get(f"{HERE}/sessions/{number}")
        await client.submit("form[action$=star]")
    await client.get(f"{HERE}/board")
    assert [one.get_text() for one in client.soup.select("#mine .at-once")] == [
        "These two are at the same time: “Growing older” and “Homes”."
    ]
    assert "Step-free: not checked." in client.one("#mine").get_text()
    view = await read(board_view, setting.gathering.id)
    assert at_the_same_time(view, {1, 3}, NOW) == []
    assert at_the_same_time(view, {1, 2}, setting.gathering.ends_at) == []
    await placed(setting, 2, 1, 0)
    await client.get(f"{HERE}/board")
    assert client.soup.select("#mine .at-once") == []


@pytest.mark.parametrize(("people", "words"), [(1, "A few people"), (4, "4 people")])
async def test_a_facilitator_reads_of_stars_nothing_that_points_at_somebody(
    ben: PageClient, setting: Setting, people: int, words: str
) -> None:
    await want(setting, people, 1)
    await ben.get(f"{HERE}/sessions/1/move")
    assert f"{words} have starred it." in ben.words
    await ben.get(f"{HERE}/sessions/3/move")
    assert "starred it" not in ben.words


async def test_a_facilitator_sees_it_before_the_move(ben: PageClient, setting: Setting) -> None:
    await want(setting, 4, 1, 3)
    await ben.get(f"{HERE}/arrange?card=3")
    assert "This makes 4 people choose." in ben.one("#for-4-3").get_text()
    assert "choose" not in ben.one("#for-6-3").get_text()
    await ben.get(f"{HERE}/sessions/3/move")
    assert "this move makes 4 people choose" in ben.words
    await hide_stars(setting)
    for page in ("arrange?card=3", "sessions/3/move"):
        await ben.get(f"{HERE}/{page}")
        assert "4 people" not in ben.words


async def test_a_clash_may_become_one_session(ben: PageClient, setting: Setting) -> None:
    await want(setting, 3, 1, 2)
    await ben.get(f"{HERE}/arrange/clashes")
    assert "3 people want both" in ben.words
    await ben.submit("form[action$=merge]")
    assert await SessionMerge.count() == 1


@pytest.mark.parametrize(
    ("phase", "people", "shown"), [("market", 5, True), ("market", 4, False), ("placing", 5, False)]
)
async def test_the_wall_shows_clashes_in_the_marketplace(
    client: PageClient, setting: Setting, phase: str, people: int, shown: bool
) -> None:
    await want(setting, people, 1, 2)
    await Board.update({Board.phase: phase}, force=True)
    await client.get(f"{HERE}/wall")
    assert (f"{people} people want both" in client.words) == shown


async def test_a_host_asks_and_a_facilitator_answers(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Cal"})
    await client.follow()
    await dee.get(f"{HERE}/sessions/4/ask", status=403)
    await client.get(f"{HERE}/sessions/1/ask", status=401)
    await client.get(f"{HERE}/sessions/4/ask")
    await client.submit("form[action$=ask]", {"words": ""}, status=422)
    for _ in range(2):
        await client.get(f"{HERE}/sessions/4/ask")
        await client.submit("form[action$=ask]", {"words": "Could we swap with Homes?"})
    assert await SessionWish.count() == 1
    await ben.get(f"{HERE}/arrange")
    assert "“Could we swap with Homes?”" in ben.one("#watch").get_text()
    await ben.submit("form[action*=wishes]")
    await ben.follow()
    assert "swap with Homes" not in ben.words
    await client.get(f"{HERE}/sessions/4/ask")
    assert "Answered" in client.words
