"""Booking on a phone, page by page: with needs and without, full, late, twice and wrongly typed."""

import re

import httpx
import pytest

from gatherings.access.tables import Consent, ConsentWording, Need
from gatherings.bookings.tables import Booking, Draft, Person
from gatherings.planning.tables import Gathering
from tests.booking_walk import only_booking, step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import hash_of
from web.database import read, write


async def test_booking_without_needs_takes_six_screens(
    client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await client.get(f"/g/{slug}/book", status=303)
    screens = [(await client.follow()).url.path]
    for changes in (
        {"for_whom": "me", "name": "Cal", "supporter": "no"},
        {"way": "phone", "detail-phone": "01632 960 002, after five"},
        {"help": "no"},
        {},
        {},
    ):
        await client.submit("main form", changes)
        screens.append((await client.follow()).url.path)
    booking = await read(only_booking)
    pages = [f"/g/{slug}/book/{page}" for page in ("who", "reach", "help", "day", "check")]
    assert screens == [*pages, f"/b/{booking.reference}"]
    assert "Your place is booked" in client.words
    assert booking.reference in client.words
    assert f"/b/{booking.reference}/" in client.text
    assert f"/g/{slug}.ics" in client.text
    assert "0161 496 0000" in client.words
    assert (booking.contact_detail, booking.state) == ("01632 960 002, after five", "booked")


async def test_the_long_way_with_needs_in_two_groups(client: PageClient, setting: Setting) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    headings = [
        await step(
            client, {"for_whom": "me", "name": "Cal", "supporter": "yes", "supporter_name": ""}
        ),
        await step(client, {"way": "text", "detail-text": "+44 1632 960002"}),
        await step(client, {"help": "yes"}),
        await step(client, {"groups": ["hear", "food"]}),
        await step(client, {"codes": ["hear.bsl", "hear.front"], "words": "Please face me"}),
        await step(client, {"codes": ["food.diet"], "words": "Vegan"}),
        await step(client, {"must": ["hear.bsl"]}),
        await step(client, {"help": "ask"}),
        await step(client, {"consent": "yes"}),
        await step(client, {}),
    ]
    assert headings == [
        "How can we reach you?",
        "Would anything help you to take part?",
        "What would help you?",
        "Hearing and talking together",
        "Food and drink",
        "What can you not come without?",
        "Will your supporter need anything?",
        "May we keep what you told us?",
        "About each of you on the day",
        "Check your answers",
    ]
    assert "Name not provided" in client.words
    assert await step(client, {}) == "Your places are booked"
    for words in ("British Sign Language", "Please face me", "Vegan", "You told us"):
        assert words in client.words
    assert client.words.count("You cannot come without this.") == 1
    assert (await Need.count(), await Person.count(), await Consent.count()) == (5, 2, 1)
    shown = (await ConsentWording.objects())[0]
    assert shown.words.startswith("To arrange these things we need to keep what you told us")
    assert shown.sha256 == hash_of(shown.words)


async def test_saying_no_to_keeping_needs_still_books(client: PageClient, setting: Setting) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "phone", "detail-phone": "01632 960 002"})
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["calm"]})
    await step(client, {"codes": ["calm.quiet_room"], "words": "A secret of mine"})
    await step(client, {"must": ["none"]})
    await step(client, {"consent": "no"})
    await step(client, {})
    assert await step(client, {}) == "Your place is booked"
    assert "A quiet room" not in client.words
    assert "A secret of mine" not in client.words
    assert "We get in touch about what would help you" in client.words
    assert "I am not sure. Please ask me" in client.words
    assert [c.answer for c in await Consent.objects()] == ["no"]
    assert await Need.count() == 1


@pytest.mark.parametrize(
    ("answer", "promise"),
    [("ask", "Please ask me"), ("talk", "I would rather talk about this than write it")],
)
async def test_please_ask_me_and_rather_talk_skip_the_lists(
    client: PageClient, setting: Setting, answer: str, promise: str
) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "email", "detail-email": "cal@example.org"})
    assert await step(client, {"help": answer}) == "About you on the day"
    assert await step(client, {}) == "Check your answers"
    await step(client, {})
    assert promise in client.words


async def test_ticking_nothing_after_yes_means_please_ask(
    client: PageClient, setting: Setting
) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "post", "detail-post": "1 Short Street\nLeeds"})
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["see"]})
    assert await step(client, {}) == "About you on the day"
    await step(client, {})
    assert "Nothing ticked" in client.words
    await step(client, {})
    assert "I am not sure. Please ask me" in client.words


async def test_changing_an_answer_comes_back_to_check(client: PageClient, setting: Setting) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await walk_to_check(client, setting.gathering.slug)
    await client.get(f"{base}/who?change=yes")
    back = client.soup.select_one(".back a")
    assert back is not None
    assert back["href"] == f"{base}/check"
    assert await step(client, {"name": "Calum"}) == "Check your answers"
    assert "Calum" in client.words
    await client.get(f"{base}/help?change=yes")
    assert await step(client, {"help": "yes"}) == "What would help you?"
    await client.submit("main form", {"groups": ["hear"]})
    await client.follow()
    assert await step(client, {"codes": ["hear.loop"]}) == "What can you not come without?"
    await step(client, {"must": ["none"]})
    assert await step(client, {"consent": "yes"}) == "Check your answers"
    await client.get(f"{base}/need/hear?change=yes")
    assert await step(client, {"codes": ["hear.loop", "hear.bsl"]}) == (
        "What can you not come without?"
    )
    assert await step(client, {"must": ["hear.bsl"]}) == "Check your answers"


async def test_a_typed_address_cannot_jump_over_a_page(
    client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await client.submit("main form", {"for_whom": "me", "name": "Cal", "supporter": "no"})
    answer = await client.get(f"{base}/check", status=303)
    assert answer.headers["location"] == f"{base}/reach"
    for address in ("need/hear", "consent", "matters"):
        assert (await client.get(f"{base}/{address}", status=303)).headers["location"] == (
            f"{base}/reach"
        )
    for nowhere in ("group", "nowhere", "need/nowhere"):
        await client.get(f"{base}/{nowhere}", status=404)


async def test_a_second_press_a_reload_and_two_tabs_give_one_booking(
    client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await walk_to_check(client, setting.gathering.slug)
    answers = [await client.post(f"{base}/check", {}) for _ in range(3)]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await Booking.count() == 1
    await client.get(f"{base}/check", status=303)
    await client.follow()
    assert "Your place is booked" in client.words
    await client.get(f"{base}/who")
    assert "You have a booking on this phone or computer" in client.words
    await client.submit("main form", {"for_whom": "me", "name": "Dot", "supporter": "no"})
    assert "Cal" not in (await client.follow()).text
    assert await Draft.count() == 2


async def test_a_full_gathering_says_so_first_and_takes_the_waiting_list(
    client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await write(_fill, setting.gathering.id)
    await client.get(f"/g/{slug}/book/who")
    assert "All places are taken" in client.words
    await walk_to_check(client, slug)
    assert "Join the waiting list" in client.words
    await client.submit("main form")
    await client.follow()
    assert "You are on the waiting list" in client.words


async def test_nobody_has_to_prove_anything_and_benefits_are_thought_of(
    client: PageClient, setting: Setting
) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "phone", "detail-phone": "01632 960 002"})
    assert "You never need to say why, or to prove it." in client.words
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["money", "any"]})
    assert "A payment may affect benefits; please get advice." in client.words
    await step(client, {"codes": ["money.fee"], "words": "For my talk"})
    assert "Paste it here, or a link to it." in client.words


async def test_the_last_place_goes_while_somebody_types(
    client: PageClient, setting: Setting
) -> None:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "maybe"})
    await step(client, {"way": "phone", "detail-phone": "01632 960 002"})
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["any"]})
    await step(client, {"codes": [], "words": "I bring my own chair"})
    await step(client, {"must": ["words.any"]})
    await step(client, {"help": "no"})
    await step(client, {"consent": "yes"})
    await step(client, {})
    assert "Join the waiting list" not in client.words
    await write(_fill, setting.gathering.id)
    assert await step(client, {}) == "You are on the waiting list"
    assert "We have kept everything you wrote" in client.words
    assert "I bring my own chair" in client.words
    assert "A supporter, not sure yet" in client.words
    gathering = await Gathering.objects().get(Gathering.id == setting.gathering.id)
    assert gathering is not None
    assert gathering.taken == gathering.capacity


async def _fill(gathering_id: int) -> None:
    await Gathering.update({Gathering.taken: Gathering.capacity}).where(
        Gathering.id == gathering_id
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [("closed", "Booking has closed"), ("cancelled", "This gathering is cancelled")],
)
async def test_booking_that_is_not_open_says_what_to_do(
    client: PageClient, setting: Setting, state: str, words: str
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await walk_to_check(client, setting.gathering.slug)
    await write(_set_state, setting.gathering.id, state)
    await client.submit("main form", status=409)
    for page in ("who", "reach", "check"):
        await client.get(f"{base}/{page}")
        assert words in client.words
        assert "0161 496 0000" in client.words
    assert await Booking.count() == 0


async def _set_state(gathering_id: int, state: str) -> None:
    await Gathering.update({Gathering.state: state}).where(Gathering.id == gathering_id)


async def test_a_draft_gathering_is_not_there_for_strangers(
    client: PageClient, dee: PageClient, ada: PageClient, setting: Setting
) -> None:
    await write(_set_state, setting.gathering.id, "draft")
    for stranger in (client, dee):
        await stranger.get(f"/g/{setting.gathering.slug}/book/who", status=404)
        assert "Spring gathering" not in stranger.words
    await ada.get(f"/g/{setting.gathering.slug}/book/who")
    assert "Booking has not opened yet" in ada.words


async def test_an_organiser_writes_down_a_booking_by_phone(
    ada: PageClient, setting: Setting
) -> None:
    await ada.get(f"/g/{setting.gathering.slug}/book/who")
    assert 'autocomplete="name"' not in ada.text
    await walk_to_check(ada, setting.gathering.slug, "Edith")
    assert "How did this booking reach us?" in ada.words
    answer = await ada.submit("main form", {"source": "phone"})
    booking = await read(only_booking)
    assert (booking.source, booking.entered_by) == ("phone", setting.team.ada)
    assert _opens_for(answer) == "3600"
    await ada.follow()
    assert "closes by itself after an hour" in ada.words


async def test_who_books_for_themselves_keeps_the_page_for_a_month(
    client: PageClient, ada: PageClient, setting: Setting
) -> None:
    for browser in (client, ada):
        await walk_to_check(browser, setting.gathering.slug)
        assert _opens_for(await browser.submit("main form")) == "2592000"
        await browser.follow()
        assert "stays open here for 30 days" in browser.words


def _opens_for(answer: httpx.Response) -> str:
    """For how many seconds the answer opens the booking's page on this device."""
    (given,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("booking-")]
    return str(re.findall(r"Max-Age=(\d+)", given)[0])


async def test_others_cannot_say_how_it_reached_us(client: PageClient, setting: Setting) -> None:
    await walk_to_check(client, setting.gathering.slug)
    assert "How did this booking reach us?" not in client.words
    await client.post(f"/g/{setting.gathering.slug}/book/check", {"source": "phone"})
    booking = await read(only_booking)
    assert booking.source == "web"
    assert booking.entered_by is None
