"""Venues: adding one, changing its words, and writing down what it has for access."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from gatherings.planning.catalogue import FACTS
from gatherings.planning.history import note_event
from gatherings.planning.lookup import facts_of, venue_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import hold
from gatherings.planning.slugs import free_slug
from gatherings.planning.tables import Gathering, RoomFeature, Series, Venue, VenueFact

FIELDS = ("name", "address", "directions")


async def add_venue(series_id: int, name: str, address: str, directions: str = "") -> str:
    """Add a venue to a series. The same name and address again find the same venue."""
    await hold(Series, series_id)
    named = await Venue.objects().get((Venue.series == series_id) & (Venue.name == name))
    if named is not None and named.address == address:
        return named.slug
    if named is not None:
        raise Refused("name", f"There is already a venue called {name}. Choose another name")
    venue = Venue(
        slug=await free_slug(Venue, Venue.slug, name),
        series=series_id,
        name=name,
        address=address,
        directions=directions,
    )
    await venue.save()
    return venue.slug


async def change_venue(
    venue_id: int, name: str, address: str, directions: str, account_id: int, seen: str = ""
) -> None:
    """Change a venue's words. Calendars learn the new place of gatherings still to come."""
    await hold(Venue, venue_id)
    venue = await venue_of(venue_id)
    must_be_as_seen(venue, FIELDS, seen)
    await Venue.update(
        {Venue.name: name, Venue.address: address, Venue.directions: directions}
    ).where(Venue.id == venue_id)
    if (venue.name, venue.address) != (name, address):
        await _tell_calendars(venue_id, account_id)


async def _tell_calendars(venue_id: int, account_id: int) -> None:
    now = datetime.now(UTC)
    moved = (
        await Gathering.update(
            {Gathering.sequence: Gathering.sequence + 1, Gathering.changed_at: now}
        )
        .where((Gathering.venue == venue_id) & (Gathering.ends_at > now))
        .returning(Gathering.id)
    )
    for row in moved:
        await note_event(row["id"], account_id, "venue changed", ("venue",))


class Said(NamedTuple):
    """What is said about one fact: "yes", "no" or "unknown", or a number in the fact's unit."""

    value: str
    detail: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Checked:
    """When, how and by whom something was checked."""

    on: date | None = None
    how: str = "unknown"
    by: str = ""


NOT_CHECKED = Checked()


async def set_facts(
    venue_id: int,
    facts: Mapping[str, Said],
    checked: Checked = NOT_CHECKED,
    *,
    all_again: bool = False,
) -> None:
    """Keep facts by their code. Who checked goes to those that changed, or to all."""
    await hold(Venue, venue_id)
    kept = await facts_of(venue_id)
    for code, said in facts.items():
        if code not in FACTS:
            raise ValueError(f"{code} is not a fact of the catalogue")
        old = kept.get(code)
        value = said.value if said.number is None else "number"
        before = (old.value, old.detail, old.number) if old else ("unknown", "", None)
        if (value, said.detail, said.number) != before or (all_again and value != "unknown"):
            row = old or VenueFact(venue=venue_id, code=code)
            row.value, row.detail, row.number = value, said.detail, said.number
            mark_checked(row, checked)
            await row.save()


def mark_checked(row: VenueFact | RoomFeature, checked: Checked) -> None:
    """Say on a row who checked it. What is not known was not checked."""
    known = NOT_CHECKED if row.value == "unknown" else checked
    row.checked_on, row.how, row.checked_by = known.on, known.how, known.by
