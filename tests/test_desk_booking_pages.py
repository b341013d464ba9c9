"""The desk's pages about bookings: a list, a search, one booking, and who may see them."""

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings, cancelling
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.parties import PersonAnswer
from tests.booking_rows import one_person, with_needs, with_supporter
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write


@pytest.fixture
async def list_page(setting: Setting) -> str:
    return f"/desk/g/{setting.gathering.slug}/bookings"


async def test_the_list_shows_everybody_and_how_full_it_is(
    ada: PageClient, setting: Setting, list_page: str
) -> None:
    gathering = setting.gathering.id
    await ada.get(list_page)
    assert "No bookings yet" in ada.words
    first = await write(bookings.book, gathering, with_supporter("Calpurnia"))
    await write(
        bookings.book, gathering, one_person("Dot"), source="phone", entered_by=setting.team.ada
    )
    await ada.get(list_page)
    assert "3 of 20 places taken" in ada.words
    for words in ("Calpurnia", first.reference, "Phone call: 01632 960 002", "Booked", "Website"):
        assert words in ada.words
    await ada.submit('form[role="search"]', {"words": "calpur"}, status=200)
    assert "Calpurnia" in ada.words
    assert "Dot" not in ada.words
    await ada.get(f"{list_page}?words=nobody")
    assert "Nothing was found" in ada.words
    await ada.get(f"{list_page}?words=turn%E2%80%AEround%00")
    assert ada.one("#words")["value"] == "turnround"
    await ada.get(f"{list_page}?words=%3Cb%3E{'x' * 500}")
    assert "<b>x" not in ada.text


async def test_filters_find_by_state_supporter_and_way(
    ada: PageClient, setting: Setting, list_page: str
) -> None:
    first = await write(bookings.book, setting.gathering.id, with_supporter("Calpurnia"))
    await write(bookings.book, setting.gathering.id, one_person("Dot", contact_way="post"))
    kept = await read(find_booking, first.reference)
    assert kept is not None
    assert await write(cancelling.cancel, kept.id)
    await ada.get(list_page)
    for changes, found in (
        ({"stands": "cancelled"}, ["Calpurnia"]),
        ({"stands": "booked"}, ["Dot"]),
        ({"role": "supporting"}, ["Calpurnia"]),
        ({"role": "attending"}, ["Dot"]),
        ({"way": "post"}, ["Dot"]),
        ({"way": "post", "stands": "cancelled"}, []),
        ({}, ["Calpurnia", "Dot"]),
    ):
        await ada.get(list_page)
        await ada.submit('form[role="search"]', changes, status=200)
        assert [name for name in ("Calpurnia", "Dot") if name in ada.words] == found
    await ada.get(f"{list_page}?stands=no-such")
    assert "Nothing was found" in ada.words


async def test_two_bookings_of_one_name_are_flagged(
    ada: PageClient, setting: Setting, list_page: str
) -> None:
    first, second = [
        await write(bookings.book, setting.gathering.id, one_person("Cal")) for _ in range(2)
    ]
    await ada.get(list_page)
    assert ada.words.count("May be twice") == 2
    await ada.get(f"{list_page}/{first.reference}")
    assert "They may have booked twice" in ada.words
    assert second.reference in ada.words


async def test_one_booking_tells_how_it_came_but_not_what_is_needed(
    ada: PageClient, setting: Setting, list_page: str
) -> None:
    party = with_needs(NeedAnswer("hear.bsl", "Please face me", "must"), NeedAnswer("see.large"))
    booked = await write(
        bookings.book, setting.gathering.id, party, source="paper", entered_by=setting.team.ada
    )
    await ada.get(f"{list_page}/{booked.reference}")
    for words in ("Cal", "Paper, written down by Ada", "2 needs: They told us", "1 place"):
        assert words in ada.words
    assert "British Sign Language" not in ada.text
    assert "Please face me" not in ada.text


async def test_needing_nothing_and_not_being_asked_are_told_apart(
    ada: PageClient, setting: Setting, list_page: str
) -> None:
    asked = await write(bookings.book, setting.gathering.id, one_person())
    await ada.get(f"{list_page}/{asked.reference}")
    assert "They said that they need nothing" in ada.words
    not_asked = one_person(people=(PersonAnswer(name="Dot"),))
    unasked = await write(bookings.book, setting.gathering.id, not_asked, source="paper")
    await ada.get(f"{list_page}/{unasked.reference}")
    assert "They were not asked yet" in ada.words


async def test_a_booking_of_another_gathering_is_not_found_here(
    ada: PageClient, list_page: str
) -> None:
    await ada.get(f"{list_page}/no-such-99", status=404)


async def test_strangers_and_facilitators_see_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting, list_page: str
) -> None:
    booked = await write(bookings.book, setting.gathering.id, one_person("Calpurnia"))
    for address in (list_page, f"{list_page}/{booked.reference}"):
        await client.get(address, status=401)
        for browser in (ben, dee):
            await browser.get(address, status=403)
            assert "Calpurnia" not in browser.text
