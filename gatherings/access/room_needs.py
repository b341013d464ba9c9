"""What rooms must have for parties who cannot come without it: codes and numbers, never who."""

from collections import Counter
from collections.abc import Collection, Mapping

from gatherings.access.catalogue import catalogue
from gatherings.access.door_words import with_consent
from gatherings.access.needs import ALIVE, opened_answer
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person

# These may be anywhere in the building: a session needs none of them in its own room.
ELSEWHERE = frozenset({"quiet_room", "private_room", "rest_space", "fridge"})


async def features_needed(booking_ids: Collection[int]) -> Mapping[int, Counter[str]]:
    """By booking: the features that its people cannot come without, and how many need each.

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
    found: dict[int, Counter[str]] = {}
    for person, features in _by_person(needs).items():
        found.setdefault(party_of[person], Counter()).update(features)
    return found


def _by_person(needs: Collection[Need]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for need in needs:
        answer = opened_answer(need)
        if answer.strength == "must":
            features = set(catalogue().need(answer.code).room) - ELSEWHERE
            found.setdefault(need.person, set()).update(features)
    return found
