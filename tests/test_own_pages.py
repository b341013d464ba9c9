"""A party's own page: opened by its secret, which stays out of history; cancelled by a button."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar

from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.tables import Booking, BookingEvent, Draft
from gatherings.planning import gatherings
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person, taken_of, with_needs, with_supporter
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write


@pytest.fixture
async def booked(setting: Setting) -> Booked:
    return await write(bookings.book, setting.gathering.id, with_supporter("Calpurnia"))


async def test_the_private_link_is_swapped_for_a_cookie_at_once(
    client: PageClient, booked: Booked
) -> None:
    before = await read(_rows)
    answer = await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    assert answer.headers["location"] == f"/b/{booked.reference}"
    assert answer.headers["cache-control"] == "no-store"
    shown = await client.follow()
    assert shown.headers["cache-control"] == "no-store"
    assert "Calpurnia" in client.words
    assert "A supporter" in client.words
    assert f"/b/{booked.reference}/{booked.secret}" in client.text
    assert 'class="qr"' in client.text
    assert await read(_rows) == before


async def _rows() -> Sequence[int]:
    return [await table.count() for table in (Booking, BookingEvent, Draft)]


async def test_without_the_secret_a_booking_and_no_booking_look_the_same(
    client: PageClient, dee: PageClient, ben: PageClient, booked: Booked
) -> None:
    pages = set()
    for browser in (client, dee, ben):
        for address in (
            f"/b/{booked.reference}",
            "/b/no-such-99",
            f"/b/{booked.reference}/cancel",
            "/b/no-such-99/cancel",
        ):
            await browser.get(address, status=401)
            assert "Calpurnia" not in browser.text
            assert booked.reference not in browser.words
            pages.add(str(browser.soup.main))
    assert len(pages) == 1


async def test_a_wrong_secret_opens_nothing(client: PageClient, booked: Booked) -> None:
    for address in (f"/b/{booked.reference}/wrong", f"/b/no-such-99/{booked.secret}"):
        answer = await client.get(address, status=303)
        assert "set-cookie" not in answer.headers
        await client.follow(status=401)
    client.set_cookie(f"booking-{booked.reference}", "wrong")
    await client.get(f"/b/{booked.reference}", status=401)
    await client.post(f"/b/{booked.reference}/cancel", {}, status=401)


async def test_a_helper_at_the_door_is_led_there_without_a_cookie(
    ada: PageClient, ben: PageClient, booked: Booked, setting: Setting
) -> None:
    door = f"/desk/g/{setting.gathering.slug}/door/{booked.reference}"
    for address in (f"/b/{booked.reference}", f"/b/{booked.reference}/{booked.secret}"):
        answer = await ada.get(address, status=303)
        assert answer.headers["location"] == door
        assert "set-cookie" not in answer.headers
    answer = await ben.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    assert answer.headers["location"] == f"/b/{booked.reference}"
    ada.set_cookie(f"booking-{booked.reference}", booked.secret)
    await ada.get(f"/b/{booked.reference}")
    assert "This party at the door" in ada.words


async def test_the_address_with_the_secret_is_told_to_nobody(
    client: PageClient, booked: Booked, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gatherings.access")
    answer = await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    assert answer.headers["referrer-policy"] == "no-referrer"
    lines = [r.getMessage() for r in caplog.records if r.name.startswith("gatherings")]
    assert ["/b/{reference}/{secret}" in line for line in lines] == [True]
    assert not any(booked.secret in line or booked.reference in line for line in lines)
    page = await client.follow()
    assert page.headers["referrer-policy"] == "same-origin"


async def test_the_secret_of_one_booking_does_not_open_another(
    client: PageClient, booked: Booked, setting: Setting
) -> None:
    other = await write(bookings.book, setting.gathering.id, one_person("Dot"))
    client.set_cookie(f"booking-{booked.reference}", other.secret)
    await client.get(f"/b/{booked.reference}", status=401)


async def test_needs_show_their_state_to_the_person(client: PageClient, setting: Setting) -> None:
    party = with_needs(NeedAnswer("hear.bsl", "Please face me", "must"), NeedAnswer("calm.breaks"))
    mine = await write(bookings.book, setting.gathering.id, party)
    await client.get(f"/b/{mine.reference}/{mine.secret}", status=303)
    await client.follow()
    assert client.words.count("You told us") >= 2
    for words in ("British Sign Language (BSL) interpreters", "Please face me", "Regular breaks"):
        assert words in client.words
    assert client.words.count("You cannot come without this") == 1


async def test_cancelling_asks_once_and_gives_the_places_back(
    client: PageClient, booked: Booked, setting: Setting
) -> None:
    await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await client.follow()
    await client.get(f"/b/{booked.reference}/cancel")
    assert await taken_of(setting.gathering) == 2
    await client.submit("main form")
    await client.follow()
    assert "This booking is cancelled" in client.words
    assert await taken_of(setting.gathering) == 0
    await client.post(f"/b/{booked.reference}/cancel", {})
    await client.get(f"/b/{booked.reference}/cancel", status=303)
    assert await taken_of(setting.gathering) == 0
    kept = (await Booking.objects())[0]
    assert (kept.state, kept.contact_name) == ("cancelled", "Calpurnia")


async def test_leaving_the_waiting_list(client: PageClient, setting: Setting) -> None:
    await write(_changed, setting.gathering.id, {Gathering.capacity: 1})
    mine = await write(bookings.book, setting.gathering.id, with_supporter())
    assert mine.state == "waiting"
    await client.get(f"/b/{mine.reference}/{mine.secret}", status=303)
    await client.follow()
    assert "We keep you together" in client.words
    assert "A calendar that keeps up by itself" in client.words
    assert "Put it in my calendar" not in client.words
    await client.get(f"/b/{mine.reference}/cancel")
    assert "Leave the waiting list?" in client.words
    await client.submit("main form")
    assert (await Booking.objects())[0].state == "cancelled"


async def _changed(gathering_id: int, values: dict[Any, Any]) -> None:
    await Gathering.update(values).where(Gathering.id == gathering_id)


async def test_when_the_gathering_is_called_off_the_page_says_so_first(
    client: PageClient, booked: Booked, setting: Setting
) -> None:
    await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await client.follow()
    assert client.one("h1").get_text() == "Your places are booked"
    await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    await client.get(f"/b/{booked.reference}")
    assert client.one("h1").get_text() == "This gathering is cancelled"
    assert "Please do not travel" in client.words
    for gone in ("We look forward to seeing you", "Put it in my calendar", "You cannot come?"):
        assert gone not in client.words


@pytest.mark.parametrize("capacity", [20, 1])
async def test_afterwards_the_page_says_that_it_is_over(
    client: PageClient, setting: Setting, capacity: int
) -> None:
    await write(_changed, setting.gathering.id, {Gathering.capacity: capacity})
    mine = await write(bookings.book, setting.gathering.id, with_supporter())
    began = datetime.now(UTC) - timedelta(hours=7)
    past = {Gathering.starts_at: began, Gathering.ends_at: began + timedelta(hours=6)}
    await write(_changed, setting.gathering.id, past)
    await client.get(f"/b/{mine.reference}/{mine.secret}", status=303)
    await client.follow()
    assert client.one("h1").get_text() == "This gathering is over"
    assert client.soup.select_one('main a[href="/g/spring-gathering/summary"]')
    for gone in ("We look forward to seeing you", "in the line", "Put it in my calendar"):
        assert gone not in client.words


async def test_closing_the_page_on_a_shared_computer(client: PageClient, booked: Booked) -> None:
    await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await client.follow()
    await client.submit('form[action$="/close"]')
    await client.get(f"/b/{booked.reference}", status=401)


async def test_the_private_link_takes_only_get(app: Litestar, booked: Booked) -> None:
    async with PageClient(app) as scanner:
        await scanner.post(f"/b/{booked.reference}/{booked.secret}", {}, status=405)
