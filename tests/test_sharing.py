"""The venue learns who needs help to get out only after a yes of its own, and that is written."""

from datetime import UTC, datetime

import pytest

from gatherings.access.making_reports import make_report, open_report, shared_with
from gatherings.access.needs import NeedAnswer
from gatherings.access.reports import FireSheet, read_fire_sheet, read_venue_sheet
from gatherings.access.sharing import NAME_FOR_VENUE, WORDING, keep_sharing, sharing_of
from gatherings.access.tables import Consent
from gatherings.bookings import bookings
from gatherings.people.roles import grant
from gatherings.personal_data.erasures import withdraw_consent
from gatherings.planning.refusals import Refused
from tests.booking_rows import one_person, with_needs
from tests.booking_walk import booked_here, id_of
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

OUT = NeedAnswer("safe.evacuate", "I wait at the stairs", "must")


async def booked(setting: Setting, client: PageClient, name: str, need: NeedAnswer = OUT) -> str:
    return await booked_here(setting, client, with_needs(need, name=name))


async def test_names_need_a_yes_of_their_own(setting: Setting, client: PageClient) -> None:
    pim, rae = await booked(setting, client, "Pim"), await booked(setting, client, "Rae")
    assert await read(read_fire_sheet, setting.gathering.id) == FireSheet((), 2)
    await client.get(f"/b/{pim}/needs")
    assert "The venue knows how many people need this, not who." in client.words
    await client.get(f"/b/{pim}/needs/share")
    assert not client.soup.select("input[checked]")
    await client.submit("main form", status=422)
    assert client.error_at("share") == "Error: Choose yes or no"
    await client.submit("main form", {"share": "yes"})
    await client.follow()
    assert "Whoever looks after fire safety gets your name." in client.words
    await client.get(f"/b/{rae}/needs/share")
    await client.submit("main form", {"share": "no"})
    assert await read(read_fire_sheet, setting.gathering.id) == FireSheet(("Pim",), 1)
    said = await Consent.objects().where(Consent.purpose == NAME_FOR_VENUE).order_by(Consent.id)
    assert [(one.answer, one.how) for one in said] == [("yes", "web"), ("no", "web")]
    venue = await read(read_venue_sheet, setting.gathering.id)
    assert [number for words, number in venue.requests if "get out" in words] == [2]


async def test_they_learn_who_got_their_name_and_can_take_it_back(
    setting: Setting, client: PageClient
) -> None:
    pim, rae = await booked(setting, client, "Pim"), await booked(setting, client, "Rae")
    now, gathering = datetime.now(UTC), setting.gathering.id
    await write(keep_sharing, await id_of(pim), "yes", "web", None, now)
    await write(make_report, gathering, "fire", setting.team.ada, "Sam, fire safety", now)
    found = await read(open_report, gathering, "fire", setting.team.ada, now)
    assert found is not None
    assert found[0].parts[0].rows == (("Pim", ""), ("1 more. Ask us on the day", ""))
    for reference, expected in ((pim, [("Sam, fire safety", True)]), (rae, [])):
        made = await read(shared_with, await id_of(reference))
        assert [(one.recipient, one.named) for one in made] == expected
    await write(keep_sharing, await id_of(pim), "no", "web", None, now)
    assert await read(read_fire_sheet, gathering) == FireSheet((), 2)


async def test_a_yes_on_paper_says_who_took_it(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    pim = await booked(setting, client, "Pim")
    page = f"/desk/g/{setting.gathering.slug}/needs/ask/{pim}/share"
    await ada.get(page)
    assert WORDING not in ada.words
    await ada.submit("main form")
    await ada.follow()
    assert WORDING in ada.words
    await ada.submit("main form", {"share": "yes", "helped_by": "Her brother"}, status=422)
    assert ada.error_at("source") == "Error: Choose how they told you"
    await ada.submit("main form", {"source": "paper"})
    (said,) = await Consent.objects().where(Consent.purpose == NAME_FOR_VENUE)
    taken = (said.answer, said.how, said.taken_by, said.helped_by)
    assert taken == ("yes", "paper", setting.team.ada, "Her brother")


async def test_it_goes_with_the_needs_and_is_asked_of_nobody_else(
    setting: Setting, client: PageClient, dee: PageClient
) -> None:
    pim = await booked(setting, client, "Pim")
    rae = await booked(setting, client, "Rae", NeedAnswer("hear.loop"))
    now = datetime.now(UTC)
    await write(keep_sharing, await id_of(pim), "yes", "web", None, now)
    await write(withdraw_consent, await id_of(pim), "person", datetime.now(UTC))
    assert await read(sharing_of, await id_of(pim)) == ""
    for reference in (pim, rae):
        with pytest.raises(Refused):
            await write(keep_sharing, await id_of(reference), "yes", "web", None, now)
    await client.get(f"/b/{rae}/needs/share", status=303)
    await dee.get(f"/desk/g/{setting.gathering.slug}/needs/ask/{pim}/share", status=403)


async def test_there_is_nothing_to_ask_of_a_party_that_asks_for_no_help(
    setting: Setting, client: PageClient, ada: PageClient
) -> None:
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    rae = await booked(setting, client, "Rae", NeedAnswer("hear.loop"))
    page = f"/desk/g/{setting.gathering.slug}/needs/ask/{rae}/share"
    await ada.get(page)
    assert ada.one("h1").get_text() == "What somebody told us is closed"
    await ada.submit("main form")
    await ada.follow()
    for status in (200, 409):
        assert ada.one("h1").get_text() == "There is nothing to ask"
        assert WORDING not in ada.words
        if status == 200:
            await ada.post(page, {"share": "yes"}, status=409)
    cal = (await write(bookings.book, setting.gathering.id, one_person())).reference
    await ada.get(f"/desk/g/{setting.gathering.slug}/needs/ask/{cal}/share")
    assert ada.one("h1").get_text() == "There is nothing to ask"
    assert await Consent.exists().where(Consent.purpose == NAME_FOR_VENUE) is False
