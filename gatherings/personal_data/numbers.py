"""Numbers that stay when people are forgotten: how far needs were met.

They are counted before the needs go, small numbers untold, and kept as they may be told. Who came
is counted from rows that stay without names.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from gatherings.access.statistics import (
    Promises,
    promises_from,
    promises_kept,
    published_numbers,
)
from gatherings.access.tables import PublishedNumbers
from gatherings.bookings.tables import Booking, Person
from gatherings.personal_data.tables import GatheringNumbers
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from web.crypto import NotOpened
from web.problems import Overtaken

NOT_OVER = "Numbers are published after the gathering, once."


async def keep_numbers(people: Iterable[int], at: datetime) -> None:
    """Keep the numbers of the gatherings whose people these are, once each."""
    bookings = Person.select(Person.booking).where(Person.id.is_in([0, *people]))
    rows = await Booking.select(Booking.gathering).where(Booking.id.is_in(bookings))
    for gathering_id in sorted({row["gathering"] for row in rows}):
        if not await GatheringNumbers.exists().where(GatheringNumbers.gathering_id == gathering_id):
            await _keep(gathering_id, at)


async def numbers_kept(gathering_id: int) -> Promises | None:
    """What was counted before the needs went; None while they are there."""
    row = await GatheringNumbers.objects().get(GatheringNumbers.gathering_id == gathering_id)
    if row is None or row.counts.startswith("["):  # kept as words, in older ones
        return None
    return promises_from(row.counts)


async def promises_told(gathering_id: int) -> Promises:
    """The one table of a gathering, for the team and for everybody.

    As it was published, as it was counted when the needs went, or as it is now: a second table
    could be subtracted from the first.
    """
    found = await published_numbers(gathering_id) or await numbers_kept(gathering_id)
    return found or await promises_kept(gathering_id)


async def publish_numbers(gathering_id: int, account_id: int, at: datetime) -> None:
    """Tell everybody, once. Later presses change nothing. Raises Overtaken before the end."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    if gathering.ends_at > at:
        raise Overtaken(NOT_OVER)
    if await published_numbers(gathering_id) is None:
        cells = json.dumps(asdict(await promises_told(gathering_id)))
        await PublishedNumbers(
            gathering=gathering_id, cells=cells, account_id=account_id, at=at
        ).save()


async def _keep(gathering_id: int, at: datetime) -> None:
    """Nothing is counted where a key is lost: needs go all the same."""
    try:
        promises = await promises_told(gathering_id)
    except NotOpened:
        return
    counts = json.dumps(asdict(promises))
    await GatheringNumbers(gathering_id=gathering_id, counts=counts, counted_at=at).save()
