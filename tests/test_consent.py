"""Asking whether we may keep needs: to exact words, with nothing chosen; and taking it back."""

from datetime import datetime

import pytest
from litestar import Litestar

from gatherings.access.consent import EASY, consent_of, wording
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Consent, ConsentWording, Need
from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.tables import BookingEvent
from gatherings.people.roles import grant
from gatherings.personal_data.tables import Erasure
from tests.booking_rows import with_needs
from tests.booking_walk import PHONE, for_me, only_booking, step
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.crypto import hash_of
from web.database import read, write


async def walk_to_consent(browser: PageClient, slug: str) -> None:
    """Up to "May we keep what you told us?"."""
    await browser.get(f"/g/{slug}/book/who")
    for typed in (for_me(), PHONE, {"help": "yes"}, {"groups": ["hear"]}, {"codes": ["hear.loop"]}):
        await step(browser, dict(typed))
    heading = await step(browser, {"must": ["hear.loop"]})
    assert heading == "May we keep what you told us?"


async def finish(browser: PageClient) -> None:
    for _ in range(2):
        if await step(browser, {}) == "Your place is booked":
            return
    raise AssertionError(browser.words)


async def test_nothing_is_chosen_and_the_exact_words_are_kept(
    client: PageClient, setting: Setting
) -> None:
    gathering = setting.gathering
    await walk_to_consent(client, gathering.slug)
    assert client.soup.select("input[checked]") == []
    await client.submit("main form", status=422)
    assert wording(gathering) in client.words
    await step(client, {"consent": "yes"})
    await finish(client)
    said = await read(consent_of, (await only_booking()).id)
    assert said is not None
    assert (said.answer, said.easy, said.how, said.taken_by) == ("yes", False, "web", None)
    assert said.words == wording(gathering)
    kept = (await ConsentWording.objects())[0]
    assert kept.sha256 == hash_of(wording(gathering))


async def test_who_reads_easy_words_answers_to_those(client: PageClient, setting: Setting) -> None:
    await walk_to_consent(client, setting.gathering.slug)
    await client.get(f"/g/{setting.gathering.slug}/book/consent?easy=yes")
    words = wording(setting.gathering, EASY)
    assert words in client.words
    await client.submit("main form", status=422)
    assert words in client.words
    await step(client, {"consent": "no"})
    await finish(client)
    said = await read(consent_of, (await only_booking()).id)
    assert said is not None
    assert (said.answer, said.easy, said.words) == ("no", True, words)


async def test_the_words_say_how_many_days_this_gathering_keeps_needs(setting: Setting) -> None:
    gathering = setting.gathering
    gathering.keep_needs_days = 14
    assert "We delete it 14 days after" in wording(gathering)
    assert "We delete it 14 days after" in wording(gathering, EASY)


async def test_on_the_phone_we_note_who_took_it_and_who_helped(
    ada: PageClient, setting: Setting
) -> None:
    await walk_to_consent(ada, setting.gathering.slug)
    assert "Did somebody help them decide?" in ada.words
    await step(ada, {"consent": "yes", "helped_by": "Her brother"})
    await step(ada, {})
    while "source" not in {one.get("name") for one in ada.soup.select("main form input")}:
        await step(ada, {})
    await ada.submit("main form", {"source": "phone"})
    said = await read(consent_of, (await only_booking()).id)
    assert said is not None
    assert (said.how, said.taken_by, said.helped_by) == ("phone", setting.team.ada, "Her brother")


@pytest.fixture
async def booked(setting: Setting) -> Booked:
    party = with_needs(NeedAnswer("hear.loop", "Please face me"))
    return await write(bookings.book, setting.gathering.id, party)


async def test_one_button_takes_the_yes_back_and_the_needs_go(
    client: PageClient, booked: Booked, ada: PageClient, setting: Setting
) -> None:
    await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await client.get(f"/b/{booked.reference}/consent")
    assert wording(setting.gathering) in client.words
    await client.submit("main form")
    await client.follow()
    assert "Please face me" not in client.text
    assert await Need.count() == 0
    await client.get(f"/b/{booked.reference}/consent")
    assert "The needs were deleted at once." in client.words
    assert client.soup.select("main form") == []
    await client.post(f"/b/{booked.reference}/consent", {})
    events = [event.what for event in await BookingEvent.objects()]
    assert events.count("consent withdrawn") == 1
    await ada.get(f"/desk/g/{setting.gathering.slug}/bookings/{booked.reference}")
    assert "Took back the yes to keeping needs" in ada.words
    row = (await Erasure.objects())[0]
    assert (row.what, row.by_whom) == ("needs", "person")


async def test_the_team_takes_it_back_for_somebody_who_rings(
    app: Litestar, ada: PageClient, booked: Booked, setting: Setting
) -> None:
    await write(grant, setting.team.dee, setting.gathering.series, "access_lead")
    address = f"/desk/g/{setting.gathering.slug}/bookings/{booked.reference}/consent"
    async with signed_in_browser(app, setting.team.dee) as lead:
        await lead.get(address)
        assert "Please face me" not in lead.text
        await lead.submit("main form")
    assert await Need.count() == 0
    event = (await BookingEvent.objects().order_by(BookingEvent.id))[-1]
    assert (event.what, event.account_id) == ("consent withdrawn", setting.team.dee)
    withdrawn: datetime | None = (await Consent.objects())[0].withdrawn_at
    assert withdrawn is not None
    await ada.get(address)
    assert "The needs were deleted at once." in ada.words


async def test_strangers_neither_see_nor_press_it(
    client: PageClient, ben: PageClient, dee: PageClient, booked: Booked, setting: Setting
) -> None:
    own = f"/b/{booked.reference}/consent"
    desk = f"/desk/g/{setting.gathering.slug}/bookings/{booked.reference}/consent"
    for browser in (client, ben, dee):
        await browser.get(own, status=401)
        await browser.post(own, {}, status=401)
    await client.post(desk, {}, status=401)
    for browser in (ben, dee):
        await browser.get(desk, status=403)
        await browser.post(desk, {}, status=403)
    assert await Need.count() == 1


async def test_who_had_nothing_to_keep_was_not_asked(client: PageClient, setting: Setting) -> None:
    party = with_needs(name="Dot", consent="")
    booked = await write(bookings.book, setting.gathering.id, party)
    await client.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await client.get(f"/b/{booked.reference}/consent")
    assert "You were not asked" in client.words
