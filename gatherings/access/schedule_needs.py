"""What access needs ask of the plan of a day: rules and sentences, never whose or how many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gatherings.access.catalogue import catalogue
from gatherings.access.door_words import NOT_NOW, with_consent
from gatherings.access.needs import opened_answer
from gatherings.access.tables import Need
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.gathering_words import first_day
from gatherings.planning.lookup import features_of_rooms, gathering_of, rooms_of, rounds_of
from gatherings.planning.pauses import Span, without_break
from gatherings.planning.tables import Gathering, Round
from web.words import clock, day_of

LONGEST_SITTING = {"break_60": (60, "every hour"), "break_120": (120, "every two hours")}
PAPERS_DAYS = timedelta(days=7)
# What the plan should have a fixed point for, by rule: the point, and why.
POINT_OF_RULE = {
    "arrive_window": ("arrive", "Somebody meets people when they arrive"),
    "open_early": ("early", "Some people come early to look round"),
    "meal_time": ("meal", "Some people need to eat at a set time"),
    "hybrid_session": ("online", "Some people join online"),
}


@dataclass(frozen=True)
class DayNeeds:
    """What those who come need of the whole day.

    `rules` are schedule rules, such as `break_60`. `no_steps` is how many people cannot come
    without a way in without steps; a page says it only where it points at nobody.
    """

    rules: frozenset[str] = frozenset()
    no_steps: int = 0


async def needs_of_day(gathering_id: int) -> DayNeeds:
    """The needs of everybody with a place whose party said that we may keep them.

    It is read on the server alone: neither names, words nor the needs leave this function.
    """
    booked = await Booking.select(Booking.id).where(
        (Booking.gathering == gathering_id) & (Booking.state == "booked")
    )
    agreed = await with_consent([row["id"] for row in booked])
    people = Person.select(Person.id).where(
        Person.booking.is_in([0, *agreed]) & Person.cancelled_at.is_null()
    )
    rows = await Need.objects().where(Need.person.is_in(people) & Need.state.not_in(list(NOT_NOW)))
    needs = [(row.person, opened_answer(row)) for row in rows]
    types = {answer.code: catalogue().need(answer.code) for _, answer in needs}
    no_steps = {
        person
        for person, answer in needs
        if answer.strength == "must" and "step_free" in types[answer.code].room
    }
    rules = frozenset(one.schedule for one in types.values()) - {""}
    return DayNeeds(rules, len(no_steps))


async def asked_of_plan(gathering_id: int, now: datetime | None = None) -> list[str]:
    """What the plan of a day still lacks for those who come, in sentences for organisers."""
    gathering, parts = await gathering_of(gathering_id), await rounds_of(gathering_id)
    rules = (await needs_of_day(gathering_id)).rules
    day = [Span(part.starts_at, part.ends_at, part.kind == "break") for part in parts]
    found = sitting_too_long(day, rules, gathering.zone) + _points_missing(parts, rules)
    if "never_booked" in rules and not await _keeps_a_quiet_room(gathering):
        found.append(
            "Some people need a quiet room. Keep a room as one: say that it is not for sessions, "
            "and that it can be kept as a quiet room."
        )
    papers_by = first_day(gathering) - PAPERS_DAYS
    if "papers_7" in rules and (now or datetime.now(UTC)).date() <= papers_by:
        found.append(
            f"Some people need the plan and the papers first. Send them by {day_of(papers_by)}."
        )
    return found


def sitting_too_long(day: Sequence[Span], rules: Collection[str], zone: str) -> list[str]:
    """Where there is no break for too long: "From 10am to 12:30pm there is no break."."""
    wanted = [LONGEST_SITTING[rule] for rule in sorted(LONGEST_SITTING) if rule in rules]
    if not wanted:
        return []
    most, often = min(wanted)
    return [
        f"From {clock(one.starts_at, zone)} to {clock(one.ends_at, zone)} there is no break. "
        f"Some people need one {often}."
        for one in without_break(day, most)
    ]


def _points_missing(parts: Sequence[Round], rules: Collection[str]) -> list[str]:
    there = {part.point for part in parts}
    wanted = [POINT_OF_RULE[rule] for rule in POINT_OF_RULE if rule in rules]
    return [
        f"{why}. Choose the part of the day for it, and say that people count on it."
        for point, why in wanted
        if point not in there
    ]


async def _keeps_a_quiet_room(gathering: Gathering) -> bool:
    rooms = [room for room in await rooms_of(gathering.venue) if not room.for_sessions]
    features = await features_of_rooms([room.id for room in rooms])
    return any(
        there["quiet_room"].value == "yes" for there in features.values() if "quiet_room" in there
    )
