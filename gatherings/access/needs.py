"""Access needs as promises: keeping them sealed, opening them for those who may, moving them on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gatherings.access.catalogue import catalogue
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings.tables import Person
from web.crypto import new_key, seal, unseal
from web.problems import NotFound, Overtaken

STRENGTHS = ("must", "helps")
STATE_WORDS = {
    "asked": "You told us",
    "talking": "We are talking to you",
    "arranged": "We have arranged it",
    "agreed": "You said this is right",
    "cannot": "We cannot do this",
    "withdrawn": "You no longer need this",
}
DESK_STATE_WORDS = {
    "asked": "They told us",
    "talking": "We are talking to them",
    "arranged": "Arranged, not yet agreed",
    "agreed": "They said it is right",
    "cannot": "We cannot do this",
    "withdrawn": "No longer needed",
}
STEPS = ("asked", "talking", "arranged", "agreed")
OPEN_STATES = ("asked", "talking", "arranged")


@dataclass(frozen=True)
class NeedAnswer:
    """What somebody said they need. `group` tells where own words were written."""

    code: str
    words: str = ""
    strength: str = "helps"
    group: str = ""


@dataclass(frozen=True)
class NeedView:
    """One opened need, for the person it belongs to and for access leads."""

    handle: str
    code: str
    label: str
    words: str
    strength: str
    state: str
    due_on: date
    person: str
    booking: str

    def late(self, today: date) -> bool:
        """Whether it should have been agreed by now."""
        return self.state in OPEN_STATES and self.due_on < today


@dataclass(frozen=True)
class NeedCount:
    """How many needs are due on a day and stand in a state: all that an organiser sees."""

    due_on: date
    state: str
    number: int

    def late(self, today: date) -> bool:
        """Whether they should have been agreed by now."""
        return self.state in OPEN_STATES and self.due_on < today


async def keep_need(
    person_id: int,
    answer: NeedAnswer,
    day: date,
    *,
    source: str,
    entered_by: int | None,
    at: datetime,
) -> None:
    """Keep one need, sealed, with the day by which it should be agreed."""
    known = catalogue()
    if answer.code not in known.needs or answer.strength not in STRENGTHS:
        raise ValueError(f"{answer.code} ({answer.strength}) is not in the catalogue")
    handle = new_key()[:32]
    content = {
        "code": answer.code,
        "catalogue_version": known.version,
        "words": answer.words,
        "strength": answer.strength,
        "group": answer.group,
    }
    await Need(
        handle=handle,
        person=person_id,
        sealed=seal(content, bound_to(handle)),
        source=source,
        entered_by=entered_by,
        asked_at=at,
        state_at=at,
        due_on=known.need(answer.code).due_on(day),
    ).save()


def bound_to(handle: str) -> str:
    """What ties a sealed need to its row."""
    return f"need:{handle}"


async def needs_of_booking(booking_id: int) -> list[NeedView]:
    """The needs of a party, opened, the first due at the top."""
    return await _opened((Person.booking == booking_id) & Person.cancelled_at.is_null())


async def needs_of_gathering(gathering_id: int) -> list[NeedView]:
    """The needs of all who come or wait, opened, the first due at the top."""
    return await _opened(_coming(gathering_id))


async def need_counts(gathering_id: int) -> list[NeedCount]:
    """How many needs are due when and in which state. Opens nothing."""
    people = Person.select(Person.id).where(_coming(gathering_id))
    rows = await Need.select(Need.due_on, Need.state).where(Need.person.is_in(people))
    pairs = [(row["due_on"], row["state"]) for row in rows]
    in_order = sorted(set(pairs), key=lambda pair: (pair[0], tuple(STATE_WORDS).index(pair[1])))
    return [NeedCount(due_on, state, pairs.count((due_on, state))) for due_on, state in in_order]


async def states_of_booking(booking_id: int) -> list[str]:
    """The states of a party's needs. Opens nothing."""
    people = Person.select(Person.id).where(
        (Person.booking == booking_id) & Person.cancelled_at.is_null()
    )
    rows = await Need.select(Need.state).where(Need.person.is_in(people))
    return [row["state"] for row in rows]


def _coming(gathering_id: int) -> Any:
    """Those who come or still may: a person who has cancelled keeps their needs unseen."""
    return (
        (Person.booking.gathering == gathering_id)
        & Person.booking.state.is_in(["booked", "offered", "waiting"])
        & Person.cancelled_at.is_null()
    )


async def move(handle: str, gathering_id: int, *, seen: str, to: str, account_id: int) -> None:
    """Move a need to another step, if it still stands where the person saw it."""
    if seen not in STEPS or to not in STEPS or seen == to:
        raise ValueError(f"a need does not go from {seen} to {to}")
    people = Person.select(Person.id).where(_coming(gathering_id))
    if not await Need.exists().where((Need.handle == handle) & Need.person.is_in(people)):
        raise NotFound
    moved = await (
        Need.update({Need.state: to, Need.state_at: datetime.now(UTC)})
        .where((Need.handle == handle) & (Need.state == seen))
        .returning(Need.id)
    )
    if not moved:
        raise Overtaken("Somebody moved this need while you were looking. Look at it again.")
    await NeedEvent(need=moved[0]["id"], account_id=account_id, from_state=seen, to_state=to).save()


async def _opened(whose: Any) -> list[NeedView]:
    people = await Person.select(
        Person.id, Person.name, Person.role, Person.booking.reference
    ).where(whose)
    by_id = {row["id"]: row for row in people}
    if not by_id:
        return []
    needs = (
        await Need.objects().where(Need.person.is_in(list(by_id))).order_by(Need.due_on, Need.id)
    )
    return [_open(need, by_id[need.person]) for need in needs]


def _open(need: Need, person: dict[str, Any]) -> NeedView:
    content = unseal(need.sealed, bound_to(need.handle))
    group = content.get("group", "")
    return NeedView(
        handle=need.handle,
        code=content["code"],
        label=catalogue().label_of(content["code"], group),
        words=content["words"],
        strength=content["strength"],
        state=need.state,
        due_on=need.due_on,
        person=person["name"] or ("A supporter" if person["role"] == "supporting" else "Somebody"),
        booking=person["booking.reference"],
    )
