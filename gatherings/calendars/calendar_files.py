"""Calendar files: the same entries always give the same bytes."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vText, vUri

from gatherings.calendars.entries import CANCELLED, Entry, entry_of
from gatherings.calendars.zones import LONDON, for_calendar, london
from gatherings.planning.listing import Listed
from gatherings.planning.tables import Gathering, Venue

MADE_BY = "-//Gatherings//Gatherings//EN"
LOOK_AGAIN = timedelta(hours=4)
MEDIA_TYPE = "text/calendar"
FILES_KEPT = 32


def event_file(gathering: Gathering, venue: Venue, base_url: str) -> bytes:
    """The file of one gathering, as its page and every booking letter give it."""
    return calendar_file((entry_of(gathering, venue, base_url),))


def calendar_of(entries: Sequence[Listed], base_url: str, name: str) -> bytes:
    """The feed of several gatherings."""
    return calendar_file(
        tuple(entry_of(one.gathering, one.venue, base_url) for one in entries), name
    )


@lru_cache(maxsize=FILES_KEPT)
def calendar_file(entries: tuple[Entry, ...], name: str = "") -> bytes:
    """A calendar file. One with a name is a feed, which calendars fetch again by themselves.

    Calendars ask every few hours, mostly for what has not changed: the last files are kept.
    """
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    if any(entry.zone == LONDON and not entry.all_day for entry in entries):
        calendar.add_component(london())
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    if entry.created_at:
        event.add("created", entry.created_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("summary", entry.title)
    event.add("dtstart", for_calendar(entry.starts_at, entry.zone, all_day=entry.all_day))
    event.add("dtend", for_calendar(entry.ends_at, entry.zone, all_day=entry.all_day))
    for name, words in (("location", entry.place), ("description", entry.words)):
        if words:
            event.add(name, words)
    if entry.address:
        event.add("url", vUri(entry.address))
    event.add("transp", "TRANSPARENT" if entry.status == CANCELLED else "OPAQUE")
    return event
