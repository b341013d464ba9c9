"""Calendar files, read back by the library that many calendars use."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event, vText

from gatherings.calendars.calendar_files import calendar_of
from gatherings.planning import gatherings
from tests.builders import Setting
from tests.calendar_rows import MADE, file_of, listed
from tests.page_checks import PageClient
from web.database import write
from web.words import days_of

HERE = "/g/spring-gathering"


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
    content = file_of(listed(starts_at))
    assert f"DTSTART;TZID=Europe/London:{clock}".encode() in content
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in content
    start = event_of(content).DTSTART
    assert isinstance(start, datetime)
    assert start.utcoffset() == timedelta(hours=offset)
    assert start == starts_at


def test_other_zones_are_told_in_utc() -> None:
    starts_at = datetime(2027, 7, 1, 9, tzinfo=UTC)
    content = file_of(listed(starts_at, zone="America/New_York"))
    assert b"DTSTART:20270701T090000Z" in content
    assert b"VTIMEZONE" not in content


def test_all_day_is_dates_alone_on_either_side_of_the_clock_change() -> None:
    saturday = datetime(2027, 3, 27, 0, tzinfo=UTC)
    monday = datetime(2027, 3, 28, 23, tzinfo=UTC)
    content = file_of(listed(saturday, ends_at=monday, all_day=True))
    assert b"DTSTART;VALUE=DATE:20270327\r\n" in content
    assert b"DTEND;VALUE=DATE:20270329\r\n" in content
    assert b"VTIMEZONE" not in content
    assert "Saturday 27 to Sunday 28 March 2027." in said(event_of(content), "description")


def test_two_days_with_times_say_both() -> None:
    saturday = datetime(2027, 3, 27, 10, tzinfo=UTC)
    sunday = datetime(2027, 3, 28, 15, tzinfo=UTC)
    content = file_of(listed(saturday, ends_at=sunday))
    assert b"DTSTART;TZID=Europe/London:20270327T100000\r\n" in content
    assert b"DTEND;TZID=Europe/London:20270328T160000\r\n" in content
    words = "Saturday 27 to Sunday 28 March 2027, from 10am on Saturday to 4pm on Sunday."
    assert words in said(event_of(content), "description")


def test_an_evening_past_midnight_is_one_day() -> None:
    evening = datetime(2027, 3, 6, 20, tzinfo=UTC)
    content = file_of(listed(evening))
    assert b"DTEND;TZID=Europe/London:20270307T020000\r\n" in content
    assert "\nSaturday 6 March 2027, 8pm to 2am.\n" in said(event_of(content), "description")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 3, 6), date(2027, 3, 6), "Saturday 6 March 2027"),
        (date(2027, 3, 6), date(2027, 3, 7), "Saturday 6 to Sunday 7 March 2027"),
        (date(2027, 2, 28), date(2027, 3, 1), "Sunday 28 February to Monday 1 March 2027"),
        (date(2026, 3, 6), date(2027, 3, 6), "Friday 6 March 2026 to Saturday 6 March 2027"),
    ],
)
def test_days_are_said_in_short(first: date, last: date, words: str) -> None:
    assert days_of(first, last) == words


def test_a_draft_is_tentative() -> None:
    event = event_of(file_of(listed(MADE, state="draft")))
    assert (said(event, "status"), said(event, "summary")) == ("TENTATIVE", "Draft: Spring")


def test_no_entry_names_people() -> None:
    content = file_of(listed(MADE))
    assert not re.search(rb"\r\n(ORGANIZER|ATTENDEE|CONTACT)", content)


@pytest.mark.parametrize(
    "name",
    [
        "Care, support; and \\ more",
        "Two\nlines",
        "🎉" * 40,
        "لقاء الربيع",
        "END:VEVENT",
        'A "b" c',
        "x" * 200,
    ],
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
    event = event_of(file_of(listed(datetime(2027, 7, 1, 9, tzinfo=UTC)), "https://x.org"))
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
