"""The day plan: rounds of open space, fixed parts and breaks, in order and never overlapping."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gatherings.access.tables import SupportRound
from gatherings.people.roles import Viewer
from gatherings.planning.gathering_words import all_days, first_day, last_day, lasts_days
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of, round_by_number, rounds_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Gathering, Round
from gatherings.planning.usual_day import USUAL_POINTS, usual_day
from web.database import IntegrityError, write
from web.words import clock, local, moment_of

FIELDS = ("name", "kind", "starts_at", "ends_at", "about", "point")
MOST_ROUNDS = 30
ASIDE = 1_000_000
USUAL_HOURS = time(10), time(16)


@dataclass(frozen=True)
class RoundWords:
    """A part of the day as an organiser describes it. Moments are in UTC."""

    name: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    point: str = ""


async def add_round(viewer: Viewer, gathering_id: int, words: RoundWords) -> int:
    """Add a part of the day. Gives its number; the same part again gives the same number."""
    await hold(Gathering, gathering_id)
    gathering, rounds = await gathering_of(gathering_id), await rounds_of(gathering_id)
    for there in rounds:
        if all(getattr(there, field) == getattr(words, field) for field in FIELDS):
            return there.number
    if len(rounds) >= MOST_ROUNDS:
        raise Refused("name", f"A day can have at most {MOST_ROUNDS} parts")
    _must_fit(gathering, words, rounds)
    await Round(gathering=gathering_id, number=ASIDE, **asdict(words)).save()
    await _number_in_order(gathering_id)
    await note_event(gathering_id, viewer.account_id, "round added")
    added = await Round.objects().get(
        (Round.gathering == gathering_id) & (Round.starts_at == words.starts_at)
    )
    return added.number if added else 0


async def change_round(
    viewer: Viewer, gathering_id: int, number: int, words: RoundWords, seen: str = ""
) -> None:
    """Change a part of the day."""
    await hold(Gathering, gathering_id)
    gathering, part = await gathering_of(gathering_id), await round_by_number(gathering_id, number)
    must_be_as_seen(part, FIELDS, seen)
    others = [other for other in await rounds_of(gathering_id) if other.id != part.id]
    _must_fit(gathering, words, others)
    if part.kind == "open_space" and words.kind != "open_space":
        await _nothing_placed(part)
    await Round.update(columns(asdict(words))).where(Round.id == part.id)
    await _number_in_order(gathering_id)
    changed = tuple(f for f in FIELDS if getattr(part, f) != getattr(words, f))
    await note_event(gathering_id, viewer.account_id, "round changed", changed)


async def remove_round(viewer: Viewer, gathering_id: int, number: int, seen: str = "") -> None:
    """Remove a part of the day in which no session has been placed."""
    await hold(Gathering, gathering_id)
    part = await round_by_number(gathering_id, number)
    must_be_as_seen(part, FIELDS, seen)
    try:
        await write(_delete, part.id)
    except IntegrityError:
        raise Refused(
            "", f"Sessions have been placed in {part.name}. Move them first, then remove it"
        ) from None
    await _number_in_order(gathering_id)
    await note_event(gathering_id, viewer.account_id, "round removed")


async def fill_usual_day(viewer: Viewer, gathering_id: int) -> None:
    """Fill an empty plan with a usual day; a plan that has something in it stays as it is."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    if await rounds_of(gathering_id):
        return
    parts = [part for span in days_of_plan(gathering) for part in usual_day(*span)]
    for number, (name, kind, starts_at, ends_at) in enumerate(parts[:MOST_ROUNDS], 1):
        await Round(
            gathering=gathering_id,
            number=number,
            name=name,
            kind=kind,
            point=USUAL_POINTS.get(name, ""),
            starts_at=starts_at,
            ends_at=ends_at,
        ).save()
    await note_event(gathering_id, viewer.account_id, "usual day filled in")


def days_of_plan(gathering: Gathering) -> Iterator[tuple[datetime, datetime]]:
    """From when to when there is something on, for each day. Nights of several days are free."""
    if not gathering.all_day and not lasts_days(gathering):
        yield gathering.starts_at, gathering.ends_at
        return
    begins, ends = USUAL_HOURS if gathering.all_day else _hours(gathering)
    for day in all_days(gathering):
        first, last = day == first_day(gathering), day == last_day(gathering)
        same_hours = begins < ends
        opens = begins if first or same_hours else USUAL_HOURS[0]
        closes = ends if last or same_hours else USUAL_HOURS[1]
        if opens < closes:
            zone = gathering.zone
            yield (
                moment_of(day, opens, zone).astimezone(UTC),
                moment_of(day, closes, zone).astimezone(UTC),
            )


def _hours(gathering: Gathering) -> tuple[time, time]:
    starts, ends = (
        local(m, gathering.zone).time() for m in (gathering.starts_at, gathering.ends_at)
    )
    return starts, ends


async def move_with_the_day(
    gathering: Gathering,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    *,
    along: bool = False,
) -> None:
    """Before a gathering moves: take its parts along to the new date, at the same clock times.

    `along` moves every part by as much as the start moves on the clock, too.
    """
    before, after = ZoneInfo(gathering.zone), ZoneInfo(zone)
    old, new = _on_clocks(gathering.starts_at, before), _on_clocks(starts_at, after)
    by = new - old if along else new.date() - old.date()
    for part in await rounds_of(gathering.id):
        begins = same_clock(part.starts_at, by, before, after)
        ends = same_clock(part.ends_at, by, before, after)
        if begins < starts_at:
            raise Refused("starts", f"The day plan begins earlier, at {clock(begins, zone)}")
        if ends > ends_at:
            raise Refused("ends", f"The day plan ends later, at {clock(ends, zone)}")
        if (begins, ends) != (part.starts_at, part.ends_at):
            await Round.update({Round.starts_at: begins, Round.ends_at: ends}).where(
                Round.id == part.id
            )


def same_clock(moment: datetime, by: timedelta, before: ZoneInfo, after: ZoneInfo) -> datetime:
    """The moment at which clocks show as much later: 10am stays 10am in summer and winter."""
    return (_on_clocks(moment, before) + by).replace(tzinfo=after).astimezone(UTC)


def _on_clocks(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _must_fit(gathering: Gathering, words: RoundWords, others: list[Round]) -> None:
    """Within the day, and not at the same time as another part."""
    zone = gathering.zone
    if words.starts_at < gathering.starts_at:
        raise Refused("starts", f"The gathering begins at {clock(gathering.starts_at, zone)}")
    if words.ends_at > gathering.ends_at:
        raise Refused("ends", f"The gathering ends at {clock(gathering.ends_at, zone)}")
    for other in others:
        if words.starts_at < other.ends_at and other.starts_at < words.ends_at:
            raise Refused(
                "starts",
                f"{other.name} is from {clock(other.starts_at, zone)}"
                f" to {clock(other.ends_at, zone)}. Choose a time that is free",
            )


async def _number_in_order(gathering_id: int) -> None:
    """Number the parts from 1 in the order of time. Numbers are unique, so first set them aside."""
    parts = await Round.objects().where(Round.gathering == gathering_id).order_by(Round.starts_at)
    if [part.number for part in parts] == list(range(1, len(parts) + 1)):
        return
    for number, part in enumerate(parts, 1):
        await Round.update({Round.number: ASIDE + number}).where(Round.id == part.id)
    for number, part in enumerate(parts, 1):
        await Round.update({Round.number: number}).where(Round.id == part.id)


async def _delete(round_id: int) -> None:
    await SupportRound.delete().where(SupportRound.round == round_id)
    await Round.delete().where(Round.id == round_id)


async def _nothing_placed(part: Round) -> None:
    """A round that holds sessions stays open space. The tables that know refuse to let it go."""
    try:
        await write(_try_deleting, part.id)
    except IntegrityError:
        raise Refused("kind", "Sessions have been placed in this round. Move them first") from None
    except _ItCouldGo:
        return


class _ItCouldGo(Exception):
    """Undoes the trial: nothing refers to the round."""


async def _try_deleting(round_id: int) -> None:
    await _delete(round_id)
    raise _ItCouldGo
