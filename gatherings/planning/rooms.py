"""Rooms of a venue: adding, changing and removing one, and what it has for access."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from gatherings.planning.catalogue import FEATURES
from gatherings.planning.lookup import features_of, room_by_position, rooms_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Room, RoomFeature, Venue
from gatherings.planning.venues import NOT_CHECKED, Checked, mark_checked
from web.database import IntegrityError, write

FIELDS = ("name", "floor", "capacity", "directions", "for_sessions")
MOST_ROOMS = 40


@dataclass(frozen=True)
class RoomWords:
    """A room as an organiser describes it."""

    name: str
    floor: str
    capacity: int
    directions: str = ""
    for_sessions: bool = True


async def add_room(venue_id: int, words: RoomWords) -> int:
    """Add a room at the end of the list. Gives its position; the same room again gives the same."""
    await hold(Venue, venue_id)
    rooms = await rooms_of(venue_id)
    named = next((room for room in rooms if room.name == words.name), None)
    if named is not None and all(getattr(named, f) == getattr(words, f) for f in FIELDS):
        return named.position
    _name_must_be_free(named, words.name)
    if len(rooms) >= MOST_ROOMS:
        raise Refused("name", f"A venue can have at most {MOST_ROOMS} rooms here")
    position = await next_position(venue_id)
    await Room(venue=venue_id, position=position, **asdict(words)).save()
    return position


async def next_position(venue_id: int) -> int:
    """A place behind every room and every corner of the venue."""
    rows = await Room.select(Room.position).where(Room.venue == venue_id)
    return max((row["position"] for row in rows), default=0) + 1


async def change_room(venue_id: int, position: int, words: RoomWords, seen: str = "") -> None:
    """Change what is said about a room."""
    await hold(Venue, venue_id)
    room = await room_by_position(venue_id, position)
    must_be_as_seen(room, FIELDS, seen)
    others = [other for other in await rooms_of(venue_id) if other.id != room.id]
    _name_must_be_free(next((o for o in others if o.name == words.name), None), words.name)
    await Room.update(columns(asdict(words))).where(Room.id == room.id)


async def remove_room(venue_id: int, position: int) -> None:
    """Remove a room that no session has been placed in."""
    room = await room_by_position(venue_id, position)
    try:
        await write(_remove, room.id)
    except IntegrityError:
        raise Refused(
            "", f"Sessions have been placed in {room.name}. Move them first, then remove the room"
        ) from None


async def _remove(room_id: int) -> None:
    await RoomFeature.delete().where(RoomFeature.room == room_id)
    await Room.delete().where(Room.id == room_id)


async def set_features(
    room_id: int,
    features: Mapping[str, str],
    checked: Checked = NOT_CHECKED,
    *,
    all_again: bool = False,
) -> None:
    """Keep features as code: yes, no or unknown. Who checked goes to those that changed, or all."""
    await hold(Room, room_id)
    kept = await features_of(room_id)
    for code, value in features.items():
        if code not in FEATURES:
            raise ValueError(f"{code} is not a feature of the catalogue")
        old = kept.get(code)
        if value != (old.value if old else "unknown") or (all_again and value != "unknown"):
            row = old or RoomFeature(room=room_id, code=code)
            row.value = value
            mark_checked(row, checked)
            await row.save()


def _name_must_be_free(named: Room | None, name: str) -> None:
    if named is not None:
        raise Refused("name", f"There is already a room called {name}. Choose another name")
