"""The morning letter about clocks that the law sets: requests about data, and complaints.

It goes to whoever looks after them, while something is late or due within seven days. It holds
counts and dates alone.
"""

from datetime import date, datetime, timedelta

from gatherings.calendars.zones import LONDON
from gatherings.letters.to_account import write_to_account
from gatherings.people.roles import Viewer, viewer_of_account
from gatherings.people.tables import Account, Role
from gatherings.personal_data.complaints import ACKNOWLEDGED_WITHIN, sees
from gatherings.personal_data.data_request_views import due_on, today_at
from gatherings.personal_data.tables import Complaint, DataRequest
from web.words import day_of, local

SOON = timedelta(days=7)
MORNING, TOO_LATE_TODAY = 7, 19
Due = tuple[int | None, date]


async def write_clock_letters(now: datetime) -> int:
    """Write the letters that are due this morning; returns how many.

    It may be asked as often as anybody likes: there is one letter a day for each person.
    """
    if not MORNING <= local(now, LONDON).hour < TOO_LATE_TODAY:
        return 0
    until = today_at(now) + SOON
    requests = [one for one in await _requests() if one[1] <= until]
    complaints = [one for one in await _complaints() if one[1] <= until]
    if not requests and not complaints:
        return 0
    return sum([await _write(one, requests, complaints, now) for one in await _readers()])


async def _requests() -> list[Due]:
    """The series of each request that waits, and the day on which it is due."""
    rows = await DataRequest.objects().where(DataRequest.answered_on.is_null())
    return [(row.series, due_on(row.arrived_on)) for row in rows]


async def _complaints() -> list[Due]:
    rows = await Complaint.objects().where(
        Complaint.acknowledged_at.is_null() & Complaint.closed_at.is_null()
    )
    return [(row.series, (row.made_at + ACKNOWLEDGED_WITHIN).date()) for row in rows]


async def _readers() -> list[Viewer]:
    organising = Role.select(Role.account).where(Role.role == "organiser")
    rows = await Account.select(Account.id).where(
        Account.closed_at.is_null()
        & (Account.starts_series.eq(True) | Account.id.is_in(organising))
    )
    found = [await viewer_of_account(row["id"]) for row in rows]
    return [viewer for viewer in found if viewer]


async def _write(reader: Viewer, requests: list[Due], complaints: list[Due], now: datetime) -> bool:
    asked = sorted(day for series, day in requests if sees(reader, series))
    complained = sorted(day for series, day in complaints if sees(reader, series))
    if not asked and not complained:
        return False
    today = today_at(now)
    return await write_to_account(
        "clocks",
        reader.account_id,
        now,
        once=f"clocks:{today}:{reader.account_id}",
        path="/desk" if asked and complained else "/desk/requests" if asked else "/desk/complaints",
        facts={
            "requests": len(asked),
            "requests_late": sum(day < today for day in asked),
            "request_due": day_of(asked[0]) if asked else "",
            "complaints": len(complained),
            "complaints_late": sum(day < today for day in complained),
            "complaint_due": day_of(complained[0]) if complained else "",
        },
    )
