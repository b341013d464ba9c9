"""What will happen on the day, in Easy Read: from the real plan, the venue and its rooms."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from gatherings.planning.catalogue import FACTS
from gatherings.planning.fact_words import meaning_of
from gatherings.planning.gathering_words import first_day, lasts_days
from gatherings.planning.lookup import (
    facts_of,
    features_of_rooms,
    gathering_of,
    rooms_of,
    rounds_of,
    venue_of,
)
from gatherings.planning.tables import Gathering, Room, RoomFeature, Round, Venue, VenueFact
from web.words import day_of, easy_clock, local

WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("easy_today.toml").read_text())
QUIET = "quiet_room"
MOST_WORDS = 12
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class EasyPart:
    """One thing to know. `picture` names its drawing, `words` are short sentences."""

    picture: str
    title: str
    words: tuple[str, ...]
    time: str = ""


class EasyDay(NamedTuple):
    """One day of a gathering, with its date in words."""

    day: str
    parts: list[EasyPart]


@dataclass(frozen=True)
class EasyToday:
    """Everything on the page: the days, how open space works, then places and whom to ask."""

    days: list[EasyDay]
    choices: list[EasyPart]
    places: list[EasyPart]


async def easy_today(gathering_id: int) -> EasyToday:
    """What will happen at a gathering."""
    gathering = await gathering_of(gathering_id)
    venue = await venue_of(gathering.venue)
    rooms = await rooms_of(venue.id, gathering=gathering_id)
    features = await features_of_rooms([room.id for room in rooms])
    quiet = [room for room in rooms if _is_quiet(room, features[room.id])]
    return EasyToday(
        days=days(gathering, venue, await rounds_of(gathering_id)),
        choices=[*(_part(one) for one in WORDS["choices"]), _recorded(gathering)],
        places=[*places(await facts_of(venue.id), quiet), _part(WORDS["help"])],
    )


def days(gathering: Gathering, venue: Venue, rounds: Sequence[Round]) -> list[EasyDay]:
    """Each day from arriving to going home, in the order of time."""
    zone, seen = gathering.zone, set[str]()
    by_day: dict[date, list[EasyPart]] = {first_day(gathering): [_arriving(gathering, venue)]}
    for part in rounds:
        day = local(part.starts_at, zone).date()
        by_day.setdefault(day, []).append(_of_plan(part, zone, seen))
    by_day[max(by_day)].append(_going_home(gathering))
    several = lasts_days(gathering)
    return [EasyDay(day_of(day) if several else "", parts) for day, parts in sorted(by_day.items())]


def _arriving(gathering: Gathering, venue: Venue) -> EasyPart:
    part, begins = _part(WORDS["arriving"]), easy_clock(gathering.starts_at, gathering.zone)
    when = () if gathering.all_day else (f"The day begins at {begins}.",)
    where = f"The place is called {venue.name}.", ", ".join(venue.address.splitlines())
    return replace(part, words=(*when, *where, *part.words))


def _going_home(gathering: Gathering) -> EasyPart:
    part = _part(WORDS["home"])
    ends = "" if gathering.all_day else easy_clock(gathering.ends_at, gathering.zone)
    return replace(part, time=ends)


def _of_plan(part: Round, zone: str, seen: set[str]) -> EasyPart:
    """A part of the plan under its own name; what was explained before is not explained again.

    Of what organisers wrote about it, long sentences stay on the whole plan.
    """
    kind = next(one for one in WORDS["kinds"] if _fits(one, part))
    known = kind["picture"] in seen and "again" in kind
    seen.add(kind["picture"])
    said = (*kind["again" if known else "words"], *_short(part.about))
    return EasyPart(kind["picture"], part.name, said, easy_clock(part.starts_at, zone))


def _recorded(gathering: Gathering) -> EasyPart:
    """Whether anything is recorded, and that nobody has said it yet where that is so."""
    part = _part(WORDS["recorded"][gathering.recorded or "unknown"])
    return replace(part, words=(*part.words, *_short(gathering.recorded_words)))


def _short(text: str) -> Iterable[str]:
    return (one for one in sentences(text) if len(one.split()) <= MOST_WORDS)


def _fits(kind: Mapping[str, Any], part: Round) -> bool:
    named: Collection[str] = kind.get("named", ())
    return kind["kind"] == part.kind and (
        not named or any(word in part.name.lower() for word in named)
    )


def places(facts: Mapping[str, VenueFact], quiet: Iterable[Room] = ()) -> list[EasyPart]:
    """The way in, toilets and the quiet room, also where nobody has checked them."""
    there = tuple(_where(room) for room in quiet)
    return [
        _place(one, facts.get(one["fact"]), there if one["fact"] == QUIET else ())
        for one in WORDS["places"]
    ]


def _place(words: Mapping[str, str], row: VenueFact | None, rooms: tuple[str, ...]) -> EasyPart:
    answer = meaning_of(FACTS[words["fact"]], row) if row else "unknown"
    known = "yes" if rooms else answer
    more = WORDS["not_checked"]["words"] if known == "unknown" else ()
    detail = sentences(row.detail) if row and not rooms else ()
    return EasyPart(words["picture"], words["title"], (words[known], *more, *rooms, *detail))


def _where(room: Room) -> str:
    floor = f", {room.floor[:1].lower()}{room.floor[1:]}" if room.floor else ""
    return f"It is here: {room.name}{floor}."


def sentences(text: str) -> tuple[str, ...]:
    """Each sentence of what an organiser typed, with its full stop."""
    found = (one.strip() for one in SENTENCE.split(text))
    return tuple(one if one[-1] in ".!?" else f"{one}." for one in found if one)


def _part(words: Mapping[str, Any]) -> EasyPart:
    return EasyPart(words["picture"], words["title"], tuple(words["words"]))


def _is_quiet(room: Room, features: Mapping[str, RoomFeature]) -> bool:
    """Whether it is kept quiet: it could be, and no session goes there."""
    return not room.for_sessions and QUIET in features and features[QUIET].value == "yes"
