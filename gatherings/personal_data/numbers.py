"""Numbers that stay when people are forgotten: who came, and how far needs were met.

They are counted before the needs go, small numbers untold, and kept as they were told.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from gatherings.access.catalogue import catalogue
from gatherings.access.needs import bound_to
from gatherings.access.tables import Need
from gatherings.bookings.attendance import FEWER, FEWEST, Group, attendance_of
from gatherings.bookings.tables import Booking, Person
from gatherings.personal_data.tables import GatheringNumbers
from web.crypto import NotOpened, unseal
from web.tables_out import Cell

STATES = {
    "asked": "People told us",
    "talking": "We were talking about",
    "arranged": "Arranged",
    "agreed": "They said it was right",
    "cannot": "We could not do",
    "withdrawn": "No longer needed",
}
OUTCOMES = {
    "met": "Met",
    "partly": "Partly met",
    "not_met": "Not met",
    "not_needed": "Not needed in the end",
    "": "Did not say",
}


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
    bookings = Booking.select(Booking.id).where(Booking.gathering == gathering_id)
    people = Person.select(Person.id).where(Person.booking.is_in(bookings))
    needs = await Need.objects().where(Need.person.is_in(people))
    about = f"A number below {FEWEST} is not told."
    codes = Counter(catalogue().label_of(code) for code in map(_code_of, needs) if code)
    return [
        Group("What people asked for", about, _told(sorted(codes.items()))),
        Group("How far we came", about, _told(_by(STATES, [need.state for need in needs]))),
        Group(
            "What people said afterwards", about, _told(_by(OUTCOMES, [n.outcome for n in needs]))
        ),
    ]


def _by(words: dict[str, str], given: list[str]) -> list[tuple[str, int]]:
    return [(words[one], given.count(one)) for one in words if one in given]


def _told(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, Cell], ...]:
    """No whole is told beside the parts, so nobody finds a small number by taking away."""
    return tuple((words, number if number >= FEWEST else FEWER) for words, number in counted)


def _code_of(need: Need) -> str:
    try:
        return str(unseal(need.sealed, bound_to(need.handle))["code"])
    except NotOpened:
        return ""
