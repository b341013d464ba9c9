"""Gatherings for calendar files, made without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gatherings.calendars.calendar_files import event_file
from gatherings.planning.listing import Listed
from gatherings.planning.tables import Gathering, Series, Venue

MADE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def listed(starts_at: datetime, **values: Any) -> Listed:
    """A gathering of six hours, unless `values` say otherwise."""
    given: dict[str, Any] = {
        "ends_at": starts_at + timedelta(hours=6),
        "slug": "spring",
        "uid": "one@gatherings",
        "name": "Spring",
        "about": "What we do",
        "state": "open",
        "contact_phone": "0161 496 0000",
        "created_at": MADE,
        "changed_at": MADE,
        **values,
    }
    gathering = Gathering(series=1, venue=1, starts_at=starts_at, **given)
    venue = Venue(series=1, name="Friends Meeting House", address="6 Mount Street,\nManchester")
    return Listed(gathering, venue, Series(name="Ours"))


def file_of(one: Listed, base_url: str = "https://example.org") -> bytes:
    """Its calendar file."""
    return event_file(one.gathering, one.venue, base_url)
