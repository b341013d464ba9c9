"""Reminders: 14 and 3 days before, and on the morning. A chore writes those that are due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gatherings.bookings.tables import Booking
from gatherings.letters.tables import Letter
from gatherings.letters.writing import write_to_these
from gatherings.planning.history import note_event
from gatherings.planning.tables import Gathering
from web.words import local, moment_of

SWITCHES = {
    "remind_14": "14 days before, at 10 in the morning",
    "remind_3": "3 days before, at 10 in the morning",
    "remind_day": "On the morning of the day",
}
DAYS_BEFORE = {"reminder_14": 14, "reminder_3": 3}
DECENT_HOUR, MORNING = time(10), time(7)
BEFORE_AN_EARLY_START = timedelta(hours=2)
# A reminder that says "in three days" must not come on another day.
STILL_RIGHT = timedelta(hours=12)
LOOKS_AHEAD = timedelta(days=16)


@dataclass(frozen=True)
class Due:
    """A reminder and the time in which it may be written."""

    kind: str
    starts: datetime
    ends: datetime


async def write_due_reminders(at: datetime) -> int:
    """Write the reminders that are due and were not written; returns how many."""
    soon = await Gathering.objects().where(
        Gathering.state.is_in(["open", "closed"])
        & (Gathering.ends_at > at)
        & (Gathering.starts_at < at + LOOKS_AHEAD)
    )
    written = 0
    for gathering in soon:
        for due in dues_of(gathering):
            if due.starts <= at < due.ends:
                written += await _write(gathering, due, at)
    return written


def dues_of(gathering: Gathering) -> Iterator[Due]:
    """The reminders that are switched on, with their times."""
    zone = gathering.zone
    day = local(gathering.starts_at, zone).date()
    for kind, days in DAYS_BEFORE.items():
        if switched_on(gathering, kind):
            moment = moment_of(day - timedelta(days=days), DECENT_HOUR, zone)
            yield Due(kind, moment, moment + STILL_RIGHT)
    if switched_on(gathering, "reminder_day"):
        morning = moment_of(day, MORNING, zone)
        if gathering.all_day:
            yield Due("reminder_day", morning, morning + STILL_RIGHT)
        else:
            early = min(morning, gathering.starts_at - BEFORE_AN_EARLY_START)
            yield Due("reminder_day", early, gathering.starts_at)


def switched_on(gathering: Gathering, kind: str) -> bool:
    """Whether the organisers want this reminder."""
    choices = {
        "reminder_14": gathering.remind_14,
        "reminder_3": gathering.remind_3,
        "reminder_day": gathering.remind_day,
    }
    return choices[kind]


async def _write(gathering: Gathering, due: Due, at: datetime) -> int:
    """To whoever was booked when it fell due. The date in `about` reminds anew after a move."""
    about = local(gathering.starts_at, gathering.zone).date().isoformat()
    written = Letter.select(Letter.booking).where(
        (Letter.gathering == gathering.id)
        & (Letter.kind == due.kind)
        & (Letter.about == about)
        & (Letter.state != "dropped")
    )
    bookings = await Booking.objects().where(
        (Booking.gathering == gathering.id)
        & (Booking.state == "booked")
        & (Booking.created_at < due.starts)
        & Booking.id.not_in(written)
    )
    if not bookings:
        return 0
    return await write_to_these(due.kind, gathering.id, bookings, at, about=about)


async def set_reminders(gathering_id: int, chosen: Sequence[str], account_id: int) -> None:
    """Switch on the reminders that are chosen, of SWITCHES, and the others off."""
    await Gathering.update(
        {
            Gathering.remind_14: "remind_14" in chosen,
            Gathering.remind_3: "remind_3" in chosen,
            Gathering.remind_day: "remind_day" in chosen,
        }
    ).where(Gathering.id == gathering_id)
    await note_event(gathering_id, account_id, "reminders", tuple(chosen))
