"""The map of the rooms: floors from the ground up, on phones and on the wall."""

import pytest

from gatherings.planning import rooms, venues
from gatherings.planning.lookup import room_by_position
from gatherings.planning.room_map import Floor, level, pages_of_map, room_map
from gatherings.planning.tables import Room
from gatherings.planning.venues import Said
from sessions.board import overflow, phases
from tests.board_hall import Hall, build_hall
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import DatabaseEngine, read, write


async def floors_of(setting: Setting) -> list[Floor]:
    return await read(room_map, setting.gathering.id)


async def has(setting: Setting, position: int, **features: str) -> None:
    room = await read(room_by_position, setting.gathering.venue, position)
    await write(rooms.set_features, room.id, features)


@pytest.mark.parametrize(
    "names",
    [
        ["Basement", "Ground floor", "First floor", "Second floor", "The tower", ""],
        ["Lower ground floor", "Ground", "Upstairs", "Floor 2", "3rd floor", "Floor 12"],
    ],
)
def test_floors_are_in_order_by_their_names(names: list[str]) -> None:
    assert sorted(sorted(names), key=level) == names


async def test_each_room_says_how_one_gets_there(setting: Setting) -> None:
    await has(setting, 1, step_free="yes")
    await has(setting, 3, step_free="no")
    ground, first = await floors_of(setting)
    assert [(room.name, room.way_words) for room in (*ground.rooms, *first.rooms)] == [
        ("Large meeting room", "Step-free"),
        ("Library", "Steps: not checked"),
        ("Upstairs room 1", "Not step-free"),
    ]
    await write(venues.set_facts, setting.gathering.venue, {"stair_lift": Said("yes")})
    await has(setting, 2, step_free="no")
    ground, first = await floors_of(setting)
    assert [ground.rooms[1].way_words, first.rooms[0].way_words] == [
        "Not step-free",
        "Stairs or stair-lift",
    ]


async def test_directions_that_a_floor_has_in_common_stand_once(setting: Setting) -> None:
    way = "Up the stairs. Then turn left."
    words = rooms.RoomWords("Attic", "Second floor", 5, directions=way)
    await write(rooms.add_room, setting.gathering.venue, words)
    other = rooms.RoomWords("Loft", "Second floor", 5, directions=way, for_sessions=False)
    await write(rooms.add_room, setting.gathering.venue, other)
    second = (await floors_of(setting))[-1]
    assert (second.directions, second.short_way) == (way, "Up the stairs.")
    assert [room.other_use for room in second.rooms] == ["", "No sessions"]
    await has(setting, 5, quiet_room="yes")
    assert [room.other_use for room in (await floors_of(setting))[-1].rooms] == ["", "Quiet room"]


async def test_a_floor_goes_on_on_the_next_screen(setting: Setting) -> None:
    screens = pages_of_map(await floors_of(setting), 1)
    assert [[floor.name for floor in screen] for screen in screens] == [
        ["Ground floor"],
        ["Ground floor"],
        ["First floor"],
    ]
    assert pages_of_map([], 6) == [[]]


async def test_the_page_is_for_everybody(client: PageClient, setting: Setting) -> None:
    await has(setting, 1, step_free="yes")
    await client.get("/g/spring-gathering/rooms")
    headings = [one.get_text() for one in client.soup.select("main h2")]
    assert headings == ["Ground floor", "First floor"]
    assert "Step-free 80 people fit in." in client.words
    assert len(client.soup.select("#room-1 svg")) == 1


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    """Three rooms on the ground floor."""
    return await build_hall()


async def test_the_wall_shows_it_while_people_arrive(client: PageClient, hall: Hall) -> None:
    await write(phases.set_phase, hall.gathering, "arriving", None)
    await client.get("/g/spring/wall")
    assert [one.get_text(" ", strip=True) for one in client.soup.select(".map-room")] == [
        "Large meeting room Step-free 20 people",
        "Library Not step-free 20 people",
        "Garden room Steps: not checked 20 people",
    ]
    assert client.one(".map-directions").get_text() == "Past the kitchen."
    assert client.soup.select_one(".wall-come svg.qr") is not None
    assert client.soup.select_one("#wall-more") is None


async def test_more_than_six_rooms_are_turned_by_a_person(client: PageClient, hall: Hall) -> None:
    await write(phases.set_phase, hall.gathering, "arriving", None)
    for number in range(4):
        await write(overflow.add_corner, hall.gathering, f"Corner {number}", 5, None)
    await client.get("/g/spring/wall")
    assert len(client.soup.select(".map-room")) == 6
    await client.get(str(client.one("#wall-more")["href"]))
    assert [one.get_text() for one in client.soup.select(".map-room h3")] == ["Corner 3"]
    assert client.one(".map-floor h2").get_text() == "Corners"
    await client.get("/g/spring/wall?page=99")
    assert client.one("#wall-more")["href"] == "/g/spring/wall"


async def test_a_corner_of_another_day_is_not_on_it(setting: Setting) -> None:
    other = Room(venue=setting.gathering.venue, position=9, name="A corner", capacity=5)
    other.floor, other.directions, other.only_gathering = "", "", setting.gathering.id + 1
    await other.save()
    assert len(await floors_of(setting)) == 2
