"""The rules of the board: placing, swapping, withdrawing; nothing is overwritten unseen."""

import asyncio
import json

import pytest
from piccolo.querystring import QueryString

from gatherings.people.tables import Account
from gatherings.planning.tables import Room
from sessions.board import card_words, offers, placing
from sessions.board.changes import EVERYTHING_SEEN, changes_since
from sessions.board.tables import Board, BoardChange, Session
from sessions.board.view import board_view, sessions_of
from tests.board_hall import Hall, build_hall
from web.database import DatabaseEngine, IntegrityError, read, the_engine, violated, write
from web.problems import NotFound, Overtaken


async def ben() -> int:
    account = Account(email="ben@example.org", name="Ben", password_hash="")
    await account.save()
    return account.id


async def test_placing_saves_the_spot_the_version_and_one_line_of_history(
    db: DatabaseEngine,
) -> None:
    hall = await build_hall()
    session = await hall.offer()
    assert await hall.place(1, 0, 1) == 2
    assert await hall.spots() == {1: (0, 1)}
    rows = await BoardChange.objects().order_by(BoardChange.version)
    assert [(row.version, row.what, row.session) for row in rows] == [
        (1, "offered", session.id),
        (2, "placed", session.id),
    ]
    assert json.loads(rows[1].before) == {"1": None}
    assert json.loads(rows[1].after) == {"1": [hall.rounds[0], hall.rooms[1]]}


async def test_placing_where_it_is_already_changes_nothing(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    assert await hall.place(1, 0, 0) == 2
    assert await hall.place(1, 0, 0, seen=1) == 2
    assert await BoardChange.count() == 2


async def test_a_taken_spot_says_who_put_what_there(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("Growing older")
    await hall.offer("Homes")
    spot = hall.rounds[0], hall.rooms[1]
    await write(placing.place, hall.gathering, 1, *spot, 2, await ben())
    with pytest.raises(placing.SpotTaken) as caught:
        await hall.place(2, 0, 1, seen=2)
    assert caught.value.words.startswith("Ben has just put “Growing older” in Library at ")
    assert caught.value.words.endswith("Choose another spot, or swap.")
    assert (caught.value.other, caught.value.spot) == (1, spot)
    assert await hall.spots() == {1: (0, 1), 2: None}


async def test_a_taken_spot_that_was_seen_is_not_news(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("Growing older")
    await hall.offer("Homes")
    await hall.place(1, 0, 1)
    with pytest.raises(placing.SpotTaken, match="“Growing older” is already in Library at"):
        await hall.place(2, 0, 1, seen=3)


async def test_a_stale_move_of_a_moved_card_says_what_happened(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    spot = hall.rounds[0], hall.rooms[2]
    await write(placing.place, hall.gathering, 1, *spot, 1, await ben())
    with pytest.raises(placing.CardMoved, match=r"Ben has just moved .* now in Garden room at"):
        await hall.place(1, 1, 0, seen=1)
    assert await hall.spots() == {1: (0, 2)}


async def test_a_stale_version_is_fine_when_card_and_spot_did_not_change(
    db: DatabaseEngine,
) -> None:
    hall = await build_hall()
    await hall.offer("Growing older")
    await hall.offer("Homes")
    await hall.place(1, 0, 0, seen=2)
    assert await hall.place(2, 0, 1, seen=2) == 4
    assert await hall.spots() == {1: (0, 0), 2: (0, 1)}


async def test_changing_the_words_does_not_hinder_a_move(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    await write(card_words.change_words, hall.gathering, 1, "Growing old", "", "Cal", None)
    assert await hall.place(1, 0, 0, seen=1) == 3


@pytest.mark.parametrize("what", ["fixed round", "another round", "closed room", "another room"])
async def test_sessions_go_into_rounds_and_rooms_for_sessions_alone(
    db: DatabaseEngine, what: str
) -> None:
    hall, other = await build_hall(), await build_hall("summer")
    await Room.update({Room.for_sessions: False}).where(Room.id == hall.rooms[2])
    await hall.offer()
    spots = {
        "fixed round": (hall.fixed_round, hall.rooms[0]),
        "another round": (other.rounds[0], hall.rooms[0]),
        "closed room": (hall.rounds[0], hall.rooms[2]),
        "another room": (hall.rounds[0], other.rooms[0]),
    }
    with pytest.raises(placing.NotASpot):
        await write(placing.place, hall.gathering, 1, *spots[what], EVERYTHING_SEEN, None)
    assert await hall.spots() == {1: None}


async def test_swapping_exchanges_two_spots(db: DatabaseEngine) -> None:
    hall = await build_hall()
    for number, room in ((1, 0), (2, 1)):
        await hall.offer(f"Session {number}")
        await hall.place(number, 0, room)
    version = await write(placing.swap, hall.gathering, 1, 2, 4, None)
    assert version == 5
    assert await hall.spots() == {1: (0, 1), 2: (0, 0)}


async def test_swapping_with_one_that_waits_sends_the_other_to_wait(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("One")
    await hall.offer("Two")
    await hall.place(1, 0, 0)
    await write(placing.swap, hall.gathering, 2, 1, 3, None)
    assert await hall.spots() == {1: None, 2: (0, 0)}


async def test_a_swap_pressed_twice_happens_once(db: DatabaseEngine) -> None:
    hall = await build_hall()
    account = await ben()
    await hall.offer("One")
    await hall.offer("Two")
    await hall.place(1, 0, 0)
    await write(placing.swap, hall.gathering, 2, 1, 3, account)
    assert await write(placing.swap, hall.gathering, 2, 1, 3, account) == 4
    assert await hall.spots() == {1: None, 2: (0, 0)}


async def test_a_stale_swap_is_overtaken(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("One")
    await hall.offer("Two")
    await hall.place(1, 0, 0)
    await hall.place(1, 1, 1)
    with pytest.raises(Overtaken):
        await write(placing.swap, hall.gathering, 2, 1, 3, None)


async def test_unplacing_and_withdrawing_free_the_spot(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("One")
    await hall.offer("Two")
    await hall.place(1, 0, 0)
    await write(placing.unplace, hall.gathering, 1, 3, None)
    await hall.place(2, 0, 0)
    await write(offers.withdraw, hall.gathering, 2, None)
    await hall.place(1, 0, 0)
    assert await hall.spots() == {1: (0, 0)}
    with pytest.raises(placing.CardMoved, match="withdrawn"):
        await hall.place(2, 0, 1)


async def test_a_withdrawn_session_is_gone_from_the_board_and_from_changes(
    db: DatabaseEngine,
) -> None:
    hall = await build_hall()
    await hall.offer()
    assert await write(offers.withdraw, hall.gathering, 1, None) == 2
    assert await write(offers.withdraw, hall.gathering, 1, None) == 2
    with pytest.raises(NotFound):
        await write(card_words.change_words, hall.gathering, 1, "x", "", "Cal", None)


async def test_the_database_itself_keeps_two_cards_from_one_spot(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("One")
    await hall.offer("Two")
    await hall.place(1, 0, 0)
    with pytest.raises(IntegrityError) as caught:
        await Session.update({Session.round: hall.rounds[0], Session.room: hall.rooms[0]}).where(
            Session.number == 2
        )
    assert violated(caught.value) == "session_spot"


async def test_fifty_races_for_one_spot_have_one_winner_each(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("One")
    await hall.offer("Two")
    for _ in range(50):
        await one_race(hall)
    versions = [row.version for row in await read(changes_since, hall.gathering, 0)]
    assert versions == list(range(1, len(versions) + 1))


async def one_race(hall: Hall) -> None:
    tries = await asyncio.gather(hall.place(1, 0, 0), hall.place(2, 0, 0), return_exceptions=True)
    lost = [error for error in tries if isinstance(error, placing.SpotTaken)]
    assert len(lost) == 1
    assert sum(isinstance(tried, int) for tried in tries) == 1
    assert sorted((await hall.spots()).values(), key=str) == [(0, 0), None]
    await write(placing.unplace, hall.gathering, lost[0].other, EVERYTHING_SEEN, None)


async def test_fifty_people_offer_at_once_and_each_gets_a_number(db: DatabaseEngine) -> None:
    hall = await build_hall()
    sessions = await asyncio.gather(*(hall.offer(f"Idea {n}") for n in range(50)))
    assert sorted(session.number for session in sessions) == list(range(1, 51))
    board = await Board.objects().get(Board.gathering == hall.gathering)
    assert board is not None
    assert (board.version, board.sessions_offered) == (50, 50)


async def test_the_view_takes_the_same_few_queries_however_full(
    db: DatabaseEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await build_hall()
    engine = the_engine()
    asked: list[QueryString] = []
    run = engine.run_querystring

    async def counted(querystring: QueryString, in_pool: bool = False) -> object:
        asked.append(querystring)
        return await run(querystring, in_pool)

    monkeypatch.setattr(engine, "run_querystring", counted)
    await read(board_view, hall.gathering)
    empty = len(asked)
    await asyncio.gather(*(hall.offer(f"Idea {n}") for n in range(6)))
    asked.clear()
    await read(board_view, hall.gathering)
    assert len(asked) == empty <= 8


async def test_board_order_is_by_round_and_room_and_then_those_that_wait(
    db: DatabaseEngine,
) -> None:
    hall = await build_hall()
    for number in range(1, 5):
        await hall.offer(f"Session {number}")
    await hall.place(1, 1, 0)
    await hall.place(3, 0, 1)
    await hall.place(4, 0, 0)
    order = await read(sessions_of, hall.gathering)
    assert [s.number for s in order] == [4, 3, 1, 2]
    assert [(s.round_name, s.room_name) for s in order[:2]] == [
        ("Round 1", "Large meeting room"),
        ("Round 1", "Library"),
    ]


async def test_a_session_in_a_room_that_was_closed_stays_in_sight(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    await hall.place(1, 0, 2)
    await Room.update({Room.for_sessions: False}).where(Room.id == hall.rooms[2])
    assert await hall.spots() == {1: (0, 2)}
    await hall.offer("Homes")
    with pytest.raises(placing.NotASpot):
        await hall.place(2, 1, 2)
    with pytest.raises(placing.NotASpot):
        await hall.place(1, 1, 2)
    assert await hall.spots() == {1: (0, 2), 2: None}


async def test_rooms_say_in_words_whether_they_are_step_free(db: DatabaseEngine) -> None:
    hall = await build_hall()
    view = await read(board_view, hall.gathering)
    assert [room.steps for room in view.rooms] == [
        "Step-free",
        "Not step-free",
        "Step-free: not checked",
    ]
