"""The buttons of a party's own page, and the same ones on the desk: each asks first, then does."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings import cancelling, undoing
from gatherings.bookings.booking_list import history_of
from gatherings.bookings.tables import Booking, BookingUndo, Person
from gatherings.letters.private_links import private_link
from gatherings.planning.tables import Gathering
from tests.booking_rows import taken_of
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.waiting_rows import booked, coming_in, state_of
from web.database import read, write


async def _capacity(gathering_id: int, capacity: int) -> None:
    await Gathering.update({Gathering.capacity: capacity}).where(Gathering.id == gathering_id)


@pytest.fixture
async def small(setting: Setting) -> Gathering:
    """The gathering with three places."""
    await write(_capacity, setting.gathering.id, 3)
    return setting.gathering


async def enter(browser: PageClient, booking: Booking) -> str:
    """Open the booking by its private link. Gives the address of its page."""
    await browser.get(private_link(booking).partition("8000")[2], status=303)
    await browser.follow()
    return f"/b/{booking.reference}"


async def test_a_person_changes_and_undoes_it(client: PageClient, small: Gathering) -> None:
    booking = await booked(small, 2)
    home = await enter(client, booking)
    await client.get(f"{home}/people/1")
    await client.submit("main form", {"name": ""}, status=422)
    assert "Enter their full name" in client.words
    await client.submit("main form", {"name": "Calpurnia", "badge": "Cal"})
    await client.follow()
    for words in ("Calpurnia", "On the badge: Cal", "undo it until"):
        assert words in client.words
    await client.get(f"{home}/undo")
    assert await coming_in(booking) == ["Calpurnia", "Cal 2"]
    await client.submit("main form")
    await client.follow()
    assert await coming_in(booking) == ["Cal 1", "Cal 2"]
    assert "undo it until" not in client.words


async def test_somebody_is_added_and_taken_out(client: PageClient, small: Gathering) -> None:
    booking = await booked(small, 2)
    home = await enter(client, booking)
    await client.get(f"{home}/add")
    assert "1 place is free just now" in client.words
    await client.submit("main form", status=422)
    await client.submit("main form", {"role": "supporting", "help": "ask"})
    await client.follow()
    assert "A supporter" in client.words
    assert await state_of(booking) == ("booked", 3)
    await client.get(f"{home}/add")
    assert "No place is free just now" in client.words
    assert client.soup.select_one("main form") is None
    await client.post(f"{home}/add", {"role": "attending", "name": "X", "help": "no"}, status=422)
    await client.get(f"{home}/people/3")
    await client.submit("main form", {"coming": "maybe"})
    assert (await Person.objects().where(Person.position == 3))[0].maybe
    await client.get(f"{home}/people/3")
    await client.submit("main form", {"coming": "no"})
    await client.follow()
    assert await state_of(booking) == ("booked", 2)
    await client.get(f"{home}/people/2/remove")
    await client.submit("main form")
    await client.follow()
    assert await coming_in(booking) == ["Cal 1"]
    assert await taken_of(small) == 1
    await client.get(f"{home}/people/2", status=404)
    await client.get(f"{home}/people/1/remove")
    await client.submit("main form", status=422)
    assert "Cancel the whole booking instead" in client.words


async def test_how_we_reach_them_changes(client: PageClient, small: Gathering) -> None:
    booking = await booked(small)
    home = await enter(client, booking)
    await client.get(f"{home}/contact")
    await client.submit("main form", {"way": "phone", "detail-phone": "12"}, status=422)
    await client.submit("main form", {"way": "phone", "detail-phone": "01632 960 009"})
    await client.follow()
    assert "01632 960 009" in client.words


async def test_an_offer_is_answered_by_choosing_who_comes(
    client: PageClient, small: Gathering
) -> None:
    first = await booked(small, 2, "First")
    booking = await booked(small, 3)
    home = await enter(client, booking)
    assert "You are first in the line" in client.words
    await client.get(f"{home}/fewer")
    await client.submit("main form", {"fewer": "2"})
    await client.follow()
    assert "only 2 of you" in client.words
    await write(_capacity, small.id, 4)
    assert await write(cancelling.cancel, first.id)
    await write(_capacity, small.id, 3)
    await client.get(home)
    assert "There are places for you" in client.words
    await client.get(f"{home}/offer")
    await client.submit("main form", {"coming": ["1", "2", "3"]})
    await client.follow()
    assert "Your places are booked" in client.words
    await client.get(f"{home}/offer", status=303)


async def test_an_offer_for_fewer_needs_a_choice_and_can_be_refused(
    client: PageClient, small: Gathering
) -> None:
    first = await booked(small, 2, "First")
    await booked(small, 1, "Second")
    booking = await booked(small, 3, fewer=2)
    home = await enter(client, booking)
    assert await write(cancelling.cancel, first.id)
    await client.get(home)
    assert "We keep 2 places for you. You asked for 3" in client.words
    await client.get(f"{home}/offer")
    await client.submit("main form", button="yes", status=422)
    assert "Choose who comes" in client.words
    await client.submit("main form", {"coming": ["1", "2", "3"]}, button="yes", status=422)
    assert "Choose fewer people: 2 places are there for you" in client.words
    await client.submit("main form", {"coming": ["1", "3"]}, button="no")
    await client.follow()
    assert "This booking is cancelled" in client.words
    await client.get(f"{home}/undo")
    await client.submit("main form")
    await client.follow()
    assert await state_of(booking) == ("offered", 2)


async def test_whose_place_is_gone_is_told_and_may_wait(
    client: PageClient, small: Gathering
) -> None:
    booking = await booked(small, 3)
    await booked(small, 3, "Dot")
    home = await enter(client, booking)
    await client.get(f"{home}/cancel")
    await client.submit("main form")
    await client.follow()
    assert "The booking was cancelled" in client.words
    await client.get(f"{home}/undo")
    await client.submit("main form", status=409)
    assert "The places have gone" in client.words
    await client.submit("main form")
    await client.follow()
    assert "You are on the waiting list" in client.words
    assert await state_of(booking) == ("waiting", 0)


async def test_an_old_undo_says_so(client: PageClient, small: Gathering) -> None:
    home = await enter(client, await booked(small))
    await client.get(f"{home}/undo")
    assert "This can no longer be undone" in client.words
    await client.post(f"{home}/undo", {"handle": "made-up"}, status=409)


async def test_after_an_offer_ran_out_one_may_wait_again(
    client: PageClient, small: Gathering
) -> None:
    first, booking = await booked(small, 3, "First"), await booked(small)
    assert await write(cancelling.cancel, first.id)
    await write(_lapsed, booking.id)
    home = await enter(client, booking)
    assert "We gave your place to somebody else" in client.words
    await client.get(f"{home}/join-again")
    await client.submit("main form")
    assert await state_of(booking) == ("offered", 1)


async def _lapsed(booking_id: int) -> None:
    await Booking.update({Booking.state: "lapsed", Booking.held: 0}).where(Booking.id == booking_id)


TAILS = (
    *("", "/cancel", "/offer", "/join-again", "/undo", "/people/1", "/people/1/remove"),
    *("/add", "/contact", "/fewer"),
)


async def test_strangers_change_nothing(
    client: PageClient, dee: PageClient, ben: PageClient, small: Gathering
) -> None:
    booking = await booked(small, 2, "Calpurnia")
    desk = f"/desk/g/{small.slug}/bookings/{booking.reference}"
    for browser in (client, dee, ben):
        for tail in TAILS:
            await browser.get(f"/b/{booking.reference}{tail}", status=401)
            assert "Calpurnia" not in browser.text
            await browser.get(f"{desk}{tail}", status=401 if browser is client else 403)
            assert "Calpurnia" not in browser.text
        for tail in TAILS[1:]:
            await browser.post(f"/b/{booking.reference}{tail}", {}, status=401)
            await browser.post(f"{desk}{tail}", {}, status=401 if browser is client else 403)
    assert await BookingUndo.count() == 0
    assert await state_of(booking) == ("booked", 2)


async def test_an_organiser_changes_it_for_somebody_on_the_phone(
    ada: PageClient, setting: Setting, small: Gathering
) -> None:
    booking = await booked(small, 2, way="phone")
    desk = f"/desk/g/{small.slug}/bookings/{booking.reference}"
    await ada.get(f"{desk}/people/1")
    await ada.submit("main form", {"name": "Calpurnia"})
    await ada.follow()
    assert "Calpurnia" in ada.words
    await ada.get(f"{desk}/cancel")
    await ada.submit("main form")
    events = await read(history_of, booking.id)
    assert [(event.what, event.by_account) for event in events[1:]] == [
        ("person changed", setting.team.ada),
        ("cancelled", setting.team.ada),
    ]
    await ada.get(f"{desk}/undo")
    await ada.submit("main form")
    await ada.follow()
    assert await state_of(booking) == ("booked", 2)


async def test_nothing_changes_after_the_gathering(client: PageClient, small: Gathering) -> None:
    booking = await booked(small, 2)
    home = await enter(client, booking)
    await write(_over, small.id)
    for tail in TAILS[1:]:
        if tail == "/undo":
            continue
        await client.get(f"{home}{tail}", status=303)
        await client.post(f"{home}{tail}", {"answer": "no"}, status=303)
    assert await BookingUndo.count() == 0
    await client.get(home)
    assert "You cannot come?" not in client.words


async def _over(gathering_id: int) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    await Gathering.update(
        {Gathering.starts_at: past - timedelta(hours=6), Gathering.ends_at: past}
    ).where(Gathering.id == gathering_id)


def test_half_an_hour_is_what_the_pages_say() -> None:
    assert timedelta(minutes=30) == undoing.UNDO_LASTS
