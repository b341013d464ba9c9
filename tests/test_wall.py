"""The wall: which round, which rooms, what size; all by links."""

from datetime import timedelta

import pytest

from gatherings.planning.tables import Room
from sessions.board.view import board_view
from sessions.board.wall_pages import Screen, address_parts, chosen_round, rooms_of_page
from tests.board_hall import Hall, build_hall
from tests.page_checks import PageClient
from web.database import DatabaseEngine, read


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    """Three rooms; round 1 is on now."""
    return await build_hall()


async def more_rooms(hall: Hall, many: int) -> None:
    venue = await Room.objects().get(Room.id == hall.rooms[0])
    assert venue is not None
    for number in range(4, 4 + many):
        room = Room(venue=venue.venue, position=number, name=f"Room {number}", capacity=9)
        room.floor = room.directions = ""
        await room.save()


async def test_before_anything_is_placed_the_wall_invites(client: PageClient, hall: Hall) -> None:
    await client.get("/g/spring/wall")
    assert "What do you want to talk about?" in client.words
    await hall.offer("One")
    await hall.offer("Two")
    await client.get("/g/spring/wall")
    assert "2 sessions offered so far." in client.words


async def test_the_wall_shows_the_round_that_is_on(client: PageClient, hall: Hall) -> None:
    await hall.offer("Growing older")
    await hall.place(1, 0, 1)
    await client.get("/g/spring/wall")
    assert client.soup.h1 is not None
    assert client.soup.h1.get_text() == "Now: Round 1"
    spots = [spot.get_text(" ", strip=True) for spot in client.soup.select(".wall-spot")]
    assert spots == [
        "Large meeting room Step-free Free",
        "Library Not step-free Growing older",
        "Garden room Step-free: not checked Free",
    ]
    assert "30 minutes left" in client.words or "29 minutes left" in client.words


async def test_next_and_any_round_are_a_link_away(client: PageClient, hall: Hall) -> None:
    await hall.offer("Growing older")
    await hall.place(1, 0, 1)
    for asked, title in (("next", "Next: Round 2"), ("3", "Next: Round 2"), ("99", "Now: Round 1")):
        await client.get(f"/g/spring/wall?round={asked}")
        assert client.soup.h1 is not None
        assert client.soup.h1.get_text() == title


async def test_one_steps_from_round_to_round(client: PageClient, hall: Hall) -> None:
    await hall.offer("Growing older")
    await hall.place(1, 0, 1)
    await client.get("/g/spring/wall")
    assert client.soup.select_one("#wall-before") is None
    await client.get(str(client.one("#wall-after")["href"]))
    assert client.one("h1").get_text() == "Next: Round 2"
    assert client.soup.select_one("#wall-after") is None
    assert client.one("#wall-before")["href"] == "/g/spring/wall?round=2"


async def test_a_word_about_steps_has_its_shape(client: PageClient, hall: Hall) -> None:
    await hall.offer("Growing older")
    await hall.place(1, 0, 1)
    await client.get("/g/spring/wall")
    shapes = [str(one["class"][-1]) for one in client.soup.select(".wall-spot .steps")]
    assert shapes == ["yes", "no", "unknown"]


async def test_between_rounds_now_means_the_next_round(hall: Hall) -> None:
    view = await read(board_view, hall.gathering)
    now = view.starts_at + timedelta(minutes=50)
    moments = (now - timedelta(hours=2), now, now + timedelta(hours=1), now + timedelta(hours=9))
    found = [chosen_round(view, "now", moment) for moment in moments]
    assert [at.name if at else "" for at in found] == ["Round 1", "Round 1", "Round 2", "Round 2"]


@pytest.mark.parametrize("size", ["5", "6", "7", "8"])
async def test_the_size_is_chosen_by_link(client: PageClient, hall: Hall, size: str) -> None:
    await client.get(f"/g/spring/wall?size={size}")
    assert client.soup.body is not None
    assert f"size-{size}" in client.soup.body["class"]


@pytest.mark.parametrize("asked", ["size=99", "size=-1", "page=0", "rooms=x", "size=６"])
async def test_senseless_addresses_show_the_usual_wall(
    client: PageClient, hall: Hall, asked: str
) -> None:
    await client.get(f"/g/spring/wall?{asked}")


async def test_more_than_six_rooms_become_pages_that_a_person_turns(
    client: PageClient, hall: Hall
) -> None:
    await more_rooms(hall, 5)
    await hall.offer("Growing older")
    await hall.place(1, 0, 1)
    await client.get("/g/spring/wall")
    assert len(client.soup.select(".wall-spot")) == 6
    await client.get(str(client.one("#wall-more")["href"]))
    assert [room.get_text() for room in client.soup.select(".wall-room strong")] == [
        "Room 7",
        "Room 8",
    ]
    await client.get(str(client.one("#wall-more")["href"]))
    assert len(client.soup.select(".wall-spot")) == 6


async def test_larger_letters_mean_fewer_rooms_a_screen(hall: Hall) -> None:
    await more_rooms(hall, 3)
    view = await read(board_view, hall.gathering)
    shown = [len(rooms_of_page(view, Screen("", "now", size, 1, 6))[0]) for size in range(5, 9)]
    assert shown == [6, 6, 4, 3]


async def test_the_short_address_and_its_code_are_always_there(
    client: PageClient, hall: Hall
) -> None:
    await client.get("/g/spring/wall")
    assert client.soup.select_one("svg.qr") is not None
    assert "/go/spring" in client.words.replace(" ", "")


def test_a_large_address_is_broken_between_its_words() -> None:
    assert address_parts("https://gatherings.example.org/go/story") == [
        "gatherings",
        ".example",
        ".org",
        "/go/story",
    ]


async def test_a_screen_keeps_what_was_chosen_in_its_links() -> None:
    screen = Screen("/g/spring/wall", "2", 7, 1, 6)
    assert screen.address(size=8) == "/g/spring/wall?round=2&size=8"
    assert screen.address(round="now", size=6) == "/g/spring/wall"
