"""The task list of a gathering: what is done and what is still to do before people can book."""

from dataclasses import dataclass

from gatherings.access.schedule_needs import asked_of_plan
from gatherings.planning.catalogue import FACTS
from gatherings.planning.fact_words import known_count
from gatherings.planning.gatherings import what_is_missing
from gatherings.planning.lookup import facts_of, is_over, rooms_of, rounds_of, venue_of
from gatherings.planning.tables import Gathering
from web.words import count

STANDS = {"draft": "Nobody sees it yet", "cancelled": "It is cancelled"}


@dataclass(frozen=True)
class Task:
    """One task. `says` is where it stands, in a few words."""

    title: str
    path: str
    done: bool
    says: str


async def tasks_of(gathering: Gathering) -> list[Task]:
    """The five tasks in the order in which most people do them."""
    desk = f"/desk/g/{gathering.slug}"
    venue = await venue_of(gathering.venue)
    rooms, known = await rooms_of(venue.id), known_count(FACTS.values(), await facts_of(venue.id))
    parts = await rounds_of(gathering.id)
    missing, public = what_is_missing(gathering), gathering.state != "draft"
    return [
        Task("What it is, when and where", f"{desk}/about", True, "You can still change it"),
        Task(
            "The venue, its rooms and its access",
            f"/desk/venues/{venue.slug}",
            bool(rooms and known),
            f"{count(len(rooms), 'room', 'rooms')}; {known} of {len(FACTS)} access facts known",
        ),
        Task(
            "The plan of the day",
            f"{desk}/plan",
            any(part.kind == "open_space" for part in parts),
            await _plan_says(gathering, len(parts)),
        ),
        Task(
            "Places and booking",
            f"{desk}/places",
            not missing,
            missing[0] if missing else _places_say(gathering),
        ),
        Task(
            "Publish" if not public else "Open or close booking",
            f"{desk}/publish",
            public,
            STANDS.get(gathering.state, "It is public"),
        ),
    ]


def _places_say(gathering: Gathering) -> str:
    asks = not gathering.recorded and not is_over(gathering)
    more = "; say whether anything is recorded" if asks else ""
    return f"{count(gathering.capacity, 'place', 'places')}{more}"


async def _plan_says(gathering: Gathering, parts: int) -> str:
    if not parts:
        return "Nothing planned yet"
    asked = not is_over(gathering) and await asked_of_plan(gathering.id)
    more = "; look at what people need of it" if asked else ""
    return f"{count(parts, 'part', 'parts')}{more}"
