"""What rooms and times must have for parties who cannot come without it: never who needs it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gatherings.access.catalogue import NeedType, catalogue
from gatherings.access.door_words import with_consent
from gatherings.access.needs import ALIVE, opened_answer
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person

# These may be anywhere in the building: a session needs none of them in its own room.
ELSEWHERE = frozenset({"quiet_room", "private_room", "rest_space", "fridge"})
UNHURRIED = "gap_15"


@dataclass(frozen=True)
class Needed:
    """By booking: the features that its people cannot come without, and how many need each.

    `helpful` are features that would help them. `unhurried` are the bookings of which somebody
    cannot come without time between two rooms; `short_walk` those whom it would help, too.
    """

    features: Mapping[int, Counter[str]]
    helpful: Mapping[int, frozenset[str]]
    unhurried: frozenset[int]
    short_walk: frozenset[int]


NOTHING_NEEDED = Needed({}, {}, frozenset(), frozenset())


async def what_is_needed(booking_ids: Collection[int]) -> Needed:
    """What binds rooms and times for these parties.

    Only of parties who said that we may keep their needs, and of people who still come. It is
    read on the server alone: neither names, words nor the needs themselves leave this function.
    """
    kept = await with_consent(sorted(booking_ids))
    if not kept:
        return NOTHING_NEEDED
    people = await Person.select(Person.id, Person.booking).where(
        Person.booking.is_in([0, *kept])
        & Person.booking.state.is_in(list(ALIVE))
        & Person.cancelled_at.is_null()
    )
    party_of = {row["id"]: row["booking"] for row in people}
    needs = await Need.objects().where(
        Need.person.is_in([0, *party_of]) & (Need.state != "withdrawn")
    )
    must, helps = _types(needs, "must"), _types(needs, "helps")
    features: dict[int, Counter[str]] = {}
    for person, theirs in must.items():
        features.setdefault(party_of[person], Counter()).update(_features(theirs))
    helpful: dict[int, frozenset[str]] = {}
    for person, theirs in helps.items():
        party = party_of[person]
        helpful[party] = helpful.get(party, frozenset()) | _features(theirs)
    unhurried = frozenset(party_of[one] for one, theirs in must.items() if _no_hurry(theirs))
    helped = frozenset(party_of[one] for one, theirs in helps.items() if _no_hurry(theirs))
    return Needed(features, helpful, unhurried, unhurried | helped)


def _types(needs: Collection[Need], strength: str) -> dict[int, list[NeedType]]:
    """By person: what they cannot come without ("must"), or what would help them."""
    found: dict[int, list[NeedType]] = {}
    for need in needs:
        answer = opened_answer(need)
        if answer.strength == strength:
            found.setdefault(need.person, []).append(catalogue().need(answer.code))
    return found


def _features(types: Collection[NeedType]) -> frozenset[str]:
    return frozenset(code for one in types for code in one.room) - ELSEWHERE


def _no_hurry(types: Collection[NeedType]) -> bool:
    return any(one.schedule == UNHURRIED for one in types)
