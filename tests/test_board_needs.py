"""What people cannot come without binds the room of a session, and never says whose it is."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.access.room_needs import what_is_needed
from gatherings.access.schedule_needs import needs_of_day
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from gatherings.planning.catalogue import FEATURES
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import RoomFeature, Round
from sessions.board import card_words, going_ahead, offers, placing, undoing
from sessions.board.binding import bounds_of
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.feature_words import FEATURE_WORDS
from sessions.board.fitting import next_free, why_not
from sessions.board.fitting_needs import who_words
from sessions.board.joining import joiner_hash, link_booking
from sessions.board.tables import WentAhead
from sessions.board.view import board_view
from sessions.board.watching import watch
from tests.board_hall import Hall, build_hall
from tests.need_rows import LOOP, PLANTED, WHEELCHAIR, booked, starred
from web.crypto import new_key
from web.database import DatabaseEngine, read, write

LARGE, LIBRARY, GARDEN = 0, 1, 2


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    hall = await build_hall()
    await hall.offer("Growing older")
    await RoomFeature(room=hall.rooms[LARGE], code="turning_150cm", value="yes").save()
    return hall


async def reasons(
    hall: Hall, room: int, number: int = 1, *, round_: int = 0
) -> list[tuple[str, tuple[str, ...]]]:
    view = await read(board_view, hall.gathering)
    bounds = await read(bounds_of, view)
    session = view.session(number)
    assert session is not None
    found = why_not(view, session, hall.ids(round_, room), bounds)
    return [(one.kind, one.codes) for one in found]


async def warnings(hall: Hall, now: datetime | None = None) -> list[str]:
    view = await read(board_view, hall.gathering)
    bounds, needs = await read(bounds_of, view), await read(needs_of_day, hall.gathering)
    return [one.words for one in watch(view, bounds, needs, now).warnings]


async def place_with(hall: Hall, room: int, why: str, round_: int = 0) -> int:
    spot = hall.rounds[round_], hall.rooms[room]
    return await write(placing.place, hall.gathering, 1, *spot, EVERYTHING_SEEN, None, why)


async def test_a_star_binds_the_room_and_unknown_counts_as_no(hall: Hall) -> None:
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    missing = [("feature", ("step_free",)), ("feature", ("turning_150cm",))]
    assert await reasons(hall, LARGE) == []
    assert await reasons(hall, LIBRARY) == missing
    assert await reasons(hall, GARDEN) == missing
    with pytest.raises(placing.Lacks) as refused:
        await hall.place(1, 0, LIBRARY)
    assert refused.value.words == (
        "Library has no way in without steps. Somebody who needs it cares about this session. "
        "Library: nobody has checked whether there is space for a wheelchair to turn round. "
        "Somebody who needs it cares about this session."
    )
    assert await hall.spots() == {1: None}


async def test_a_host_binds_the_room_too(hall: Hall) -> None:
    kept = joiner_hash(hall.gathering, new_key())
    await write(offers.offer, hall.gathering, kept, "Homes", "", "Cal", new_key())
    await write(link_booking, hall.gathering, kept, await booked(hall.gathering, LOOP))
    assert await reasons(hall, LARGE, 2) == [("feature", ("hearing_loop",))]
    assert await reasons(hall, LARGE, 1) == []


@pytest.mark.parametrize(
    ("need", "consent"),
    [
        (NeedAnswer("hear.loop", "", "helps"), "yes"),
        (LOOP, "no"),
        (NeedAnswer("calm.quiet_room", "", "must"), "yes"),
    ],
)
async def test_what_does_not_bind(hall: Hall, need: NeedAnswer, consent: str) -> None:
    await starred(hall.gathering, 1, await booked(hall.gathering, need, consent=consent))
    assert await reasons(hall, GARDEN) == []


async def test_who_withdrew_or_does_not_come_binds_nothing(hall: Hall) -> None:
    booking = await booked(hall.gathering, LOOP)
    assert dict((await read(what_is_needed, [booking])).features) == {booking: {"hearing_loop": 1}}
    await Need.update({Need.state: "withdrawn"}, force=True)
    assert dict((await read(what_is_needed, [booking])).features) == {}
    await Need.update({Need.state: "asked"}, force=True)
    await Person.update({Person.cancelled_at: datetime.now(UTC)}, force=True)
    assert dict((await read(what_is_needed, [booking])).features) == {}


async def test_going_ahead_needs_a_reason_and_the_access_lead_is_told(hall: Hall) -> None:
    lead = await write(open_account, "lead@example.org", "Lea")
    await write(grant, lead, hall.series, "access_lead")
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    await place_with(hall, LIBRARY, "We asked them")
    assert await hall.spots() == {1: (0, LIBRARY)}
    view = await read(board_view, hall.gathering)
    told = await read(going_ahead.went_ahead_list, view)
    assert [(one.title, one.reason, one.lacks, one.told) for one in told] == [
        (
            "Growing older",
            "We asked them",
            ("way in without steps", "space for a wheelchair to turn round"),
            False,
        )
    ]
    assert await Letter.count().where(Letter.kind == "went_ahead") == 1
    await write(going_ahead.note_told, hall.gathering, told[0].id, datetime.now(UTC))
    assert (await read(going_ahead.went_ahead_list, view))[0].told is True


async def test_a_reason_holds_for_its_spot_alone(hall: Hall) -> None:
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    await place_with(hall, LIBRARY, "We asked them")
    await place_with(hall, LARGE, "")
    moved = await hall.place(1, 0, LIBRARY)
    assert await WentAhead.count() == 1
    with pytest.raises(placing.Lacks):
        await hall.place(1, 0, GARDEN)
    await write(undoing.undo, hall.gathering, moved, None)
    assert await hall.spots() == {1: (0, LARGE)}


async def test_a_swap_needs_a_reason_too(hall: Hall) -> None:
    await hall.offer("Homes")
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    await hall.place(1, 0, LARGE)
    await hall.place(2, 0, LIBRARY)
    cards = (2, 1, EVERYTHING_SEEN, None)
    with pytest.raises(placing.Lacks) as refused:
        await write(placing.swap, hall.gathering, *cards)
    assert refused.value.other == 1
    assert await hall.spots() == {1: (0, LARGE), 2: (0, LIBRARY)}
    await write(placing.swap, hall.gathering, *cards, "We asked them")
    assert await hall.spots() == {1: (0, LIBRARY), 2: (0, LARGE)}


async def test_a_later_star_is_a_warning_until_somebody_says_why(hall: Hall) -> None:
    await hall.place(1, 0, GARDEN)
    assert await warnings(hall) == []
    await starred(hall.gathering, 1, await booked(hall.gathering, LOOP))
    words = "Garden room: nobody has checked whether there is a working hearing loop."
    assert await warnings(hall) == [f"{words} Somebody who needs it cares about this session."]
    await write(placing.stay, hall.gathering, 1, "We bring one", None)
    assert await warnings(hall) == []
    assert await WentAhead.count() == 1


async def test_the_next_free_spot_has_what_people_need(hall: Hall) -> None:
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    view = await read(board_view, hall.gathering)
    bounds, session = await read(bounds_of, view), view.session(1)
    assert session is not None
    wanted = (hall.rounds[0], hall.rooms[LIBRARY])
    now = view.starts_at
    assert next_free(view, session, wanted, now, bounds) == (hall.rounds[0], hall.rooms[LARGE])
    assert not any(word in repr(bounds) for word in PLANTED)


async def test_what_a_host_asks_for_binds_the_room_and_is_about_nobody(hall: Hall) -> None:
    await hall.offer("Homes", marks="step_free loop")
    await starred(hall.gathering, 2, await booked(hall.gathering, LOOP))
    assert await reasons(hall, LARGE, 2) == [("feature", ("hearing_loop",))]
    with pytest.raises(placing.Lacks) as refused:
        await hall.place(2, 0, LIBRARY)
    assert refused.value.words == (
        "Library: nobody has checked whether there is a working hearing loop. "
        "The host asked for a room with a hearing loop. "
        "Library has no way in without steps. The host asked for a room without steps."
    )
    spot = hall.ids(0, LIBRARY)
    await write(
        placing.place, hall.gathering, 2, *spot, EVERYTHING_SEEN, None, "We bring a loop and a ramp"
    )
    assert await hall.spots() == {1: None, 2: (0, LIBRARY)}
    assert [row.codes for row in await WentAhead.objects()] == ["hearing_loop step_free"]


async def test_what_a_host_asks_for_later_is_a_warning(hall: Hall) -> None:
    await hall.place(1, 0, GARDEN)
    words = (hall.gathering, 1, "Growing older", "", "Ada", None)
    await write(card_words.change_words, *words, marks=["quiet"])
    assert await warnings(hall) == [
        "Garden room: nobody has checked whether there is protection from noise outside. "
        "The host asked for a room with little noise."
    ]
    await RoomFeature(room=hall.rooms[GARDEN], code="low_noise", value="yes").save()
    assert await warnings(hall) == []


async def test_a_longer_session_tells_its_host_nothing_about_people(hall: Hall) -> None:
    await hall.place(1, 0, LIBRARY)
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    words = (hall.gathering, 1, "Growing older", "", "Ada", None)
    with pytest.raises(Refused) as refused:
        await write(card_words.change_words, *words, length=2)
    assert refused.value.words == "It cannot go on where it is. Ask a facilitator to move it first"


async def unhurried_host(hall: Hall, strength: str = "must") -> None:
    """Cal hosts Homes and Money, and needs time between rooms."""
    kept = joiner_hash(hall.gathering, new_key())
    for title in ("Homes", "Money"):
        await write(offers.offer, hall.gathering, kept, title, "", "Cal", new_key())
    need = NeedAnswer("move.short_distance", "Velvetwords of mine", strength)
    await write(link_booking, hall.gathering, kept, await booked(hall.gathering, need))
    for room in hall.rooms:
        await RoomFeature(room=room, code="near_main", value="yes").save()


async def test_a_host_has_time_to_get_from_room_to_room(hall: Hall) -> None:
    await unhurried_host(hall)
    await hall.place(2, 0, LIBRARY)
    assert await reasons(hall, LARGE, 3, round_=1) == [("gap", ("gap_15",))]
    assert await reasons(hall, LIBRARY, 3, round_=1) == []
    assert await reasons(hall, LARGE, 1, round_=1) == []
    with pytest.raises(placing.Lacks) as refused:
        await hall.place(3, 1, LARGE)
    assert refused.value.words == (
        "There would be 0 minutes to get from one room to another, here and Library. "
        "Somebody needs 15 minutes for it."
    )
    assert not any(word in refused.value.words for word in ("Cal", *PLANTED))
    spot = hall.ids(1, LARGE)
    await write(placing.place, hall.gathering, 3, *spot, EVERYTHING_SEEN, None, "We go together")
    assert await warnings(hall) == []
    first = await Round.objects().get(Round.id == hall.rounds[0])
    assert first is not None
    earlier = first.ends_at - timedelta(minutes=15)
    await Round.update({Round.ends_at: earlier}).where(Round.id == first.id)
    assert await reasons(hall, GARDEN, 2) == []


async def test_time_between_rooms_that_would_help_binds_nothing(hall: Hall) -> None:
    await unhurried_host(hall, "helps")
    await hall.place(2, 0, LIBRARY)
    assert await reasons(hall, LARGE, 3, round_=1) == []


async def test_a_host_who_comes_to_need_time_is_a_warning(hall: Hall) -> None:
    await unhurried_host(hall)
    await Need.update({Need.state: "withdrawn"}, force=True)
    await hall.place(2, 0, LIBRARY)
    await hall.place(3, 1, LARGE)
    assert await warnings(hall) == []
    await Need.update({Need.state: "asked"}, force=True)
    assert [words.split(",")[0] for words in await warnings(hall)] == [
        "There would be 0 minutes to get from one room to another",
        "There would be 0 minutes to get from one room to another",
    ]
    await write(placing.stay, hall.gathering, 2, "We go together", None)
    assert await warnings(hall) == []


async def test_a_room_that_somebody_cannot_enter_is_a_warning_once(hall: Hall) -> None:
    lead = await write(open_account, "lead@example.org", "Lea")
    await write(grant, lead, hall.series, "access_lead")
    for title in ("Homes", "Money", "Buses"):
        await hall.offer(title)
    spots = ((1, 0, LARGE), (2, 0, LIBRARY), (3, 1, LIBRARY), (4, 0, GARDEN))
    for number, round_, room in spots:
        await hall.place(number, round_, room)
    assert await warnings(hall) == []
    await booked(hall.gathering, NeedAnswer("move.step_free", "", "helps"))
    assert await warnings(hall) == []
    for _ in range(5):
        await booked(hall.gathering, WHEELCHAIR)
        library, garden = await warnings(hall)
    assert library == "5 people who come cannot get into Library."
    assert garden == "Nobody has checked whether 5 people who come can get into Garden room."
    view = await read(board_view, hall.gathering)
    assert await warnings(hall, view.open_rounds[0].ends_at) == [library]
    await write(placing.stay, hall.gathering, 2, "We asked them", None)
    assert await warnings(hall) == [garden]
    rows = await WentAhead.objects().order_by(WentAhead.session)
    assert [(row.codes, row.reason) for row in rows] == [("step_free", "We asked them")] * 2
    assert await Letter.count().where(Letter.kind == "went_ahead") == 1
    await hall.place(3, 1, GARDEN)
    assert len(await warnings(hall)) == 1
    await RoomFeature(room=hall.rooms[GARDEN], code="step_free", value="yes").save()
    assert await warnings(hall) == []


async def test_one_person_who_cannot_enter_is_never_counted(hall: Hall) -> None:
    await hall.place(1, 0, LIBRARY)
    await booked(hall.gathering, WHEELCHAIR)
    assert await warnings(hall) == ["Somebody who comes cannot get into Library."]
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    assert len(await warnings(hall)) == 1


@pytest.mark.parametrize(("people", "first"), [(1, "Somebody"), (4, "Somebody"), (5, "5 people")])
def test_few_people_are_never_counted(people: int, first: str) -> None:
    assert who_words(people).startswith(first)


def test_every_feature_has_words() -> None:
    assert set(FEATURE_WORDS) == set(FEATURES)
