"""The board leaves the product: as data, table, calendar and on paper. And comes back."""

import csv
import json

import pytest
from icalendar import Calendar

from gatherings.planning.lookup import rooms_of, rounds_of
from sessions.board import offers, placing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.paper import PaperCard, cards_in
from sessions.board.view import board_view
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import new_key
from web.database import read, write

HERE = "/g/spring-gathering"


@pytest.fixture
async def placed(setting: Setting) -> Setting:
    """Two cards; the first has its spot. A guest's key offered the second."""
    board = setting.gathering
    words = ("Growing older", "Who decides?", "Cal")
    await write(offers.offer, board.id, None, *words, new_key(), marks=["quiet"])
    await write(offers.offer, board.id, "kept-of-a-key", "=Homes", "", "", new_key())
    at = (await read(rounds_of, board.id, "open_space"))[0].id
    room = (await read(rooms_of, board.venue))[0].id
    why = "Nobody has checked it yet"
    await write(placing.place, board.id, 1, at, room, EVERYTHING_SEEN, setting.team.ben, why)
    return setting


async def test_the_board_as_data_is_what_everybody_sees(
    client: PageClient, placed: Setting
) -> None:
    answer = await client.get(f"{HERE}/board.json")
    assert answer.headers["content-type"].startswith("application/json")
    board = json.loads(answer.text)
    first, second = board["sessions"]
    assert (first["title"], first["with"], first["marks"]) == ("Growing older", "Cal", ["quiet"])
    assert first["round"] in [at["number"] for at in board["rounds"] if at["open"]]
    assert first["room"] == board["rooms"][0]["number"]
    assert (second["round"], second["room"]) == (None, None)
    assert board["version"] == 3
    assert "kept-of-a-key" not in answer.text


async def test_the_board_as_a_table_cannot_become_a_formula(
    client: PageClient, placed: Setting
) -> None:
    answer = await client.get(f"{HERE}/board.csv")
    rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    assert [row["Title"] for row in rows] == ["Growing older", "'=Homes"]
    assert "board-spring-gathering.csv" in answer.headers["content-disposition"]


async def test_the_board_as_a_calendar_has_rounds_and_placed_sessions(
    client: PageClient, placed: Setting
) -> None:
    answer = await client.get(f"{HERE}/board.ics")
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.text).walk("vevent")]
    assert "Growing older" in titles
    assert "=Homes" not in titles
    assert len(titles) == len((await read(board_view, placed.gathering.id)).rounds) + 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("cards", "What do you want to talk about?"),
        ("board", "Growing older"),
        ("doors", "Growing older"),
        ("badges", "Spring gathering"),
    ],
)
async def test_the_board_is_printed_with_its_codes(
    ben: PageClient, placed: Setting, kind: str, words: str
) -> None:
    await ben.get(f"{HERE}/arrange/paper")
    await ben.get(f"{HERE}/arrange/paper?kind={kind}")
    assert words in ben.words
    assert ben.soup.select(".sheet-code svg.qr")


async def test_paper_is_for_facilitators(dee: PageClient, placed: Setting) -> None:
    for path in ("paper", "paper?kind=cards", "paper/cards.pdf", "from-paper"):
        await dee.get(f"{HERE}/arrange/{path}", status=403)
        assert "Growing older" not in dee.words


async def test_cards_from_paper_are_offered_once_each(ben: PageClient, setting: Setting) -> None:
    await ben.get(f"{HERE}/arrange/from-paper")
    form = "form[action$=from-paper]"
    await ben.submit(form, {"cards": "x" * 61}, status=422)
    assert "The title on line 1 has more than 60 characters" in ben.words
    typed = "Growing older / Cal\n\n  Homes and/or care / Dot\nNo name"
    for _ in range(2):
        await ben.submit(form, {"cards": typed})
    cards = (await read(board_view, setting.gathering.id)).by_number
    assert [(card.title, card.host_name) for card in cards] == [
        ("Growing older", "Cal"),
        ("Homes and/or care", "Dot"),
        ("No name", ""),
    ]
    assert {card.written_by for card in cards} == {"Ben"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "Write at least one card"),
        ("One\n/ Cal", "Write a title before the slash on line 2"),
        ("One / " + "n" * 61, "The name on line 1 has more than 60 characters"),
        ("One\n" * 41, "Write at most 40 cards at once"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(text: str, wrong: str) -> None:
    assert cards_in(text)[1] == wrong


def test_a_card_may_have_no_name() -> None:
    assert cards_in("A title") == ([PaperCard("A title", "")], "")
