"""The map of a venue's rooms, drawn from what is written down: floors from the ground up."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from gatherings.planning.lookup import facts_of, features_of_rooms, gathering_of, rooms_of
from gatherings.planning.tables import Room, RoomFeature, VenueFact

FLOORS = (
    *(("basement|cellar|lower ground", -1), ("ground|street|downstairs", 0)),
    *(("first|upstairs", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)),
)
TOP, CORNERS = 1000, 1001
NUMBER = re.compile(r"\d+")
WAY_WORDS = {
    "step_free": "Step-free",
    "stair_lift": "Stairs or stair-lift",
    "steps": "Not step-free",
    "unknown": "Steps: not checked",
}
SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class MapRoom:
    """A room as a box. `way` is a key of WAY_WORDS: how one gets there with wheels."""

    number: int
    name: str
    capacity: int
    way: str
    directions: str
    for_sessions: bool
    quiet: bool = False

    @property
    def other_use(self) -> str:
        """What it is for when no session goes there."""
        return "" if self.for_sessions else "Quiet room" if self.quiet else "No sessions"

    @property
    def way_words(self) -> str:
        """The same in words."""
        return WAY_WORDS[self.way]


@dataclass(frozen=True)
class Floor:
    """A floor with its rooms. `directions` are those that all of its rooms have in common."""

    name: str
    rooms: tuple[MapRoom, ...]

    @property
    def directions(self) -> str:
        """How to get to every room of it; "" where that differs."""
        ways = {room.directions for room in self.rooms}
        return ways.pop() if len(ways) == 1 else ""

    @property
    def short_way(self) -> str:
        """The first sentence of the directions, for large letters."""
        return SENTENCE.split(self.directions)[0]


async def room_map(gathering_id: int) -> list[Floor]:
    """The floors of a gathering's venue, with the corners that were added for its day."""
    gathering = await gathering_of(gathering_id)
    rooms = await rooms_of(gathering.venue, gathering=gathering_id)
    features = await features_of_rooms([room.id for room in rooms])
    return floors(rooms, features, await facts_of(gathering.venue))


def floors(
    rooms: Iterable[Room],
    features: Mapping[int, Mapping[str, RoomFeature]],
    facts: Mapping[str, VenueFact],
) -> list[Floor]:
    """Rooms by their floor, the lowest first; names we cannot order and corners come last."""
    lift = "stair_lift" in facts and facts["stair_lift"].value == "yes"
    in_order = sorted(rooms, key=lambda room: (level(room.floor), room.floor, room.position))
    return [
        Floor(name, tuple(_on_map(room, features.get(room.id, {}), lift=lift) for room in there))
        for name, there in groupby(in_order, key=lambda room: room.floor)
    ]


def level(floor: str) -> int:
    """How high a floor is, from its name."""
    said = floor.lower()
    number = NUMBER.search(said)
    if number:
        return int(number[0][:3])
    known = (at for named, at in FLOORS if re.search(named, said))
    return next(known, TOP if said else CORNERS)


def pages_of_map(found: Iterable[Floor], most: int) -> list[list[Floor]]:
    """The same in screens of at most so many rooms; a floor may go on on the next screen."""
    boxes = [(floor.name, room) for floor in found for room in floor.rooms]
    return [_floors_of(boxes[at : at + most]) for at in range(0, len(boxes), most)] or [[]]


def _floors_of(boxes: Iterable[tuple[str, MapRoom]]) -> list[Floor]:
    grouped = groupby(boxes, key=lambda box: box[0])
    return [Floor(name, tuple(room for _, room in there)) for name, there in grouped]


def _on_map(room: Room, features: Mapping[str, RoomFeature], *, lift: bool) -> MapRoom:
    known = features["step_free"].value if "step_free" in features else "unknown"
    upstairs = lift and 0 < abs(level(room.floor)) < TOP
    ways = {"yes": "step_free", "no": "stair_lift" if upstairs else "steps"}
    return MapRoom(
        number=room.position,
        name=room.name,
        capacity=room.capacity,
        way=ways.get(known, "unknown"),
        directions=room.directions,
        for_sessions=room.for_sessions,
        quiet="quiet_room" in features and features["quiet_room"].value == "yes",
    )
