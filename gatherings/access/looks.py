"""The record of looks: who opened a party's needs, when and on which screen. Never what it said.

A look is also the permit: a page shows needs only while a look of this account at this party is
younger than half an hour, at the door of that day. Pages that open needs write their looks in a
POST before they show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatherings.access.tables import Look
from gatherings.bookings.tables import Booking
from gatherings.people.tables import Account

OPEN_FOR = timedelta(minutes=30)
OPEN_AT_THE_DOOR = timedelta(hours=16)
SAME_LOOK = timedelta(minutes=10)
WORKLIST = "The list of what people need"
DOOR = "The door: what to do for you, and no more"
ANSWERS = "Answers for access leads"


@dataclass(frozen=True)
class LookView:
    """A line of the record, for the person whose needs were opened."""

    who: str
    screen: str
    at: datetime


async def note_look(booking_id: int, account_id: int, screen: str, at: datetime) -> None:
    """Write down that somebody opened a party's needs on a screen."""
    await note_looks([booking_id], account_id, screen, at)


async def note_looks(
    booking_ids: Iterable[int], account_id: int, screen: str, at: datetime
) -> None:
    """The same for many parties. Within ten minutes the same screen is one look."""
    wanted = sorted(set(booking_ids))
    just_now = await Look.select(Look.booking).where(
        Look.booking.is_in([0, *wanted])
        & (Look.account_id == account_id)
        & (Look.screen == screen)
        & (Look.at > at - SAME_LOOK)
    )
    known = {row["booking"] for row in just_now}
    rows = [
        Look(booking=booking_id, account_id=account_id, screen=screen, at=at)
        for booking_id in wanted
        if booking_id not in known
    ]
    if rows:
        await Look.insert(*rows)


async def open_for(
    account_id: int, gathering_id: int, screen: str, at: datetime, lasts: timedelta = OPEN_FOR
) -> set[int]:
    """The ids of the parties whose needs this screen may show to this account now."""
    bookings = Booking.select(Booking.id).where(Booking.gathering == gathering_id)
    rows = await Look.select(Look.booking).where(
        Look.booking.is_in(bookings)
        & (Look.account_id == account_id)
        & (Look.screen == screen)
        & (Look.at > at - lasts)
    )
    return {row["booking"] for row in rows}


async def looks_at(booking_id: int) -> list[LookView]:
    """Who has looked at a party's needs, the latest first."""
    rows = await (
        Look.objects().where(Look.booking == booking_id).order_by(Look.at, Look.id, ascending=False)
    )
    ids = sorted({row.account_id for row in rows})
    accounts = await Account.select(Account.id, Account.name).where(Account.id.is_in([0, *ids]))
    names = {row["id"]: row["name"] for row in accounts}
    return [
        LookView(names.get(row.account_id) or "A former helper", row.screen, row.at) for row in rows
    ]
