"""The team asks those who were not asked yet, or who would rather talk, and writes it down."""

from datetime import UTC, datetime

import pytest

from gatherings.access.needs import NeedAnswer, needs_of_gathering
from gatherings.access.tables import Consent, Look, Need
from gatherings.bookings import bookings
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Person
from gatherings.bookings.walking_in import walk_in
from gatherings.people.roles import grant
from gatherings.personal_data.tables import Erasure
from tests.booking_rows import one_person, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

LOOP = {"person": "1", "code": "hear.loop", "strength": "must", "source": "phone"}


@pytest.fixture
async def ask(setting: Setting) -> str:
    """The page of a party whose answer is blank. Ada is the access lead."""
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    party = one_person("Bea", people=(PersonAnswer(name="Bea", help="not_asked"),))
    made = await write(bookings.book, setting.gathering.id, party)
    return f"/desk/g/{setting.gathering.slug}/needs/ask/{made.reference}"


async def test_what_they_said_on_the_phone_is_kept_after_their_yes(
    ada: PageClient, setting: Setting, ask: str
) -> None:
    await ada.get(ask.partition("/ask/")[0])
    assert "Write down what they said" in ada.words
    await ada.get(ask)
    assert "01632 960 002" in ada.words
    form = f"form[action='{ask}']"
    await ada.submit(form, LOOP, status=422)
    assert ada.error_at("code") == "Error: Ask first whether we may keep it"
    await ada.get(f"{ask}/consent")
    assert not ada.soup.select("input[checked]")
    await ada.submit("form[action$=consent]", status=422)
    assert ada.error_at("source") == "Error: Choose how they told you"
    said_yes = {"consent": "yes", "source": "day", "helped_by": "Her brother"}
    await ada.submit("form[action$=consent]", said_yes)
    await ada.follow()
    await ada.submit(form, LOOP)
    (need,) = await read(needs_of_gathering, setting.gathering.id)
    row = (await Need.objects())[0]
    assert (need.code, need.strength, need.source) == ("hear.loop", "must", "phone")
    assert row.entered_by == setting.team.ada
    consent = (await Consent.objects())[0]
    said = (consent.answer, consent.how, consent.taken_by, consent.helped_by)
    assert said == ("yes", "day", setting.team.ada, "Her brother")
    assert [person.help for person in await Person.objects()] == ["yes"]
    assert await Look.count() == 0


async def test_who_came_without_a_booking_left_no_number(
    ada: PageClient, setting: Setting, ask: str
) -> None:
    here = (setting.gathering.id, "Wren", setting.team.ada, datetime.now(UTC))
    came = await write(walk_in, *here)
    await ada.get(f"{ask.rpartition('/')[0]}/{came}")
    assert "How to reach them We have no number and no address Booking" in ada.words
    await ada.get(f"/desk/g/{setting.gathering.slug}/bookings/{came}")
    assert "Phone call We have no number and no address" in ada.words


async def test_nothing_is_an_answer_and_needs_no_yes(ada: PageClient, ask: str) -> None:
    await ada.get(ask)
    form = f"form[action='{ask}']"
    nothing = {"person": "1", "code": "any.none", "source": "phone"}
    await ada.submit(form, nothing | {"arrives": "at tea"}, status=422)
    assert ada.error_at("arrives").startswith("Error: Enter about when they will arrive as a time")
    await ada.submit(form, nothing | {"arrives": ""})
    assert [person.help for person in await Person.objects()] == ["no"]
    await ada.follow()
    assert "Bea" not in ada.words
    await ada.get(ask)
    await ada.submit(form, status=422)


async def test_a_no_keeps_nothing(ada: PageClient, ask: str) -> None:
    await ada.get(f"{ask}/consent")
    await ada.submit("form[action$=consent]", {"consent": "no", "source": "phone"})
    await ada.post(ask, LOOP, status=422)
    assert await Need.count() == 0


async def test_a_no_on_the_phone_ends_the_yes_from_before(
    ada: PageClient, setting: Setting, ask: str
) -> None:
    made = await write(bookings.book, setting.gathering.id, with_needs(NeedAnswer("see.large")))
    await ada.get(f"{ask.rpartition('/')[0]}/{made.reference}/consent")
    await ada.submit("form[action$=consent]", {"consent": "no", "source": "phone"})
    assert await Need.count() == 0
    rows = await Consent.objects().order_by(Consent.id)
    said = [(row.answer, row.withdrawn_at is None) for row in rows]
    assert said == [("yes", False), ("no", True)]
    assert [row.by_whom for row in await Erasure.objects()] == ["team"]


async def test_who_told_us_something_is_not_made_to_need_nothing(
    ada: PageClient, setting: Setting, ask: str
) -> None:
    made = await write(bookings.book, setting.gathering.id, with_needs(NeedAnswer("see.large")))
    other = f"{ask.rpartition('/')[0]}/{made.reference}"
    await ada.get(other)
    nothing = {"person": "1", "code": "any.none", "source": "phone"}
    await ada.submit(f"form[action='{other}']", nothing, status=422)
    assert "Large print" not in ada.one(".problem").get_text()
    assert {need.state for need in await Need.objects()} == {"asked"}


async def test_strangers_and_organisers_ask_nobody(
    client: PageClient, dee: PageClient, ben: PageClient, ask: str
) -> None:
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        await browser.get(ask, status=status)
        await browser.get(f"{ask}/consent", status=status)
        await browser.post(ask, LOOP, status=status)
        await browser.post(f"{ask}/consent", {"consent": "yes"}, status=status)
    assert (await Need.count(), await Consent.count()) == (0, 0)
