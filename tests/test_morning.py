"""The facilitators' morning: its parts on the wall, announcing, more space, and merging."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Room
from sessions.board import (
    announcing,
    card_words,
    changes,
    frames,
    locking,
    merging,
    offers,
    overflow,
    phases,
    placing,
    stars,
)
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.shape import BoardView
from sessions.board.tables import Session
from sessions.board.view import board_view
from tests.board_hall import Hall, build_hall
from web.database import DatabaseEngine, read, write
from web.problems import NotFound

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    return await build_hall()


async def seen(hall: Hall) -> BoardView:
    return await read(board_view, hall.gathering)


def waiting(view: BoardView) -> list[int]:
    return [session.number for session in view.to_announce]


async def test_a_phase_is_a_change_with_a_version(hall: Hall) -> None:
    assert (await seen(hall)).morning.phase == "auto"
    version = await write(phases.set_phase, hall.gathering, "calling", None)
    assert await write(phases.set_phase, hall.gathering, "calling", None) == version
    view = await seen(hall)
    assert (view.morning.phase, view.version) == ("calling", version)
    with pytest.raises(NotFound):
        await write(phases.set_phase, hall.gathering, "lunch", None)


@pytest.mark.parametrize("after", ["placing", "market", "sessions", "closing"])
async def test_hidden_stars_are_shown_once_announcing_has_ended(hall: Hall, after: str) -> None:
    async def hidden_in(phase: str) -> bool:
        await write(phases.set_phase, hall.gathering, phase, None)
        return (await seen(hall)).morning.stars_hidden

    await write(phases.hide_stars, hall.gathering, hidden=True, account_id=None)
    assert [await hidden_in(phase) for phase in ("calling", "announcing", "calling")] == [True] * 3
    assert await hidden_in(after) is False
    await write(phases.hide_stars, hall.gathering, hidden=True, account_id=None)
    assert await hidden_in("market" if after != "market" else "sessions") is True


async def test_cards_are_announced_in_order_with_one_clock(hall: Hall) -> None:
    for title in ("One", "Two", "Three"):
        await hall.offer(title)
    await write(announcing.announce_next, hall.gathering, None, NOON)
    view = await seen(hall)
    assert (view.morning.announcing, waiting(view)) == (1, [2, 3])
    assert view.morning.clock_ends_at == NOON + timedelta(seconds=60)
    await write(announcing.announce_next, hall.gathering, None, NOON)
    view = await seen(hall)
    assert (view.morning.announcing, waiting(view)) == (2, [3])


async def test_who_is_not_ready_comes_at_the_end_and_may_come_back(hall: Hall) -> None:
    for title in ("One", "Two", "Three"):
        await hall.offer(title)
    await write(announcing.announce_next, hall.gathering, None, NOON)
    await write(announcing.skip, hall.gathering, None, NOON)
    view = await seen(hall)
    assert (view.morning.announcing, waiting(view)) == (2, [3, 1])
    await write(announcing.bring_up, hall.gathering, 1, None, NOON)
    assert (await seen(hall)).morning.announcing == 1
    for _ in range(2):
        await write(announcing.announce_next, hall.gathering, None, NOON)
    await write(announcing.announce_next, hall.gathering, None, NOON)
    view = await seen(hall)
    assert (view.morning.announcing, waiting(view)) == (0, [])
    assert await write(announcing.announce_next, hall.gathering, None, NOON) == view.version


async def test_leaving_the_announcing_takes_the_card_from_the_wall(hall: Hall) -> None:
    await hall.offer("One")
    await write(announcing.announce_next, hall.gathering, None, NOON)
    await write(phases.set_phase, hall.gathering, "placing", None)
    assert (await seen(hall)).morning.announcing == 0


async def test_a_corner_belongs_to_its_day_alone(hall: Hall) -> None:
    other = await build_hall("autumn", hall.series)
    venue = await Room.objects().get(Room.id == hall.rooms[0])
    assert venue is not None
    version = await write(overflow.add_corner, hall.gathering, "Window corner", 8, None)
    again = await write(overflow.add_corner, hall.gathering, "Window corner", 8, None)
    assert again == version
    names = [room.name for room in (await seen(hall)).rooms]
    assert names[-1] == "Window corner"
    assert "Window corner" not in [room.name for room in (await seen(other)).rooms]
    with pytest.raises(Refused):
        await write(overflow.add_corner, hall.gathering, "Library", 8, None)


async def test_a_repeat_has_the_same_hosts_who_cannot_be_in_two_rooms(hall: Hall) -> None:
    await hall.offer("One", "Ada and Ben")
    await hall.place(1, 0, 0)
    again = await write(overflow.repeat, hall.gathering, 1, "token", None)
    assert (await write(overflow.repeat, hall.gathering, 1, "token", None)).id == again.id
    with pytest.raises(placing.DoesNotFit):
        await hall.place(2, 0, 1)
    await hall.place(2, 1, 1)
    kept = await Session.objects().get(Session.number == 2)
    assert kept is not None
    assert (kept.title, kept.repeat_of is not None) == ("One", True)


async def both_say_yes(hall: Hall, handle: str, one: int = 1, other: int = 2) -> None:
    for number in (one, other):
        await write(merging.say, hall.gathering, handle, number, yes=True)


async def test_two_sessions_become_one_only_when_both_hosts_say_yes(hall: Hall) -> None:
    await hall.offer("One", "Ada")
    await hall.offer("Two", "Ben")
    await hall.place(1, 0, 0)
    await hall.place(2, 0, 1)
    for joiner in ("a", "b"):
        await write(stars.star, hall.gathering, 1, joiner)
    for joiner in ("b", "c"):
        await write(stars.star, hall.gathering, 2, joiner)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    assert await write(merging.propose, hall.gathering, 2, 1) == handle
    await write(merging.say, hall.gathering, handle, 1, yes=True)
    assert len((await seen(hall)).sessions) == 2
    await write(merging.say, hall.gathering, handle, 2, yes=True)
    view = await seen(hall)
    assert [(s.number, s.joined, s.with_whom) for s in view.sessions] == [
        (1, ("Two",), "Ada and Ben")
    ]
    assert view.at(hall.rounds[0], hall.rooms[1]) is None
    assert await read(stars.star_count, view.sessions[0].id) == 3


async def test_a_star_goes_along_into_what_two_sessions_became(hall: Hall) -> None:
    await hall.offer("One", "Ada")
    await hall.offer("Two", "Ben")
    await write(stars.star, hall.gathering, 2, "a")
    for number in (1, 2):
        await write(stars.star, hall.gathering, number, "b")
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await both_say_yes(hall, handle)
    for joiner in ("a", "b"):
        assert await read(stars.starred_by, hall.gathering, joiner) == {1}
    await write(stars.unstar, hall.gathering, 1, "b")
    assert await read(stars.starred_by, hall.gathering, "b") == frozenset()
    await write(merging.part, hall.gathering, handle, None)
    assert await read(stars.starred_by, hall.gathering, "a") == {2}


async def test_merged_sessions_can_be_parted(hall: Hall) -> None:
    await hall.offer("One", "Ada")
    await hall.offer("Two", "Ben")
    await hall.place(1, 0, 0)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await both_say_yes(hall, handle)
    await write(merging.part, hall.gathering, handle, None)
    assert await hall.spots() == {1: (0, 0), 2: None}
    await hall.place(2, 0, 1)
    assert await hall.spots() == {1: (0, 0), 2: (0, 1)}


async def test_a_merged_card_says_what_both_hosts_asked_for(hall: Hall) -> None:
    await hall.offer("One", marks="loop")
    await hall.offer("Two", marks="bsl")
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await both_say_yes(hall, handle)
    assert [one.marks for one in (await seen(hall)).sessions] == [("bsl", "loop")]
    await write(merging.part, hall.gathering, handle, None)
    assert [one.marks for one in (await seen(hall)).by_number] == [("loop",), ("bsl",)]


async def test_whoever_withdraws_takes_nobody_elses_card_along(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await both_say_yes(hall, handle)
    await write(offers.withdraw, hall.gathering, 1, None)
    view = await seen(hall)
    assert [(one.title, one.spot) for one in view.sessions] == [("Two", None)]
    told = await read(changes.changes_since, hall.gathering, view.version - 1)
    assert [frames.sentence_of(view, one) for one in told] == ["“Two” is a card of its own again."]
    assert await hall.place(2, 0, 0) == view.version + 1


async def test_parting_one_of_three_keeps_the_hosts_of_the_others(hall: Hall) -> None:
    for title, host in (("One", "Ada"), ("Two", "Ben"), ("Three", "Cal")):
        await hall.offer(title, host)
    handles = [await write(merging.propose, hall.gathering, 1, other) for other in (2, 3)]
    for other, handle in enumerate(handles, 2):
        await both_say_yes(hall, handle, 1, other)
    assert [host.name for host in (await seen(hall)).sessions[0].hosts] == ["Ada", "Ben", "Cal"]
    await write(merging.part, hall.gathering, handles[0], None)
    names = [[host.name for host in one.hosts] for one in (await seen(hall)).by_number]
    assert names == [["Ada", "Cal"], ["Ben"]]
    words = (hall.gathering, 1, "One", "", "Ada B", None)
    await write(card_words.change_words, *words)
    assert [host.name for host in (await seen(hall)).by_number[0].hosts] == ["Ada B", "Cal"]


async def test_a_card_that_is_gone_or_holds_others_becomes_part_of_nothing(hall: Hall) -> None:
    for title in ("One", "Two", "Three"):
        await hall.offer(title)
    late = await write(merging.propose, hall.gathering, 2, 3)
    await both_say_yes(hall, await write(merging.propose, hall.gathering, 1, 2))
    with pytest.raises(Refused, match="“Two” is no longer on the board by itself"):
        await both_say_yes(hall, late, 2, 3)
    with pytest.raises(Refused, match="“One” is made of several sessions"):
        await write(merging.propose, hall.gathering, 3, 1)
    await write(locking.lock, hall.gathering, 3, locked=True, account_id=None)
    with pytest.raises(Refused, match="“Three” is locked"):
        await write(merging.propose, hall.gathering, 1, 3)
    assert [one.title for one in (await seen(hall)).by_number] == ["One", "Three"]


async def test_a_no_keeps_them_apart(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await write(merging.say, hall.gathering, handle, 2, yes=False)
    await both_say_yes(hall, handle)
    assert len((await seen(hall)).sessions) == 2


async def test_a_merge_that_would_put_a_host_in_two_rooms_is_refused(hall: Hall) -> None:
    await hall.offer("One", "Ada")
    await hall.offer("Two", "Ben")
    await hall.offer("Three", "Ben")
    await hall.place(1, 0, 0)
    await hall.place(3, 0, 1)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await write(merging.say, hall.gathering, handle, 1, yes=True)
    with pytest.raises(Refused):
        await write(merging.say, hall.gathering, handle, 2, yes=True)
    assert await hall.spots() == {1: (0, 0), 2: None, 3: (0, 1)}


async def test_a_merged_card_cannot_be_moved_by_itself(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await both_say_yes(hall, handle)
    with pytest.raises(placing.CardMoved):
        await hall.place(2, 0, 0)
    with pytest.raises(placing.CardMoved):
        await write(placing.unplace, hall.gathering, 2, EVERYTHING_SEEN, None)
