"""Gatherings: planning one, changing it, opening it for booking, closing and cancelling."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from gatherings.access.needs import set_due_dates
from gatherings.bookings.supporters import count_anew
from gatherings.bookings.waiting_list import fill
from gatherings.people.roles import Viewer
from gatherings.planning.day_plan import move_with_the_day
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of, venue_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.slugs import free_slug
from gatherings.planning.tables import Gathering, Series
from gatherings.planning.telling import must_be_told, tell_everybody, was_to_be, what_is_new
from web.words import count, local

ABOUT_FIELDS = ("name", "about", "starts_at", "ends_at", "zone", "all_day", "venue")
TERMS_FIELDS = (
    *("capacity", "supporters_count", "fill_stops_days", "cost_pence", "cost_words", "pays"),
    *("contact_phone", "contact_email", "postal_address", "go_word"),
    *("recorded", "recorded_words"),
)
MAY_FREE_PLACES = ("capacity", "supporters_count", "fill_stops_days")
TIME_AND_PLACE = ("starts_at", "ends_at", "zone", "all_day", "venue")


@dataclass(frozen=True)
class About:
    """What a gathering is and when. Moments are in UTC, the zone is that of its clocks.

    An `all_day` gathering begins and ends at midnight on those clocks.
    """

    name: str
    about: str
    starts_at: datetime
    ends_at: datetime
    zone: str = "Europe/London"
    all_day: bool = False


@dataclass(frozen=True)
class Terms:
    """Places, money, how people reach the organisers, and what is recorded.

    `pays` has a line for each thing paid.
    """

    capacity: int
    supporters_count: bool = True
    cost_pence: int = 0
    cost_words: str = ""
    pays: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    postal_address: str = ""
    go_word: str = ""
    recorded: str = ""
    recorded_words: str = ""
    fill_stops_days: int = 3


@dataclass(frozen=True)
class Telling:
    """How a change is told. `everybody`: also what nobody must know; `words`: why, in short."""

    everybody: bool = False
    words: str = ""


NOBODY = Telling()


async def plan_gathering(viewer: Viewer, series_id: int, about: About, venue_id: int) -> str:
    """Begin a gathering as a draft. The same name and time again find the same gathering."""
    await hold(Series, series_id)
    same = await Gathering.objects().get(
        (Gathering.series == series_id)
        & (Gathering.name == about.name)
        & (Gathering.starts_at == about.starts_at)
    )
    if same is not None:
        return same.slug
    gathering = Gathering(
        slug=await free_slug(Gathering, Gathering.slug, about.name),
        series=series_id,
        venue=venue_id,
        uid=f"{uuid.uuid4()}@gatherings",
        capacity=0,
        **asdict(about),
    )
    await gathering.save()
    await note_event(gathering.id, viewer.account_id, "planned")
    return gathering.slug


async def change_about(
    viewer: Viewer,
    gathering_id: int,
    about: About,
    venue_id: int,
    seen: str = "",
    *,
    along: bool = False,
    telling: Telling = NOBODY,
    at: datetime | None = None,
) -> int | None:
    """Change what it is, when and where. Gives the event of which everybody is told, if any.

    The day plan moves to another date, and `along` with another start. Whoever booked always
    learns of a new time or place, and of the rest if the organiser says so.
    """
    await hold(Gathering, gathering_id)
    old = await gathering_of(gathering_id)
    must_be_as_seen(old, ABOUT_FIELDS, seen)
    new = asdict(about) | {"venue": venue_id}
    await move_with_the_day(old, about.starts_at, about.ends_at, about.zone, along=along)
    moved = is_moved(old, new)
    at = at or datetime.now(UTC)
    event = await _keep(viewer, old, new, "about changed", at, sequence=old.sequence + moved)
    if moved:
        await set_due_dates(old.id, local(about.starts_at, about.zone).date())
    sentences = [*what_is_new(old, new), telling.words]
    if moved:
        sentences.insert(0, was_to_be(old, await venue_of(old.venue)))
    kind = "gathering_moved" if moved else "gathering_changed"
    told = event and must_be_told(old, at) and (moved or telling.everybody)
    return await _tell(kind, old.id, event, at, sentences) if told else None


def is_moved(old: Gathering, new: Mapping[str, Any]) -> bool:
    """Whether it is at another time or place."""
    return any(getattr(old, field) != new[field] for field in TIME_AND_PLACE)


async def set_terms(
    viewer: Viewer,
    gathering_id: int,
    terms: Terms,
    seen: str = "",
    *,
    telling: Telling = NOBODY,
    at: datetime | None = None,
) -> int | None:
    """Set places, cost, contacts and what is recorded. Gives the event that everybody is told of.

    There are never fewer places than are taken. Places that become free are offered at once to
    those who wait.
    """
    await hold(Gathering, gathering_id)
    old = await gathering_of(gathering_id)
    must_be_as_seen(old, TERMS_FIELDS, seen)
    new = asdict(terms) | {"taken": await _taken_with(old, terms)}
    await _word_must_be_free(old, terms.go_word)
    at = at or datetime.now(UTC)
    event = await _keep(viewer, old, new, "terms changed", at, sequence=old.sequence)
    if any(getattr(old, field) != new[field] for field in MAY_FREE_PLACES):
        await fill(old.id, at)
    told = event and must_be_told(old, at) and telling.everybody
    sentences = [*what_is_new(old, new), telling.words]
    return await _tell("gathering_changed", old.id, event, at, sentences) if told else None


async def _taken_with(old: Gathering, terms: Terms) -> int:
    """How many places are taken with the new terms. Raises Refused when they are not there."""
    taken = old.taken
    if terms.supporters_count != old.supporters_count:
        taken = await count_anew(old.id, terms.supporters_count)
    if terms.capacity >= taken:
        return taken
    if taken > old.taken:
        words = f"With supporters, {count(taken, 'place is', 'places are')} taken"
        raise Refused("supporters_count", f"{words}. There must be at least {taken} places")
    words = f"{count(taken, 'place is', 'places are')} taken already"
    raise Refused("capacity", f"{words}. Enter {taken} or more")


async def _tell(
    kind: str, gathering_id: int, event: int | None, at: datetime, sentences: list[str]
) -> int | None:
    if event is not None:
        await tell_everybody(kind, gathering_id, event, at, sentences)
    return event


async def publish(viewer: Viewer, gathering_id: int) -> int | None:
    """Open a draft for booking. Pressing the button again changes nothing."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    lacking = what_is_missing(gathering)
    if gathering.state == "draft" and lacking:
        raise Refused("", lacking[0])
    return await _move(viewer, gathering_id, ("draft",), "open", "published")


async def close_booking(viewer: Viewer, gathering_id: int) -> int | None:
    """Take no more bookings."""
    return await _move(viewer, gathering_id, ("open",), "closed", "booking closed")


async def reopen_booking(viewer: Viewer, gathering_id: int) -> int | None:
    """Take bookings again."""
    return await _move(viewer, gathering_id, ("closed",), "open", "booking opened again")


async def cancel(
    viewer: Viewer, gathering_id: int, *, words: str = "", at: datetime | None = None
) -> int | None:
    """Call the gathering off. Its page and its calendar entry stay and say so.

    Gives the event of which everybody who booked is told; None when it was off already.
    """
    at = at or datetime.now(UTC)
    before = await gathering_of(gathering_id)
    states = ("draft", "open", "closed")
    event = await _move(viewer, gathering_id, states, "cancelled", "cancelled", at)
    if event is None or not must_be_told(before, at):
        return None
    return await _tell("gathering_cancelled", gathering_id, event, at, [words])


def what_is_missing(gathering: Gathering) -> list[str]:
    """What must be filled in before people can book, as sentences."""
    return [
        words
        for there, words in (
            (gathering.capacity > 0, "Say how many places there are"),
            (gathering.contact_phone, "Give a phone number, so that people can book by phone"),
            (gathering.postal_address, "Give a postal address, so that people can book by post"),
        )
        if not there
    ]


async def _keep(
    viewer: Viewer,
    old: Gathering,
    new: Mapping[str, Any],
    what: str,
    at: datetime,
    *,
    sequence: int,
) -> int | None:
    """Save what changed, and give the line of history; None when nothing did."""
    changed = tuple(field for field, value in new.items() if getattr(old, field) != value)
    if not changed:
        return None
    values = {field: new[field] for field in changed}
    values |= {"sequence": sequence, "changed_at": at}
    await Gathering.update(columns(values)).where(Gathering.id == old.id)
    return await note_event(old.id, viewer.account_id, what, changed)


async def _move(
    viewer: Viewer,
    gathering_id: int,
    before: tuple[str, ...],
    after: str,
    what: str,
    at: datetime | None = None,
) -> int | None:
    """Change the state if it still is one of those before; else somebody has done it already.

    Gives the line of history, if there is one.
    """
    moved = (
        await Gathering.update(
            {
                Gathering.state: after,
                Gathering.sequence: Gathering.sequence + 1,
                Gathering.changed_at: at or datetime.now(UTC),
            }
        )
        .where((Gathering.id == gathering_id) & Gathering.state.is_in(list(before)))
        .returning(Gathering.id)
    )
    if not moved:
        return None
    return await note_event(gathering_id, viewer.account_id, what, ("state",))


async def _word_must_be_free(gathering: Gathering, word: str) -> None:
    """Another series must not use the word for a gathering that is still to come."""
    used = word and await Gathering.exists().where(
        (Gathering.go_word == word)
        & (Gathering.series != gathering.series)
        & (Gathering.ends_at > datetime.now(UTC))
    )
    if used:
        raise Refused("go_word", f"Others use the word {word} just now. Choose another word")
