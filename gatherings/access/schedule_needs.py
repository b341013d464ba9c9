"""What access needs ask of the plan of a day: rules and sentences, never whose or how many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gatherings.access.catalogue import catalogue
from gatherings.access.door_words import NOT_NOW, with_consent
from gatherings.access.needs import NeedAnswer, opened_answer
from gatherings.access.tables import Need
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.planning.gathering_words import first_day
from gatherings.planning.lookup import features_of_rooms, gathering_of, rooms_of, rounds_of
from gatherings.planning.pauses import Span, without_break
from gatherings.planning.tables import Gathering, Round
from web.words import clock, day, day_of, local

LONGEST_SITTING = {"break_60": (60, "every hour"), "break_120": (120, "every two hours")}
PAPERS_RULE, PAPERS_DAYS = "papers_7", timedelta(days=7)
PAPERS_WANTED = "Some people need the plan and the papers first."
# What gives a party its place later than it booked.
GOT_A_PLACE = ("accepted", "booked in", "undone")
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
    needs = [(row.person, answer) for row, answer in await _needs_of_those_who_come(gathering_id)]
    types = {answer.code: catalogue().need(answer.code) for _, answer in needs}
    no_steps = {
        person
        for person, answer in needs
        if answer.strength == "must" and "step_free" in types[answer.code].room
    }
    rules = frozenset(one.schedule for one in types.values()) - {""}
    return DayNeeds(rules, len(no_steps))


async def _needs_of_those_who_come(gathering_id: int) -> list[tuple[Need, NeedAnswer]]:
    booked = await Booking.select(Booking.id).where(
        (Booking.gathering == gathering_id) & (Booking.state == "booked")
    )
    agreed = await with_consent([row["id"] for row in booked])
    people = Person.select(Person.id).where(
        Person.booking.is_in([0, *agreed]) & Person.cancelled_at.is_null()
    )
    rows = await Need.objects().where(Need.person.is_in(people) & Need.state.not_in(list(NOT_NOW)))
    return [(row, opened_answer(row)) for row in rows]


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
    if PAPERS_RULE in rules:
        found += await _papers_lack(gathering, now or datetime.now(UTC))
    return found


def papers_by(gathering: Gathering) -> date:
    """The last day on which the plan and the papers are in time."""
    return first_day(gathering) - PAPERS_DAYS


def papers_can_go(gathering: Gathering, now: datetime) -> bool:
    """Whether papers would still reach people before a day that takes place."""
    return gathering.state != "cancelled" and now < gathering.starts_at


async def _papers_lack(gathering: Gathering, now: datetime) -> list[str]:
    """Until the day: that papers have to go, are late, or have to go to more people."""
    if not papers_can_go(gathering, now):
        return []
    due, went = papers_by(gathering), gathering.papers_sent_at
    if went is not None:
        more = await _papers_wanted_since(gathering.id, went)
        on = day(went, gathering.zone)
        words = f"The plan and the papers went on {on}. More people need them since then"
        return [f"{words}. Send them to those, too."] if more else []
    if local(now, gathering.zone).date() <= due:
        return [f"{PAPERS_WANTED} Send them by {day_of(due)}."]
    words = f"They were due on {day_of(due)}. Send them now, and ring those who need them"
    return [f"{PAPERS_WANTED} {words}."]


async def _papers_wanted_since(gathering_id: int, went: datetime) -> bool:
    """Whether somebody who needs papers asked for them, or got a place, after they went."""
    wanted = [
        row
        for row, answer in await _needs_of_those_who_come(gathering_id)
        if catalogue().need(answer.code).schedule == PAPERS_RULE
    ]
    if any(row.asked_at > went for row in wanted):
        return True
    people = await Person.select(Person.booking).where(
        Person.id.is_in([0, *(row.person for row in wanted)])
    )
    return await BookingEvent.exists().where(
        BookingEvent.booking.is_in([0, *(row["booking"] for row in people)])
        & BookingEvent.what.is_in(list(GOT_A_PLACE))
        & (BookingEvent.at > went)
    )


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
