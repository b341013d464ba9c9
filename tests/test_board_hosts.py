"""Hosts, sessions over several rounds, locked cards, and taking moves back."""

import pytest

from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Room, Round
from sessions.board import card_words, locking, placing, undoing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.fitting import next_free, why_not
from sessions.board.hosts import host_keys, joiner_of
from sessions.board.tables import BoardChange, HostPlace, SessionPlace
from sessions.board.view import board_view
from tests.board_hall import Hall, build_hall
from web.database import DatabaseEngine, IntegrityError, read, violated, write

FREE = (0, 0)


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    return await build_hall()


async def reasons(hall: Hall, number: int, round_: int, room: int) -> list[str]:
    """Why a session cannot go there, by the positions of a round and a room."""
    view = await read(board_view, hall.gathering)
    session = view.session(number)
    assert session is not None
    return [one.kind for one in why_not(view, session, (hall.rounds[round_], hall.rooms[room]))]


@pytest.mark.parametrize(
    ("names", "joiner", "pairs"),
    [
        ("Ada", None, [("Ada", "name:ada")]),
        ("Josie and Len", None, [("Josie", "name:josie"), ("Len", "name:len")]),
        ("Ada, Ben & Cal", 5, [("Ada", "joiner:5:ada"), ("Ben", "name:ben"), ("Cal", "name:cal")]),
        ("Andy", None, [("Andy", "name:andy")]),
        ("Ada and ADA", None, [("ADA", "name:ada")]),
        ("", 5, [("", "joiner:5:")]),
        ("", None, []),
        ("نيا", None, [("نيا", "name:نيا")]),
    ],
)
def test_names_are_told_apart(names: str, joiner: int | None, pairs: list[tuple[str, str]]) -> None:
    assert host_keys(names, joiner) == pairs


def test_a_key_says_whose_phone_it_was() -> None:
    keys = ("joiner:5:ada", "joiner:12:", "name:joiner:5", "name:ada")
    assert [joiner_of(key) for key in keys] == [5, 12, None, None]


async def test_a_host_is_not_put_in_two_rooms(hall: Hall) -> None:
    for title in ("Growing older", "Homes"):
        await hall.offer(title, "Maureen and Len" if title == "Homes" else "Maureen")
    await hall.place(1, 0, 0)
    with pytest.raises(placing.DoesNotFit) as refused:
        await hall.place(2, 0, 1)
    assert refused.value.words.startswith("Maureen hosts “Growing older” at ")
    assert await reasons(hall, 2, 0, 1) == ["host"]
    await hall.place(2, 1, 1)
    assert await hall.spots() == {1: (0, 0), 2: (1, 1)}


async def test_the_table_itself_keeps_a_host_in_one_room(hall: Hall) -> None:
    session = await hall.offer()
    await write(_make_busy, session.id, hall.rounds[0])
    with pytest.raises(IntegrityError) as refused:
        await write(_make_busy, session.id, hall.rounds[0])
    assert violated(refused.value) == "host_in_round_once"


async def _make_busy(session_id: int, round_id: int) -> None:
    await HostPlace(session=session_id, round=round_id, key="name:ada").save()


async def test_a_session_of_two_rounds_takes_both(hall: Hall) -> None:
    await hall.offer("Long", length=2)
    await hall.offer("Short")
    await hall.place(1, 0, 0)
    places = await SessionPlace.select(SessionPlace.round, SessionPlace.room)
    assert [(row["round"], row["room"]) for row in places] == [
        (hall.rounds[0], hall.rooms[0]),
        (hall.rounds[1], hall.rooms[0]),
    ]
    assert await reasons(hall, 2, 1, 0) == ["taken"]
    with pytest.raises(placing.SpotTaken):
        await hall.place(2, 1, 0)
    await write(placing.unplace, hall.gathering, 1, EVERYTHING_SEEN, None)
    await hall.place(2, 1, 0)
    assert await hall.spots() == {1: None, 2: (1, 0)}


async def test_a_session_too_long_for_the_day_says_so(hall: Hall) -> None:
    await hall.offer("Long", length=2)
    assert await reasons(hall, 1, 1, 0) == ["too_short"]
    with pytest.raises(placing.DoesNotFit) as refused:
        await hall.place(1, 1, 0)
    assert refused.value.words == "It takes 2 rounds, and not enough follow Round 2."


async def test_lunch_ends_a_run_and_a_break_does_not(hall: Hall) -> None:
    await hall.offer("Long", length=2)
    await Round.update({Round.kind: "break"}).where(Round.id == hall.rounds[1])
    later = await Round.objects().get(Round.id == hall.rounds[1])
    assert later is not None
    length = later.ends_at - later.starts_at
    last = Round(
        gathering=hall.gathering,
        number=9,
        name="Round 3",
        kind="open_space",
        starts_at=later.ends_at,
        ends_at=later.ends_at + length,
    )
    await last.save()
    assert await reasons(hall, 1, 0, 0) == []
    await Round.update({Round.kind: "fixed"}).where(Round.id == hall.rounds[1])
    assert await reasons(hall, 1, 0, 0) == ["too_short"]


async def test_the_next_free_spot_is_near(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    await hall.place(1, 0, 0)
    view = await read(board_view, hall.gathering)
    two = view.session(2)
    assert two is not None
    near = next_free(view, two, hall.ids(0, 0), view.starts_at)
    assert near == hall.ids(0, 1)


async def test_a_round_that_is_over_is_no_free_spot_unless_it_was_wanted(hall: Hall) -> None:
    for room, title in enumerate(("One", "Two", "Three")):
        await hall.offer(title)
        await hall.place(room + 1, 1, room)
    await hall.offer("Four")
    view = await read(board_view, hall.gathering)
    four, over = view.session(4), view.open_rounds[0].ends_at
    assert four is not None
    assert next_free(view, four, hall.ids(1, 0), view.starts_at) == hall.ids(0, 0)
    assert next_free(view, four, hall.ids(1, 0), over) is None
    assert next_free(view, four, hall.ids(0, 0), over) == hall.ids(0, 0)


async def test_other_hosts_must_be_free_and_another_length_must_fit(hall: Hall) -> None:
    await hall.offer("One", "Ada")
    await hall.offer("Two", "Ben")
    await hall.place(1, 0, 0)
    await hall.place(2, 0, 1)
    words = (hall.gathering, 2, "Two", "")
    with pytest.raises(Refused) as refused:
        await write(card_words.change_words, *words, "Ada", None)
    assert refused.value.field == "name"
    await write(card_words.change_words, *words, "Ben", None, length=2)
    assert await SessionPlace.count() == 3
    with pytest.raises(Refused) as refused:
        await write(card_words.change_words, *words, "Ben", None, length=3)
    assert refused.value.field == "length"


async def test_a_locked_card_stays(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    await hall.place(1, 0, 0)
    version = await write(locking.lock, hall.gathering, 1, locked=True, account_id=None)
    assert await write(locking.lock, hall.gathering, 1, locked=True, account_id=None) == version
    with pytest.raises(placing.CardLocked):
        await hall.place(1, 1, 0)
    with pytest.raises(placing.CardLocked):
        await write(placing.unplace, hall.gathering, 1, EVERYTHING_SEEN, None)
    with pytest.raises(placing.CardLocked):
        await write(placing.swap, hall.gathering, 2, 1, EVERYTHING_SEEN, None)
    await write(locking.lock, hall.gathering, 1, locked=False, account_id=None)
    await hall.place(1, 1, 0)
    assert await hall.spots() == {1: (1, 0), 2: None}


async def test_a_move_is_taken_back_as_a_new_change(hall: Hall) -> None:
    await hall.offer("One")
    await hall.place(1, 0, 0)
    moved = await hall.place(1, 1, 1)
    done = await write(undoing.undo, hall.gathering, moved, None)
    assert await hall.spots() == {1: (0, 0)}
    assert done == moved + 1
    row = await BoardChange.objects().get(BoardChange.version == done)
    assert row is not None
    assert (row.what, row.undoes) == ("placed", moved)
    assert await write(undoing.undo, hall.gathering, moved, None) == done
    await write(undoing.undo, hall.gathering, done, None)
    assert await hall.spots() == {1: (1, 1)}


async def test_a_swap_is_taken_back_whole(hall: Hall) -> None:
    for number, title in enumerate(("One", "Two"), 1):
        await hall.offer(title)
        await hall.place(number, 0, number)
    version = await write(placing.swap, hall.gathering, 1, 2, EVERYTHING_SEEN, None)
    assert await hall.spots() == {1: (0, 2), 2: (0, 1)}
    await write(undoing.undo, hall.gathering, version, None)
    assert await hall.spots() == {1: (0, 1), 2: (0, 2)}


async def test_undo_is_refused_when_the_spot_has_gone_or_the_card_has_moved(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    await hall.place(1, 0, 0)
    moved = await hall.place(1, 1, 1)
    await hall.place(2, 0, 0)
    with pytest.raises(placing.DoesNotFit) as refused:
        await write(undoing.undo, hall.gathering, moved, None)
    assert "“Two” is already in Large meeting room" in refused.value.words
    await hall.place(1, 1, 2)
    with pytest.raises(placing.CardMoved) as overtaken:
        await write(undoing.undo, hall.gathering, moved, None)
    assert overtaken.value.words == "“One” was moved again since. Undo that move first."
    assert await hall.spots() == {1: (1, 2), 2: (0, 0)}


async def test_history_says_what_is_new(hall: Hall) -> None:
    await hall.offer("One")
    await hall.place(1, 0, 0)
    assert [(one.what, one.new) for one in await read(undoing.history, hall.gathering, 7)] == [
        ("placed", True),
        ("offered", True),
    ]
    await write(undoing.look_up_to, hall.gathering, 7, 1)
    assert [one.new for one in await read(undoing.history, hall.gathering, 7)] == [True, False]
    await write(undoing.look_up_to, hall.gathering, 7, 0)
    assert await read(undoing.seen_version_of, hall.gathering, 7) == 1
    assert await Room.count() == 3
