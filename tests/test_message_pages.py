"""A message to some: whom it reaches and how, a preview, sent once, and no word of needs kept."""

from typing import Any

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.letters.messages import SOME
from gatherings.letters.tables import Letter, Message
from gatherings.people.roles import grant
from tests.booking_rows import one_person, with_needs, with_supporter
from tests.builders import Setting
from tests.letter_rows import letters_of
from tests.page_checks import PageClient
from web.database import write

WORDS = {"subject": "Lunch", "words": "Bring a cup.\n\nThere is a fridge."}


@pytest.fixture
async def write_page(setting: Setting) -> str:
    """Four parties: e-mail, post, a call with a supporter, and a text of one who waits."""
    gathering = setting.gathering.id
    for name, way, detail in (
        ("Ann", "email", "ann@people.example"),
        ("Dot", "post", "5 Sample Street"),
        ("Cai", "text", "01632 960 003"),
    ):
        party = one_person(name, contact_way=way, contact_detail=detail)
        made = await write(bookings.book, gathering, party)
    await write(bookings.book, gathering, with_supporter("Bob"))
    await write(_let_wait, made.reference)
    return f"/desk/g/{setting.gathering.slug}/letters/write"


async def _let_wait(reference: str) -> None:
    """A party too large for what is free, so that others may still book."""
    waits: dict[Any, Any] = {Booking.state: "waiting", Booking.held: 0, Booking.places: 1000}
    await Booking.update(waits).where(Booking.reference == reference)


async def told() -> list[str]:
    rows = await Letter.select(Letter.booking.contact_name).where(Letter.kind == "message")
    return sorted(row["booking.contact_name"] for row in rows)


async def test_the_preview_counts_by_way_and_sends_once(
    ada: PageClient, setting: Setting, write_page: str
) -> None:
    await ada.get(write_page)
    await ada.submit("main form", WORDS, status=200)
    assert "Send this to 3 parties?" in ada.words
    for words in ("1 by e-mail", "1 by a printed letter", "0 by text message", "1 by a phone call"):
        assert words in ada.words
    assert await told() == []
    for _ in range(2):
        await ada.submit('form[action$="/send"]')
    assert await told() == ["Ann", "Bob", "Dot"]
    (message,) = await Message.objects()
    assert (message.subject, message.account_id) == ("Lunch", setting.team.ada)
    assert message.to_whom == "Those who are booked"
    await ada.get(write_page)
    assert "Written so far Lunch" in ada.words


async def test_a_letter_of_a_message_says_its_words(ada: PageClient, write_page: str) -> None:
    await ada.get(write_page)
    await ada.submit("main form", WORDS, status=200)
    await ada.submit('form[action$="/send"]')
    row = await Letter.select(Letter.booking.reference).where(Letter.kind == "message").first()
    assert row is not None
    letter = (await letters_of(row["booking.reference"]))[-1]
    assert letter["subject"] == "Lunch"
    assert "Hello Ann,\n\nBring a cup.\n\nThere is a fridge.\n\n" in letter["text"]


@pytest.mark.parametrize(
    ("choice", "reached"),
    [
        ({"states": ["booked", "waiting"]}, ["Ann", "Bob", "Cai", "Dot"]),
        ({"states": ["waiting"]}, ["Cai"]),
        ({"party": "supporting"}, ["Bob"]),
        ({"party": "alone"}, ["Ann", "Dot"]),
        ({"ways": ["email", "post"]}, ["Ann", "Dot"]),
    ],
)
async def test_it_reaches_those_who_are_chosen(
    ada: PageClient, write_page: str, choice: dict[str, str | list[str]], reached: list[str]
) -> None:
    await ada.get(write_page)
    await ada.submit("main form", {**WORDS, **choice}, status=200)
    await ada.submit('form[action$="/send"]')
    assert await told() == reached


async def test_what_was_typed_stays_with_errors_and_when_it_is_changed(
    ada: PageClient, write_page: str
) -> None:
    await ada.get(write_page)
    await ada.submit("main form", {"subject": "Lunch", "states": []}, status=422)
    for words in ("Enter what you want to say", "Choose at least one"):
        assert words in ada.words
    await ada.get(write_page)
    await ada.submit("main form", {**WORDS, "states": ["offered"]}, status=422)
    assert "Choose others: this reaches nobody" in ada.words
    await ada.get(write_page)
    await ada.submit("main form", WORDS, status=200)
    await ada.submit('main form:has(button[name="back"])', status=200)
    assert "There is a fridge." in ada.text
    assert "Write to some people" in ada.words


async def test_only_access_leads_choose_by_what_people_need(
    ada: PageClient, ben: PageClient, setting: Setting, write_page: str
) -> None:
    party = with_needs(NeedAnswer("hear.bsl", strength="must"), name="Zed")
    await write(bookings.book, setting.gathering.id, party)
    await write(grant, setting.team.ben, setting.gathering.series, "organiser")
    await ben.get(write_page)
    assert "Only those who told us about" not in ben.words
    sent = {**WORDS, "states": "booked", "ways": "phone", "party": "all", "groups": "hear"}
    await ben.post(write_page, sent, status=200)
    assert "Send this to 2 parties?" in ben.words  # the choice was not his to make
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    await ada.get(write_page)
    await ada.submit("main form", {**WORDS, "groups": ["hear"]}, status=200)
    assert "Send this to 1 party?" in ada.words
    await ada.submit('form[action$="/send"]')
    assert await told() == ["Zed"]
    (message,) = await Message.objects()
    assert message.to_whom == SOME
