"""Needs: sealed in their row, kept only with consent, moved on by one person at a time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.needs import NeedAnswer, bound_to, need_counts, needs_of_gathering
from gatherings.access.own_needs import add_need, needs_nothing
from gatherings.access.promises import move_need
from gatherings.access.tables import Consent, ConsentWording, Need, NeedEvent
from gatherings.bookings import bookings, cancelling
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person, with_needs
from web.crypto import NotOpened, unseal
from web.database import read, write

pytestmark = pytest.mark.usefixtures("db")

WORDS = "Please face me when you talk"
BSL = NeedAnswer("hear.bsl", WORDS, "must")


async def test_a_need_is_sealed_and_opens_only_in_its_own_row() -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, with_needs(BSL, NeedAnswer("see.large")))
    first, second = await Need.objects().order_by(Need.id)
    for plain in (WORDS.encode(), b"hear.bsl", b"must"):
        assert plain not in first.sealed
    assert unseal(first.sealed, bound_to(first.handle)) == {
        "code": "hear.bsl",
        "catalogue_version": 1,
        "words": WORDS,
        "strength": "must",
        "group": "",
        "arrives": "",
    }
    with pytest.raises(NotOpened):
        unseal(first.sealed, bound_to(second.handle))


async def test_needs_are_due_by_the_gatherings_own_calendar() -> None:
    """Half past midnight in London is still the day before in UTC."""
    starts = datetime(2027, 6, 14, 23, 30, tzinfo=UTC)
    gathering = await make_gathering(starts_at=starts, ends_at=starts + timedelta(hours=5))
    await write(bookings.book, gathering.id, with_needs(BSL, NeedAnswer("move.stand")))
    found = await read(needs_of_gathering, gathering.id)
    assert [str(need.due_on) for need in found] == ["2027-05-04", "2027-06-14"]
    assert [need.late(datetime(2027, 5, 5, tzinfo=UTC).date()) for need in found] == [True, False]
    assert found[0].label == "British Sign Language (BSL) interpreters"
    assert (found[0].words, found[0].person) == (WORDS, "Cal")


@pytest.mark.parametrize("consent", ["no", ""])
async def test_without_consent_we_keep_only_that_we_should_ask(consent: str) -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, with_needs(BSL, consent=consent))
    found = await read(needs_of_gathering, gathering.id)
    assert [(need.code, need.words) for need in found] == [("any.ask_me", "")]
    assert [row.answer for row in await Consent.objects()] == ([consent] if consent else [])


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("no", []),
        ("not_asked", []),
        ("ask", ["any.ask_me"]),
        ("talk", ["any.private"]),
        ("yes", ["any.ask_me"]),
    ],
)
async def test_the_other_doors(answer: str, codes: list[str]) -> None:
    gathering = await make_gathering()
    party = one_person(people=(PersonAnswer(name="Cal", help=answer),))
    await write(bookings.book, gathering.id, party)
    found = await read(needs_of_gathering, gathering.id)
    assert [need.code for need in found] == codes
    assert [person.help for person in await Person.objects()] == [answer]


async def test_a_supporter_has_needs_of_their_own() -> None:
    gathering = await make_gathering()
    supporter = PersonAnswer(role="supporting", needs=(NeedAnswer("food.diet", "Vegan"),))
    party = one_person(people=(PersonAnswer(name="Cal", needs=(BSL,)), supporter), consent="yes")
    await write(bookings.book, gathering.id, party)
    found = await read(needs_of_gathering, gathering.id)
    assert [(need.person, need.code) for need in found] == [
        ("Cal", "hear.bsl"),
        ("A supporter", "food.diet"),
    ]


async def test_the_words_of_a_consent_are_kept_once() -> None:
    gathering = await make_gathering(capacity=20)
    tries = [
        write(bookings.book, gathering.id, with_needs(BSL, name=f"Cal {n}"), source="phone")
        for n in range(8)
    ]
    await asyncio.gather(*tries)
    assert (await Consent.count(), await ConsentWording.count()) == (8, 1)
    assert {(row.how, row.variant) for row in await Consent.objects()} == {("phone", "plain")}


async def test_history_holds_no_answer() -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, with_needs(BSL))
    need = (await read(needs_of_gathering, gathering.id))[0]
    at = datetime.now(UTC)
    await write(
        move_need, need.handle, gathering.id, seen=need.mark, to="talking", account_id=1, at=at
    )
    rows = [*await BookingEvent.select(), *await NeedEvent.select()]
    assert len(rows) == 2
    for told in (WORDS, "hear.bsl", "Cal"):
        assert told not in str(rows)


async def test_counts_open_nothing_and_leave_cancelled_bookings_out() -> None:
    gathering = await make_gathering()
    booked = await write(bookings.book, gathering.id, with_needs(BSL, NeedAnswer("hear.lip")))
    gone = await write(bookings.book, gathering.id, with_needs(BSL, name="Dot"))
    kept = await read(find_booking, gone.reference)
    assert kept is not None
    await write(cancelling.cancel, kept.id)
    counts = await read(need_counts, gathering.id)
    assert [(one.state, one.number) for one in counts] == [("asked", 2)]
    assert {need.booking for need in await read(needs_of_gathering, gathering.id)} == {
        booked.reference
    }
    assert await Need.count() == 3


async def test_the_gathering_keeps_its_change_date() -> None:
    """Calendars follow it: a booking is no change of the gathering."""
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, one_person())
    now = await Gathering.objects().get(Gathering.id == gathering.id)
    assert now is not None
    assert now.changed_at == gathering.changed_at


async def test_nobody_needs_nothing_who_asks_for_something_at_that_moment() -> None:
    gathering = await make_gathering(capacity=20)
    for name in "ABCDEF":
        party = one_person(name, people=(PersonAnswer(name=name, help="not_asked"),), consent="yes")
        await write(bookings.book, gathering.id, party)
    now, ids = datetime.now(UTC), [row["id"] for row in await Booking.select(Booking.id)]
    asks = [write(add_need, one, 1, BSL, now) for one in ids]
    denies = [write(needs_nothing, one, 1, now) for one in ids]
    both = [one for pair in zip(denies, asks, strict=True) for one in pair]
    ends = await asyncio.gather(*both, return_exceptions=True)
    assert {type(end) for end in ends} <= {str, type(None), Refused}
    rows = await Need.select(Need.person, Need.person.help.as_alias("help"))
    assert [row["help"] for row in rows] == ["yes"] * len(ids)
