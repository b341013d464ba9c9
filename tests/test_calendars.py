"""Calendar files, read back by the library that many calendars use."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event, vText

from gatherings.calendars.calendar_files import calendar_of
from gatherings.planning import gatherings
from gatherings.planning.listing import Listed
from gatherings.planning.tables import Gathering, Series, Venue
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import write

HERE = "/g/spring-gathering"
MADE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def listed(starts_at: datetime, **values: Any) -> Listed:
    given: dict[str, Any] = {
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
    ends_at = starts_at + timedelta(hours=6)
    gathering = Gathering(series=1, venue=1, starts_at=starts_at, ends_at=ends_at, **given)
    venue = Venue(series=1, name="Friends Meeting House", address="6 Mount Street,\nManchester")
    return Listed(gathering, venue, Series(name="Ours"))


def event_of(content: bytes) -> Event:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def said(event: Event, name: str) -> str:
    """What a line of the entry says, as people read it."""
    return str(event[name])


@pytest.mark.parametrize(
    ("starts_at", "clock", "offset"),
    [
        (datetime(2027, 3, 27, 10, tzinfo=UTC), "20270327T100000", 0),
        (datetime(2027, 3, 28, 9, tzinfo=UTC), "20270328T100000", 1),
        (datetime(2027, 10, 30, 9, tzinfo=UTC), "20271030T100000", 1),
        (datetime(2027, 10, 31, 10, tzinfo=UTC), "20271031T100000", 0),
        (datetime(2045, 7, 1, 9, tzinfo=UTC), "20450701T100000", 1),
    ],
)
def test_both_sides_of_the_clock_change(starts_at: datetime, clock: str, offset: int) -> None:
    content = calendar_of([listed(starts_at)], "https://example.org")
    assert f"DTSTART;TZID=Europe/London:{clock}".encode() in content
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in content
    start = event_of(content).DTSTART
    assert isinstance(start, datetime)
    assert start.utcoffset() == timedelta(hours=offset)
    assert start == starts_at


def test_other_zones_are_told_in_utc() -> None:
    starts_at = datetime(2027, 7, 1, 9, tzinfo=UTC)
    content = calendar_of([listed(starts_at, zone="America/New_York")], "https://example.org")
    assert b"DTSTART:20270701T090000Z" in content
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize(
    "name",
    ["Care, support; and \\ more", "Two\nlines", "🎉" * 40, "لقاء الربيع", "END:VEVENT", 'A "b" c'],
)
def test_names_survive_as_they_are(name: str) -> None:
    starts_at = datetime(2027, 7, 1, 9, tzinfo=UTC)
    content = calendar_of([listed(starts_at, name=name)], "https://example.org", name)
    assert said(event_of(content), "summary") == name
    unfolded = content.replace(b"\r\n ", b"").split(b"\r\n")
    assert b"NAME:" + vText(name).to_ical() in unfolded
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\nEND:VEVENT\r\n") == 1


def test_the_same_gathering_gives_the_same_bytes() -> None:
    first, second = (
        calendar_of([listed(datetime(2027, 7, 1, 9, tzinfo=UTC))], "https://example.org", "Ours")
        for _ in range(2)
    )
    assert first == second


def test_an_entry_says_what_somebody_wants_to_know_that_morning() -> None:
    event = event_of(calendar_of([listed(datetime(2027, 7, 1, 9, tzinfo=UTC))], "https://x.org"))
    assert said(event, "location") == "Friends Meeting House, 6 Mount Street, Manchester"
    assert said(event, "description") == (
        "What we do\nThursday 1 July 2027, 10am to 4pm.\nCost: Free\n"
        "Getting there and access: https://x.org/g/spring/access\nRing us: 0161 496 0000"
    )
    assert said(event, "url") == "https://x.org/g/spring"
    told = [said(event, name) for name in ("status", "sequence", "uid")]
    assert told == ["CONFIRMED", "0", "one@gatherings"]


async def test_the_file_of_a_gathering(client: PageClient, setting: Setting) -> None:
    answer = await client.get(f"{HERE}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    event = event_of(answer.content)
    assert said(event, "uid") == setting.gathering.uid
    assert said(event, "sequence") == "1"
    assert b"REFRESH-INTERVAL" not in answer.content


async def test_a_cancelled_gathering_keeps_its_entry(client: PageClient, setting: Setting) -> None:
    before = event_of((await client.get(f"{HERE}.ics")).content)
    await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    for path in (f"{HERE}.ics", f"/series/{setting.series_slug}.ics", "/calendar.ics"):
        event = event_of((await client.get(path)).content)
        assert said(event, "status") == "CANCELLED"
        assert said(event, "uid") == said(before, "uid")
        assert int(said(event, "sequence")) == int(said(before, "sequence")) + 1
        assert said(event, "summary") == "Cancelled: Spring gathering"


async def test_feeds_ask_to_be_fetched_again(client: PageClient, setting: Setting) -> None:
    for path, name in (
        (f"/series/{setting.series_slug}.ics", "Changing the story"),
        ("/calendar.ics", "Gatherings"),
    ):
        answer = await client.get(path)
        feed = Calendar.from_ical(answer.content)
        assert str(feed["x-wr-calname"]) == name
        assert str(feed["method"]) == "PUBLISH"
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in answer.content
        assert b"X-PUBLISHED-TTL:PT4H" in answer.content
        assert len(feed.walk("VEVENT")) == 1


async def test_an_empty_feed_is_still_a_calendar(client: PageClient) -> None:
    answer = await client.get("/calendar.ics")
    assert Calendar.from_ical(answer.content).walk("VEVENT") == []


async def test_a_calendar_that_has_it_already_is_told_so(
    client: PageClient, setting: Setting
) -> None:
    for path in (f"{HERE}.ics", f"/series/{setting.series_slug}.ics", "/calendar.ics"):
        tag = (await client.get(path)).headers["etag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            answer = await client.get(path, status=304, headers={"if-none-match": known})
            assert (answer.content, answer.headers["etag"]) == (b"", tag)
        await client.get(path, headers={"if-none-match": '"other"'})
    await write(gatherings.close_booking, setting.viewer, setting.gathering.id)
    await client.get("/calendar.ics", headers={"if-none-match": tag})


async def test_drafts_are_in_no_calendar(client: PageClient, setting: Setting) -> None:
    starts = datetime.now(UTC) + timedelta(days=90)
    about = gatherings.About("Secret", "", starts, starts + timedelta(hours=6))
    gathering, verb = setting.gathering, gatherings.plan_gathering
    await write(verb, setting.viewer, gathering.series, about, gathering.venue)
    for path in (f"/series/{setting.series_slug}.ics", "/calendar.ics"):
        assert b"Secret" not in (await client.get(path)).content
    await client.get("/g/secret.ics", status=404)
