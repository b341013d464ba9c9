"""Calendars by a secret address: whose they are, what they hold, and what they never show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from gatherings.access.needs import NeedAnswer
from gatherings.bookings.bookings import Booked, book
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking
from gatherings.calendars.tables import CalendarKey
from gatherings.people.roles import grant
from gatherings.people.tables import Account
from gatherings.planning import gatherings
from gatherings.planning.day_plan import RoundWords, change_round
from gatherings.planning.lookup import rooms_of, rounds_of
from gatherings.planning.tables import Gathering, Round
from sessions.board import offers, placing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.tables import Joiner, Session
from tests.booking_rows import one_person
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from web.crypto import hash_of, new_key
from web.database import DatabaseEngine, read, write

HERE = "/g/spring-gathering"
NEEDS = PersonAnswer("Cal Example", help="yes", needs=(NeedAnswer("hear.loop", words="Left ear"),))


@pytest.fixture
async def setting(db: DatabaseEngine) -> Setting:
    """A gathering tomorrow: near enough to offer sessions."""
    return await build_gathering(starts_in=timedelta(days=1))


@pytest.fixture
async def booked(client: PageClient, setting: Setting) -> Booked:
    """Cal's booking, which Cal's browser may open."""
    party = replace(one_person("Cal Example"), people=(NEEDS,), consent="yes")
    made = await book(setting.gathering.id, party)
    client.set_cookie(f"booking-{made.reference}", made.secret)
    return made


async def offered(setting: Setting, *titles: str) -> None:
    for title in titles:
        words = (title, "About it.", f"{title[:5]}y")
        await write(offers.offer, setting.gathering.id, None, *words, new_key())


async def placed(setting: Setting, number: int, part: int, room: int) -> None:
    rounds = await read(rounds_of, setting.gathering.id, "open_space")
    rooms = await read(rooms_of, setting.gathering.venue)
    spot = rounds[part].id, rooms[room].id
    await write(
        placing.place, setting.gathering.id, number, *spot, EVERYTHING_SEEN, setting.team.ben
    )


async def day_of(setting: Setting) -> list[Round]:
    return await read(rounds_of, setting.gathering.id)


async def made_address(browser: PageClient, path: str, button: str = "make") -> str:
    """Press the button, and give the address that the page then shows, without its host."""
    await browser.get(path)
    await browser.submit(f"form:has(#{button})")
    await browser.follow()
    return address_on(browser)


def address_on(browser: PageClient, id_: str = "open") -> str:
    shown = browser.soup.select_one(f"#{id_}-address")
    assert shown is not None, browser.words[:400]
    return "/feeds/" + shown.get_text().strip().partition("/feeds/")[2]


async def events(browser: PageClient, address: str) -> dict[str, Event]:
    """What a feed holds, by title."""
    answer = await browser.get(address)
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["summary"]): event for event in found if isinstance(event, Event)}


def starts(event: Event) -> datetime:
    start = event.DTSTART
    assert isinstance(start, datetime)
    return start.astimezone(UTC)


def sequence(event: Event) -> int:
    return int(str(event["sequence"]))


async def test_a_party_makes_its_address_with_a_button(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    path = f"/b/{booked.reference}/calendar"
    await client.get(path)
    assert await read(all_keys) == []
    address = await made_address(client, path)
    again = await made_address(client, path, "make-anew")
    assert again != address
    await client.get(address, status=404)
    await client.get(path)
    assert address_on(client) == again
    assert next(iter(await events(client, again))) == "Spring gathering"


async def all_keys() -> list[CalendarKey]:
    return await CalendarKey.objects()


async def test_only_the_hash_of_a_key_is_readable_at_rest(
    client: PageClient, booked: Booked
) -> None:
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    key = address.removeprefix("/feeds/").removesuffix(".ics")
    (row,) = await read(all_keys)
    assert row.key_hash == hash_of(key)
    assert key.encode() not in bytes(row.sealed_key)


async def test_a_second_press_of_the_first_button_makes_no_second_address(
    client: PageClient, booked: Booked
) -> None:
    path = f"/b/{booked.reference}/calendar"
    await client.get(path)
    await client.submit("form:has(#make)")
    await client.submit("form:has(#make)")
    assert len(await read(all_keys)) == 1


async def test_the_day_and_the_stars_with_their_rooms(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    await offered(setting, "Growing older", "Music", "Not mine")
    for number, part, room in ((1, 0, 1), (2, 1, 0), (3, 0, 2)):
        await placed(setting, number, part, room)
    for number in (1, 2):
        await client.get(f"{HERE}/sessions/{number}")
        await client.submit("form[action$=star]")
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    found = await events(client, address)
    of_the_day = {f"{part.name} (Spring gathering)" for part in await day_of(setting)}
    assert set(found) == {"Spring gathering", *of_the_day, "Growing older", "Music"}
    session = found["Growing older"]
    assert str(session["location"]).startswith("Library, Friends Meeting House, 6 Mount Street")
    assert starts(session) == starts(found["Round 1 (Spring gathering)"])
    assert str(session["url"]) == f"http://localhost:8000{HERE}/sessions/1"
    await placed(setting, 1, 2, 0)
    moved = (await events(client, address))["Growing older"]
    assert str(moved["uid"]) == str(session["uid"])
    assert sequence(moved) > sequence(session)
    assert str(moved["location"]).startswith("Large meeting room")
    assert starts(moved) == starts(found["Round 3 (Spring gathering)"])
    await client.get(f"{HERE}/sessions/2")
    await client.submit("form[action$=star]")
    assert "Music" not in await events(client, address)


async def test_a_part_of_the_day_that_moves_is_the_same_entry(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    before = (await events(client, address))["Closing circle (Spring gathering)"]
    part = (await day_of(setting))[-1]
    shorter = RoundWords(part.name, part.kind, part.starts_at + timedelta(minutes=5), part.ends_at)
    await write(change_round, setting.viewer, setting.gathering.id, part.number, shorter)
    after = (await events(client, address))["Closing circle (Spring gathering)"]
    assert str(after["uid"]) == str(before["uid"])
    assert sequence(after) > sequence(before)
    assert starts(after) == starts(before) + timedelta(minutes=5)


async def test_stars_from_before_the_address_are_found(
    client: PageClient, setting: Setting
) -> None:
    """Somebody stars first and books later: the button on the page of the booking joins them."""
    await offered(setting, "Growing older")
    await placed(setting, 1, 0, 1)
    await client.get(f"{HERE}/sessions/1")
    await client.submit("form[action$=star]")
    made = await book(setting.gathering.id, one_person())
    client.set_cookie(f"booking-{made.reference}", made.secret)
    address = await made_address(client, f"/b/{made.reference}/calendar")
    assert "Growing older" in await events(client, address)


async def test_a_forged_cookie_joins_nobody_to_a_booking(
    client: PageClient, setting: Setting
) -> None:
    made = await book(setting.gathering.id, one_person())
    await offered(setting, "Growing older")
    client.set_cookie(f"booking-{made.reference}", "wrong")
    await client.get(f"{HERE}/sessions/1")
    await client.submit("form[action$=star]")
    assert [joiner.booking for joiner in await read(joiners)] == [None]


async def joiners() -> list[Joiner]:
    return await Joiner.objects()


async def test_a_feed_shows_no_names_and_no_needs(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    text = (await client.get(address)).text.replace("\r\n ", "")
    for private in ("Cal", "Left ear", "hear", "01632", booked.secret, "ORGANIZER", "ATTENDEE"):
        assert private not in text.replace("BEGIN:VCAL", "").replace("VCALENDAR", "")
    assert f"Your reference: {booked.reference}" in text


async def test_what_becomes_of_a_booking_is_said(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    before = (await events(client, address))["Spring gathering"]
    await write(cancel_of, booked.reference)
    (after,) = (await events(client, address)).values()
    assert str(after["summary"]) == "Cancelled: Spring gathering"
    assert str(after["status"]) == "CANCELLED"
    assert str(after["uid"]) == str(before["uid"])
    assert sequence(after) > sequence(before)


async def cancel_of(reference: str) -> None:
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    await cancel(booking.id)


async def test_a_cancelled_gathering_says_so_once(
    client: PageClient, setting: Setting, booked: Booked
) -> None:
    address = await made_address(client, f"/b/{booked.reference}/calendar")
    await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    (event,) = (await events(client, address)).values()
    assert str(event["summary"]) == "Cancelled: Spring gathering"
    assert str(event["status"]) == "CANCELLED"


async def test_somebody_on_the_waiting_list_is_not_promised_the_day(
    client: PageClient, setting: Setting
) -> None:
    await write(fill_up, setting.gathering.id)
    made = await book(setting.gathering.id, one_person())
    client.set_cookie(f"booking-{made.reference}", made.secret)
    address = await made_address(client, f"/b/{made.reference}/calendar")
    (event,) = (await events(client, address)).values()
    assert str(event["summary"]) == "Waiting list: Spring gathering"
    assert str(event["status"]) == "TENTATIVE"


async def fill_up(gathering_id: int) -> None:
    await Gathering.update({Gathering.capacity: 1, Gathering.taken: 1}).where(
        Gathering.id == gathering_id
    )


async def test_an_organiser_sees_drafts_and_a_facilitator_does_not(
    ada: PageClient, ben: PageClient, setting: Setting
) -> None:
    begins = datetime.now(UTC).replace(microsecond=0) + timedelta(days=90)
    about = gatherings.About("Secret", "", begins, begins + timedelta(hours=6))
    gathering, verb = setting.gathering, gatherings.plan_gathering
    await write(verb, setting.viewer, gathering.series, about, gathering.venue)
    hers = await events(ada, await made_address(ada, "/desk/calendar"))
    assert set(hers) == {"Spring gathering", "Draft: Secret"}
    assert str(hers["Draft: Secret"]["status"]) == "TENTATIVE"
    his = await events(ben, await made_address(ben, "/desk/calendar"))
    assert set(his) == {"Spring gathering"}


async def test_a_facilitator_sees_every_session(ben: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older", "Music", "Waiting for a room")
    for number, part, room in ((1, 0, 1), (2, 1, 0)):
        await placed(setting, number, part, room)
    await made_address(ben, "/desk/calendar")
    found = await events(ben, address_on(ben, "open-board"))
    of_the_day = {f"{part.name} (Spring gathering)" for part in await day_of(setting)}
    assert set(found) == {"Spring gathering", *of_the_day, "Growing older", "Music"}
    assert str(found["Music"]["location"]).startswith("Large meeting room")


async def test_a_session_of_two_rounds_ends_with_the_second(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await write(two_rounds_long)
    await placed(setting, 1, 0, 1)
    await made_address(ben, "/desk/calendar")
    found = await events(ben, address_on(ben, "open-board"))
    first, second = (found[f"Round {number} (Spring gathering)"] for number in (1, 2))
    session = found["Growing older"]
    assert (starts(session), session.DTEND) == (starts(first), second.DTEND)


async def two_rounds_long() -> None:
    await Session.update({Session.length: 2}).where(Session.number == 1)


async def test_old_gatherings_leave_the_feed_of_rounds(ben: PageClient, setting: Setting) -> None:
    await write(long_ago, setting.gathering.id)
    await made_address(ben, "/desk/calendar")
    assert await events(ben, address_on(ben, "open-board")) == {}
    assert set(await events(ben, address_on(ben))) == {"Spring gathering"}


async def long_ago(gathering_id: int) -> None:
    begins = datetime(2024, 3, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    ends = begins + timedelta(hours=6)
    await Gathering.update({Gathering.starts_at: begins, Gathering.ends_at: ends}).where(
        Gathering.id == gathering_id
    )


async def test_a_stranger_sees_nothing(
    client: PageClient, ada: PageClient, dee: PageClient, booked: Booked
) -> None:
    assert await events(dee, await made_address(dee, "/desk/calendar")) == {}
    hers = await made_address(ada, "/desk/calendar")
    key = hers.removesuffix(".ics")
    for wrong in ("/feeds/x.ics", "/feeds/.ics", f"{key}", f"{key}x.ics", "/feeds/x/board.ics"):
        await client.get(wrong, status=404)
    await client.get("/desk/calendar", status=401)
    await client.post("/desk/calendar", status=401)
    await dee.get(f"/b/{booked.reference}/calendar", status=303)
    await dee.post(f"/b/{booked.reference}/calendar")
    assert len(await read(all_keys)) == 2
    own = await made_address(client, f"/b/{booked.reference}/calendar")
    await client.get(f"{own.removesuffix('.ics')}/board.ics", status=404)


async def test_a_feed_ends_with_its_account_or_role(ben: PageClient, setting: Setting) -> None:
    address = await made_address(ben, "/desk/calendar")
    await write(close_account, setting.team.ben)
    await ben.get(address, status=404)


async def close_account(account_id: int) -> None:
    await Account.update({Account.closed_at: datetime.now(UTC)}).where(Account.id == account_id)


async def test_a_new_role_shows_in_the_same_address(dee: PageClient, setting: Setting) -> None:
    address = await made_address(dee, "/desk/calendar")
    await write(grant, setting.team.dee, setting.gathering.series, "door")
    assert set(await events(dee, address)) == {"Spring gathering"}


async def test_a_calendar_that_has_it_already_is_told_so(
    client: PageClient, ben: PageClient, setting: Setting, booked: Booked
) -> None:
    own = await made_address(client, f"/b/{booked.reference}/calendar")
    his = await made_address(ben, "/desk/calendar")
    for path in (own, his, address_on(ben, "open-board")):
        answer = await client.get(path)
        assert answer.headers["cache-control"] == "private, no-cache"
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in answer.content
        known = {"if-none-match": answer.headers["etag"]}
        assert (await client.get(path, status=304, headers=known)).content == b""
    await offered(setting, "Growing older")
    await placed(setting, 1, 0, 1)
    await client.get(path, headers=known)
