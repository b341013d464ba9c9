"""The pages of the board, as people with phones and facilitators meet them."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.planning.lookup import rooms_of, rounds_of
from gatherings.planning.tables import Gathering
from sessions.board import offers, placing, undoing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.tables import Session, Star
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from web.crypto import new_key
from web.database import DatabaseEngine, read, write

HERE = "/g/spring-gathering"


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    """A gathering tomorrow: near enough to offer sessions."""
    return await build_gathering(starts_in=timedelta(days=1))


async def offered(setting: Setting, *titles: str) -> None:
    for title in titles:
        words = (title, "A sentence about it.", "Cal")
        await write(offers.offer, setting.gathering.id, None, *words, new_key())


async def two_hosts(setting: Setting) -> None:
    for words in (("Growing older", "", "Cal"), ("Homes", "", "Ann")):
        await write(offers.offer, setting.gathering.id, None, *words, new_key())


async def placed(setting: Setting, number: int, round_: int = 0, room: int = 0) -> None:
    gathering = setting.gathering
    rounds = await read(rounds_of, gathering.id, "open_space")
    rooms = await read(rooms_of, gathering.venue)
    spot = rounds[round_].id, rooms[room].id
    await write(placing.place, gathering.id, number, *spot, EVERYTHING_SEEN, setting.team.ben)


async def now_is(setting: Setting, since: timedelta) -> None:
    """Move the day so that it began this long ago."""
    gathering = setting.gathering
    begins = datetime.now(UTC) - since
    ends = begins + timedelta(hours=6)
    await Gathering.update({Gathering.starts_at: begins, Gathering.ends_at: ends}).where(
        Gathering.id == gathering.id
    )


async def test_somebody_without_an_account_offers_a_session(
    client: PageClient, setting: Setting
) -> None:
    await client.get(f"{HERE}/board")
    assert "No session has been offered yet" in client.words
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Growing older", "name": "Cal"})
    await client.follow()
    assert "Thank you. Your session is number 1" in client.words
    await client.get(f"{HERE}/board")
    assert client.one("#waiting-1 h3").get_text() == "Growing older"


@pytest.mark.parametrize(
    ("title", "name", "sentence"),
    [
        ("", "Cal", "Enter what your session is about"),
        ("x" * 61, "Cal", "at most 60 characters"),
        ("\u202e", "Cal", "Enter what your session is about"),
    ],
)
async def test_wrong_offers_are_shown_again_with_what_was_typed(
    client: PageClient, setting: Setting, title: str, name: str, sentence: str
) -> None:
    await client.get(f"{HERE}/offer")
    typed = {"title": title, "name": name, "about": "Kept"}
    await client.submit("form[action$=offer]", typed, status=422)
    assert sentence in client.words
    assert "Kept" in client.text
    assert await Session.count() == 0


@pytest.mark.parametrize(
    "title", ["🌻 Gärten & <b>Brot</b>", "على قدم المساواة", "Sut mae’r tŷ? ŵ", "x" * 60]
)
async def test_any_letters_may_be_in_a_title(
    client: PageClient, setting: Setting, title: str
) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": title, "name": "نور"})
    await client.follow()
    assert client.soup.h1 is not None
    assert client.soup.h1.get_text() == title


async def test_a_second_press_leads_to_the_same_session(
    client: PageClient, setting: Setting
) -> None:
    await client.get(f"{HERE}/offer")
    for _ in range(2):
        await client.submit("form[action$=offer]", {"title": "Growing older", "name": "Cal"})
    await client.submit("form[action$=offer]", {"title": "Something else", "name": "Cal"})
    rows = await Session.select(Session.title).order_by(Session.number)
    assert [row["title"] for row in rows] == ["Growing older", "Something else"]


async def test_outside_its_time_offering_says_when(client: PageClient, setting: Setting) -> None:
    await now_is(setting, timedelta(days=-20))
    await client.get(f"{HERE}/offer")
    assert "Sessions cannot be offered yet" in client.words
    typed = {"title": "Growing older", "name": "Cal"}
    await client.post(f"{HERE}/offer", typed, status=409)
    assert "Growing older" in client.words
    await now_is(setting, timedelta(days=2))
    await client.get(f"{HERE}/offer")
    assert "This gathering is over" in client.words


async def test_facilitators_may_offer_at_any_time(ben: PageClient, setting: Setting) -> None:
    await now_is(setting, timedelta(days=2))
    await ben.get(f"{HERE}/offer")
    await ben.submit("form[action$=offer]", {"title": "From paper", "name": "Dot"})
    await ben.follow()
    assert "Your session is number 1" in ben.words


async def test_drafts_and_cancelled_gatherings_have_no_board(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    for state in ("draft", "cancelled"):
        await Gathering.update({Gathering.state: state}).where(Gathering.id == setting.gathering.id)
        for page in ("board", "offer", "wall", "board/changes"):
            await client.get(f"{HERE}/{page}", status=404)
            await dee.get(f"{HERE}/{page}", status=404)
        await client.post(f"{HERE}/offer", {"title": "x", "name": "y"}, status=404)


async def test_stars_are_kept_by_a_cookie_alone(client: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older", "Homes")
    await client.get(f"{HERE}/board")
    await client.submit("#waiting-2 form")
    await client.follow()
    assert client.one("#mine")["data-stars"] == "2"
    assert client.one("#star-2")["value"] == "off"
    await client.submit("#waiting-2 form")
    await client.follow()
    assert client.one("#mine")["data-stars"] == ""


async def test_a_star_pressed_by_script_gets_ones_own_list_back(
    client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    script = {"hx-request": "true"}
    path = f"{HERE}/sessions/1/star"
    answer = await client.post(path, {"star": "on"}, status=200, headers=script)
    assert 'data-stars="1"' in answer.text
    assert "<html" not in answer.text
    assert await Star.count() == 1


async def test_what_somebody_offered_is_on_their_own_list(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Growing older", "name": "Cal"})
    await placed(setting, 1, 0, 0)
    await client.get(f"{HERE}/board")
    assert " ".join(client.one(".my-list li").get_text(" ").split()).startswith(
        "Growing older Yours 11:30am, Large meeting room"
    )
    assert client.one("#mine")["data-stars"] == ""
    await dee.get(f"{HERE}/board")
    assert dee.soup.select(".my-list li") == []


async def test_starring_what_is_not_there_is_a_plain_page(
    client: PageClient, setting: Setting
) -> None:
    await client.post(f"{HERE}/sessions/7/star", {"star": "on"}, status=404)
    await client.get(f"{HERE}/sessions/7", status=404)


async def test_the_board_says_how_to_find_each_room(client: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older")
    await placed(setting, 1)
    await client.get(f"{HERE}/board")
    words = client.one("#spot-2-1, [id^=spot]:not([hidden])").get_text(" ")
    assert "Growing older" in words
    assert "Large meeting room" in words
    assert "Step-free: not checked." in words


async def test_whoever_offered_a_session_may_put_it_right_and_withdraw_it(
    client: PageClient, app: Litestar, setting: Setting
) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Groing older", "name": "Cal"})
    await client.get(f"{HERE}/sessions/1/words")
    await client.submit("form[action$=words]", {"title": "Growing older"})
    await client.follow()
    async with PageClient(app) as stranger:
        await stranger.get(f"{HERE}/sessions/1")
        assert "Withdraw" not in stranger.words
        await stranger.get(f"{HERE}/sessions/1/words", status=401)
        await stranger.post(f"{HERE}/sessions/1/withdraw", status=401)
    await client.submit("form[action$=withdraw]")
    await client.get(f"{HERE}/sessions/1", status=404)
    assert "“Growing older” was withdrawn." in client.words


async def test_without_script_a_link_shows_what_is_new(
    client: PageClient, setting: Setting
) -> None:
    for path in ("board", "wall"):
        await client.get(f"{HERE}/{path}")
        assert "Show what is new</a>" in client.text.partition("<noscript>")[2]
        assert 'http-equiv="refresh"' not in client.text


@pytest.mark.parametrize("path", ["board", "wall"])
async def test_without_script_a_page_renews_itself_when_asked_and_stops(
    client: PageClient, setting: Setting, path: str
) -> None:
    still = await client.get(f"{HERE}/{path}")
    again = await client.get(f"{HERE}/{path}?again=yes")
    assert ("refresh" in still.headers, again.headers["refresh"]) == (False, "20")
    assert f'href="{HERE}/{path}">Stop' in client.text


async def test_the_history_shows_what_is_new_and_takes_moves_back(
    ben: PageClient, dee: PageClient, client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await placed(setting, 1)
    await ben.get(f"{HERE}/arrange/history")
    assert "2 changes are new since you last looked." in ben.words
    await ben.submit("form[action$='/seen']")
    await ben.follow()
    assert "You have seen everything." in ben.words
    await ben.submit("form[action$='/2/undo']")
    await ben.follow()
    assert "takes back change 2" in ben.one("#change-3").get_text(" ")
    assert "Taken back" in ben.one("#change-2").get_text(" ")
    for path in ("arrange/history", "arrange?card=1"):
        await client.get(f"{HERE}/{path}", status=401)
        await dee.get(f"{HERE}/{path}", status=403)
    for path in ("arrange/history/2/undo", "arrange/history/seen", "sessions/1/lock"):
        await client.post(f"{HERE}/{path}", status=401)
        await dee.post(f"{HERE}/{path}", status=403)


async def test_every_move_of_a_long_day_can_be_found_and_taken_back(
    ben: PageClient, setting: Setting
) -> None:
    await two_hosts(setting)
    await placed(setting, 1, 0, 0)
    for times in range(undoing.MOST_SHOWN):
        await placed(setting, 2, 0, 1 + times % 2)
    await ben.get(f"{HERE}/arrange/history")
    assert "103 changes are new since you last looked." in ben.words
    assert ben.soup.select("#change-3") == []
    await ben.get(str(ben.one("#earlier")["href"]))
    assert [one["id"] for one in ben.soup.select("main li")] == ["change-3", "change-2", "change-1"]
    assert ben.soup.select_one("#earlier") is None
    await ben.submit("form[action$='/3/undo']")
    await ben.get(f"{HERE}/arrange/history?before=4")
    assert "Taken back" in ben.one("#change-3").get_text(" ")


async def test_the_history_says_where_cards_were_and_went(
    ben: PageClient, setting: Setting
) -> None:
    await two_hosts(setting)
    for number in (1, 2):
        await placed(setting, number, 0, number - 1)
    here, who = setting.gathering.id, setting.team.ben
    await write(placing.swap, here, 2, 1, EVERYTHING_SEEN, who)
    await write(placing.unplace, here, 2, EVERYTHING_SEEN, who)
    await ben.get(f"{HERE}/arrange/history")
    room, library = "11:30am, Large meeting room", "11:30am, Library"
    assert f"swapped “Growing older” and “Homes”: {library} and {room}." in ben.words
    assert f"took off the board “Homes”, before {room}." in ben.words


async def test_a_title_is_enough_and_marks_show(client: PageClient, setting: Setting) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Just a title"})
    await client.follow()
    assert "Somebody here" in client.words
    await client.get(f"{HERE}/offer")
    typed = {"title": "With marks", "name": "Ada", "marks": ["loop", "quiet"], "length": "2"}
    await client.submit("form[action$=offer]", typed)
    await client.follow()
    marks = [mark.get_text() for mark in client.soup.select(".mark")]
    assert marks == ["Hearing loop", "Quiet"]


async def test_a_facilitator_writes_a_card_for_somebody(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await ben.get(f"{HERE}/offer")
    typed = {"title": "My street", "name": "Maureen", "written_by": "Ben"}
    await ben.submit("form[action$=offer]", typed)
    await client.get(f"{HERE}/sessions/1")
    assert "Maureen (written down by Ben)" in client.words
    await client.get(f"{HERE}/offer")
    assert client.soup.select("#written_by") == []
