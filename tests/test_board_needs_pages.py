"""Needs on facilitators' pages: a reason before a room, warnings, and nothing anywhere else."""

from datetime import timedelta

import pytest
from litestar import Litestar

from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from sessions.board import frames
from sessions.board.tables import Session, WentAhead
from sessions.board.view import board_view
from tests.builders import Setting, build_gathering
from tests.need_rows import LOOP, PLANTED, WHEELCHAIR, booked, starred
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from tests.test_board_pages import HERE, offered, placed
from web.database import DatabaseEngine, read, write

LACKS = "Library: nobody has checked whether there is a working hearing loop."


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    setting = await build_gathering(starts_in=timedelta(days=1))
    await offered(setting, "Growing older", "Homes")
    return setting


async def somebody_needs_a_loop(setting: Setting, number: int = 1) -> None:
    here = setting.gathering.id
    await starred(here, number, await booked(here, LOOP))


async def test_a_room_that_lacks_something_asks_for_a_reason(
    ben: PageClient, setting: Setting
) -> None:
    await somebody_needs_a_loop(setting)
    await ben.get(f"{HERE}/sessions/1/move")
    await ben.submit("form[action$=place]", {"round": "4", "room": "2"}, button="put", status=409)
    assert LACKS in ben.words
    await ben.submit("form:has(#all-the-same)", {"why": ""}, status=409)
    assert "Enter why it goes there" in ben.words
    await ben.submit("form:has(#all-the-same)", {"why": "We asked them"})
    await ben.follow()
    assert ben.one("[id='spot-4-2'] h3").get_text() == "Growing older"
    assert await WentAhead.count() == 1
    await ben.get(f"{HERE}/arrange/ahead")
    assert "“We asked them”" in ben.words
    assert "The access lead was told" in ben.words
    await ben.get(f"{HERE}/arrange/history")
    assert "with a reason although something is missing there" in ben.words
    assert "We asked them" not in ben.words


async def test_the_access_lead_sees_it_and_says_so(
    app: Litestar, ben: PageClient, setting: Setting
) -> None:
    lead = await write(open_account, "lead@example.org", "Lea")
    await write(grant, lead, setting.gathering.series, "access_lead")
    await somebody_needs_a_loop(setting)
    await ben.get(f"{HERE}/sessions/1/move")
    await ben.submit("form[action$=place]", {"round": "4", "room": "2"}, button="put", status=409)
    await ben.submit("form:has(#all-the-same)", {"why": "We asked them"})
    async with signed_in_browser(app, lead) as lea:
        await lea.get(f"{HERE}/arrange/ahead")
        await lea.submit("form[action*=ahead]")
        await lea.follow()
        assert "An access lead has seen it" in lea.words


async def test_a_card_in_hand_shows_what_is_missing(ben: PageClient, setting: Setting) -> None:
    await somebody_needs_a_loop(setting)
    await ben.get(f"{HERE}/arrange?card=1")
    assert LACKS in ben.one("#for-4-2").get_text()
    await ben.submit("#for-4-2 form", status=409)
    assert "Why it goes there all the same" in ben.words


async def test_a_later_need_is_a_warning_with_two_ways_out(
    ben: PageClient, setting: Setting
) -> None:
    await placed(setting, 1, 0, 1)
    await somebody_needs_a_loop(setting)
    await ben.get(f"{HERE}/arrange")
    assert LACKS in ben.one("#watch").get_text()
    await ben.get(f"{HERE}/sessions/1/stay")
    await ben.submit("form[action$=stay]", {"why": ""}, status=422)
    await ben.submit("form[action$=stay]", {"why": "We bring one"})
    await ben.follow()
    assert LACKS not in ben.words


async def test_cards_wait_for_helpers_only_when_their_hosts_asked(
    ben: PageClient, setting: Setting
) -> None:
    await ben.get(f"{HERE}/arrange/support")
    assert "Not placed yet" not in ben.words
    await Session.update({Session.marks: "bsl"}).where(Session.number == 2)
    await ben.get(f"{HERE}/arrange/support")
    cards = ben.soup.select("section[aria-labelledby=waiting-title] h3")
    assert [card.get_text() for card in cards] == ["Homes"]


async def test_no_page_or_stream_says_whose_need_it_is(
    app: Litestar, ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await placed(setting, 1, 0, 1)
    await somebody_needs_a_loop(setting)
    await somebody_needs_a_loop(setting, 2)
    public = ("board", "wall", "sessions/1", "sessions/2", "offer")
    own = ("arrange", "arrange?card=2", "arrange/history", "arrange/ahead", "arrange/support")
    forms = ("sessions/1/move", "sessions/1/stay", "arrange/clashes", "arrange/morning")
    for page in (*public, *own, *forms):
        await ben.get(f"{HERE}/{page}")
        assert not any(word in ben.text for word in PLANTED), page
    for page in public:
        await client.get(f"{HERE}/{page}")
        assert not any(
            word in client.text for word in (*PLANTED, "nobody has checked", "Somebody who")
        ), page
    view = await read(board_view, setting.gathering.id)
    for audience in frames.AUDIENCES:
        drawn = frames.whole(app.state.pages, view, audience)
        assert not any(
            word in drawn for word in (*PLANTED, "nobody has checked", "Somebody who")
        ), audience


@pytest.mark.parametrize("page", ["arrange/ahead", "sessions/1/stay"])
async def test_strangers_see_none_of_it(
    client: PageClient, dee: PageClient, setting: Setting, page: str
) -> None:
    await client.get(f"{HERE}/{page}", status=401)
    await dee.get(f"{HERE}/{page}", status=403)


async def test_taking_a_move_back_to_where_something_is_missing_is_said(
    ben: PageClient, setting: Setting
) -> None:
    await placed(setting, 1, 0, 1)
    await placed(setting, 1, 1, 1)
    await somebody_needs_a_loop(setting)
    await ben.get(f"{HERE}/arrange/history")
    newest = ben.one("form[action$=undo]")["action"]
    await ben.submit(f"form[action='{newest}']", status=409)
    assert LACKS in ben.words
    assert "To put it there all the same, move it by hand and say why" in ben.words


async def test_a_room_that_somebody_cannot_enter_stays_with_one_reason(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await placed(setting, 1, 0, 2)
    await placed(setting, 2, 1, 2)
    await booked(setting.gathering.id, WHEELCHAIR)
    await ben.get(f"{HERE}/arrange")
    shut = "Nobody has checked whether somebody who comes can get into Upstairs room 1."
    assert shut in ben.one("#watch").text
    await ben.get(str(ben.one("#watch-stay-1")["href"]))
    assert "What you write is also kept for what else is in this room: “Homes”." in ben.words
    await ben.submit("form[action$=stay]", {"why": "We asked them"}, button="stays")
    await ben.follow()
    assert ben.soup.select_one("#watch") is None
    await ben.get(f"{HERE}/arrange/ahead")
    assert ben.words.count("“We asked them”") == 2
    for path in ("board", "wall", "sessions/1"):
        await client.get(f"{HERE}/{path}")
        assert "who comes" not in client.words
