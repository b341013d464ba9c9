"""Access needs: keeping them sealed, opening them for those who may, counting them for others."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gatherings.access.catalogue import catalogue
from gatherings.access.need_states import OPEN_STATES, STATE_WORDS
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person
from web.crypto import new_key, seal, unseal

STRENGTHS = ("must", "helps")
ALIVE = ("booked", "offered", "waiting")


@dataclass(frozen=True)
class NeedAnswer:
    """What somebody said they need. `group` tells where own words were written.

    `arrives` is about when they come, such as "9:30am", for needs that depend on it.
    """

    code: str
    words: str = ""
    strength: str = "helps"
    group: str = ""
    arrives: str = ""


@dataclass(frozen=True)
class NeedView:
    """One opened need, for the person it belongs to and for access leads.

    `mark` names the last change of its state: a form sends it back as `seen`. `owner` is an
    account id, `booking` the party's reference, `position` the person's place in the party.
    """

    handle: str
    code: str
    label: str
    words: str
    strength: str
    state: str
    due_on: date
    person: str
    booking: str
    booking_id: int = 0
    person_id: int = 0
    position: int = 0
    group: str = ""
    arrives: str = ""
    mark: str = ""
    owner: int | None = None
    agreed_how: str = ""
    told_on: date | None = None
    why_not: str = ""
    outcome: str = ""
    went_wrong: str = ""
    source: str = "web"
    asked_at: datetime | None = None

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
) -> str:
    """Keep one need, sealed, with the day by which it should be agreed. Gives its handle.

    A need that is due before today is kept like any other: it is flagged, never refused.
    """
    known, handle = catalogue(), new_key()[:32]
    await Need(
        handle=handle,
        person=person_id,
        sealed=sealed_answer(answer, handle),
        source=source,
        entered_by=entered_by,
        asked_at=at,
        state_at=at,
        due_on=known.need(answer.code).due_on(day),
    ).save()
    return handle


async def set_due_dates(gathering_id: int, day: date) -> None:
    """The gathering is on another day now: every need is due as many days before it as ever."""
    people = Person.select(Person.id).where(Person.booking.gathering == gathering_id)
    for need in await Need.objects().where(Need.person.is_in(people)):
        due_on = catalogue().need(opened_answer(need).code).due_on(day)
        if due_on != need.due_on:
            await Need.update({Need.due_on: due_on}).where(Need.id == need.id)


def sealed_answer(answer: NeedAnswer, handle: str) -> bytes:
    """What somebody said, sealed for the row with this handle. ValueError if we know no such."""
    known = catalogue()
    if answer.code not in known.needs or answer.strength not in STRENGTHS:
        raise ValueError(f"{answer.code} ({answer.strength}) is not in the catalogue")
    content = {
        "code": answer.code,
        "catalogue_version": known.version,
        "words": answer.words,
        "strength": answer.strength,
        "group": answer.group,
        "arrives": answer.arrives if known.need(answer.code).asks_time else "",
    }
    return seal(content, bound_to(handle))


def opened_answer(need: Need) -> NeedAnswer:
    """What somebody said."""
    content = unseal(need.sealed, bound_to(need.handle))
    return NeedAnswer(
        code=content["code"],
        words=content["words"],
        strength=content["strength"],
        group=content.get("group", ""),
        arrives=content.get("arrives", ""),
    )


def bound_to(handle: str) -> str:
    """What ties a sealed need to its row."""
    return f"need:{handle}"


def mark_of(state_at: datetime) -> str:
    """A short mark of a need's last change. No two changes of one need have the same."""
    return state_at.astimezone(UTC).isoformat(timespec="microseconds")


async def needs_of_booking(booking_id: int) -> list[NeedView]:
    """The needs of a party, opened, the first due at the top."""
    return await _opened((Person.booking == booking_id) & Person.cancelled_at.is_null())


async def needs_of_gathering(gathering_id: int) -> list[NeedView]:
    """The needs of all who come or wait, opened, the first due at the top."""
    return await _opened(coming_to(gathering_id))


async def needs_of_bookings(gathering_id: int, booking_ids: set[int]) -> list[NeedView]:
    """The needs of some of them: those whose opening was written down."""
    return await _opened(coming_to(gathering_id) & Person.booking.is_in([0, *booking_ids]))


async def need_of_gathering(gathering_id: int, handle: str) -> NeedView | None:
    """One need of somebody who comes or waits, opened."""
    found = await _opened(coming_to(gathering_id), Need.handle == handle)
    return found[0] if found else None


async def need_counts(gathering_id: int) -> list[NeedCount]:
    """How many needs are due when and in which state. Opens nothing."""
    people = Person.select(Person.id).where(coming_to(gathering_id))
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


async def bookings_with_needs(gathering_id: int) -> set[int]:
    """The ids of parties that told us something. Opens nothing."""
    with_needs = Need.select(Need.person)
    rows = await Person.select(Person.booking).where(
        coming_to(gathering_id) & Person.id.is_in(with_needs)
    )
    return {row["booking"] for row in rows}


def coming_to(gathering_id: int) -> Any:
    """Those who come or still may: a person who has cancelled keeps their needs unseen."""
    return (
        (Person.booking.gathering == gathering_id)
        & Person.booking.state.is_in(list(ALIVE))
        & Person.cancelled_at.is_null()
    )


async def _opened(whose: Any, which: Any = None) -> list[NeedView]:
    people = await Person.select(
        Person.id,
        Person.name,
        Person.role,
        Person.position,
        Person.booking,
        Person.booking.reference.as_alias("reference"),
    ).where(whose)
    by_id = {row["id"]: row for row in people}
    if not by_id:
        return []
    theirs = Need.objects().where(Need.person.is_in(list(by_id))).order_by(Need.due_on, Need.id)
    needs = await (theirs if which is None else theirs.where(which))
    return [view_of(need, by_id[need.person]) for need in needs]


def view_of(need: Need, person: dict[str, Any]) -> NeedView:
    """One need, opened. `person` has name, role, position, booking (its id) and reference."""
    answer = opened_answer(need)
    return NeedView(
        handle=need.handle,
        code=answer.code,
        label=catalogue().label_of(answer.code, answer.group),
        words=answer.words,
        strength=answer.strength,
        group=answer.group,
        arrives=answer.arrives,
        state=need.state,
        due_on=need.due_on,
        person=person["name"] or ("A supporter" if person["role"] == "supporting" else "Somebody"),
        booking=person["reference"],
        booking_id=person["booking"],
        person_id=need.person,
        position=person["position"],
        mark=mark_of(need.state_at),
        owner=need.owner,
        agreed_how=need.agreed_how,
        told_on=need.told_on,
        why_not=need.why_not,
        outcome=need.outcome,
        went_wrong=need.went_wrong,
        source=need.source,
        asked_at=need.asked_at,
    )
