"""The desk's page about needs: opened for access leads alone, moved on one step at a time."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.needs import NeedAnswer, mark_of
from gatherings.access.tables import Look, Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.bookings.parties import PersonAnswer
from gatherings.people.roles import grant
from gatherings.people.tables import Role
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person, with_needs
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


async def opened(browser: PageClient, address: str) -> None:
    """Press the button that opens what people said."""
    await browser.get(address)
    await browser.submit("main form")
    await browser.follow()


async def first_need() -> Need:
    return (await Need.objects().order_by(Need.id))[0]


SECRETS = (WORDS, "British Sign Language", "hear.bsl", "Regular breaks", "Cal ")


async def test_nothing_is_open_before_the_button(ada: PageClient, needs_page: str) -> None:
    need = await first_need()
    for address in (
        needs_page,
        f"{needs_page}/{need.handle}",
        f"{needs_page}/{need.handle}/agreed",
    ):
        await ada.get(address)
        for hidden in SECRETS:
            assert hidden not in ada.text.replace("Calendar", "")
    assert await Look.count() == 0


async def test_an_access_lead_sees_what_it_is_and_whose(ada: PageClient, needs_page: str) -> None:
    await opened(ada, needs_page)
    for words in (WORDS, "British Sign Language", "Regular breaks", "Cal", "Cannot come without"):
        assert words in ada.words
    headings = [heading.get_text() for heading in ada.soup.select("main h2")]
    assert headings[:2] == ["Late (1)", "Due later (1)"]
    look = (await Look.objects())[0]
    assert await Look.count() == 1
    assert WORDS not in str(look.to_dict())


async def test_a_green_light_says_nothing_of_late_needs_that_would_only_help(
    ada: PageClient, setting: Setting
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    await write(bookings.book, setting.gathering.id, with_needs(NeedAnswer("hear.bsl", WORDS)))
    await ada.get(f"/desk/g/{setting.gathering.slug}/needs")
    assert "Access light: green. What people cannot come without is agreed" in ada.words
    assert "Late" in ada.words


async def test_a_look_permits_for_half_an_hour(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    await opened(ada, needs_page)
    await opened_again(timedelta(minutes=29))
    await ada.get(needs_page)
    assert WORDS in ada.words
    await opened_again(timedelta(minutes=31))
    await ada.get(needs_page)
    assert WORDS not in ada.words
    assert await Look.count() == 1


async def opened_again(ago: timedelta) -> None:
    """As if the look had been so long ago."""

    async def change() -> None:
        await Look.update({Look.at: datetime.now(UTC) - ago}, force=True)

    await write(change)


async def test_one_persons_look_opens_nothing_for_another(
    ada: PageClient, ben: PageClient, setting: Setting, needs_page: str
) -> None:
    await write(grant, setting.team.ben, setting.gathering.series, "access_lead")
    await opened(ada, needs_page)
    await ben.get(needs_page)
    assert WORDS not in ben.words


async def test_a_party_that_books_later_has_to_be_opened(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    await opened(ada, needs_page)
    later = with_needs(NeedAnswer("see.braille", "Grade two"), name="Dot")
    await write(bookings.book, setting.gathering.id, later)
    await ada.get(needs_page)
    assert "Grade two" not in ada.words
    assert "1 party has told us something" in ada.words
    await ada.submit("form[action$=open]")
    await ada.follow()
    assert "Grade two" in ada.words


async def test_an_organiser_sees_states_days_and_numbers_only(
    ada: PageClient, needs_page: str
) -> None:
    await write(_without_access_leads)
    await ada.get(needs_page)
    assert "They told us" in ada.words
    assert "Access light: red" in ada.words
    need = await first_need()
    for hidden in (*SECRETS, need.handle):
        assert hidden not in ada.text.replace("Calendar", "")
    await ada.post(f"{needs_page}/open", status=403)
    await ada.get(f"{needs_page}/{need.handle}", status=403)
    await ada.post(f"{needs_page}/{need.handle}/talking", {"seen": ""}, status=403)
    await ada.post(f"{needs_page}/{need.handle}/owner", {"owner": ""}, status=403)
    assert await Look.count() == 0


async def test_a_need_moves_step_by_step_with_its_history(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    await opened(ada, needs_page)
    need = await first_need()
    for _ in range(2):
        await ada.submit(f"#need-{need.handle} .work-next form")
        await ada.follow()
    await ada.get(f"{needs_page}/{need.handle}/agreed")
    await ada.submit("main form", status=422)
    assert ada.error_at("how") == "Error: Choose how they told you"
    await ada.submit("main form", {"how": "phone", "note": "Two interpreters"})
    await ada.get(f"{needs_page}/{need.handle}")
    moved = await first_need()
    assert (moved.state, moved.agreed_how) == ("agreed", "phone")
    history = await NeedEvent.objects().order_by(NeedEvent.id)
    assert [(event.from_state, event.to_state) for event in history] == [
        ("asked", "talking"),
        ("talking", "arranged"),
        ("arranged", "agreed"),
    ]
    assert {event.account_id for event in history} == {setting.team.ada}
    assert "They said it is right (by phone), noted by Ada" in ada.words
    assert "Two interpreters" in ada.words


async def test_we_cannot_asks_for_all_three_and_keeps_what_was_typed(
    ada: PageClient, needs_page: str
) -> None:
    await opened(ada, needs_page)
    need = await first_need()
    await ada.get(f"{needs_page}/{need.handle}/cannot")
    await ada.submit("main form", {"reason": "Nobody is free"}, status=422)
    assert "Enter the day on which you told them" in ada.words
    assert [problem.get_text() for problem in ada.soup.select("#problem a")] == [
        "Choose what kind of reason it is",
        "Enter what we offer instead",
        "Enter the day on which you told them",
    ]
    told = {"why": "nobody", "told_on_day": "1", "told_on_month": "2", "told_on_year": "2026"}
    await ada.submit("main form", told, status=422)
    assert "Nobody is free" in ada.text
    assert ada.error_at("alternative") == "Error: Enter what we offer instead"
    await ada.submit("main form", {"alternative": "Captions typed by a person"})
    assert (await first_need()).state == "cannot"


async def test_a_page_that_is_out_of_date_says_what_happened_meanwhile(
    ada: PageClient, needs_page: str
) -> None:
    await opened(ada, needs_page)
    need = await first_need()
    await ada.get(f"{needs_page}/{need.handle}/cannot")
    seen = mark_of(need.state_at)
    await ada.post(f"{needs_page}/{need.handle}/talking", {"seen": seen})
    told = {"told_on_day": "1", "told_on_month": "2", "told_on_year": "2026"}
    typed = {"why": "nobody", "reason": "Nobody is free", "alternative": "Captions", **told}
    await ada.submit("main form", typed, status=422)
    assert "We are talking to them, noted by Ada" in ada.words
    assert "Nobody is free" in ada.text
    assert (await first_need()).state == "talking"
    await ada.submit("main form")
    assert (await first_need()).state == "cannot"


async def test_a_need_is_taken_once_and_given_on(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    await write(grant, setting.team.ben, setting.gathering.series, "access_lead")
    await opened(ada, needs_page)
    need = await first_need()
    form = f"#need-{need.handle} .work-owner form"
    await ada.submit(form)
    await ada.submit(form)
    owner = f"{needs_page}/{need.handle}/owner"
    ben = {"owner": str(setting.team.ben), "seen": ""}
    await ada.post(owner, ben, status=409)
    assert "looks after this need now" in ada.words
    assert (await first_need()).owner == setting.team.ada
    await ada.get(f"{needs_page}?whose=mine")
    assert "1 of 2 needs shown" in ada.words
    await ada.get(f"{needs_page}/{need.handle}")
    await ada.submit("form[action$=owner]", {"owner": str(setting.team.ben)})
    assert (await first_need()).owner == setting.team.ben
    dee = {"owner": str(setting.team.dee), "seen": str(setting.team.ben)}
    await ada.post(f"{needs_page}/{need.handle}/owner", dee, status=409)
    for account in ("9" * 23, "9" * 5000, "²", "Ben"):
        for key in ("owner", "seen"):
            sent = {**dee, key: account}
            await ada.post(f"{needs_page}/{need.handle}/owner", sent, status=404)
    assert (await first_need()).owner == setting.team.ben
    for query in ("whose=nobody", "stage=agreed", f"whose={setting.team.ben}", "whose=x&stage=y"):
        await ada.get(f"{needs_page}?{query}")


async def test_the_desk_shows_who_was_not_asked_yet(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    for name, answer in (("Blank Bea", "not_asked"), ("Nothing Ned", "no"), ("Talky Tom", "talk")):
        party = one_person(name, people=(PersonAnswer(name=name, help=answer),))
        await write(bookings.book, setting.gathering.id, party)
    await ada.get(needs_page)
    assert "Blank Bea" in ada.words
    assert "Nothing Ned" not in ada.words
    await opened(ada, needs_page)
    assert "Ring them" in ada.words


async def test_after_the_gathering_the_desk_shows_how_it_went(
    ada: PageClient, setting: Setting, needs_page: str
) -> None:
    async def it_is_over() -> None:
        now = datetime.now(UTC)
        await Gathering.update(
            {Gathering.starts_at: now - timedelta(hours=9), Gathering.ends_at: now}
        ).where(Gathering.id == setting.gathering.id)
        await Need.update({Need.outcome: "partly"}).where(Need.id == (await first_need()).id)

    await write(it_is_over)
    await opened(ada, needs_page)
    assert "They said: partly met" in ada.words
    assert "No answer yet" in ada.words
    for gone in ("Late", "Access light", "I take this"):
        assert gone not in ada.words


async def test_when_needs_were_deleted_there_is_nothing_to_open(
    ada: PageClient, setting: Setting
) -> None:
    then = datetime.now(UTC) - timedelta(days=90)
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    await Gathering.update(
        {Gathering.starts_at: then, Gathering.ends_at: then + timedelta(hours=6)}
    ).where(Gathering.id == setting.gathering.id)
    await ada.get(f"/desk/g/{setting.gathering.slug}/needs")
    assert "No needs are kept What people told us was deleted" in ada.words
    assert ada.soup.select("#open-needs") == []


async def test_strangers_see_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, needs_page: str
) -> None:
    need = await first_need()
    one = f"{needs_page}/{need.handle}"
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in (needs_page, one, f"{one}/agreed"):
            await browser.get(address, status=status)
            assert WORDS not in browser.text
        for address in (f"{needs_page}/open", f"{one}/talking", f"{one}/owner"):
            await browser.post(address, {"seen": mark_of(need.state_at)}, status=status)
    assert {need.state for need in await Need.objects()} == {"asked"}
    assert await Look.count() == 0


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
