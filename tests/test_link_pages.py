""" "Send me my link again" says the same to everybody, and writes only to known addresses."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gatherings.bookings import link_pages
from gatherings.letters.private_links import private_link
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.waiting_rows import booked
from web.crypto import unseal
from web.limits import Limit


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins with nobody having asked."""
    monkeypatch.setattr(link_pages, "asked_before", Limit(5, 3600))
    monkeypatch.setattr(link_pages, "written_to", Limit(5, 3600))
    return iter(())


async def ask(client: PageClient, words: str, status: int = 303) -> str:
    """Ask for the link. Gives all that the asker sees."""
    await client.get("/b/again")
    answer = await client.submit("main form", {"asked": words}, status=status)
    if status != 303:
        return client.words
    seen = [str(answer.status_code), answer.headers["location"], answer.text]
    await client.follow()
    return " ".join([*seen, str(client.soup.main)])


async def links() -> list[str]:
    rows = await Letter.objects().where(Letter.kind == "link_again").order_by(Letter.id)
    return [unseal(row.sealed, bound_to(row.handle))["link"] for row in rows]


async def test_the_link_goes_to_the_address_of_the_booking(
    client: PageClient, setting: Setting
) -> None:
    first = await booked(setting.gathering, 1, "Cal")
    second = await booked(setting.gathering, 1, "Cal")
    other = await booked(setting.gathering, 1, "Dot")
    await ask(client, " CAL@people.example ")
    assert await links() == [private_link(first), private_link(second)]
    await ask(client, other.reference.replace("-", " ").upper())
    assert (await links())[2:] == [private_link(other)]


async def test_nobody_learns_whether_we_know_somebody(client: PageClient, setting: Setting) -> None:
    booking = await booked(setting.gathering, 1, "Cal")
    by_phone = await booked(setting.gathering, 1, "Dot", way="phone")
    asked = (
        *("cal@people.example", "nobody@people.example", booking.reference, "no-such-99"),
        *(by_phone.reference, "01632 960 002", "' OR 1=1 --"),
    )
    assert len({await ask(client, words) for words in asked}) == 1
    assert len(await links()) == 2


async def test_nobody_is_written_to_more_than_five_times_in_an_hour(
    client: PageClient, setting: Setting
) -> None:
    booking = await booked(setting.gathering, 1, "Cal")
    for _ in range(5):
        await ask(client, "cal@people.example")
    assert "asked for the link several times" in await ask(client, "cal@people.example", 429)
    await ask(client, booking.reference)
    assert len(await links()) == 5
    for _ in range(5):
        await ask(client, "nobody@people.example")
    await ask(client, "nobody@people.example", 429)


async def test_an_empty_wish_says_what_to_enter(client: PageClient) -> None:
    assert "Enter your reference or your e-mail address" in await ask(client, "", 422)


async def test_the_way_there_is_on_the_locked_page_and_beside_the_sign_in(
    client: PageClient,
) -> None:
    for address, status in (("/b/maple-river-42", 401), ("/sign-in", 200)):
        await client.get(address, status=status)
        assert client.soup.select_one('main a[href="/b/again"]') is not None


async def test_the_desk_sends_it_in_any_way(
    ada: PageClient, dee: PageClient, setting: Setting
) -> None:
    booking = await booked(setting.gathering, 1, "Cal", way="phone", at=datetime.now(UTC))
    desk = f"/desk/g/{setting.gathering.slug}/bookings/{booking.reference}"
    await ada.get(desk)
    await ada.submit('form[action$="/link"]')
    rows = await Letter.objects().where(Letter.kind == "link_again")
    assert [(row.way, row.state) for row in rows] == [("phone", "by_hand")]
    await dee.post(f"{desk}/link", {}, status=403)
    assert len(await links()) == 1
