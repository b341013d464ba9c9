"""Undo for thirty minutes: what a booking was before a change, kept sealed, and put back.

A change can be undone while nothing else has happened to the booking since. Its places come back
only if they are still there.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, places_for, settle
from gatherings.bookings.tables import Booking, BookingUndo, Person
from gatherings.bookings.telling import tell_of_own_change
from gatherings.bookings.waiting_list import fill
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import columns
from web.crypto import new_key, seal, unseal

UNDO_LASTS = timedelta(minutes=30)
MOMENTS = ("waiting_since", "offer_ends_at", "cancelled_at")
OF_BOOKING = (
    *("state", "places", "held", "fewer", *MOMENTS),
    *("contact_name", "contact_way", "contact_detail"),
)
OF_PERSON = ("role", "name", "maybe", "help", "badge")

Snapshot = dict[str, Any]


class PlacesGone(Exception):
    """The places have gone to others. `may_wait`: the party may have its old place in the line."""

    def __init__(self, *, may_wait: bool) -> None:
        super().__init__("the places have gone to others")
        self.may_wait = may_wait


@dataclass(frozen=True)
class Undo:
    """A change that can be undone until `ends_at`."""

    handle: str
    what: str
    ends_at: datetime


@asynccontextmanager
async def can_be_undone(booking_id: int, what: str, at: datetime) -> AsyncIterator[None]:
    """Keep what the booking was before the change that is made inside."""
    before = await _snapshot(booking_id)
    yield
    after = await _snapshot(booking_id)
    if before == after:
        return
    handle = new_key()[:32]
    await BookingUndo(
        handle=handle,
        booking=booking_id,
        what=what,
        sealed=seal({"before": before, "after": after}, bound_to(handle)),
        made_at=at,
        ends_at=at + UNDO_LASTS,
    ).save()


async def open_undo(booking_id: int, at: datetime) -> Undo | None:
    """The newest change that can still be undone, if nothing has happened to it since."""
    row = await (
        BookingUndo.objects()
        .where((BookingUndo.booking == booking_id) & BookingUndo.used_at.is_null())
        .where(BookingUndo.ends_at > at)
        .order_by(BookingUndo.id, ascending=False)
        .first()
    )
    if row is None or _opened(row)["after"] != await _snapshot(booking_id):
        return None
    return Undo(row.handle, row.what, row.ends_at)


async def undo(
    booking_id: int, handle: str, at: datetime, *, account_id: int | None = None
) -> None:
    """Put the booking back to what it was. Raises PlacesGone, and Refused when it is too late."""
    await _put_back(booking_id, handle, at, account_id, wait=False)


async def wait_instead(
    booking_id: int, handle: str, at: datetime, *, account_id: int | None = None
) -> None:
    """The same on the waiting list, where the party stands as if it had always waited."""
    await _put_back(booking_id, handle, at, account_id, wait=True)


async def _put_back(
    booking_id: int, handle: str, at: datetime, account_id: int | None, *, wait: bool
) -> None:
    gathering, booking = await open_to_change(booking_id)
    found = await open_undo(booking_id, at)
    if found is None or found.handle != handle or gathering.state == "cancelled":
        raise Refused("", "This can no longer be undone")
    row = await BookingUndo.objects().get(BookingUndo.handle == handle)
    before = _opened(row)["before"]
    fields = _fields(before)
    state, held = fields.pop("state"), fields.pop("held")
    roles = [person["role"] for person in before["people"].values()]
    fields["places"] = places_for(roles, gathering.supporters_count)
    held = fields["places"] if state == "booked" else min(held, fields["places"])
    if wait:
        state, held = "waiting", 0
        fields["waiting_since"] = fields["waiting_since"] or booking.created_at
    if not await settle(booking, state, held, **fields):
        raise PlacesGone(may_wait=booking.held == 0)
    await _put_people_back(booking_id, before["people"], at)
    await BookingUndo.update({BookingUndo.used_at: at}).where(BookingUndo.handle == handle)
    await note(booking_id, "undone", account_id, at)
    await tell_of_own_change("changed", booking_id, at, account_id, "Your last change was undone.")
    await fill(gathering.id, at)


async def _put_people_back(booking_id: int, people: dict[str, Any], at: datetime) -> None:
    await Person.update({Person.cancelled_at: at}).where(
        (Person.booking == booking_id)
        & Person.cancelled_at.is_null()
        & Person.id.not_in([0, *map(int, people)])
    )
    for person_id, fields in people.items():
        values = {**fields, "cancelled_at": None}
        await Person.update(columns(values)).where(Person.id == int(person_id))


async def _snapshot(booking_id: int) -> Snapshot:
    booking = await Booking.objects().get(Booking.id == booking_id)
    people = await (
        Person.objects()
        .where((Person.booking == booking_id) & Person.cancelled_at.is_null())
        .order_by(Person.id)
    )
    kept = {name: getattr(booking, name) for name in OF_BOOKING}
    for name in MOMENTS:
        kept[name] = kept[name].isoformat() if kept[name] else None
    return {
        "booking": kept,
        "people": {str(p.id): {name: getattr(p, name) for name in OF_PERSON} for p in people},
    }


def _fields(kept: Snapshot) -> dict[str, Any]:
    fields = dict(kept["booking"])
    for name in MOMENTS:
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    return fields


def _opened(row: BookingUndo | None) -> dict[str, Snapshot]:
    opened: dict[str, Snapshot] = unseal(row.sealed, bound_to(row.handle)) if row else {}
    return opened


def bound_to(handle: str) -> str:
    """What ties a sealed undo to its row."""
    return f"booking-undo:{handle}"
