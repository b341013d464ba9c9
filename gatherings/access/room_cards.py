"""What whoever runs a session should do in each room: instructions, never people or numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from gatherings.access.catalogue import catalogue
from gatherings.access.report_people import needs_to_meet, people_coming
from gatherings.planning.lookup import features_of_rooms, gathering_of, rooms_of
from gatherings.planning.tables import RoomFeature

# These stand on every card, so that a card says nothing about who comes.
ALWAYS = (
    *("hear.mic", "hear.front", "see.describe", "info.plain", "hear.aac"),
    *("calm.breaks", "calm.own_way", "calm.no_pair"),
)
ONE_AT_A_TIME = "One person speaks at a time."
THE_ROOM = "The room"
HEADINGS = {
    "hear": "Talking together",
    "see": "Words and pictures",
    "info": "Words and pictures",
    "calm": "Feeling at ease",
}
IN_THE_ROOM = {
    "hearing_loop": "This room has a hearing loop.",
    "pa_mic": "This room has a microphone and speakers.",
    "caption_screen": "This room has a screen for captions.",
    "dimmable": "The lights in this room can be dimmed.",
}
NOT_IN_THE_ROOM = {
    "step_free": "There are steps on the way to this room. "
    "If somebody cannot get in, ask the organisers for another room.",
    "pa_mic": "There is no microphone here. Repeat what people say, loudly and clearly.",
}


@dataclass(frozen=True)
class RoomCard:
    """A card to lie in one room. `instructions` are lines under headings."""

    room: str
    where: str
    instructions: tuple[tuple[str, tuple[str, ...]], ...]
    about_room: tuple[str, ...]


async def room_cards(gathering_id: int) -> list[RoomCard]:
    """A card for each room of sessions. All say the same about people, who go where they like."""
    gathering = await gathering_of(gathering_id)
    rooms = await rooms_of(gathering.venue, for_sessions=True)
    features = await features_of_rooms([room.id for room in rooms])
    said = await _instructions(gathering_id)
    return [
        RoomCard(room.name, room.floor, said, tuple(_about(features[room.id]))) for room in rooms
    ]


async def _instructions(gathering_id: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    needs = await needs_to_meet(gathering_id, await people_coming(gathering_id))
    wanted = {*ALWAYS, *(one.code for one in needs)}
    said: dict[str, list[str]] = {HEADINGS["hear"]: [ONE_AT_A_TIME]}
    for heading in (*HEADINGS.values(), THE_ROOM):
        said.setdefault(heading, [])
    for code, need in catalogue().needs.items():
        if code in wanted and need.room_card:
            said[HEADINGS.get(need.group, THE_ROOM)].append(need.room_card)
    return tuple((heading, tuple(lines)) for heading, lines in said.items() if lines)


def _about(features: Mapping[str, RoomFeature]) -> list[str]:
    has = {code for code, row in features.items() if row.value == "yes"}
    has_not = {code for code, row in features.items() if row.value == "no"}
    return [
        *(words for code, words in IN_THE_ROOM.items() if code in has),
        *(words for code, words in NOT_IN_THE_ROOM.items() if code in has_not),
    ]
