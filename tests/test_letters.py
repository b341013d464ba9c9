"""Letters are rows in the transaction of what they tell of: what they say, and never twice."""

import re
from datetime import UTC, datetime

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Need
from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.letters.kinds import KINDS
from gatherings.letters.tables import Letter
from gatherings.letters.writing import drop_letters, write_letter, write_to_all
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person, with_needs
from tests.letter_rows import booking_of, letters_of
from web.crypto import NotOpened, unseal
from web.database import DatabaseEngine, write
from web.settings import settings

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FACTS = {"words": "It starts at 11am, not at 10am.", "subject": "A word about lunch"}


@pytest.fixture
async def gathering(db: DatabaseEngine) -> Gathering:
    return await make_gathering(contact_email="hello@example.org")


async def booked(gathering: Gathering, name: str = "Cal", way: str = "email") -> Booking:
    detail = "cal@people.example" if way == "email" else "1 Sample Street"
    party = one_person(name, contact_way=way, contact_detail=detail)
    made = await write(bookings.book, gathering.id, party)
    return await booking_of(made.reference)


async def test_a_letter_says_what_when_where_and_how_to_reach_us(gathering: Gathering) -> None:
    party = one_person(contact_way="email", contact_detail="cal@people.example")
    made = await write(bookings.book, gathering.id, party)
    booking = await booking_of(made.reference)
    await write(write_letter, "booked", booking.id, NOW, once="the one")
    letter = next(one for one in await letters_of(made.reference) if one["once"] == "the one")
    link = f"{settings().base_url}/b/{made.reference}/{made.secret}"
    assert (letter["to"], letter["state"], letter["calendar"]) == (
        "cal@people.example",
        "waiting",
        True,
    )
    assert letter["subject"].startswith("Booked: Spring gathering, ")
    for words in (
        "Hello Cal,",
        "Your place is booked.",
        "Meeting House\n1 Long St",
        f"Your reference: {made.reference}",
        "Ring 01632 960 001",
    ):
        assert words in letter["text"]
    assert letter["text"].count("http") == letter["text"].count(link) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_plain_text_with_one_link_and_no_need(
    gathering: Gathering, kind: str
) -> None:
    asked = NeedAnswer("hear.bsl", "Please face me", "must")
    made = await write(bookings.book, gathering.id, with_needs(asked, name="Cal & <b>Co</b>"))
    booking = await booking_of(made.reference)
    await write(write_letter, kind, booking.id, NOW, once="the one", facts=FACTS)
    letter = next(one for one in await letters_of(booking.reference) if one["once"] == "the one")
    for need in ("Please face me", "Sign Language", "BSL", "cannot come without"):
        assert need not in letter["subject"] + letter["text"]
    assert "Hello Cal & <b>Co</b>," in letter["text"]
    assert letter["text"].count("http") == letter["text"].count(letter["link"]) == 1
    assert "01632 960 001" in letter["text"]
    assert booking.reference in letter["text"]
    assert "\n\n\n" not in letter["text"]
    assert "\n" not in letter["subject"]


async def test_a_letter_opens_only_in_its_own_row(gathering: Gathering) -> None:
    booking = await booked(gathering)
    await write(write_letter, "link_again", booking.id, NOW)
    letter = (await letters_of(booking.reference))[-1]
    assert booking.reference.encode() not in letter["sealed"]
    with pytest.raises(NotOpened):
        unseal(letter["sealed"], "letter:another")


async def test_what_cannot_go_by_mail_is_to_be_done_by_hand(gathering: Gathering) -> None:
    for way in ("phone", "text", "post", "supporter"):
        booking = await booked(gathering, way, way)
        await write(write_letter, "link_again", booking.id, NOW)
        letter = (await letters_of(booking.reference))[-1]
        assert (letter["way"], letter["state"]) == (way, "by_hand")


async def test_nothing_is_told_twice(gathering: Gathering) -> None:
    booking = await booked(gathering)
    for _ in range(2):
        await write(write_letter, "link_again", booking.id, NOW)
        await write(write_letter, "changed", booking.id, NOW, once="changed:one")
    await write(write_letter, "changed", booking.id, NOW, once="changed:two")
    kinds = [one["kind"] for one in await letters_of(booking.reference)]
    assert (kinds.count("link_again"), kinds.count("changed")) == (1, 2)


async def test_a_letter_goes_with_its_transaction(gathering: Gathering) -> None:
    booking = await booked(gathering)
    before = await Letter.count()

    async def fails() -> None:
        await write_letter("link_again", booking.id, NOW)
        raise RuntimeError("after the letter")

    with pytest.raises(RuntimeError):
        await write(fails)
    assert await Letter.count() == before


async def test_all_parties_in_some_states_are_told_once(gathering: Gathering) -> None:
    first, second = await booked(gathering, "Ann"), await booked(gathering, "Bea", "post")
    await write(write_letter, "cancelled", second.id, NOW)
    for _ in range(2):
        await write(
            write_to_all, "gathering_changed", gathering.id, NOW, about="change:1", facts=FACTS
        )
    again = await write(
        write_to_all,
        "gathering_changed",
        gathering.id,
        NOW,
        about="change:2",
        states=("waiting",),
        facts=FACTS,
    )
    found = [one["about"] for one in await letters_of(first.reference) if one["about"]]
    assert (found, again) == (["change:1"], 0)
    assert "It starts at 11am" in (await letters_of(second.reference))[-1]["text"]


async def test_what_is_no_longer_true_is_dropped_and_may_be_written_anew(
    gathering: Gathering,
) -> None:
    booking = await booked(gathering)
    await write(write_letter, "changed", booking.id, NOW, once="c")
    await write(drop_letters, booking.id, ["changed"])
    states = {one["once"]: one["state"] for one in await letters_of(booking.reference)}
    assert states["c"] == "dropped"
    await write(write_letter, "changed", booking.id, NOW, once="c", facts={"words": "Anew."})
    letter = next(one for one in await letters_of(booking.reference) if one["once"] == "c")
    assert (letter["state"], "Anew." in letter["text"]) == ("waiting", True)


async def test_a_reminder_counts_what_is_to_be_checked_and_names_nothing(
    gathering: Gathering,
) -> None:
    party = with_needs(NeedAnswer("hear.bsl", "Please face me", "must"), NeedAnswer("see.large"))
    made = await write(bookings.book, gathering.id, party)
    booking = await booking_of(made.reference)
    await write(_arrange_all)
    await write(write_letter, "reminder_14", booking.id, NOW)
    text = (await letters_of(made.reference))[-1]["text"]
    assert "You have 2 things to check on your page." in text
    said = re.sub(rf"https?://\S+|{made.reference}", "", text)  # made of words by chance
    for words in ("BSL", "sign", "face me", "print"):
        assert words not in said


async def _arrange_all() -> None:
    await Need.update({Need.state: "arranged"}, force=True)
