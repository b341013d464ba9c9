"""The day in easy words and pictures: from the real plan, short, and honest where nobody looked."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gatherings.planning import rooms, venues
from gatherings.planning.easy_today import MOST_WORDS, WORDS, easy_today, sentences
from gatherings.planning.lookup import room_by_position
from gatherings.planning.tables import Gathering, Round, VenueFact
from gatherings.planning.venues import Said
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from web.database import DatabaseEngine, read, write
from web.words import easy_clock

PAGE = "/g/spring-gathering/today"
DRAWINGS = Path(__file__).parent.parent / "static"


def said(words: Any) -> list[str]:
    """Every sentence of the data file; what stands beside it are codes and parts of names."""
    if isinstance(words, dict):
        silent = ("kind", "named", "picture", "fact")
        return [one for key, value in words.items() if key not in silent for one in said(value)]
    return [one for value in words for one in said(value)] if isinstance(words, list) else [words]


def test_its_words_are_short_and_hold_one_idea() -> None:
    every = said(dict(WORDS))
    assert len(every) > 40
    assert [one for one in every if len(one.split()) > MOST_WORDS] == []
    assert [one for one in every if re.search(r"[.?!]\s|;| which | although ", one)] == []


def test_each_part_has_its_drawing_on_a_ground_of_its_own() -> None:
    parts = [WORDS["arriving"], WORDS["home"], WORDS["help"]]
    parts += WORDS["recorded"].values()
    parts += [one for many in ("kinds", "choices", "places") for one in WORDS[many]]
    drawings = {DRAWINGS / f"easy-{part['picture']}.svg" for part in parts}
    assert drawings == set(DRAWINGS.glob("easy-*.svg"))
    assert [file for file in drawings if 'fill="#fff"' not in file.read_text()] == []


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 0, "9 o’clock in the morning"),
        (10, 30, "half past 10 in the morning"),
        (11, 45, "quarter to 12 in the morning"),
        (12, 0, "12 o’clock midday"),
        (12, 20, "20 past 12 in the afternoon"),
        (12, 50, "10 to 1 in the afternoon"),
        (14, 7, "7 minutes past 2 in the afternoon"),
        (18, 15, "quarter past 6 in the evening"),
        (0, 0, "12 o’clock midnight"),
        (0, 30, "half past 12 in the morning"),
    ],
)
def test_times_are_as_people_say_them(hour: int, minute: int, words: str) -> None:
    assert easy_clock(datetime(2027, 3, 3, hour, minute, tzinfo=UTC), "Europe/London") == words


def test_sentences_of_organisers_stand_alone() -> None:
    assert sentences("Hot soup. Ask us!\nBread") == ("Hot soup.", "Ask us!", "Bread.")
    assert sentences(" \n") == ()


async def test_it_goes_from_arriving_to_going_home(client: PageClient, setting: Setting) -> None:
    await client.get(PAGE)
    assert client.soup.select_one("html[data-easy]") is not None
    titles = [one.get_text() for one in client.soup.select(".easy-parts h3")]
    assert (titles[0], titles[1]) == ("You arrive", "Opening circle")
    assert titles.index("You go home") == titles.index("Closing circle") + 1
    assert "The day begins at 10 o’clock in the morning." in client.words
    assert client.words.count("A group is called a session.") == 1
    for words in ("Nobody has to speak.", "the law of two feet", "Or ring us: 0161 496 0000"):
        assert words in client.words
    pictures = client.soup.select(".easy-parts img")
    assert len(pictures) == len(titles)
    assert {picture["alt"] for picture in pictures} == {""}


async def test_it_says_what_nobody_has_checked(client: PageClient, setting: Setting) -> None:
    await client.get(PAGE)
    assert client.words.count("We have not checked this.") == 3
    facts = {"step_free_way_in": Said("yes", "By the side door"), "quiet_room": Said("no")}
    facts["accessible_toilet"] = Said("yes", "Upstairs", 2)
    await write(venues.set_facts, setting.gathering.venue, facts)
    await client.get(PAGE)
    assert "We have not checked this." not in client.words
    assert "There is a way in with no steps. By the side door." in client.words
    assert "There is an accessible toilet. Upstairs." in client.words
    assert "There is no quiet room." in client.words


async def test_the_quiet_room_is_one_without_sessions(setting: Setting) -> None:
    venue = setting.gathering.venue
    for name, for_sessions in (("Study", False), ("Hall", True)):
        words = rooms.RoomWords(name, "First floor", 5, for_sessions=for_sessions)
        position = await write(rooms.add_room, venue, words)
        room = await read(room_by_position, venue, position)
        await write(rooms.set_features, room.id, {"quiet_room": "yes"})
    places = (await read(easy_today, setting.gathering.id)).places
    quiet = next(one for one in places if one.title == "A quiet room")
    assert quiet.words == ("There is a quiet room.", "It is here: Study, first floor.")
    assert await VenueFact.count() == 0


async def test_long_sentences_stay_on_the_whole_plan(client: PageClient, setting: Setting) -> None:
    long = "This goes on and on, and then on, and it has no end that anybody can see."

    async def tell() -> None:
        await Round.update({Round.about: f"Soup for all. {long}"}).where(
            Round.gathering == setting.gathering.id, Round.number == 1
        )

    await write(tell)
    await client.get(PAGE)
    assert "Soup for all." in client.words
    assert long not in client.words
    await client.get("/g/spring-gathering")
    assert long in client.words


async def test_several_days_each_have_a_heading(client: PageClient, setting: Setting) -> None:
    ends = setting.gathering.starts_at + timedelta(days=1, hours=6)

    async def longer() -> None:
        here = setting.gathering.id
        await Gathering.update({Gathering.ends_at: ends}).where(Gathering.id == here)
        starts = ends - timedelta(hours=5)
        await Round(
            gathering=here,
            number=29,
            name="Round 9",
            kind="open_space",
            starts_at=starts,
            ends_at=ends,
        ).save()

    await write(longer)
    days = (await read(easy_today, setting.gathering.id)).days
    assert [len(day.day.split()) for day in days] == [4, 4]
    assert [part.title for part in days[1].parts] == ["Round 9", "You go home"]


async def test_a_cancelled_day_asks_nobody_to_come(client: PageClient, setting: Setting) -> None:
    await write(_state, setting.gathering.id, "cancelled")
    await client.get(PAGE)
    assert "Please do not travel." in client.words
    assert "You arrive" not in client.words


async def _state(gathering_id: int, state: str) -> None:
    await Gathering.update({Gathering.state: state}).where(Gathering.id == gathering_id)


async def test_a_draft_is_nobody_elses(client: PageClient, db: DatabaseEngine) -> None:
    await build_gathering(publish=False)
    for page in ("today", "rooms"):
        await client.get(f"/g/spring-gathering/{page}", status=404)


async def test_on_the_day_it_is_a_link_away(client: PageClient, db: DatabaseEngine) -> None:
    setting = await build_gathering()
    await client.get("/g/spring-gathering")
    assert client.soup.select_one("#today") is None
    begins = datetime.now(UTC) + timedelta(hours=1)

    async def move() -> None:
        ends = begins + timedelta(hours=6)
        await Gathering.update({Gathering.starts_at: begins, Gathering.ends_at: ends}).where(
            Gathering.id == setting.gathering.id
        )

    await write(move)
    for page, link in (("", "today"), ("/board", "to-today")):
        await client.get(f"/g/spring-gathering{page}")
        assert client.one(f"#{link}")["href"] == PAGE
    await client.get(PAGE)
    assert client.one("h1").get_text() == "What will happen today"
