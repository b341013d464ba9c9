"""Requests about personal data made by phone, by post or in person: due in one calendar month.

What is noted may say who asked. It stands sealed in the history, which goes 12 months after the
answer, or at once with the booking it is about. That there was a request stays for 6 years, under
a reference that names nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from gatherings.bookings.booking_history import note
from gatherings.bookings.booking_list import BookingView, find_booking
from gatherings.people.roles import Viewer
from gatherings.personal_data.complaints import organised, sees
from gatherings.personal_data.data_request_views import (
    bound_to,
    is_there,
    own_request,
    today_at,
)
from gatherings.personal_data.tables import DataRequest, DataRequestEvent
from gatherings.planning.lookup import gathering_of, series_in
from gatherings.planning.refusals import Refused
from web.codes import spoken_reference
from web.crypto import hash_of, new_key, seal
from web.database import IntegrityError, violated, write
from web.problems import NotAllowed

FUTURE = "Enter a day that is not in the future"
TOO_EARLY = "Enter the day of the answer: it comes after the request"
NO_SERIES = "*"
TRIES_FOR_A_FREE_REFERENCE = 20
STEP_NOTES = {
    "noted": "asked about personal data",
    "answered": "question about personal data answered",
    "opened": "answer about personal data taken back",
}


@dataclass(frozen=True)
class Asked:
    """What somebody asked and when. `series` and `booking` are ids, None where nobody knows."""

    kind: str
    came_by: str
    arrived_on: date
    note: str = ""
    series: int | None = None
    booking: int | None = None


async def note_request(viewer: Viewer, form_token: str, asked: Asked, at: datetime) -> str:
    """Keep that somebody asked. Gives its reference. A second press with the same token keeps it
    once. Raises Refused."""
    if not sees(viewer, asked.series):
        raise NotAllowed
    if asked.arrived_on > today_at(at):
        raise Refused("arrived", FUTURE)
    for _ in range(TRIES_FOR_A_FREE_REFERENCE):
        try:
            return await write(_keep, viewer, form_token, asked, at)
        except IntegrityError as error:
            if violated(error) == "data_request_form_token_key":
                return await _noted_before(form_token)
            if violated(error) != "data_request_reference_key":
                raise
    raise RuntimeError("no free reference was found: the list of easy words is too short")


async def answer_request(viewer: Viewer, reference: str, on: date, how: str, at: datetime) -> None:
    """Note on which day and in which way we answered. The first answer stays. Raises Refused."""
    row = await own_request(viewer, reference)
    if row.answered_on is not None:
        return
    if on > today_at(at):
        raise Refused("answered", FUTURE)
    if on < row.arrived_on:
        raise Refused("answered", TOO_EARLY)
    changed = (
        await DataRequest.update({DataRequest.answered_on: on, DataRequest.answered_by: how})
        .where((DataRequest.id == row.id) & DataRequest.answered_on.is_null())
        .returning(DataRequest.id)
    )
    if changed:
        await _step(row, "answered", viewer.account_id, "", at)


async def open_again(viewer: Viewer, reference: str, at: datetime) -> None:
    """It was not answered after all: its clock goes on from the day it arrived."""
    row = await own_request(viewer, reference)
    changed = (
        await DataRequest.update({DataRequest.answered_on: None, DataRequest.answered_by: ""})
        .where((DataRequest.id == row.id) & DataRequest.answered_on.is_not_null())
        .returning(DataRequest.id)
    )
    if changed:
        await _step(row, "opened", viewer.account_id, "", at)


async def booking_to_ask_about(viewer: Viewer, reference: str) -> tuple[BookingView, int] | None:
    """The booking with this reference and its series, if the viewer organises that series."""
    booking = await find_booking(reference)
    if booking is None:
        return None
    series = (await gathering_of(booking.gathering_id)).series
    return (booking, series) if sees(viewer, series) else None


async def series_to_ask_about(viewer: Viewer) -> list[tuple[int | None, str, str]]:
    """Series about which this viewer may note a request: id, address and name; None for none."""
    mine = [(one.id, one.slug, one.name) for one in await series_in(organised(viewer))]
    return (
        [*mine, (None, NO_SERIES, "No series in particular")] if viewer.starts_series else [*mine]
    )


async def _keep(viewer: Viewer, form_token: str, asked: Asked, at: datetime) -> str:
    row = DataRequest(
        reference=spoken_reference(),
        form_token=hash_of(form_token),
        series=asked.series,
        booking=asked.booking,
        kind=asked.kind,
        came_by=asked.came_by,
        arrived_on=asked.arrived_on,
        noted_at=at,
    )
    await row.save()
    await _step(row, "noted", viewer.account_id, asked.note, at)
    return str(row.reference)


async def _step(row: DataRequest, what: str, by: int, words: str, at: datetime) -> None:
    handle = new_key()[:32]
    await DataRequestEvent(
        request=row.id,
        at=at,
        account_id=by,
        what=what,
        handle=handle,
        sealed_note=seal({"words": words}, bound_to(handle)) if words else None,
    ).save()
    if row.booking is not None and await is_there(row.booking):
        await note(row.booking, STEP_NOTES[what], by, at)


async def _noted_before(form_token: str) -> str:
    rows = await DataRequest.select(DataRequest.reference).where(
        DataRequest.form_token == hash_of(form_token)
    )
    return str(rows[0]["reference"])
