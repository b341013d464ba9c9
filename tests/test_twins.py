"""Somebody who seems to book twice: flagged for the desk, told in their own letter, no one else."""

import pytest

from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.bookings.twins import booked_here, contact, twins_of
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person
from web.crypto import unseal
from web.database import read, write

pytestmark = pytest.mark.usefixtures("db")


async def book(gathering: Gathering, name: str, way: str, detail: str) -> bookings.Booked:
    party = one_person(name, contact_way=way, contact_detail=detail)
    return await write(bookings.book, gathering.id, party)


async def test_the_desk_sees_who_may_have_booked_twice() -> None:
    gathering, other = await make_gathering(capacity=20), await make_gathering()
    first = await book(gathering, "Cal Jones", "phone", "01632 960 002")
    same_name = await book(gathering, "cal  JONES", "post", "1 Long Street")
    same_number = await book(gathering, "C. Jones", "text", "(01632) 960002")
    await book(gathering, "Dot", "email", "dot@example.org")
    await book(other, "Cal Jones", "phone", "01632 960 002")
    cancelled = await book(gathering, "Dot", "email", "DOT@example.org")
    await write(_cancel, cancelled.reference)
    assert await read(twins_of, gathering.id) == {
        first.reference: tuple(sorted([same_name.reference, same_number.reference])),
        same_name.reference: (first.reference,),
        same_number.reference: (first.reference,),
    }


async def _cancel(reference: str) -> None:
    await Booking.update({"state": "cancelled", "held": 0}).where(Booking.reference == reference)


async def test_a_letter_speaks_of_the_other_booking_only_to_the_same_contact() -> None:
    gathering = await make_gathering(capacity=2)
    await book(gathering, "Cal", "email", "cal@example.org")
    await book(gathering, "Cal", "email", "another.cal@example.org")
    await book(gathering, "Cal's sister", "email", "Cal@example.org")
    letters = await Letter.objects().order_by(Letter.id)
    texts = [unseal(letter.sealed, bound_to(letter.handle))["text"] for letter in letters]
    assert [letter.kind for letter in letters] == ["booked", "booked", "waiting"]
    assert ["another booking with this contact" in text for text in texts] == [False, False, True]


async def test_only_a_device_that_holds_the_secret_is_told() -> None:
    gathering = await make_gathering()
    first = await book(gathering, "Cal", "phone", "01632 960 002")
    cal = contact("CAL", "email", "new@example.org")
    dot = contact("Dot", "email", "dot@example.org")
    held = {first.reference: first.secret}
    assert await read(booked_here, gathering.id, held, cal) == (first.reference,)
    assert await read(booked_here, gathering.id, held, dot) == ()
    assert await read(booked_here, gathering.id, {first.reference: "guessed"}, cal) == ()
    assert await read(booked_here, gathering.id, {}, cal) == ()
    other = await make_gathering()
    assert await read(booked_here, other.id, held, cal) == ()
