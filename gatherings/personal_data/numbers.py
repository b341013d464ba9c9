"""Numbers that stay when people are forgotten: who came, and how far needs were met.

They are counted before the needs go, small numbers untold, and kept as they were told.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from gatherings.access.statistics import (
    HEADS,
    LEAD,
    REASON_LEAD,
    WHY,
    lines,
    promises_kept,
    published_numbers,
    reason_lines,
)
from gatherings.bookings.attendance import Group, attendance_of
from gatherings.bookings.tables import Booking, Person
from gatherings.personal_data.tables import GatheringNumbers
from web.crypto import NotOpened


async def keep_numbers(people: Iterable[int], at: datetime) -> None:
    """Keep the numbers of the gatherings whose people these are, once each."""
    bookings = Person.select(Person.booking).where(Person.id.is_in([0, *people]))
    rows = await Booking.select(Booking.gathering).where(Booking.id.is_in(bookings))
    for gathering_id in sorted({row["gathering"] for row in rows}):
        if not await GatheringNumbers.exists().where(GatheringNumbers.gathering_id == gathering_id):
            groups = [*await attendance_of(gathering_id), *await _needs_of(gathering_id)]
            counts = [{"title": g.title, "about": g.about, "lines": g.lines} for g in groups]
            await GatheringNumbers(
                gathering_id=gathering_id, counts=json.dumps(counts), counted_at=at
            ).save()


async def numbers_kept(gathering_id: int) -> list[Group]:
    """What was kept; an empty list while the people are still there."""
    row = await GatheringNumbers.objects().get(GatheringNumbers.gathering_id == gathering_id)
    found = json.loads(row.counts) if row else []
    return [
        Group(one["title"], one["about"], tuple((words, number) for words, number in one["lines"]))
        for one in found
    ]


async def _needs_of(gathering_id: int) -> list[Group]:
    """What was told to everybody, or would have been: a second table could be subtracted."""
    try:
        promises = await published_numbers(gathering_id) or await promises_kept(gathering_id)
    except NotOpened:
        return []
    rows = [
        Group(line[0], LEAD, tuple(zip(HEADS[1:], line[1:], strict=True)))
        for line in lines(promises.cells)
    ]
    return [*rows, Group(WHY, REASON_LEAD, reason_lines(promises))]
