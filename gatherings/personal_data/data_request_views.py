"""Requests about personal data as the desk reads them, each with its clock of one month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gatherings.bookings.booking_list import names_of
from gatherings.bookings.tables import Booking
from gatherings.calendars.zones import LONDON
from gatherings.people.roles import Viewer
from gatherings.personal_data.complaints import sees
from gatherings.personal_data.letting_go import DELETED
from gatherings.personal_data.tables import DataRequest, DataRequestEvent
from gatherings.planning.lookup import series_in
from gatherings.planning.tables import Gathering
from web.crypto import NotOpened, unseal
from web.problems import NotAllowed, NotFound
from web.words import local

KEY_LOST = "We cannot open this any more: its key is lost"


@dataclass(frozen=True)
class RequestStep:
    """A line of its history. `who` is "" for somebody who has left."""

    what: str
    at: datetime
    who: str
    note: str


@dataclass(frozen=True)
class RequestView:
    """One request. `series` is "" for one that names none; `booking` and `gathering` are the
    reference and the address of what it is about, both "" when that is not known or deleted."""

    reference: str
    series: str
    booking: str
    gathering: str
    deleted: bool
    kind: str
    came_by: str
    arrived_on: date
    answered_on: date | None
    answered_by: str

    @property
    def due_on(self) -> date:
        """The last day on which it can be answered in time."""
        return due_on(self.arrived_on)

    def days_left(self, today: date) -> int | None:
        """Days in which to answer it, below 0 when late; None once it is answered."""
        return None if self.answered_on else (self.due_on - today).days


@dataclass(frozen=True)
class Waiting:
    """How many requests wait for an answer, how many of them are late, and which is due next."""

    number: int
    late: int
    next_due: date


def due_on(arrived: date) -> date:
    """One calendar month later: the same day of the next month, or its last day."""
    year, month = arrived.year + arrived.month // 12, arrived.month % 12 + 1
    return date(year, month, min(arrived.day, monthrange(year, month)[1]))


def today_at(moment: datetime) -> date:
    """The day on which the law's month is counted."""
    return local(moment, LONDON).date()


async def requests_for(viewer: Viewer) -> list[RequestView]:
    """What this viewer looks after: the first that is due at the top, answered ones last."""
    rows = await DataRequest.objects().order_by(DataRequest.id)
    views = [await _view(row) for row in rows if sees(viewer, row.series)]
    return sorted(views, key=lambda one: (one.answered_on is not None, one.arrived_on))


async def request_for(viewer: Viewer, reference: str) -> RequestView:
    """One of them."""
    return await _view(await own_request(viewer, reference))


async def history_for(viewer: Viewer, reference: str) -> list[RequestStep]:
    """What happened to it, oldest first, with what was noted."""
    row = await own_request(viewer, reference)
    return await steps_of(row.id)


async def waiting_requests(viewer: Viewer, today: date) -> Waiting | None:
    """What waits for an answer from this viewer; None when nothing does. Opens nothing."""
    open_ones = await DataRequest.objects().where(DataRequest.answered_on.is_null())
    due = [due_on(row.arrived_on) for row in open_ones if sees(viewer, row.series)]
    if not due:
        return None
    return Waiting(len(due), sum(day < today for day in due), min(due))


async def steps_of(request_id: int) -> list[RequestStep]:
    """The history of a request, opened."""
    rows = await (
        DataRequestEvent.objects()
        .where(DataRequestEvent.request == request_id)
        .order_by(DataRequestEvent.id)
    )
    names = await names_of(row.account_id for row in rows)
    return [
        RequestStep(row.what, row.at, names.get(row.account_id, ""), _note(row)) for row in rows
    ]


async def own_request(viewer: Viewer, reference: str) -> DataRequest:
    """The row that this viewer looks after. Raises NotFound or NotAllowed."""
    row = await DataRequest.objects().get(DataRequest.reference == reference)
    if row is None:
        raise NotFound
    if not sees(viewer, row.series):
        raise NotAllowed
    return row


async def is_there(booking_id: int) -> bool:
    """Whether the booking still is more than numbers."""
    return await Booking.exists().where(
        (Booking.id == booking_id) & Booking.reference.not_like(f"{DELETED}%")
    )


def bound_to(handle: str) -> str:
    """What ties a sealed note to its line of history."""
    return f"data-request:{handle}"


async def _view(row: DataRequest) -> RequestView:
    names = {series.id: series.name for series in await series_in([row.series or 0])}
    booking = await Booking.objects().get(Booking.id == (row.booking or 0))
    deleted = booking is not None and booking.reference.startswith(DELETED)
    there = booking if not deleted else None
    gathering = await Gathering.objects().get(Gathering.id == there.gathering) if there else None
    return RequestView(
        reference=row.reference,
        series=names.get(row.series, ""),
        booking=there.reference if there else "",
        gathering=gathering.slug if gathering else "",
        deleted=deleted,
        kind=row.kind,
        came_by=row.came_by,
        arrived_on=row.arrived_on,
        answered_on=row.answered_on,
        answered_by=row.answered_by,
    )


def _note(row: DataRequestEvent) -> str:
    if row.sealed_note is None:
        return ""
    try:
        opened: dict[str, Any] = unseal(row.sealed_note, bound_to(row.handle))
    except NotOpened:
        return KEY_LOST
    return str(opened["words"])
