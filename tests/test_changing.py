"""Changing a booking: people in and out with their places, and undo while nothing else happened."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.needs import need_counts
from gatherings.bookings import answering, cancelling, changing, undoing
from gatherings.bookings.booking_list import history_of
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking, BookingUndo, Person
from gatherings.bookings.undoing import PlacesGone, open_undo
from gatherings.letters.tables import Letter
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.rules import RULES
from gatherings.planning.refusals import Refused
from tests.booking_rows import make_gathering, taken_of
from tests.waiting_rows import again, booked, coming_in, counts_are_right, state_of
from web.database import read, write

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime.now(UTC)
WORDS = changing.PersonWords("Calpurnia", "Cal", False)
DOT = PersonAnswer(name="Dot", help="ask")


async def undo(booking: Booking, at: datetime = NOW) -> None:
    found = await read(open_undo, booking.id, at)
    assert found is not None
    await write(undoing.undo, booking.id, found.handle, at)


async def letters_of(booking: Booking) -> list[tuple[str, str]]:
    rows = await Letter.objects().where(Letter.booking == booking.id).order_by(Letter.id)
    return [(row.kind, row.state) for row in rows]


async def test_a_name_and_a_badge_change_and_change_back() -> None:
    booking = await booked(await make_gathering())
    await write(changing.change_person, booking.id, 1, WORDS, NOW)
    person = (await Person.objects())[0]
    assert (person.name, person.badge) == ("Calpurnia", "Cal")
    await undo(booking)
    person = (await Person.objects())[0]
    assert (person.name, person.badge) == ("Cal 1", "")
    said = [event.what for event in await read(history_of, booking.id)]
    assert said == ["booked", "person changed", "undone"]
    assert await read(open_undo, booking.id, NOW) is None


async def test_saving_what_was_there_changes_nothing() -> None:
    booking = await booked(await make_gathering())
    await write(changing.change_person, booking.id, 1, WORDS, NOW)
    await write(changing.change_person, booking.id, 1, WORDS, NOW)
    assert await BookingUndo.count() == 1


async def test_somebody_more_comes_only_if_a_place_is_there() -> None:
    gathering = await make_gathering(capacity=3)
    booking = await booked(gathering, 2)
    await write(changing.add_person, booking.id, DOT, NOW)
    assert await state_of(booking) == ("booked", 3)
    assert await coming_in(booking) == ["Cal 1", "Cal 2", "Dot"]
    with pytest.raises(Refused, match="No place is free just now, and 1 place is needed"):
        await write(changing.add_person, booking.id, DOT, NOW)
    assert await taken_of(gathering) == 3
    assert len(await read(need_counts, gathering.id)) == 1
    await undo(booking)
    assert await state_of(booking) == ("booked", 2)
    assert await coming_in(booking) == ["Cal 1", "Cal 2"]
    assert await read(need_counts, gathering.id) == []
    assert await counts_are_right(gathering)


async def test_a_supporter_needs_no_place_where_supporters_do_not_count() -> None:
    gathering = await make_gathering(capacity=1, supporters_count=False)
    booking = await booked(gathering, 1)
    await write(changing.add_person, booking.id, PersonAnswer(role="supporting"), NOW)
    assert await state_of(booking) == ("booked", 1)
    await write(changing.remove_person, booking.id, 2, NOW)
    assert await state_of(booking) == ("booked", 1)


async def test_a_smaller_party_leaves_its_place_to_others() -> None:
    gathering = await make_gathering(capacity=2)
    booking = await booked(gathering, 2)
    other = await booked(gathering, 1, "Dot")
    await write(changing.remove_person, booking.id, 1, NOW)
    assert await state_of(booking) == ("booked", 1)
    assert await state_of(other) == ("offered", 1)
    assert await coming_in(booking) == ["Cal 2"]
    with pytest.raises(Refused, match="Cancel the whole booking instead"):
        await write(changing.remove_person, booking.id, 2, NOW)
    with pytest.raises(PlacesGone) as gone:
        await undo(booking)
    assert not gone.value.may_wait
    assert await state_of(booking) == ("booked", 1)
    assert await counts_are_right(gathering)


async def test_a_waiting_party_that_becomes_smaller_may_fit() -> None:
    gathering = await make_gathering(capacity=2)
    booking = await booked(gathering, 3, fewer=2)
    await write(changing.remove_person, booking.id, 3, NOW)
    now = await again(booking.reference)
    assert (now.state, now.held, now.places, now.fewer) == ("offered", 2, 2, 0)


async def test_a_cancelled_booking_comes_back_if_its_places_are_there() -> None:
    gathering = await make_gathering(capacity=2)
    booking = await booked(gathering, 2)
    assert await write(cancelling.cancel, booking.id, at=NOW)
    assert await taken_of(gathering) == 0
    await undo(booking, NOW + timedelta(minutes=29))
    now = await again(booking.reference)
    assert (now.state, now.held) == ("booked", 2)
    assert await Booking.count().where(Booking.cancelled_at.is_not_null()) == 0
    assert await taken_of(gathering) == 2


async def test_whose_places_are_gone_may_wait_where_they_would_have_stood() -> None:
    gathering = await make_gathering(capacity=1)
    booking = await booked(gathering, 1, at=NOW - timedelta(days=3))
    before = await booked(gathering, 1, "Dot", at=NOW - timedelta(days=2))
    behind = await booked(gathering, 1, "Eli", at=NOW - timedelta(days=1))
    assert await write(cancelling.cancel, booking.id, at=NOW)
    found = await read(open_undo, booking.id, NOW)
    assert found is not None
    with pytest.raises(PlacesGone) as gone:
        await write(undoing.undo, booking.id, found.handle, NOW)
    assert gone.value.may_wait
    await write(undoing.wait_instead, booking.id, found.handle, NOW)
    assert (await again(booking.reference)).waiting_since == booking.created_at
    assert await write(answering.decline, before.id, NOW)
    assert await state_of(booking) == ("offered", 1)
    assert await state_of(behind) == ("waiting", 0)


async def test_a_no_can_be_taken_back_while_the_place_is_there() -> None:
    gathering = await make_gathering(capacity=1)
    first, booking = await booked(gathering, 1), await booked(gathering, 1, "Dot")
    await write(cancelling.cancel, first.id, at=NOW)
    await write(answering.decline, booking.id, NOW)
    await undo(booking)
    assert await state_of(booking) == ("offered", 1)
    await write(answering.accept, booking.id, NOW)
    await undo(booking)
    assert await state_of(booking) == ("offered", 1)
    assert await counts_are_right(gathering)


async def test_undo_ends_after_half_an_hour_and_when_something_else_happened() -> None:
    gathering = await make_gathering(capacity=2)
    booking = await booked(gathering, 1)
    await write(changing.change_person, booking.id, 1, WORDS, NOW)
    found = await read(open_undo, booking.id, NOW + timedelta(minutes=29))
    assert found is not None
    assert await read(open_undo, booking.id, NOW + timedelta(minutes=30)) is None
    with pytest.raises(Refused, match="no longer"):
        await write(undoing.undo, booking.id, found.handle, NOW + timedelta(minutes=30))
    await write(changing.add_person, booking.id, DOT, NOW)
    with pytest.raises(Refused, match="no longer"):
        await write(undoing.undo, booking.id, found.handle, NOW)
    await undo(booking)
    await undo(booking)
    assert await coming_in(booking) == ["Cal 1"]


async def test_what_can_no_longer_be_undone_is_forgotten_and_was_sealed() -> None:
    booking = await booked(await make_gathering())
    await write(changing.change_person, booking.id, 1, WORDS, NOW)
    kept = (await BookingUndo.objects())[0]
    assert b"Cal" not in bytes(kept.sealed)
    await forget(RULES, NOW + timedelta(minutes=29))
    assert await BookingUndo.count() == 1
    await forget(RULES, NOW + timedelta(minutes=30))
    assert await BookingUndo.count() == 0


async def test_a_new_address_is_kept_and_the_old_one_is_told() -> None:
    booking = await booked(await make_gathering())
    contact = changing.Contact("Dot", "phone", "01632 960 003")
    await write(changing.change_contact, booking.id, contact, NOW)
    now = await again(booking.reference)
    assert (now.contact_name, now.contact_way) == ("Dot", "phone")
    assert ("changed", "waiting") in await letters_of(booking)
    await undo(booking)
    assert (await again(booking.reference)).contact_way == "email"


async def test_a_party_may_say_later_that_fewer_would_come() -> None:
    gathering = await make_gathering(capacity=1)
    booking = await booked(gathering, 2)
    await write(changing.change_fewer, booking.id, 1, NOW)
    assert await state_of(booking) == ("offered", 1)
    with pytest.raises(Refused):
        await write(changing.change_fewer, booking.id, 0, NOW)


async def test_letters_that_are_no_longer_true_are_dropped() -> None:
    gathering = await make_gathering(capacity=1)
    first = await booked(gathering, 1)
    one = await booked(gathering, 1, "Dot", way="phone")
    await write(cancelling.cancel, first.id, at=NOW)
    await write(answering.accept, one.id, NOW, account_id=1)
    kept = [pair for pair in await letters_of(one) if pair[1] != "dropped"]
    assert kept == [("booked", "by_hand")]
    assert ("place_for_you", "dropped") in await letters_of(one)
    assert ("cancelled", "waiting") in await letters_of(first)


async def test_nobody_rings_a_person_about_what_they_did_themselves() -> None:
    booking = await booked(await make_gathering(), 1, way="phone")
    await write(cancelling.cancel, booking.id, at=NOW)
    assert "cancelled" not in dict(await letters_of(booking))
    other = await booked(await make_gathering(), 1, way="phone")
    await write(cancelling.cancel, other.id, at=NOW, account_id=1)
    assert ("cancelled", "by_hand") in await letters_of(other)
