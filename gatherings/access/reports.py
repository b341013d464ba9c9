"""Reports that leave the team, each with the fields it may hold and no others.

A report is drawn from its own class here alone: what is not a field of it cannot be on it.
`read_...` opens needs, counts, and gives back nothing but the class.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gatherings.access.catalogue import catalogue
from gatherings.access.catering import ALLERGY, is_serious, named_to_caterer
from gatherings.access.food import allergens_in, diets_in
from gatherings.access.needs import NeedView
from gatherings.access.report_people import (
    Coming,
    needs_to_meet,
    needs_told,
    people_coming,
    sharing_parties,
)
from gatherings.access.sharing import EVACUATION
from gatherings.access.tables import BadgeNumber
from gatherings.people.tables import Account, Role
from gatherings.planning.catalogue import FEATURES
from gatherings.planning.lookup import features_of_rooms, gathering_of, rooms_of, rounds_of
from gatherings.planning.tables import Gathering, Round
from gatherings.wording.glossary import glossary_of, own_words
from web.words import clock

DIET = "food.diet"
OTHER_FOOD = {
    "food.texture": "Soft, mashed or thickened food. Please ask us how",
    "food.help": "Straws, easy-to-hold cups, or help at the table",
    "food.time": "Food at a set time. Please ask us when",
    "move.stand": "Food brought to the table, not a queue",
}
ARRIVING = (
    *("travel.meet", "travel.early", "travel.drop_off", "travel.taxi", "move.step_free"),
    *("move.wheelchair", "move.stand", "see.guide", "hear.deafblind", "hear.language"),
)
SERVICES = ("bsl", "sttr", "lipspeaker", "deafblind_guide", "spoken_interpreter")
FOR_SERVICES = ("interpreter_spot", "front_light", "caption_screen", "hearing_loop", "power")

WORD = re.compile(r"\w+")
Count = tuple[str, int]
Line = tuple[str, str]


@dataclass(frozen=True)
class VenueSheet:
    """For the venue: what to count and make ready. No names, no words, no diagnoses."""

    places: int
    requests: tuple[Count, ...]


@dataclass(frozen=True)
class SeriousAllergy:
    """Somebody whom a mistake would harm. `first_name` is there with a yes of their own alone."""

    badge: str
    first_name: str
    allergens: str


@dataclass(frozen=True)
class CatererSheet:
    """For the kitchen: counts, and those whom a mistake would harm, by their badge."""

    people: int
    meals: tuple[Line, ...]
    diets: tuple[Count, ...]
    allergens: tuple[Count, ...]
    serious: tuple[SeriousAllergy, ...]
    other: tuple[Count, ...]
    ask_us: int


@dataclass(frozen=True)
class Brief:
    """For interpreters and captioners: times, rooms, letters, and how many use each service.

    `plan` has the time, the name and what happens in each part of the day. `team` are the names
    of those who run the day, to be spelled; nobody who comes is named.
    """

    about: str
    plan: tuple[tuple[str, str, str], ...]
    rooms: tuple[Line, ...]
    users: tuple[Count, ...]
    team: tuple[str, ...]
    letters: tuple[Line, ...]


@dataclass(frozen=True)
class Greeting:
    """Somebody to greet: a first name, what to do, and a time and a phone number or nothing."""

    first_name: str
    does: str
    arrives: str
    phone: str


@dataclass(frozen=True)
class GreeterList:
    """For those who meet people: whoever needs something when they arrive, and nobody else."""

    people: tuple[Greeting, ...]


@dataclass(frozen=True)
class FireSheet:
    """For whoever looks after fire safety: who needs help to get out and lets them know it.

    `unnamed` is how many others need it.
    """

    names: tuple[str, ...]
    unnamed: int


async def read_venue_sheet(gathering_id: int) -> VenueSheet:
    """How many of what; each person counts once for each request."""
    people = await people_coming(gathering_id)
    needs = await needs_to_meet(gathering_id, people)
    counted = _people_by_code(needs)
    requests = [
        (need.venue, len(counted[code]))
        for code, need in catalogue().needs.items()
        if need.venue and counted.get(code)
    ]
    return VenueSheet(len(people), tuple(requests))


async def read_fire_sheet(gathering_id: int) -> FireSheet:
    """Names with a yes of their own; the others are a number."""
    people = await people_coming(gathering_id)
    needs = await needs_to_meet(gathering_id, people)
    wanted = {one.person_id for one in needs if one.code == EVACUATION}
    shares = await sharing_parties(people[who].booking_id for who in wanted)
    names = [people[who].name for who in wanted if people[who].booking_id in shares]
    return FireSheet(
        tuple(sorted((name or "A supporter" for name in names), key=str.casefold)),
        len(wanted) - len(names),
    )


async def read_caterer_sheet(gathering_id: int) -> CatererSheet:
    """Diets and allergens as the kitchen counts them. What we cannot read is "ask us"."""
    gathering, people = await gathering_of(gathering_id), await people_coming(gathering_id)
    told = await needs_told(gathering_id, people)
    food = [one for one in told if one.state != "withdrawn"]  # refused or not, it may harm
    diets = [(one, diets_in(one.words)) for one in food if one.code == DIET]
    allergies = [(one, allergens_in(one.words)) for one in food if one.code == ALLERGY]
    badges = await _badges(gathering_id)
    named = await named_to_caterer(one.booking_id for one in people.values())
    counted = _people_by_code(one for one in food if one.state != "cannot")
    return CatererSheet(
        people=len(people),
        meals=tuple(_meals(gathering, await rounds_of(gathering_id))),
        diets=_counts(label for _, known in diets for label in known.labels),
        allergens=_counts(label for _, known in allergies for label in known.labels),
        serious=tuple(
            SeriousAllergy(
                _badge(badges, one.person_id),
                _first_name(people[one.person_id].name) if _who(one) in named else "",
                ", ".join(known.labels) or "Please ask us",
            )
            for one, known in allergies
            if is_serious(one)
        ),
        other=tuple((w, len(counted[code])) for code, w in OTHER_FOOD.items() if counted.get(code)),
        ask_us=len({one.person_id for one, known in (*diets, *allergies) if known.more}),
    )


async def read_brief(gathering_id: int) -> Brief:
    """The day as interpreters need it beforehand."""
    gathering = await gathering_of(gathering_id)
    people = await people_coming(gathering_id)
    needs = await needs_to_meet(gathering_id, people)
    known = catalogue()
    users = {
        code: {n.person_id for n in needs if known.need(n.code).resource == code}
        for code in SERVICES
    }
    return Brief(
        about=gathering.about,
        plan=tuple(
            (_time(gathering, one), one.name, one.about) for one in await rounds_of(gathering_id)
        ),
        rooms=tuple(await _rooms_for_services(gathering.venue)),
        users=tuple((known.resources[code].many, len(who)) for code, who in users.items() if who),
        team=tuple(await _team(gathering.series)),
        letters=tuple(await _letters(gathering)),
    )


async def read_greeter_list(gathering_id: int) -> GreeterList:
    """Whoever needs something when they arrive, by first name."""
    people = await people_coming(gathering_id)
    does: dict[int, list[str]] = {}
    arrive: dict[int, str] = {}
    for one in await needs_to_meet(gathering_id, people):
        words = catalogue().need(one.code).door if one.code in ARRIVING else ""
        if words and words not in does.setdefault(one.person_id, []):
            does[one.person_id].append(words)
        if one.arrives:
            arrive[one.person_id] = one.arrives
    greetings = [
        _greeting(people[who], words, arrive.get(who, "")) for who, words in does.items() if words
    ]
    return GreeterList(tuple(sorted(greetings, key=lambda one: one.first_name.casefold())))


def _greeting(person: Coming, does: list[str], arrives: str) -> Greeting:
    first = _first_name(person.name) or "A supporter"
    return Greeting(first, ". ".join(does), arrives, person.phone)


def _who(need: NeedView) -> tuple[int, int]:
    return need.booking_id, need.position


def _first_name(name: str) -> str:
    return name.split()[0] if name.split() else ""


def _people_by_code(needs: Iterable[NeedView]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for one in needs:
        found.setdefault(one.code, set()).add(one.person_id)
    return found


def _counts(labels: Iterable[str]) -> tuple[Count, ...]:
    """The most frequent first; the order of the alphabet where they are equal."""
    return tuple(sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0])))


def _meals(gathering: Gathering, rounds: list[Round]) -> list[Line]:
    return [(_time(gathering, one), one.name) for one in rounds if one.kind == "break"]


def _time(gathering: Gathering, part: Round) -> str:
    return f"{clock(part.starts_at, gathering.zone)} to {clock(part.ends_at, gathering.zone)}"


def _badge(badges: Mapping[int, int], person_id: int) -> str:
    return f"Badge {badges[person_id]}" if person_id in badges else "No badge yet"


async def _badges(gathering_id: int) -> dict[int, int]:
    rows = await BadgeNumber.objects().where(BadgeNumber.gathering == gathering_id)
    return {row.person: row.number for row in rows}


async def _rooms_for_services(venue_id: int) -> list[Line]:
    rooms = await rooms_of(venue_id)
    features = await features_of_rooms([room.id for room in rooms])
    lines = []
    for room in rooms:
        has = [
            FEATURES[code].label
            for code in FOR_SERVICES
            if code in features[room.id] and features[room.id][code].value == "yes"
        ]
        lines.append((room.name, ". ".join((room.floor, *has))))
    return lines


async def _letters(gathering: Gathering) -> list[Line]:
    """The organisers' own letters, and of ours those that the day's words use."""
    rounds = await rounds_of(gathering.id)
    said = WORD.findall(" ".join((gathering.about, *(one.name for one in rounds))))
    own = await own_words(gathering.series)
    known = await glossary_of(gathering.series)
    return sorted((word, known[word]) for word in {*own, *said} if word in known)


async def _team(series_id: int) -> list[str]:
    roles = Role.select(Role.account).where(
        (Role.series == series_id) & Role.role.is_in(["organiser", "facilitator"])
    )
    rows = await (
        Account.select(Account.name)
        .where(Account.id.is_in(roles) & Account.closed_at.is_null())
        .order_by(Account.name)
    )
    return [row["name"] for row in rows if row["name"]]
