"""Gatherings: planning one, changing it, opening it for booking, closing and cancelling."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from gatherings.people.roles import Viewer
from gatherings.planning.day_plan import move_with_the_day
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.slugs import free_slug
from gatherings.planning.tables import Gathering, Series

ABOUT_FIELDS = ("name", "about", "starts_at", "ends_at", "zone", "venue")
TERMS_FIELDS = (
    *("capacity", "supporters_count", "cost_pence", "cost_words"),
    *("contact_phone", "contact_email", "postal_address", "go_word"),
)
TIME_AND_PLACE = ("starts_at", "ends_at", "zone", "venue")


@dataclass(frozen=True)
class About:
    """What a gathering is and when. Moments are in UTC, the zone is that of its clocks."""

    name: str
    about: str
    starts_at: datetime
    ends_at: datetime
    zone: str = "Europe/London"


@dataclass(frozen=True)
class Terms:
    """Places, money and how people reach the organisers."""

    capacity: int
    supporters_count: bool = True
    cost_pence: int = 0
    cost_words: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    postal_address: str = ""
    go_word: str = ""


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
    viewer: Viewer, gathering_id: int, about: About, venue_id: int, seen: str = ""
) -> None:
    """Change what it is, when and where. The day plan moves along to another date."""
    await hold(Gathering, gathering_id)
    old = await gathering_of(gathering_id)
    must_be_as_seen(old, ABOUT_FIELDS, seen)
    new = asdict(about) | {"venue": venue_id}
    await move_with_the_day(old, about.starts_at, about.ends_at, about.zone)
    moved = any(getattr(old, field) != new[field] for field in TIME_AND_PLACE)
    await _keep(viewer, old, new, "about changed", sequence=old.sequence + moved)


async def set_terms(viewer: Viewer, gathering_id: int, terms: Terms, seen: str = "") -> None:
    """Set places, cost and contacts. There are never fewer places than are taken."""
    await hold(Gathering, gathering_id)
    old = await gathering_of(gathering_id)
    must_be_as_seen(old, TERMS_FIELDS, seen)
    if terms.capacity < old.taken:
        raise Refused(
            "capacity", f"{old.taken} places are taken already. Enter {old.taken} or more"
        )
    await _word_must_be_free(old, terms.go_word)
    await _keep(viewer, old, asdict(terms), "terms changed", sequence=old.sequence)


async def publish(viewer: Viewer, gathering_id: int) -> None:
    """Open a draft for booking. Pressing the button again changes nothing."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    lacking = what_is_missing(gathering)
    if gathering.state == "draft" and lacking:
        raise Refused("", lacking[0])
    await _move(viewer, gathering_id, ("draft",), "open", "published")


async def close_booking(viewer: Viewer, gathering_id: int) -> None:
    """Take no more bookings."""
    await _move(viewer, gathering_id, ("open",), "closed", "booking closed")


async def reopen_booking(viewer: Viewer, gathering_id: int) -> None:
    """Take bookings again."""
    await _move(viewer, gathering_id, ("closed",), "open", "booking opened again")


async def cancel(viewer: Viewer, gathering_id: int) -> None:
    """Call the gathering off. Its page and its calendar entry stay and say so."""
    await _move(viewer, gathering_id, ("draft", "open", "closed"), "cancelled", "cancelled")


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
    viewer: Viewer, old: Gathering, new: Mapping[str, Any], what: str, *, sequence: int
) -> None:
    changed = tuple(field for field, value in new.items() if getattr(old, field) != value)
    if not changed:
        return
    values = {field: new[field] for field in changed}
    values |= {"sequence": sequence, "changed_at": datetime.now(UTC)}
    await Gathering.update(columns(values)).where(Gathering.id == old.id)
    await note_event(old.id, viewer.account_id, what, changed)


async def _move(
    viewer: Viewer, gathering_id: int, before: tuple[str, ...], after: str, what: str
) -> None:
    """Change the state if it still is one of those before; else somebody has done it already."""
    moved = (
        await Gathering.update(
            {
                Gathering.state: after,
                Gathering.sequence: Gathering.sequence + 1,
                Gathering.changed_at: datetime.now(UTC),
            }
        )
        .where((Gathering.id == gathering_id) & Gathering.state.is_in(list(before)))
        .returning(Gathering.id)
    )
    if moved:
        await note_event(gathering_id, viewer.account_id, what, ("state",))


async def _word_must_be_free(gathering: Gathering, word: str) -> None:
    """Another series must not use the word for a gathering that is still to come."""
    used = word and await Gathering.exists().where(
        (Gathering.go_word == word)
        & (Gathering.series != gathering.series)
        & (Gathering.ends_at > datetime.now(UTC))
    )
    if used:
        raise Refused("go_word", f"Others use the word {word} just now. Choose another word")
