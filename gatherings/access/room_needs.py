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

    `unhurried` are the bookings of which somebody needs time between two rooms.
    """

    features: Mapping[int, Counter[str]]
    unhurried: frozenset[int]


async def what_is_needed(booking_ids: Collection[int]) -> Needed:
    """What binds rooms and times for these parties.

    Only of parties who said that we may keep their needs, and of people who still come. It is
    read on the server alone: neither names, words nor the needs themselves leave this function.
    """
    kept = await with_consent(sorted(booking_ids))
    people = await Person.select(Person.id, Person.booking).where(
        Person.booking.is_in([0, *kept])
        & Person.booking.state.is_in(list(ALIVE))
        & Person.cancelled_at.is_null()
    )
    party_of = {row["id"]: row["booking"] for row in people}
    needs = await Need.objects().where(
        Need.person.is_in([0, *party_of]) & (Need.state != "withdrawn")
    )
    types = _types_by_person(needs)
    features: dict[int, Counter[str]] = {}
    for person, theirs in types.items():
        rooms = {code for need in theirs for code in need.room} - ELSEWHERE
        features.setdefault(party_of[person], Counter()).update(rooms)
    hurry_harms = (person for person, theirs in types.items() if UNHURRIED in _rules(theirs))
    return Needed(features, frozenset(party_of[person] for person in hurry_harms))


def _types_by_person(needs: Collection[Need]) -> dict[int, list[NeedType]]:
    """What somebody cannot come without."""
    found: dict[int, list[NeedType]] = {}
    for need in needs:
        answer = opened_answer(need)
        if answer.strength == "must":
            found.setdefault(need.person, []).append(catalogue().need(answer.code))
    return found


def _rules(types: Collection[NeedType]) -> set[str]:
    return {one.schedule for one in types}
