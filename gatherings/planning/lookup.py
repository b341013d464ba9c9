"""Finding series, venues, rooms, gatherings and rounds. Whatever is not there raises NotFound."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from gatherings.people.roles import Viewer
from gatherings.planning.tables import (
    Gathering,
    GatheringEvent,
    Room,
    RoomFeature,
    Round,
    Series,
    Venue,
    VenueFact,
)
from web.problems import NotFound

T = TypeVar("T")

PUBLIC_STATES = ("open", "closed", "cancelled")


async def series_by_slug(slug: str) -> Series:
    """The series with this public address."""
    return _there(await Series.objects().get(Series.slug == slug))


async def series_of(series_id: int) -> Series:
    """The series with this id."""
    return _there(await Series.objects().get(Series.id == series_id))


async def series_in(series_ids: Iterable[int]) -> list[Series]:
    """These series by name."""
    return await Series.objects().where(Series.id.is_in([0, *series_ids])).order_by(Series.name)


async def venue_by_slug(slug: str) -> Venue:
    """The venue with this address on the desk."""
    return _there(await Venue.objects().get(Venue.slug == slug))


async def venue_of(venue_id: int) -> Venue:
    """The venue with this id."""
    return _there(await Venue.objects().get(Venue.id == venue_id))


async def venues_of(series_id: int) -> list[Venue]:
    """The venues of a series by name."""
    return await Venue.objects().where(Venue.series == series_id).order_by(Venue.name)


async def gathering_by_slug(slug: str) -> Gathering:
    """The gathering with this public address, in any state: drafts too."""
    return _there(await Gathering.objects().get(Gathering.slug == slug))


async def gathering_of(gathering_id: int) -> Gathering:
    """The gathering with this id."""
    return _there(await Gathering.objects().get(Gathering.id == gathering_id))


async def gathering_to_show(slug: str, viewer: Viewer | None) -> Gathering:
    """The gathering for a public page: a draft exists for the people who plan it alone."""
    gathering = await gathering_by_slug(slug)
    plans = viewer is not None and gathering.series in viewer.series_ids()
    return gathering if gathering.state in PUBLIC_STATES or plans else _there(None)


async def gatherings_of(series_id: int) -> list[Gathering]:
    """Every gathering of a series, drafts too, in the order of their dates."""
    return await (
        Gathering.objects()
        .where(Gathering.series == series_id)
        .order_by(Gathering.starts_at)
        .order_by(Gathering.id)
    )


async def rooms_of(
    venue_id: int, *, for_sessions: bool = False, gathering: int | None = None
) -> list[Room]:
    """The rooms of a venue in their order; `for_sessions` gives those that the board offers.

    With a gathering, the corners that were added for its day come along.
    """
    nobody = gathering if gathering is not None else 0
    theirs = Room.only_gathering.is_null() | (Room.only_gathering == nobody)
    rooms = Room.objects().where(Room.venue == venue_id, theirs).order_by(Room.position)
    return await (rooms.where(Room.for_sessions.eq(True)) if for_sessions else rooms)


async def room_by_position(venue_id: int, position: int) -> Room:
    """The room with this place in the venue's list."""
    return _there(await Room.objects().get((Room.venue == venue_id) & (Room.position == position)))


async def rounds_of(gathering_id: int, kind: str = "") -> list[Round]:
    """The day plan in the order of time; of one kind, such as "open_space", or all."""
    rounds = Round.objects().where(Round.gathering == gathering_id).order_by(Round.number)
    return await (rounds.where(Round.kind == kind) if kind else rounds)


async def round_by_number(gathering_id: int, number: int) -> Round:
    """The round with this number on the day plan."""
    return _there(
        await Round.objects().get((Round.gathering == gathering_id) & (Round.number == number))
    )


async def facts_of(venue_id: int) -> dict[str, VenueFact]:
    """What is written down about a venue's access, by code. What is missing is not known."""
    facts = await VenueFact.objects().where(VenueFact.venue == venue_id)
    return {fact.code: fact for fact in facts}


async def features_of(room_id: int) -> dict[str, RoomFeature]:
    """What is written down about a room, by code. What is missing is not known."""
    features = await RoomFeature.objects().where(RoomFeature.room == room_id)
    return {feature.code: feature for feature in features}


async def features_of_rooms(room_ids: Iterable[int]) -> dict[int, dict[str, RoomFeature]]:
    """The same for several rooms, by the room's id."""
    found: dict[int, dict[str, RoomFeature]] = {room_id: {} for room_id in room_ids}
    for feature in await RoomFeature.objects().where(RoomFeature.room.is_in([0, *found])):
        found[feature.room][feature.code] = feature
    return found


async def event_of(gathering_id: int, event_id: int) -> GatheringEvent:
    """A line of the gathering's own history."""
    return _there(
        await GatheringEvent.objects().get(
            (GatheringEvent.gathering == gathering_id) & (GatheringEvent.id == event_id)
        )
    )


def is_over(gathering: Gathering) -> bool:
    """Whether the gathering has ended."""
    return gathering.ends_at <= datetime.now(UTC)


def _there(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row
