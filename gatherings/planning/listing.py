"""Gatherings with their venue and series: lists of what is coming and what was, and a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.planning.lookup import PUBLIC_STATES, gathering_of, series_of, venue_of
from gatherings.planning.tables import Gathering, Series, Venue
from web.words import folded


@dataclass(frozen=True)
class Listed:
    """A gathering, where it meets and what it belongs to."""

    gathering: Gathering
    venue: Venue
    series: Series


async def listed_of(gathering_id: int) -> Listed:
    """One gathering, in any state."""
    gathering = await gathering_of(gathering_id)
    return Listed(gathering, await venue_of(gathering.venue), await series_of(gathering.series))


async def public_gatherings(series_id: int | None = None) -> list[Listed]:
    """Everything that the public may know of, or of one series, in the order of time.

    A cancelled gathering stays: people and calendars who know of it must learn that it is off.
    """
    found = Gathering.objects().where(Gathering.state.is_in(list(PUBLIC_STATES)))
    return await _with_venue_and_series(
        await (found if series_id is None else found.where(Gathering.series == series_id))
    )


async def gatherings_in(series_ids: Iterable[int]) -> list[Listed]:
    """Every gathering of some series, drafts too, in the order of time."""
    return await _with_venue_and_series(
        await Gathering.objects().where(Gathering.series.is_in([0, *series_ids]))
    )


def coming(listed: Iterable[Listed]) -> list[Listed]:
    """Those that have not ended, the next first."""
    now = datetime.now(UTC)
    return [one for one in listed if one.gathering.ends_at > now]


def past(listed: Iterable[Listed]) -> list[Listed]:
    """Those that have ended, the latest first."""
    now = datetime.now(UTC)
    return [one for one in listed if one.gathering.ends_at <= now][::-1]


def found(listed: Iterable[Listed], words: str) -> list[Listed]:
    """Those that hold every word, whatever its accents and capitals."""
    wanted = folded(words).split()
    return [one for one in listed if all(word in _said_about(one) for word in wanted)]


async def gathering_of_word(word: str) -> Gathering | None:
    """What a short word leads to: what happens now or next, else what was last."""
    with_word = await (
        Gathering.objects()
        .where((Gathering.go_word == word) & Gathering.state.is_in(["open", "closed"]))
        .order_by(Gathering.ends_at)
    )
    now = datetime.now(UTC)
    return next((g for g in with_word if g.ends_at > now), with_word[-1] if with_word else None)


async def _with_venue_and_series(gatherings: list[Gathering]) -> list[Listed]:
    venue_ids, series_ids = {g.venue for g in gatherings}, {g.series for g in gatherings}
    venues = {v.id: v for v in await Venue.objects().where(Venue.id.is_in([0, *venue_ids]))}
    series = {s.id: s for s in await Series.objects().where(Series.id.is_in([0, *series_ids]))}
    in_order = sorted(gatherings, key=lambda g: (g.starts_at, g.id))
    return [Listed(g, venues[g.venue], series[g.series]) for g in in_order]


def _said_about(one: Listed) -> str:
    gathering, venue = one.gathering, one.venue
    return folded(
        " ".join((gathering.name, gathering.about, venue.name, venue.address, one.series.name))
    )
