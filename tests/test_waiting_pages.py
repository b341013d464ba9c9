"""The desk's waiting list: in order, with buttons that offer a place or book somebody in."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings import cancelling
from gatherings.planning.tables import Gathering
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.waiting_rows import booked, state_of
from web.database import write


async def _set(gathering_id: int, capacity: int, hours: int) -> None:
    starts = datetime.now(UTC) + timedelta(hours=hours)
    await Gathering.update(
        {
            Gathering.capacity: capacity,
            Gathering.starts_at: starts,
            Gathering.ends_at: starts + timedelta(hours=6),
        }
    ).where(Gathering.id == gathering_id)


@pytest.fixture
async def small(setting: Setting) -> Gathering:
    """The gathering with two places, in a month."""
    await write(_set, setting.gathering.id, 2, 720)
    return setting.gathering


async def test_the_list_is_in_order_with_what_each_would_take(
    ada: PageClient, small: Gathering
) -> None:
    page = f"/desk/g/{small.slug}/waiting"
    await ada.get(page)
    assert "Nobody waits" in ada.words
    first = await booked(small, 2, "First")
    for name, size in (("Pair", 2), ("Trio", 3), ("One", 1)):
        await booked(small, size, name, way="phone", fewer=2 if name == "Trio" else 0)
    await ada.get(page)
    names = [tag.get_text() for tag in ada.soup.select("ol.cards h3 a")]
    assert names == ["Pair", "Trio", "One"]
    assert "3 places, or at least 2" in ada.words
    assert "in this order, until 3 days before the start" in ada.words
    assert await write(cancelling.cancel, first.id)
    await ada.get(page)
    assert "The offer does not end by itself" in ada.words


async def test_three_days_before_people_are_rung(ada: PageClient, small: Gathering) -> None:
    page, desk = f"/desk/g/{small.slug}/waiting", f"/desk/g/{small.slug}"
    first = await booked(small, 2, "First")
    pair = await booked(small, 2, "Pair", way="phone")
    one = await booked(small, 1, "One", way="phone")
    await write(_set, small.id, 2, 48)
    await ada.get(desk)
    assert "Phone these people" not in ada.words
    await ada.get(f"{desk}/bookings/{pair.reference}/book-in")
    assert "First make more places" in ada.words
    assert ada.soup.select_one("#book-in") is None
    assert await write(cancelling.cancel, first.id)
    assert await state_of(pair) == ("waiting", 0)
    await ada.get(desk)
    assert "2 parties wait for a place" in ada.words
    await ada.get(page)
    assert "Phone these people" in ada.words
    assert ada.soup.select_one('a[href="tel:01632960002"]') is not None
    await ada.submit(f'form[action$="{one.reference}/offer-now"]')
    await ada.follow()
    assert await state_of(one) == ("offered", 1)
    await ada.post(f"{desk}/bookings/{pair.reference}/offer-now", {"then": "waiting"}, status=422)
    assert "1 place is free just now, and 2 places are needed" in ada.words
    await ada.get(f"{desk}/bookings/{pair.reference}/book-in")
    await ada.submit("main form", {"coming": ["1", "2"]}, status=422)
    await ada.submit("main form", {"coming": ["2"]})
    assert await state_of(pair) == ("booked", 1)
    await ada.get(f"{desk}/bookings/{one.reference}/book-in")
    await ada.submit("main form")
    assert await state_of(one) == ("booked", 1)


async def test_strangers_and_facilitators_see_and_give_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, small: Gathering
) -> None:
    await booked(small, 2, "First")
    one = await booked(small, 1, "Calpurnia")
    home = f"/desk/g/{small.slug}/bookings/{one.reference}"
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in (f"/desk/g/{small.slug}/waiting", f"{home}/book-in"):
            await browser.get(address, status=status)
            assert "Calpurnia" not in browser.text
        for tail in ("offer-now", "book-in"):
            await browser.post(f"{home}/{tail}", {}, status=status)
    assert await state_of(one) == ("waiting", 0)
