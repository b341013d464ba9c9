"""The desk's page about needs: opened for access leads alone, moved on one step at a time."""

import logging
import re

import pytest

from gatherings.access.needs import NeedAnswer, mark_of
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.people.roles import grant
from gatherings.people.tables import Role
from tests.booking_rows import with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import write

WORDS = "Please face me when you talk"


@pytest.fixture
async def needs_page(setting: Setting) -> str:
    """The page's address, with two needs on it and Ada as the access lead."""
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    party = with_needs(NeedAnswer("hear.bsl", WORDS, "must"), NeedAnswer("calm.breaks"))
    await write(bookings.book, setting.gathering.id, party)
    return f"/desk/g/{setting.gathering.slug}/needs"


async def _without_access_leads() -> None:
    await Role.delete().where(Role.role == "access_lead")


async def test_an_access_lead_sees_what_it_is_and_whose(ada: PageClient, needs_page: str) -> None:
    await ada.get(needs_page)
    for words in (WORDS, "British Sign Language", "Regular breaks", "Cal", "Cannot come without"):
        assert words in ada.words
    assert "Late" in ada.words
    headings = [heading.get_text() for heading in ada.soup.select("article h2")]
    assert headings == ["British Sign Language (BSL) interpreters", "Regular breaks"]


async def test_an_organiser_sees_states_days_and_numbers_only(
    ada: PageClient, needs_page: str
) -> None:
    await write(_without_access_leads)
    await ada.get(needs_page)
    assert "They told us" in ada.words
    for hidden in (WORDS, "British Sign Language", "hear.bsl", "Regular breaks", "Cal "):
        assert hidden not in ada.text.replace("Calendar", "")
    need = (await Need.objects())[0]
    await ada.post(
        f"{needs_page}/{need.handle}/state", {"seen": "asked", "to": "talking"}, status=403
    )
    assert need.handle not in ada.text


async def test_a_need_moves_step_by_step_with_its_history(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    await ada.get(needs_page)
    for _ in range(3):
        await ada.submit("article form")
        await ada.follow()
    moved = (await Need.objects().order_by(Need.id))[0]
    assert moved.state == "agreed"
    history = await NeedEvent.objects().order_by(NeedEvent.id)
    assert [(event.from_state, event.to_state) for event in history] == [
        ("asked", "talking"),
        ("talking", "arranged"),
        ("arranged", "agreed"),
    ]
    assert {event.account_id for event in history} == {setting.team.ada}
    assert "They said it is right" in ada.words


async def test_a_page_that_is_out_of_date_changes_nothing(ada: PageClient, needs_page: str) -> None:
    await ada.get(needs_page)
    need = (await Need.objects().order_by(Need.id))[0]
    address = f"{needs_page}/{need.handle}/state"
    seen = mark_of(need.state_at)
    await ada.post(address, {"seen": seen, "to": "arranged", "how": "phone"})
    await ada.submit("article form", status=409)
    assert "Somebody moved this need" in ada.words
    assert (await Need.objects().order_by(Need.id))[0].state == "arranged"
    assert await NeedEvent.count() == 1


async def test_strangers_see_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, needs_page: str
) -> None:
    need = (await Need.objects())[0]
    address, move = f"{needs_page}/{need.handle}/state", {"seen": "asked", "to": "talking"}
    await client.get(needs_page, status=401)
    await client.post(address, move, status=401)
    for browser in (ben, dee):
        await browser.get(needs_page, status=403)
        assert WORDS not in browser.text
        await browser.post(address, move, status=403)
    assert {need.state for need in await Need.objects()} == {"asked"}


async def test_answers_are_in_no_log_and_no_address(
    client: PageClient, setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    addresses = []
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    for changes in (
        {"for_whom": "me", "name": "Calpurnia", "supporter": "no"},
        {"way": "phone", "detail-phone": "01632 960 777"},
        {"help": "yes"},
        {"groups": ["hear"]},
        {"codes": ["hear.bsl"], "words": WORDS},
        {"must": ["hear.bsl"]},
        {"consent": "yes"},
        {},
        {},
    ):
        await client.submit("main form", dict(changes))
        addresses.append(str((await client.follow()).url))
    assert "Your place is booked" in client.words
    told = " ".join([caplog.text, *addresses])
    for secret in (WORDS, "hear.bsl", "Calpurnia", "960 777"):
        assert secret not in told
    assert not re.search(r"booking-[a-z]+-[a-z]+-\d+", told)
