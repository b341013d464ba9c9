"""The morning page, the wall in each part of it, and phones while cards are announced."""

from datetime import timedelta

import pytest

from gatherings.planning.tables import Room, Round
from sessions.board import announcing, overflow
from sessions.board.morning_pages import PHASE_WORDS
from sessions.board.tables import Board
from sessions.board.view import board_view
from tests.board_hall import build_hall
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered
from tests.test_morning import NOON
from web.database import DatabaseEngine, read, write

MORNING = f"{HERE}/arrange/morning"


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    """A gathering tomorrow: near enough to offer sessions."""
    return await build_gathering(starts_in=timedelta(days=1))


async def go_to(browser: PageClient, phase: str) -> None:
    await browser.get(MORNING)
    await browser.submit(f"form:has(#phase-{phase})", button=f"phase-{phase}")
    await browser.follow()


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("arriving", "Welcome to Spring gathering"),
        ("opening", "Whoever comes is the right people."),
        ("calling", "What do you want to talk about?"),
        ("closing", "The wall is quiet."),
    ],
)
async def test_the_wall_shows_each_part(
    ben: PageClient, client: PageClient, setting: Setting, phase: str, words: str
) -> None:
    await go_to(ben, phase)
    await client.get(f"{HERE}/wall")
    assert words in client.words


async def test_announcing_from_the_morning_page(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    await go_to(ben, "announcing")
    await ben.submit("form:has(#next)", button="next")
    await ben.follow()
    assert "On the wall: Growing older" in ben.words
    await client.get(f"{HERE}/wall")
    assert client.one("h1").get_text() == "Growing older"
    assert client.soup.select_one("#clock") is not None
    await ben.submit("form:has(#skip)", button="skip")
    await ben.follow()
    await client.get(f"{HERE}/wall")
    assert client.one("h1").get_text() == "Homes"
    await ben.submit("form:has(#bring-1)")
    await ben.follow()
    assert "On the wall: Growing older" in ben.words


async def test_two_facilitators_who_press_next_together_pass_over_nobody(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes", "Work")
    await go_to(ben, "announcing")
    for press, on_the_wall in (("next", "Growing older"), ("next", "Homes"), ("skip", "Work")):
        form = {"press": press, "shown": str(ben.one("[name=shown]")["value"])}
        await ben.post(f"{MORNING}/announce", form)
        await ben.post(f"{MORNING}/announce", form)
        await ben.get(MORNING)
        assert f"On the wall: {on_the_wall}" in ben.words
    await ben.post(f"{MORNING}/announce", {"press": "next", "shown": "9" * 5000})
    await ben.get(MORNING)
    assert "On the wall: Work" in ben.words


async def test_there_is_nothing_to_announce_before_the_first_card(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await go_to(ben, "announcing")
    assert "No card has been offered yet." in ben.words
    assert ben.soup.select("#next, #skip") == []
    await client.get(f"{HERE}/board")
    assert client.one("#moment").get_text(" ", strip=True).startswith("Hosts say what")


async def test_one_press_goes_on_to_the_next_part(ben: PageClient, setting: Setting) -> None:
    await ben.get(MORNING)
    for words in [words for words, _ in PHASE_WORDS.values()][1:]:
        await ben.submit("form:has(#go-on)", button="go-on")
        await ben.follow()
        assert f"Now: {words}." in ben.words
    assert ben.soup.select_one("#go-on") is None


async def test_a_long_queue_is_folded(ben: PageClient, setting: Setting) -> None:
    await offered(setting, *(f"Session {number}" for number in range(6)))
    await go_to(ben, "announcing")
    assert ben.one("main summary").get_text() == "2 more cards"
    assert len(ben.soup.select("main ol.links li")) == 6


async def test_whoever_comes_soon_is_told(client: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older")
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine"})
    await client.get(f"{HERE}/board")
    assert client.one("#your-turn").has_attr("hidden")
    await write(announcing.announce_next, setting.gathering.id, None, NOON)
    await client.get(f"{HERE}/board")
    assert client.one("#your-turn").get_text() == "You are next."
    assert "Being announced" in client.one("#moment").get_text()
    await write(announcing.announce_next, setting.gathering.id, None, NOON)
    await client.get(f"{HERE}/board")
    assert client.one("#your-turn").get_text() == "It is your turn."


async def test_whoever_wrote_a_card_for_somebody_is_not_told_that_it_is_their_turn(
    ben: PageClient, setting: Setting
) -> None:
    await ben.get(f"{HERE}/offer")
    typed = {"title": "Buses", "name": "Stan", "written_by": "Ben"}
    await ben.submit("form[action$=offer]", typed)
    await write(announcing.announce_next, setting.gathering.id, None, NOON)
    await ben.get(f"{HERE}/board")
    assert ben.one("#your-turn").get_text() == ""
    assert ben.soup.select(".my-list li") == []


async def test_the_wall_is_blanked_and_shown_again(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await ben.get(MORNING)
    for words in ("The wall is quiet.", "What do you want to talk about?"):
        await ben.submit("form:has(#quiet)", button="quiet")
        await ben.follow()
        await client.get(f"{HERE}/wall")
        assert words in client.words


async def test_stars_are_hidden_when_a_facilitator_wants(ben: PageClient, setting: Setting) -> None:
    await ben.get(MORNING)
    await ben.submit("form:has(#stars)", button="stars")
    await ben.follow()
    board = await Board.objects().first()
    assert board is not None
    assert board.stars_hidden is True


@pytest.mark.parametrize(
    ("form", "typed", "field", "words"),
    [
        ("corner", {"name": "", "holds": "8"}, "name", "Enter the name of the corner"),
        ("corner", {"name": "Library", "holds": "8"}, "name", "already a room called Library"),
        ("corner", {"name": "Window 🪟", "holds": "x"}, "holds", "as a whole number"),
        ("round", {"starts": "", "minutes": "45"}, "starts", "Enter when the round begins"),
        ("round", {"starts": "3pm", "minutes": "2"}, "minutes", "from 5 to 240"),
        ("theme", {"theme": "x" * 201}, "theme", "at most 200 characters"),
    ],
)
async def test_wrong_space_is_told_beside_the_field(
    ben: PageClient, setting: Setting, form: str, typed: dict[str, str], field: str, words: str
) -> None:
    await ben.get(MORNING)
    await ben.submit(f"form[action='{MORNING}/{form}']", typed, status=422)
    assert words in ben.error_at(field)


async def test_a_corner_and_a_round_are_added(ben: PageClient, setting: Setting) -> None:
    await ben.get(MORNING)
    corner = {"name": "Window corner", "holds": "8"}
    await ben.submit(f"form[action='{MORNING}/corner']", corner)
    await ben.get(f"{HERE}/arrange")
    assert "Window corner" in ben.words


async def test_hosts_answer_a_merge_on_their_phones(
    ben: PageClient, client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes")
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Cal"})
    await ben.get(f"{HERE}/sessions/1")
    await ben.submit("form[action$=merge]", {"other": "2"})
    await client.get(f"{HERE}/board")
    assert client.one("#asked").get_text().startswith("Would you like to join “Mine” with “Homes”?")
    await dee.get(f"{HERE}/board")
    assert dee.one("#asked").get_text() == ""
    await client.get(f"{HERE}/sessions/2")
    assert "Join with “Homes”?" in client.words
    form = str(client.one("form:has(#merge-yes)")["action"])
    await dee.post(form, {"answer": "yes"}, status=403)
    await client.submit("form:has(#merge-yes)", button="merge-yes")
    await client.get(f"{HERE}/board")
    assert client.one("#asked").get_text() == ""
    await ben.get(f"{HERE}/sessions/1")
    await ben.submit("form:has(#merge-yes)", button="merge-yes")
    await ben.get(f"{HERE}/sessions/1")
    assert "Joined with “Mine”." in ben.words
    await ben.submit("form[action$=part]")
    await client.get(f"{HERE}/sessions/2")


async def test_a_merge_with_nothing_chosen_leads_back_to_the_choice(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes", "Work")
    await ben.get(f"{HERE}/sessions/1")
    await ben.submit("form[action$=merge]", status=422)
    assert "Enter the other session" in ben.words
    await ben.get(str(ben.one("#choose-again")["href"]).partition("#")[0])
    assert ben.one("form[action$=merge] select")["name"] == "other"


async def test_a_host_may_be_asked_about_two_sessions_at_once(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes", "Work")
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Ann"})
    for number in (1, 2):
        await ben.post(f"{HERE}/sessions/{number}/merge", {"other": "3"})
    await client.get(f"{HERE}/board")
    assert len(client.soup.select("#asked a")) == 2
    await client.get(f"{HERE}/sessions/3")
    await client.submit("form:has(#merge-no-2)", button="merge-no-2")
    await client.follow()
    assert ("Join with “Work”?" in client.words, "Join with “Homes”?" in client.words) == (
        True,
        False,
    )


async def test_nobody_else_leads_the_morning(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes")
    await client.get(MORNING, status=401)
    await dee.get(MORNING, status=403)
    presses = [f"{MORNING}/{what}" for what in ("phase", "wall", "theme", "announce", "corner")]
    presses += [f"{MORNING}/round", f"{HERE}/sessions/1/repeat", f"{HERE}/sessions/1/merge"]
    for press in presses:
        await client.post(press, status=401)
        await dee.post(press, status=403)


async def test_a_full_board_leads_to_more_space(ben: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older", "Homes")
    rooms = Room.select(Room.id).where(Room.venue == setting.gathering.venue, Room.position > 1)
    await Room.update({Room.for_sessions: False}).where(Room.id.is_in(rooms))
    rounds = Round.select(Round.id).where(Round.kind == "open_space", Round.number > 4)
    await Round.update({Round.kind: "fixed"}).where(Round.id.is_in(rounds))
    await ben.get(f"{HERE}/sessions/1/move")
    assert ben.soup.select_one("#more-space") is None
    await ben.submit("form[action$=place]", {"round": "4", "room": "1"}, button="put")
    await ben.get(f"{HERE}/sessions/2/move")
    assert ben.one("#more-space")["href"] == f"{MORNING}#more-space"
    await ben.get(f"{HERE}/arrange?card=2")
    assert "It fits nowhere just now" in ben.one("#in-hand").get_text()
    assert ben.one("#more-space")["href"] == f"{MORNING}#more-space"
    await ben.get(MORNING)
    assert ben.one("#more-space").get_text() == "More space"


@pytest.mark.parametrize(("days", "day"), [(-1, 0), (0, 0), (1, 1), (2, 2), (9, 2)])
async def test_another_round_is_on_the_day_that_it_is(
    db: DatabaseEngine, days: int, day: int
) -> None:
    hall = await build_hall(starts_at=NOON, ends_at=NOON + timedelta(days=2))
    view = await read(board_view, hall.gathering)
    found = overflow.day_for(view, NOON + timedelta(days=days))
    assert found == (NOON + timedelta(days=day)).date()
