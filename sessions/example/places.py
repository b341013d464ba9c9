"""The example's people who run it, its venues and their rooms."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from gatherings.people.roles import Viewer, grant, viewer_of_account
from gatherings.people.sign_in import open_account
from gatherings.planning import rooms, series, venues
from gatherings.planning.floor_plans import PlanWords, send_plan
from gatherings.planning.lookup import room_by_position, series_by_slug, venue_by_slug
from gatherings.planning.venues import Checked, Said
from sessions.example import words
from sessions.example.drawing import floor_plan
from web.database import read, write

HOUSE = "Friends Meeting House"
HOUSE_FACTS = {
    "step_free_way_in": Said("yes", "By the side door on Mount Street"),
    "step_free_station": Said("yes", "St Peter's Square tram stop", 400),
    "blue_badge_bays": Said("yes", "In Mount Street, beside the side door", 3),
    "parking_reservable": Said("no", "The spaces belong to the street"),
    "drop_off": Said("yes", "In front of the main door", 5),
    "height_barrier": Said("no"),
    "steps_at_door": Said("yes", "Each is 16 centimetres high", 4),
    "handrail": Said("yes", "On both sides"),
    "door_80cm": Said("yes", "The side door", 95),
    "easy_door": Said("no", "It is heavy. Ring, and we open it"),
    "stair_lift": Said("yes", "To the upstairs rooms; it takes 120 kg and no wheelchairs"),
    "lift": Said("no"),
    "wide_corridors": Said("no", "Beside the library", 105),
    "reception_seat": Said("yes", "With arms"),
    "accessible_toilet": Said("yes", "On the ground floor", 1),
    "toilet_transfer_side": Said("yes", "On the left"),
    "red_cord": Said("yes", "The caretaker comes"),
    "toilet_kept_clear": Said("yes", "We look on the morning"),
    "changing_places": Said("yes", "In the Central Library; ask at its desk", 250),
    "hearing_loop": Said("yes", "In the large room"),
    "loop_tested": Said("yes", "In October. Ben can switch it on"),
    "microphones": Said("yes", "In the large room", 3),
    "blackout": Said("no"),
    "quiet_room": Said("yes", "The children's room, all day"),
    "wifi": Said("yes", "The password is on the wall"),
    "evacuation_chair": Said("no"),
    "assembly_point": Said("yes", "In front of the Central Library"),
}
STEP_FREE = {"step_free": "yes", "turning_150cm": "yes", "near_accessible_toilet": "yes"}
UPSTAIRS = {"step_free": "no", "hearing_loop": "no", "low_noise": "yes"}
HOUSE_ROOMS = (
    (("Large room, window end", "Ground floor", 60), {**STEP_FREE, "hearing_loop": "yes"}),
    (("Large room, door end", "Ground floor", 60), {**STEP_FREE, "near_door": "yes"}),
    (("Library", "Ground floor", 20), {**STEP_FREE, "low_noise": "yes"}),
    (("Upstairs room 1", "First floor", 18), UPSTAIRS),
    (("Upstairs room 2", "First floor", 14), UPSTAIRS),
)
UPSTAIRS_WAY = "Up the main stairs, or by the stair-lift. There is no other lift."
GROUND_PLAN = (
    ("Large room,\nwindow end", (60, 60, 520, 460)),
    ("Large room,\ndoor end", (520, 60, 860, 460)),
    ("Library", (860, 60, 1120, 460)),
    ("Children's\nroom", (1120, 60, 1380, 460)),
    ("Hall", (60, 460, 1380, 640)),
    ("Toilets", (60, 640, 380, 840)),
    ("Main door", (560, 640, 860, 840)),
    ("Stairs and\nstair-lift", (860, 640, 1120, 840)),
    ("Side door,\nno steps", (1120, 640, 1380, 840)),
)
GROUND_PLAN_SHOWS = (
    "You come into a hall. The side door without steps is on the right, and the stairs with the "
    "stair-lift are next to it. The main door is in the middle. The toilets are on the left. "
    "Across the hall are four rooms, from left to right: the window end and the door end of "
    "the large room, the library, and the children's room."
)
GROUND_WAY = "Straight on from the front door. No steps."


async def build_team() -> Viewer:
    """Ada organises and leads on access, Ben facilitates, Noor keeps notes, Sam works the door.

    Returns Ada, who has started the series.
    """
    ada = await write(open_account, "ada@example.org", "Ada", starts_series=True)
    starter = await read(viewer_of_account, ada)
    if starter is None:
        raise RuntimeError("Ada's account was closed while the example was being made.")
    slug = await write(series.start_series, starter, words.SERIES, words.SERIES_ABOUT)
    the_series = await read(series_by_slug, slug)
    for email, name, role in (
        ("ben@example.org", "Ben", "facilitator"),
        ("noor@example.org", "Noor", "note_keeper"),
        ("sam@example.org", "Sam", "door"),
    ):
        await write(grant, await write(open_account, email, name), the_series.id, role)
    await write(grant, ada, the_series.id, "access_lead")
    return await read(viewer_of_account, ada) or starter


async def build_house(series_id: int, pictures: Path) -> int:
    """A Friends Meeting House with two upstairs rooms that only a stair-lift reaches."""
    slug = await write(
        venues.add_venue,
        series_id,
        HOUSE,
        "6 Mount Street\nManchester\nM2 5NS",
        "Five minutes on foot from St Peter's Square tram stop, level all the way.",
    )
    venue = await read(venue_by_slug, slug)
    forty_days_ago = (datetime.now(UTC) - timedelta(days=40)).date()
    checked = Checked(forty_days_ago, "seen", "Ada")
    await write(venues.set_facts, venue.id, HOUSE_FACTS, checked)
    for (name, floor, capacity), features in HOUSE_ROOMS:
        way = UPSTAIRS_WAY if floor == "First floor" else GROUND_WAY
        room = rooms.RoomWords(name=name, floor=floor, capacity=capacity, directions=way)
        position = await write(rooms.add_room, venue.id, room)
        kept = await read(room_by_position, venue.id, position)
        await write(rooms.set_features, kept.id, features, checked)
    await _add_quiet_room(venue.id, checked)
    plan = PlanWords("Ground floor", GROUND_PLAN_SHOWS)
    await send_plan(venue.id, floor_plan(GROUND_PLAN), pictures, plan)
    return venue.id


async def _add_quiet_room(venue_id: int, checked: Checked) -> None:
    room = rooms.RoomWords(
        name="Children's room",
        floor="Ground floor",
        capacity=8,
        directions=GROUND_WAY,
        for_sessions=False,
    )
    position = await write(rooms.add_room, venue_id, room)
    kept = await read(room_by_position, venue_id, position)
    await write(rooms.set_features, kept.id, {**STEP_FREE, "quiet_room": "yes"}, checked)


async def build_hall(series_id: int) -> int:
    """A plainer venue for the other gatherings of the year."""
    slug = await write(
        venues.add_venue, series_id, "Longbridge Community Hall", "1 Sample Road\nBirmingham", ""
    )
    venue = await read(venue_by_slug, slug)
    for name, capacity in (("Main hall", 90), ("Garden room", 25), ("Kitchen table", 12)):
        room = rooms.RoomWords(name=name, floor="Ground floor", capacity=capacity)
        await write(rooms.add_room, venue.id, room)
    return venue.id
