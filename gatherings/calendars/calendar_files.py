"""Calendar files: the same gatherings always give the same bytes."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, Event, vText, vUri

from gatherings.calendars.zones import LONDON, for_calendar, london
from gatherings.planning.gathering_words import cost, when
from gatherings.planning.listing import Listed

MADE_BY = "-//Gatherings//Gatherings//EN"
LOOK_AGAIN = timedelta(hours=4)
MEDIA_TYPE = "text/calendar"


def calendar_of(
    entries: Sequence[Listed], base_url: str, name: str = "", method: str = "PUBLISH"
) -> bytes:
    """A calendar file. One with a name is a feed, which calendars fetch again by themselves."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    if any(entry.gathering.zone == LONDON for entry in entries):
        calendar.add_component(london())
    for entry in entries:
        calendar.add_component(_event(entry, base_url))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Listed, base_url: str) -> Event:
    gathering, venue = entry.gathering, entry.venue
    cancelled = gathering.state == "cancelled"
    address = f"{base_url}/g/{gathering.slug}"
    event = Event()
    event.add("uid", gathering.uid)
    event.add("dtstamp", gathering.changed_at)
    event.add("created", gathering.created_at)
    event.add("last-modified", gathering.changed_at)
    event.add("sequence", gathering.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", f"Cancelled: {gathering.name}" if cancelled else gathering.name)
    event.add("dtstart", for_calendar(gathering.starts_at, gathering.zone))
    event.add("dtend", for_calendar(gathering.ends_at, gathering.zone))
    event.add("location", ", ".join([venue.name, *_lines(venue.address)]))
    event.add("description", _described(entry, address))
    event.add("url", vUri(address))
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _described(entry: Listed, address: str) -> str:
    """What somebody wants to know who opens the entry on the morning of the day."""
    gathering = entry.gathering
    lines = [
        "This gathering is cancelled." if gathering.state == "cancelled" else gathering.about,
        f"{when(gathering)}.",
        f"Cost: {cost(gathering)}",
        f"Getting there and access: {address}/access",
        f"Ring us: {gathering.contact_phone}" if gathering.contact_phone else "",
        f"Write to us: {gathering.contact_email}" if gathering.contact_email else "",
    ]
    return "\n".join(line for line in lines if line)


def _lines(text: str) -> list[str]:
    return [line.strip().rstrip(",") for line in text.splitlines() if line.strip()]
