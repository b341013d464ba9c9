"""The caterer sees a first name beside a serious allergy after a yes to that, and a number else."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar
from openpyxl import load_workbook

from gatherings.access.catering import (
    NAME_FOR_CATERER,
    OTHERS_WORDING,
    OWN_WORDING,
    keep_naming,
    naming_of,
)
from gatherings.access.looks import OPEN_FOR
from gatherings.access.making_reports import make_report, open_report
from gatherings.access.needs import NeedAnswer
from gatherings.access.reports import read_caterer_sheet
from gatherings.access.tables import Consent, ConsentWording, Look, Need
from gatherings.bookings.parties import PersonAnswer
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from gatherings.personal_data.erasures import erase, withdraw_consent
from gatherings.personal_data.held import held_about
from gatherings.planning.refusals import Refused
from tests.booking_rows import one_person, with_needs
from tests.booking_walk import booked_here, id_of
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import read, write

NUTS = NeedAnswer("food.allergy", "Nuts", "must")
EGGS = NeedAnswer("food.allergy", "Eggs", "must")
MILK = NeedAnswer("food.allergy", "Milk")
REPORT = "/desk/g/spring-gathering/reports/people/caterer"


async def booked(setting: Setting, client: PageClient, name: str, need: NeedAnswer = NUTS) -> str:
    return await booked_here(setting, client, with_needs(need, name=name))


async def family(setting: Setting, client: PageClient) -> str:
    """Pim, Rae and Sol: two must not eat something, and milk troubles the third."""
    people = tuple(
        PersonAnswer(name, help="yes", needs=(need,))
        for name, need in (("Pim Green", NUTS), ("Rae Green", EGGS), ("Sol Green", MILK))
    )
    party = one_person("Pim Green", people=people, consent="yes", for_whom="us")
    return await booked_here(setting, client, party)


async def say(reference: str, answer: str, position: int = 1) -> None:
    now = datetime.now(UTC)
    await write(keep_naming, await id_of(reference), position, answer, "web", None, now)


async def names_on_the_sheet(setting: Setting) -> list[tuple[str, str]]:
    sheet = await read(read_caterer_sheet, setting.gathering.id)
    return [(one.first_name, one.allergens) for one in sheet.serious]


async def test_it_is_asked_plainly_and_a_no_costs_nothing(
    setting: Setting, client: PageClient
) -> None:
    pim = await booked(setting, client, "Pim Green")
    rae = await booked(setting, client, "Rae Green")
    await client.get(f"/b/{pim}/needs")
    assert "The caterer sees the number on the badge, not the name." in client.words
    await client.get(f"/b/{pim}/needs/people/1/caterer")
    assert OWN_WORDING in client.words
    assert not client.soup.select("input[checked]")
    await client.submit("main form", status=422)
    assert client.error_at("caterer") == "Error: Choose yes or no"
    await client.submit("main form", {"caterer": "yes"})
    await client.follow()
    assert "You said yes: the caterer may see the first name." in client.words
    await client.get(f"/b/{rae}/needs/people/1/caterer")
    await client.submit("main form", {"caterer": "no"})
    assert await names_on_the_sheet(setting) == [("Pim", "Nuts"), ("", "Nuts")]
    said = await (
        Consent.select(Consent.answer, Consent.how, Consent.of_person, Consent.wording.words)
        .where(Consent.purpose == NAME_FOR_CATERER)
        .order_by(Consent.id)
    )
    assert [tuple(one.values()) for one in said] == [
        ("yes", "web", 1, OWN_WORDING),
        ("no", "web", 1, OWN_WORDING),
    ]


async def test_in_a_party_each_is_asked_for_themselves(
    setting: Setting, client: PageClient
) -> None:
    reference = await family(setting, client)
    await client.get(f"/b/{reference}/needs/people/2/caterer")
    assert OTHERS_WORDING in client.words
    assert client.one("h1").get_text() == "May the caterer see a name: Rae Green?"
    await client.submit("main form", {"caterer": "yes"})
    assert await names_on_the_sheet(setting) == [("", "Nuts"), ("Rae", "Eggs")]
    for position in (3, 4):
        await client.get(f"/b/{reference}/needs/people/{position}/caterer", status=303)
        with pytest.raises(Refused):
            await say(reference, "yes", position)
    words = [row["words"] for row in await ConsentWording.select(ConsentWording.words)]
    assert not any("Green" in one for one in words)


async def test_every_form_of_the_sheet_has_the_name_of_those_alone_who_said_yes(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    reference = await family(setting, client)
    await say(reference, "yes", 2)
    await ada.post(REPORT, {"recipient": "The kitchen"})
    await ada.follow()
    assert [cell.get_text() for cell in ada.soup.select(".sheet-part:first-of-type td")] == [
        "Nuts",
        "Eggs",
    ]
    assert [cell.get_text() for cell in ada.soup.select(".sheet-part:first-of-type tbody th")] == [
        "Badge 1",
        "Badge 2, Rae",
    ]
    text = (await ada.get(f"{REPORT}/csv")).content.decode("utf-8-sig")
    serious = [row for row in csv.reader(io.StringIO(text)) if row[0] == "Serious allergies"]
    assert serious == [
        ["Serious allergies", "Badge 1", "Nuts"],
        ["Serious allergies", "Badge 2, Rae", "Eggs"],
    ]
    book = load_workbook(io.BytesIO((await ada.get(f"{REPORT}/xlsx")).content))
    assert [cell.value for cell in book.worksheets[0][3]] == serious[1]
    for hidden in ("Green", "Pim", "Sol"):
        assert hidden not in text + ada.text
    await write(_all_say_no, reference)
    text = (await ada.get(f"{REPORT}/csv")).content.decode("utf-8-sig")
    assert "Rae" not in text


async def _all_say_no(reference: str) -> None:
    await say(reference, "no", 2)


async def test_a_yes_taken_back_is_off_the_sheet_at_once_and_told(
    setting: Setting, client: PageClient
) -> None:
    pim, now = await booked(setting, client, "Pim Green"), datetime.now(UTC)
    await say(pim, "yes")
    await write(make_report, setting.gathering.id, "caterer", setting.team.ada, "Kitchen", now)
    soon = now + timedelta(minutes=1)
    found = await read(open_report, setting.gathering.id, "caterer", setting.team.ada, soon)
    assert found is not None
    assert found[0].parts[0].rows == (("Badge 1, Pim", "Nuts"),)
    await client.get(f"/b/{pim}/needs/people/1/caterer")
    await client.submit("main form", {"caterer": "no"})
    found = await read(open_report, setting.gathering.id, "caterer", setting.team.ada, soon)
    assert found is not None
    assert found[0].parts[0].rows == (("Badge 1", "Nuts"),)
    told = {one.key: one.entries for one in await read(held_about, await id_of(pim))}
    said = [one for one in told["consents"] if "caterer" in str(one["About"])]
    assert [(one["For whom"], one["Your answer"], "Taken back" in one) for one in said] == [
        ("Pim Green", "Yes", True),
        ("Pim Green", "No", False),
    ]
    assert [one.get("For", "") for one in told["shared"]] == ["", "Kitchen"]
    await client.get(f"/b/{pim}/my-data")
    assert "Showing the caterer a name beside a serious allergy" in client.words


async def test_a_yes_can_be_taken_back_when_the_need_is_over(
    setting: Setting, client: PageClient
) -> None:
    pim = await booked(setting, client, "Pim Green")
    await say(pim, "yes")
    await write(_withdraw_needs)
    assert await names_on_the_sheet(setting) == []
    await client.get(f"/b/{pim}/needs")
    assert "Change your answer" in client.words
    await client.get(f"/b/{pim}/needs/people/1/caterer")
    await client.submit("main form", {"caterer": "no"})
    assert await read(naming_of, await id_of(pim), 1) == "no"
    with pytest.raises(Refused):
        await say(pim, "yes")


async def _withdraw_needs() -> None:
    await Need.update({Need.state: "withdrawn"}, force=True)


async def test_it_goes_with_the_needs_and_with_the_party(
    setting: Setting, client: PageClient
) -> None:
    pim, rae = await booked(setting, client, "Pim"), await booked(setting, client, "Rae")
    ids = [await id_of(pim), await id_of(rae)]
    for reference in (pim, rae):
        await say(reference, "yes")
    await write(withdraw_consent, ids[0], "person", datetime.now(UTC))
    assert await read(naming_of, ids[0], 1) == ""
    assert await names_on_the_sheet(setting) == [("Rae", "Nuts")]
    with pytest.raises(Refused):
        await say(pim, "yes")
    await write(erase, ids[1], "person", datetime.now(UTC))
    assert await names_on_the_sheet(setting) == []
    await client.get(f"/b/{rae}/needs/people/1/caterer", status=401)


async def test_the_access_lead_writes_down_how_it_was_said_and_to_whom(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    pim = await booked(setting, client, "Pim Green")
    page = f"/desk/g/{setting.gathering.slug}/needs/ask/{pim}/people/1/caterer"
    await ada.get(page)
    assert "Pim" not in ada.text
    assert await Look.count() == 0
    await ada.submit("main form")
    await ada.follow()
    assert OWN_WORDING in ada.words
    assert (await Look.count(), ada.soup.select("input[checked]")) == (1, [])
    await ada.submit("main form", {"caterer": "yes"}, status=422)
    assert ada.error_at("source") == "Error: Choose how they told you"
    await ada.submit("main form", {"source": "paper", "helped_by": "Her brother"})
    await ada.follow()
    assert "They said yes: the caterer sheet has their first name." in ada.words
    (said,) = await Consent.objects().where(Consent.purpose == NAME_FOR_CATERER)
    taken = (said.answer, said.how, said.taken_by, said.helped_by)
    assert taken == ("yes", "paper", setting.team.ada, "Her brother")


async def test_what_is_open_closes_after_half_an_hour(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    pim = await booked(setting, client, "Pim Green")
    page = f"/desk/g/{setting.gathering.slug}/needs/ask/{pim}/people/1/caterer"
    await ada.get(page)
    await ada.submit("main form")
    await write(_look_was_before, datetime.now(UTC) - OPEN_FOR)
    await ada.get(page)
    assert ada.one("h1").get_text() == "What somebody told us is closed"


async def _look_was_before(at: datetime) -> None:
    await Look.update({Look.at: at}, force=True)


async def test_nobody_else_asks_or_learns_it(
    app: Litestar, setting: Setting, client: PageClient, ben: PageClient, dee: PageClient
) -> None:
    pim = await booked(setting, client, "Pim")
    await say(pim, "yes")
    desk = f"/desk/g/{setting.gathering.slug}/needs/ask"
    organiser = await write(open_account, "olly@example.org", "Olly")
    await write(grant, organiser, setting.gathering.series, "organiser")
    async with signed_in_browser(app, organiser) as olly:
        for browser in (ben, dee, olly):
            await browser.get(f"{desk}/{pim}/people/1/caterer", status=403)
            await browser.post(f"{desk}/{pim}/people/1/caterer", {"caterer": "yes"}, status=403)
            await browser.post(REPORT, {"recipient": "Me"}, status=403)
    async with PageClient(app) as stranger:
        for page in (f"/b/{pim}/needs/people/1/caterer", f"{desk}/{pim}/people/1/caterer"):
            answer = await stranger.get(page, status=401)
            assert "Pim" not in answer.text
            await stranger.post(page, {"caterer": "no"}, status=401)
    assert await names_on_the_sheet(setting) == [("Pim", "Nuts")]


async def test_nobody_is_asked_about_a_number_that_is_not_told(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    rae = await booked(setting, client, "Rae", MILK)
    page = f"/desk/g/{setting.gathering.slug}/needs/ask/{rae}/people/1/caterer"
    await ada.post(page, {"caterer": "yes", "source": "phone"}, status=409)
    assert ada.one("h1").get_text() == "There is nothing to ask"
    await client.get(f"/b/{rae}/needs/people/1/caterer", status=303)
    await client.post(f"/b/{rae}/needs/people/1/caterer", {"caterer": "yes"}, status=303)
    assert await Consent.exists().where(Consent.purpose == NAME_FOR_CATERER) is False
