"""A party's own page about its needs: it sees how far each is, changes it, and says how it went."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatherings.access.consent import EASY, wording
from gatherings.access.looks import WORKLIST, note_look
from gatherings.access.needs import NeedAnswer, NeedView, needs_of_gathering, sealed_answer
from gatherings.access.promises import move_need
from gatherings.access.statistics import promises_kept
from gatherings.access.tables import Consent, Need, NeedEvent
from gatherings.bookings import bookings, changing
from gatherings.bookings.own_secrets import cookie_of
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking
from gatherings.people.roles import grant
from gatherings.personal_data.tables import Erasure
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import unseal
from web.database import read, write

WORDS = "Please face me when you talk"
BSL = NeedAnswer("hear.bsl", WORDS, "must")


async def booked(client: PageClient, setting: Setting, party: Party) -> str:
    """Book, and let this browser hold the secret. Gives the address of the page of needs."""
    made = await write(bookings.book, setting.gathering.id, party)
    client.set_cookie(cookie_of(made.reference), made.secret)
    return f"/b/{made.reference}/needs"


@pytest.fixture
async def page(client: PageClient, setting: Setting) -> str:
    return await booked(client, setting, with_needs(BSL, NeedAnswer("calm.breaks")))


async def the_need(setting: Setting) -> NeedView:
    return (await read(needs_of_gathering, setting.gathering.id))[0]


async def move(setting: Setting, to: str, **more: Any) -> NeedView:
    need = await the_need(setting)
    told: dict[str, Any] = {"seen": need.mark, "to": to, "account_id": setting.team.ada}
    await write(move_need, need.handle, setting.gathering.id, at=datetime.now(UTC), **(told | more))
    return await the_need(setting)


async def let_it_be_over(setting: Setting) -> None:
    now = datetime.now(UTC)

    async def change() -> None:
        await Gathering.update(
            {
                Gathering.starts_at: now - timedelta(hours=9),
                Gathering.ends_at: now - timedelta(hours=3),
            }
        ).where(Gathering.id == setting.gathering.id)

    await write(change)


async def test_they_see_each_state_in_plain_words(
    client: PageClient, setting: Setting, page: str
) -> None:
    await client.get(page)
    assert client.words.count("You told us") >= 2
    assert WORDS in client.words
    await move(setting, "talking", note="We left a message")
    await client.get(page)
    assert "We are talking to you" in client.words
    assert "We left a message" in client.words
    await client.get(page.removesuffix("/needs"))
    assert "We are talking to you" in client.words


async def test_they_agree_with_one_button(client: PageClient, setting: Setting, page: str) -> None:
    await move(setting, "arranged")
    await client.get(page.removesuffix("/needs"))
    assert "You have 1 thing to check" in client.words
    await client.get(page)
    await client.submit("form[action$=agree]")
    await client.follow()
    need = await the_need(setting)
    assert (need.state, need.agreed_how) == ("agreed", "page")
    event = (await NeedEvent.objects().order_by(NeedEvent.id))[-1]
    assert event.by_person
    assert event.account_id is None
    assert "You said this is right" in client.words


async def test_they_never_agree_to_what_changed_meanwhile(
    client: PageClient, setting: Setting, page: str
) -> None:
    await move(setting, "arranged")
    await client.get(page)
    await move(setting, "talking")
    await move(setting, "arranged", note="Another interpreter")
    await client.submit("form[action$=agree]", status=422)
    assert "We worked on this while you were looking" in client.words
    assert "Another interpreter" in client.words
    assert (await the_need(setting)).state == "arranged"
    await client.submit("form[action$=agree]")
    assert (await the_need(setting)).state == "agreed"


async def test_what_we_cannot_do_is_said_with_what_we_offer(
    client: PageClient, setting: Setting, page: str
) -> None:
    told = {"reason": "Nobody is free", "alternative": "Live captions", "why": "nobody"}
    await move(setting, "cannot", told_on=datetime.now(UTC).date(), **told)
    await client.get(page)
    for words in ("We cannot do this", "Nobody is free", "Live captions"):
        assert words in client.words
    await client.submit("form[action$=agree]")
    assert (await the_need(setting)).state == "agreed"


async def test_a_change_opens_it_again_and_the_team_sees_that(
    client: PageClient, ada: PageClient, setting: Setting, page: str
) -> None:
    await move(setting, "agreed", how="phone")
    need = await the_need(setting)
    await client.get(f"{page}/{need.handle}")
    await client.submit("main form", {"words": "Two interpreters, please"})
    await client.follow()
    assert "You changed it, and it is open again" in client.words
    changed = {one.handle: one for one in await read(needs_of_gathering, setting.gathering.id)}
    assert changed[need.handle].state == "asked"
    assert changed[need.handle].words == "Two interpreters, please"


async def test_they_withdraw_one_and_ask_for_it_again(
    client: PageClient, setting: Setting, page: str
) -> None:
    need = await the_need(setting)
    await client.get(f"{page}/{need.handle}")
    await client.submit("form[action$=withdraw]")
    await client.follow()
    assert "You no longer need this" in client.words
    await client.get(f"{page}/{need.handle}")
    await client.submit("main form")
    assert {one.state for one in await Need.objects()} == {"asked"}


async def test_one_more_need_is_added(client: PageClient, setting: Setting, page: str) -> None:
    await client.get(f"{page}/add")
    await client.get(f"{page}/add/see")
    await client.submit("main form", status=422)
    assert client.error_at("code") == "Error: Choose what would help"
    await client.submit("main form", {"code": "see.braille", "strength": "helps"})
    await client.follow()
    assert "Braille" in client.words
    await client.get(f"{page}/add/see")
    await client.submit("main form", {"code": "any.other", "strength": "helps"}, status=422)
    await client.get(f"{page}/add/nonsense", status=404)


async def test_a_need_for_somebody_who_left_while_the_page_was_open(
    client: PageClient, setting: Setting
) -> None:
    told = with_needs(BSL)
    people = (*told.people, PersonAnswer(name="Dot", help="no"))
    page = await booked(client, setting, replace(told, people=people, for_whom="us"))
    await client.get(f"{page}/add/see?person=2")
    made = await Booking.objects().get(Booking.gathering == setting.gathering.id)
    assert made is not None
    await write(changing.remove_person, made.id, 2, datetime.now(UTC))
    typed = {"code": "see.braille", "strength": "helps", "words": "Grade 1"}
    await client.submit("main form", typed, status=422)
    assert f"It is now for {told.people[0].name}" in client.words
    await client.submit("main form")
    assert {need.code for need in await read(needs_of_gathering, setting.gathering.id)} == {
        "hear.bsl",
        "see.braille",
    }


async def test_who_is_met_says_about_when_they_come(
    client: PageClient, setting: Setting, page: str
) -> None:
    meet = {"code": "travel.meet", "strength": "must", "arrives": "half nine"}
    await client.get(f"{page}/add/see")
    assert "When will you arrive" not in client.words
    await client.get(f"{page}/add/travel")
    await client.submit("main form", meet, status=422)
    assert client.error_at("arrives").endswith("as a time, such as 10:00 or 2:30pm")
    await client.submit("main form", meet | {"arrives": "9.30"})
    await client.follow()
    assert "To arrive about 9:30am." in client.words
    need = (await read(needs_of_gathering, setting.gathering.id))[-1]
    await client.get(f"{page}/{need.handle}")
    await client.submit("main form", {"arrives": "12:15"})
    await client.follow()
    assert "To arrive about 12:15pm." in client.words
    assert "to arrive about 9:30am" in client.words


async def test_a_time_goes_with_needs_that_depend_on_it_and_no_other() -> None:
    for code, kept in (("travel.taxi", "9am"), ("travel.early", "9am"), ("see.braille", "")):
        said = sealed_answer(NeedAnswer(code, "", "helps", "", "9am"), "handle")
        assert unseal(said, "need:handle")["arrives"] == kept


@pytest.mark.parametrize(("answer", "codes"), [("yes", ["see.braille"]), ("no", ["any.ask_me"])])
async def test_before_the_first_need_we_ask_whether_we_may_keep_it(
    client: PageClient, setting: Setting, answer: str, codes: list[str]
) -> None:
    page = await booked(client, setting, one_person())
    await client.get(f"{page}/add")
    await client.get(f"{page}/add/see", status=303)
    await client.follow()
    assert not client.soup.select("input[checked]")
    await client.submit("main form", status=422)
    await client.submit("main form", {"consent": answer})
    await client.follow()
    if answer == "yes":
        await client.submit("main form", {"code": "see.braille", "strength": "must"})
        await client.follow()
    found = await read(needs_of_gathering, setting.gathering.id)
    assert [need.code for need in found] == codes
    assert [row.answer for row in await Consent.objects()] == [answer]
    if answer == "no":
        typed = {"code": "see.braille", "strength": "must", "person": "1"}
        await client.post(f"{page}/add/see", typed)
        assert await Need.count() == 1


async def test_who_reads_easy_words_answers_to_those(client: PageClient, setting: Setting) -> None:
    page = await booked(client, setting, one_person())
    words = wording(setting.gathering, EASY)
    await client.get(f"{page}/consent?group=see")
    assert words not in client.words
    await client.get(f"{page}/consent{client.one('#easy')['href']}")
    assert words in client.words
    await client.submit("main form", status=422)
    assert words in client.words
    await client.submit("main form", {"consent": "yes"})
    assert str((await client.follow()).url).endswith("/add/see")
    row = (await Consent.objects())[0]
    assert (row.answer, row.variant) == ("yes", "easy")


async def test_a_no_after_a_yes_takes_all_of_it_back(
    client: PageClient, setting: Setting, page: str
) -> None:
    await client.get(f"{page}/consent")
    await client.submit("main form", {"consent": "no"})
    found = await read(needs_of_gathering, setting.gathering.id)
    assert [need.code for need in found] == ["any.ask_me"]
    rows = await Consent.objects().order_by(Consent.id)
    said = [(row.answer, row.withdrawn_at is None) for row in rows]
    assert said == [("yes", False), ("no", True)]
    assert [row.what for row in await Erasure.objects()] == ["needs"]


async def test_after_the_gathering_each_says_how_it_went(
    client: PageClient, ada: PageClient, setting: Setting, page: str
) -> None:
    need = await the_need(setting)
    await client.get(page)
    assert "How did it go" not in client.words
    await client.post(f"{page}/outcomes", {f"outcome-{need.handle}": "met"}, status=422)
    await write(let_it_be_over, setting)
    await client.get(page)
    assert not client.soup.select("input[checked]")
    await client.submit("form[action$=outcomes]", status=422)
    said = {f"outcome-{need.handle}": "partly", f"wrong-{need.handle}": "late"}
    before = await read(promises_kept, setting.gathering.id)
    await client.submit("form[action$=outcomes]", said)
    await client.follow()
    assert "Thank you" in client.words
    found = {(one.outcome, one.went_wrong) for one in await Need.objects()}
    assert found == {("", ""), ("partly", "late")}
    assert await read(promises_kept, setting.gathering.id) == before
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    await ada.get(f"/desk/g/{setting.gathering.slug}/needs")
    assert "It came late" not in ada.words
    await ada.submit("form[action$=open]")
    await ada.follow()
    assert "They said: partly met It came late." in ada.words
    await client.submit("form[action$=outcomes]", said | {f"outcome-{need.handle}": "met"})
    assert {one.went_wrong for one in await Need.objects()} == {""}
    await client.get(f"{page}/{need.handle}", status=303)
    await client.post(f"{page}/{need.handle}/withdraw", {"seen": need.mark}, status=422)


async def test_they_see_who_has_looked(client: PageClient, setting: Setting, page: str) -> None:
    looks = page.removesuffix("needs") + "looks"
    await client.get(looks)
    assert "Nobody has looked yet" in client.words
    need = await the_need(setting)
    at = datetime.now(UTC)
    for later in (0, 9, 11):
        when = at + timedelta(minutes=later)
        await write(note_look, need.booking_id, setting.team.ada, WORKLIST, when)
    await client.get(looks)
    assert client.words.count("Ada") == 2
    assert WORDS not in client.words


async def test_strangers_and_the_team_are_not_let_in(
    client: PageClient, ada: PageClient, dee: PageClient, setting: Setting, page: str
) -> None:
    need = await the_need(setting)
    client.forget_cookies()
    seen = {"seen": need.mark, "strength": "must", "consent": "yes"}
    for browser in (client, ada, dee):
        browser.set_cookie(cookie_of(need.booking), "wrong")
        for tail in ("", f"/{need.handle}", "/add", "/add/see", "/consent"):
            await browser.get(page + tail, status=401)
            assert WORDS not in browser.text
        for tail in (f"/{need.handle}/agree", f"/{need.handle}/withdraw", "/outcomes", "/consent"):
            await browser.post(page + tail, seen, status=401)
        await browser.get(page.removesuffix("needs") + "looks", status=401)
    assert await NeedEvent.count() == 0


async def test_another_partys_need_is_not_theirs(
    client: PageClient, setting: Setting, page: str
) -> None:
    need = await the_need(setting)
    other = await booked(client, setting, with_needs(NeedAnswer("hear.loop"), name="Dot"))
    await client.get(f"{other}/{need.handle}", status=404)
    for tail in ("", "/withdraw", "/agree"):
        answer = {"seen": need.mark, "words": "Mine", "strength": "helps"}
        await client.post(f"{other}/{need.handle}{tail}", answer, status=404)
    assert (await the_need(setting)).words == WORDS
