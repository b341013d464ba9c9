"""Venues, their rooms and what they have for access, through the pages."""

from datetime import UTC, datetime

import pytest

from gatherings.planning.catalogue import FACT_GROUPS, FACTS, FEATURES
from gatherings.planning.fact_words import answers
from gatherings.planning.lookup import facts_of, features_of, rooms_of, venue_by_slug
from gatherings.planning.rooms import RoomWords, change_room
from gatherings.planning.tables import Venue
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

VENUE = "/desk/venues/friends-meeting-house"
ADD_VENUE = "/desk/series/changing-the-story/add-venue"
ADD_ROOM = f"{VENUE}/add-room"
ROOM = f"{VENUE}/rooms/2"
TODAY = datetime.now(UTC).date()


def test_the_catalogues_are_whole() -> None:
    assert (len(FACTS), len(FEATURES)) == (52, 29)
    labels = [fact.label for fact in (*FACTS.values(), *FEATURES.values())]
    assert max(map(len, labels)) <= 90
    assert all(code.isascii() and len(code) <= 60 for code in (*FACTS, *FEATURES))


async def venue() -> Venue:
    return await read(venue_by_slug, "friends-meeting-house")


async def test_a_venue_is_added_and_shown(ada: PageClient) -> None:
    await ada.get(ADD_VENUE)
    typed = {"name": "مركز المدينة", "address": "1 High Street\r\nLeeds", "directions": "Walk"}
    first = await ada.submit(f"form[action='{ADD_VENUE}']", typed)
    second = await ada.submit(f"form[action='{ADD_VENUE}']", typed)
    assert first.headers["location"] == second.headers["location"]
    await ada.follow()
    assert "مركز المدينة" in ada.words
    assert "0 of 52 facts are known" in ada.words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter the name of the venue"),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "Friends Meeting House", "already a venue called Friends Meeting House"),
        ("address", "", "Enter its address"),
        ("address", "x" * 501, "at most 500 characters"),
        ("directions", "x" * 2001, "at most 2000 characters"),
    ],
)
async def test_a_wrong_venue_is_told_beside_the_field(
    ada: PageClient, field: str, value: str, words: str
) -> None:
    await ada.get(ADD_VENUE)
    typed = {"name": "Hall", "address": "Kept 🎉", "directions": "", field: value}
    await ada.submit(f"form[action='{ADD_VENUE}']", typed, status=422)
    assert words in ada.error_at(field)
    assert field == "address" or "Kept 🎉" in ada.text


async def test_a_venue_is_changed(ada: PageClient, client: PageClient) -> None:
    await ada.get(f"{VENUE}/about")
    await ada.submit(f"form[action='{VENUE}/about']", {"directions": "Ten minutes on foot"})
    await client.get("/g/spring-gathering")
    assert "Ten minutes on foot" in client.words


async def test_facts_are_written_down_group_by_group(ada: PageClient, setting: Setting) -> None:
    await ada.get(f"{VENUE}/facts/arriving")
    typed = {"drop_off": "yes", "drop_off-detail": "By the side door", "height_barrier": "no"}
    await ada.submit("form[action$='arriving']", {**typed, "how": "phoned"}, button="keep-next")
    await ada.follow()
    assert "Friends Meeting House: getting in" in ada.words
    facts = await read(facts_of, (await venue()).id)
    assert {code: fact.value for code, fact in facts.items()} == {
        "drop_off": "yes",
        "height_barrier": "no",
    }
    drop_off = facts["drop_off"]
    assert (drop_off.detail, drop_off.how) == ("By the side door", "phoned")
    assert drop_off.checked_on is not None
    assert TODAY <= drop_off.checked_on <= datetime.now(UTC).date()
    await ada.get(VENUE)
    assert "2 of 52 facts are known" in ada.words


@pytest.mark.parametrize(
    ("code", "answer", "number", "kept", "words"),
    [
        ("blue_badge_bays", "yes", "1", ("number", 1), "1 space"),
        ("blue_badge_bays", "unknown", "12", ("number", 12), "12 spaces"),
        ("blue_badge_bays", "no", "0", ("no", None), "No"),
        ("height_barrier", "yes", "210", ("number", 210), "210 centimetres high"),
        ("step_free_station", "yes", "", ("yes", None), "Yes"),
        ("door_80cm", "unknown", "95", ("number", 95), "Yes: 95 centimetres"),
        ("door_80cm", "no", "75", ("number", 75), "No: 75 centimetres"),
        ("low_bell", "no", "130", ("number", 130), "No: 130 centimetres high"),
        ("changing_places", "yes", "0", ("number", 0), "In the building"),
    ],
)
async def test_a_fact_can_be_a_number(
    ada: PageClient, code: str, answer: str, number: str, kept: tuple[str, int | None], words: str
) -> None:
    group = next(group.code for group in FACT_GROUPS.values() if FACTS[code] in group.facts)
    await ada.get(f"{VENUE}/facts/{group}")
    typed = {code: answer, f"{code}-number": number, "by": "The caretaker"}
    await ada.submit(f"form[action$='{group}']", typed, button="keep")
    row = (await read(facts_of, (await venue()).id))[code]
    assert ((row.value, row.number), row.checked_by) == (kept, "The caretaker")
    (shown,) = answers([FACTS[code]], {code: row})
    assert shown.words == words
    assert shown.checked.endswith(", The caretaker.")
    await ada.get(f"{VENUE}/facts/{group}")
    assert shown.checked in ada.words
    await ada.submit(f"form[action$='{group}']", {"by": "Somebody else"}, button="keep")
    again = (await read(facts_of, (await venue()).id))[code]
    assert (again.value, again.number, again.checked_by) == (*kept, "The caretaker")


@pytest.mark.parametrize(
    ("code", "answer", "number", "words"),
    [
        ("blue_badge_bays", "no", "3", "3 means “Yes”"),
        ("blue_badge_bays", "yes", "0", "0 means “No”"),
        ("blue_badge_bays", "yes", "many", "as a whole number"),
        ("blue_badge_bays", "yes", "-1", "as a whole number"),
    ],
)
async def test_a_number_and_its_answer_must_agree(
    ada: PageClient, code: str, answer: str, number: str, words: str
) -> None:
    await ada.get(f"{VENUE}/facts/arriving")
    typed = {code: answer, f"{code}-number": number}
    await ada.submit("form[action$='arriving']", typed, status=422)
    assert words in ada.error_at(f"{code}-number")


async def test_the_last_group_goes_back_to_the_venue(ada: PageClient) -> None:
    await ada.get(f"{VENUE}/facts/safety")
    answer = await ada.submit("form[action$='safety']", button="keep-next")
    assert answer.headers["location"] == VENUE


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"checked_day": "32"}, "checked", "as a real date"),
        ({"checked_year": str(TODAY.year + 1)}, "checked", "not in the future"),
        ({"drop_off-detail": "x" * 201}, "drop_off-detail", "at most 200 characters"),
        ({"how": None}, "how", "Choose how you know"),
    ],
)
async def test_wrong_facts_are_told_beside_the_field(
    ada: PageClient, typed: dict[str, str], field: str, words: str
) -> None:
    await ada.get(f"{VENUE}/facts/arriving")
    await ada.submit("form[action$='arriving']", {"drop_off": "yes", **typed}, status=422)
    assert words in ada.error_at(field)
    assert ada.soup.select_one("#drop_off option[value=yes][selected]")


async def test_a_forged_answer_is_refused(ada: PageClient) -> None:
    await ada.post(f"{VENUE}/facts/light", {"blackout": "maybe"}, status=422)


async def test_a_room_is_added_once(ada: PageClient) -> None:
    await ada.get(ADD_ROOM)
    typed = {"name": "Quiet room", "floor": "First", "capacity": "6", "for_sessions": "no"}
    first = await ada.submit(f"form[action='{ADD_ROOM}']", typed)
    second = await ada.submit(f"form[action='{ADD_ROOM}']", typed)
    assert first.headers["location"] == second.headers["location"] == f"{VENUE}/rooms/4"
    await ada.follow()
    assert "Quiet room" in ada.words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter the name of the room"),
        ("name", "x" * 61, "at most 60 characters"),
        ("name", "Library", "already a room called Library"),
        ("floor", "", "Enter the floor"),
        ("capacity", "", "Enter how many people fit in"),
        ("capacity", "many", "as a whole number"),
        ("capacity", "٣٠", "as a whole number"),
        ("capacity", "0", "from 1 to 5000"),
        ("capacity", "9" * 30, "from 1 to 5000"),
        ("directions", "x" * 201, "at most 200 characters"),
        ("for_sessions", None, "Choose what the room is for"),
    ],
)
async def test_a_wrong_room_is_told_beside_the_field(
    ada: PageClient, field: str, value: str | None, words: str
) -> None:
    await ada.get(ADD_ROOM)
    typed = {"name": "Hall", "floor": "Ground", "capacity": "9", field: value}
    await ada.submit(f"form[action='{ADD_ROOM}']", typed, status=422)
    assert words in ada.error_at(field)


async def test_a_stale_room_form_overwrites_nothing(ada: PageClient) -> None:
    await ada.get(f"{ROOM}/about")
    theirs = RoomWords("Library", "Ground floor", 25)
    await write(change_room, (await venue()).id, 2, theirs)
    await ada.submit(f"form[action='{ROOM}/about']", {"capacity": "10"}, status=422)
    assert "Now it says “25”" in ada.words
    await ada.submit(f"form[action='{ROOM}/about']")
    assert (await read(rooms_of, (await venue()).id))[1].capacity == 10


async def test_features_of_a_room(ada: PageClient, client: PageClient) -> None:
    await ada.get(f"{ROOM}/features/moving")
    typed = {"step_free": "yes", "near_toilet": "no"}
    answer = await ada.submit("form[action$='moving']", typed, button="keep")
    assert answer.headers["location"] == ROOM
    library = (await read(rooms_of, (await venue()).id))[1]
    assert (await read(features_of, library.id))["step_free"].how == "seen"
    await client.get("/g/spring-gathering/access")
    assert "No steps on the way in Yes" in client.words


async def test_a_room_is_removed(ada: PageClient) -> None:
    await ada.get(ROOM)
    await ada.submit(f"form[action='{ROOM}/remove']")
    await ada.get(ROOM, status=404)
    await ada.post(f"{ROOM}/remove", status=404)
