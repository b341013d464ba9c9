"""A page that stayed open while its subject went: it says so, and what was typed is not lost."""

from datetime import UTC, datetime

import pytest
from bs4 import Tag

from gatherings.planning.helpers import remove_role
from sessions.capture.sheets import remove
from sessions.personal_data.all_rules import erase_everywhere
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.sheet_rows import sheet_row
from tests.test_change_pages import enter
from tests.waiting_rows import booked
from web.database import write

POINTS = 'We ask people what they want\nمرحبا "all" & <some>'


def shown(browser: PageClient) -> list[str]:
    """The texts that the page hands back."""
    return [said(field) for field in browser.soup.select("main textarea")]


def said(field: Tag) -> str:
    return field.get_text().replace("\r\n", "\n").strip()


async def test_a_sheet_that_was_removed_while_somebody_typed_it_up(
    ada: PageClient, setting: Setting
) -> None:
    code = await sheet_row(setting.gathering.id, "first")
    await ada.get(f"/g/{setting.gathering.slug}/capture/{code}")
    await write(remove, setting.gathering.id, code)
    await ada.submit("form:has(#keep-text)", {"points": POINTS}, status=404)
    assert "This picture is not here any more" in ada.words
    assert shown(ada) == [POINTS]


async def test_a_room_that_was_removed_by_the_first_press(
    ada: PageClient, setting: Setting
) -> None:
    await ada.get(f"/desk/venues/{setting.venue_slug}/rooms/3")
    await ada.submit("form:has(#remove)")
    await ada.submit("form:has(#remove)", status=404)
    assert "That is not here any more" in ada.words
    assert "the first press may have done it" in ada.words
    assert ada.one("main a[href='/desk']").get_text() == "Your desk"
    assert shown(ada) == []


async def test_who_lost_their_role_while_they_typed_keeps_their_words(
    ben: PageClient, setting: Setting
) -> None:
    address = f"/g/{setting.gathering.slug}/arrange/morning"
    await ben.get(address)
    await write(remove_role, setting.gathering.series, "ben@example.org", "facilitator")
    await ben.submit("form:has([name=theme])", {"theme": "What would help?"}, status=403)
    assert shown(ben) == ["What would help?"]


@pytest.mark.parametrize("why", ["it was closed on this device", "it was deleted"])
async def test_a_party_whose_page_ended_while_they_typed_keeps_their_words(
    client: PageClient, setting: Setting, why: str
) -> None:
    booking = await booked(setting.gathering)
    home = await enter(client, booking)
    await client.get(f"{home}/people/1")
    if why == "it was deleted":
        await write(erase_everywhere, booking.id, "person", datetime.now(UTC))
    else:
        client.forget_cookies()
    status = 410 if why == "it was deleted" else 401
    await client.submit("main form", {"name": "Cal of Long Street"}, status=status)
    assert "Cal of Long Street" in shown(client)


async def test_a_password_and_the_keys_of_a_form_are_never_shown(
    dee: PageClient, setting: Setting
) -> None:
    sent = {"password": "three plain words", "seen": "961f3aff81d54d909d7c", "why": "Two words"}
    await dee.post(f"/desk/g/{setting.gathering.slug}/cancel", sent, status=403)
    assert shown(dee) == ["Two words"]
    assert "three plain words" not in dee.text


async def test_an_address_that_was_never_there_says_so(dee: PageClient) -> None:
    await dee.get("/g/no-such-gathering", status=404)
    assert "it may have been typed wrongly" in dee.words
