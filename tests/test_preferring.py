"""Which of several free spots suits a session best: an advice, with nobody's rank in it."""

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.planning.tables import Room, RoomFeature
from sessions.board import offers, phases
from sessions.board.binding import bounds_of
from sessions.board.clashes import FEW, wanted_together
from sessions.board.fitting import next_free, why_not
from sessions.board.joining import joiner_hash, link_booking
from sessions.board.preferring import fits_best
from sessions.board.view import board_view
from tests.board_hall import Hall, build_hall
from tests.builders import Setting
from tests.need_rows import booked, starred
from tests.page_checks import PageClient
from web.crypto import new_key
from web.database import DatabaseEngine, read, write

LARGE, LIBRARY, GARDEN = 0, 1, 2
HELPS = {"loop": NeedAnswer("hear.loop"), "near": NeedAnswer("move.short_distance")}


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    hall = await build_hall()
    await hall.offer("Growing older")
    for code in ("hearing_loop", "step_free", "low_noise"):
        await RoomFeature(room=hall.rooms[GARDEN], code=code, value="yes").save()
    return hall


async def best(hall: Hall, number: int = 1) -> set[tuple[int, int]]:
    """The best spots, as positions of rounds and rooms in the lists of the hall."""
    view = await read(board_view, hall.gathering)
    bounds, wanted = await read(bounds_of, view), await read(wanted_together, view)
    session = view.session(number)
    assert session is not None
    spots = [(r.id, room.id) for r in view.open_rounds for room in view.open_rooms]
    free = [spot for spot in spots if not why_not(view, session, spot, bounds)]
    found = fits_best(view, session, free, bounds, wanted)
    for spot in found:
        near = next_free(view, session, spot, view.starts_at, bounds, wanted)
        assert near in found
        assert near is not None
        assert near[0] == spot[0]
    return {(hall.rounds.index(spot[0]), hall.rooms.index(spot[1])) for spot in found}


async def many_stars(hall: Hall, number: int) -> None:
    for _ in range(FEW):
        await starred(hall.gathering, number)


async def test_the_card_that_most_would_like_is_offered_the_best_equipped_room(hall: Hall) -> None:
    await hall.offer("Homes")
    assert await best(hall) == set()
    await many_stars(hall, 1)
    assert await best(hall) == {(0, GARDEN), (1, GARDEN)}
    assert await best(hall, 2) == set()
    await many_stars(hall, 2)
    assert (await best(hall), await best(hall, 2)) == (set(), set())
    await hall.place(2, 0, GARDEN)
    assert await best(hall) == {(0, LARGE), (1, GARDEN)}


async def test_hidden_stars_advise_nothing(hall: Hall) -> None:
    await many_stars(hall, 1)
    await write(phases.hide_stars, hall.gathering, hidden=True, account_id=None)
    assert await best(hall) == set()


async def test_a_room_with_what_would_help_comes_before_stars(hall: Hall) -> None:
    await RoomFeature(room=hall.rooms[LIBRARY], code="hearing_loop", value="yes").save()
    await RoomFeature.delete().where(
        (RoomFeature.room == hall.rooms[GARDEN]) & (RoomFeature.code == "hearing_loop")
    )
    await many_stars(hall, 1)
    await starred(hall.gathering, 1, await booked(hall.gathering, HELPS["loop"]))
    assert await best(hall) == {(0, LIBRARY), (1, LIBRARY)}


async def test_a_host_to_whom_it_matters_stays_near(hall: Hall) -> None:
    kept = joiner_hash(hall.gathering, new_key())
    for title in ("Homes", "Money"):
        await write(offers.offer, hall.gathering, kept, title, "", "Cal", new_key())
    await write(link_booking, hall.gathering, kept, await booked(hall.gathering, HELPS["near"]))
    await hall.place(2, 0, LIBRARY)
    assert await best(hall, 3) == {(1, LIBRARY)}
    await hall.offer("Another")
    await hall.place(4, 1, LIBRARY)
    await Room.update({Room.floor: "First floor"}).where(Room.id == hall.rooms[LARGE])
    assert await best(hall, 3) == {(1, GARDEN)}


async def test_a_facilitator_reads_it_beside_the_spot(ben: PageClient, setting: Setting) -> None:
    here = setting.gathering
    await write(offers.offer, here.id, None, "Growing older", "", "Cal", new_key())
    room = await Room.objects().where(Room.venue == here.venue).order_by(Room.position).first()
    assert room is not None
    await RoomFeature(room=room.id, code="hearing_loop", value="yes").save()
    await starred(here.id, 1, await booked(here.id, HELPS["loop"]))
    await ben.get("/g/spring-gathering/arrange?card=1")
    spots = {item["id"][-1] for item in ben.soup.select(".place") if "Fits best" in item.text}
    assert spots == {str(room.position)}
