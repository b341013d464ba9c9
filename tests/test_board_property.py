"""Whatever order facilitators press in, the board stays lawful and its log has no gap."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatherings.access.needs import NeedAnswer
from gatherings.access.support import SupportWords, add_support
from gatherings.access.tables import SupportPerson
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import RoomFeature
from sessions.board import (
    card_words,
    in_hand,
    locking,
    merging,
    offers,
    phases,
    placing,
    supporting,
    undoing,
)
from sessions.board.binding import bounds_of
from sessions.board.bounds import Bounds
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.fitting_gaps import too_hurried
from sessions.board.fitting_support import taken_by_marks
from sessions.board.joining import joiner_hash, link_booking
from sessions.board.shape import BoardView
from sessions.board.tables import (
    Board,
    BoardChange,
    HostPlace,
    Session,
    SessionHost,
    SessionMerge,
    SessionPlace,
    Star,
    SupportAssignment,
    WentAhead,
)
from sessions.board.view import board_view
from tests.board_hall import Hall, build_hall
from tests.need_rows import WHEELCHAIR, booked, starred
from web.crypto import new_key
from web.database import DatabaseEngine, read, write
from web.problems import Problem

RUNS = count()
HOSTS = ("Ada", "Ben", "Ada and Cal", "Cal")
UNHURRIED = NeedAnswer("move.short_distance", "Velvetwords of mine", "must")
CARDS = st.integers(1, 5)
SPOTS = st.tuples(st.integers(0, 1), st.integers(0, 2))
PRESSES = st.one_of(
    st.tuples(
        st.just("offer"), st.integers(0, 3), st.integers(1, 2), st.sampled_from(("", "loop", "bsl"))
    ),
    st.tuples(st.just("place"), CARDS, SPOTS),
    st.tuples(st.just("place"), CARDS, SPOTS, st.just("We asked them")),
    st.tuples(st.just("assign"), CARDS),
    st.tuples(st.just("unassign"), CARDS),
    st.tuples(st.just("swap"), CARDS, CARDS),
    st.tuples(st.just("unplace"), CARDS),
    st.tuples(st.just("lock"), CARDS, st.booleans()),
    st.tuples(st.just("withdraw"), CARDS),
    st.tuples(st.just("lengthen"), CARDS, st.integers(1, 3)),
    st.tuples(st.just("merge"), CARDS, CARDS),
    st.tuples(st.just("merge"), CARDS, CARDS, st.just("We asked them")),
    st.tuples(st.just("show"), CARDS, st.integers(0, 1)),
    st.tuples(st.just("part"), st.integers(0, 2)),
    st.tuples(st.just("undo"), st.integers(1, 25)),
)


async def press(hall: Hall, what: str, *values: Any) -> None:
    """Do it as a facilitator would; what the board refuses is no harm."""
    here, words = hall.gathering, ("Idea", "", "Ada", None)
    verbs: dict[str, Callable[..., Awaitable[object]]] = {
        "offer": lambda host, length, marks: hall.offer(
            "Idea", HOSTS[host], length=length, marks=marks
        ),
        "place": lambda number, spot, why="": write(
            placing.place, here, number, *hall.ids(*spot), EVERYTHING_SEEN, None, why
        ),
        "assign": lambda number: write(supporting.assign, here, number, [hall.helper]),
        "unassign": lambda number: write(supporting.unassign, here, number, hall.helper),
        "swap": lambda one, two: write(placing.swap, here, one, two, EVERYTHING_SEEN, None),
        "unplace": lambda number: write(placing.unplace, here, number, EVERYTHING_SEEN, None),
        "lock": lambda number, yes: write(locking.lock, here, number, locked=yes, account_id=None),
        "withdraw": lambda number: write(offers.withdraw, here, number, None),
        "lengthen": lambda number, length: write(
            card_words.change_words, here, number, *words, length=length
        ),
        "merge": lambda one, two, why="": merge(here, one, two, why),
        "show": lambda number, at: write(
            in_hand.show_where_it_fits, here, number, hall.rounds[at], None
        ),
        "part": lambda which: part(here, which),
        "undo": lambda version: write(undoing.undo, here, version, None),
    }
    await verbs[what](*values)


async def merge(gathering_id: int, kept: int, joined: int, why: str) -> None:
    """Both hosts say yes at once; with a reason, they tell a facilitator."""
    handle = await write(merging.propose, gathering_id, kept, joined)
    said = partial(merging.say, yes=True, account_id=7 if why else None, why=why)
    for number in (kept, joined):
        await write(said, gathering_id, handle, number)


async def part(gathering_id: int, which: int) -> None:
    """Part one of those that are merged."""
    merged = [one for one in await read(merging.merges_of, gathering_id) if one.state == "merged"]
    if merged:
        await write(merging.part, gathering_id, merged[which % len(merged)].handle, None)


async def broken(gathering_id: int) -> list[str]:
    """Everything that is not as it must be."""
    sessions = {row.id: row for row in await Session.objects()}
    places, busy = await SessionPlace.objects(), await HostPlace.objects()
    hosts = await SessionHost.objects()
    versions = [row.version for row in await BoardChange.objects().order_by(BoardChange.version)]
    board = await Board.objects().get(Board.gathering == gathering_id)
    found = []
    for row in sessions.values():
        theirs = [place for place in places if place.session == row.id]
        if len(theirs) != (row.length if row.round else 0):
            found.append(f"{row.number} has {len(theirs)} places for {row.length} rounds")
        if row.round and (row.round, row.room) not in {(p.round, p.room) for p in theirs}:
            found.append(f"{row.number} is not where it begins")
        if row.round and row.withdrawn_at is not None:
            found.append(f"{row.number} was withdrawn and stands on the board")
    found += _hidden(sessions)
    wanted = {(p.round, h.key) for p in places for h in hosts if h.session == p.session}
    if {(one.round, one.key) for one in busy} != wanted:
        found.append("hosts are busy at other times than their sessions")
    if len({(p.round, p.room) for p in places}) != len(places):
        found.append("two sessions in one spot")
    if board and versions != list(range(1, board.version + 1)):
        found.append(f"versions have a gap: {versions}")
    return found + await _unlawful(gathering_id)


def _hidden(sessions: Mapping[int, Session]) -> Iterator[str]:
    """Cards that became part of one that is itself gone, or that stand somewhere all the same."""
    for row in sessions.values():
        if not row.merged_into or row.withdrawn_at is not None:
            continue
        kept = sessions[row.merged_into]
        if kept.withdrawn_at is not None or kept.merged_into is not None:
            yield f"{row.number} is part of {kept.number}, which is gone"
        if row.round is not None:
            yield f"{row.number} is part of {kept.number} and stands on the board"


def _helpers(view: BoardView, bounds: Bounds) -> Iterator[str]:
    for at in view.open_rounds:
        there = {session.id for session in view.in_round(at)}
        for helper in bounds.helpers:
            if len(helper.sessions & there) > 1 or (
                helper.sessions & there and at.id not in helper.rounds
            ):
                yield f"{helper.name} is in two places, or not there"


def _too_few(view: BoardView, bounds: Bounds) -> Iterator[str]:
    for at in view.open_rounds:
        said = [bounds.said(one.id, one.spot) for one in view.in_round(at) if one.spot]
        too_few = taken_by_marks(view, "bsl", "bsl", at) > len(bounds.helpers_at("bsl", at.id))
        if too_few and not any("bsl" in codes for codes in said):
            yield f"nobody said why {at.name} has too few interpreters"


async def _unlawful(gathering_id: int) -> list[str]:
    """What somebody needs and is not there without a word why, and helpers in two places."""
    view = await board_view(gathering_id)
    bounds = await bounds_of(view)
    found = [*_helpers(view, bounds), *_too_few(view, bounds)]
    for session in view.sessions:
        if session.spot is not None:
            lacks = set(bounds.lacking(session.id, session.spot[1]))
            if lacks - bounds.said(session.id, session.spot):
                found.append(f"nobody said why {session.number} is where something is missing")
            run = view.run(session.spot[0], session.length)
            if [*too_hurried(view, bounds, session, session.spot, run, said_once=True)]:
                found.append(f"nobody said why a host of {session.number} has to hurry")
    board = await Board.objects().get(Board.gathering == gathering_id)
    if board and board.in_hand and view.in_hand is None:
        found.append("a card is in hand that is not on the board")
    if await WentAhead.exists().where(WentAhead.reason == ""):
        found.append("somebody went ahead without a reason")
    return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(presses=st.lists(PRESSES, min_size=4, max_size=18))
async def test_no_order_of_presses_breaks_the_board(
    db: DatabaseEngine, presses: list[tuple[Any, ...]]
) -> None:
    await _empty()
    hall = await build_hall(f"hall-{next(RUNS)}")
    for host in range(3):
        await hall.offer("Idea", HOSTS[host], length=1 + host % 2)
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    await _unhurried_host(hall)
    await write(phases.set_phase, hall.gathering, "placing", None)
    words = SupportWords("bsl", "Ina", state="confirmed", rounds=(2, 3))
    hall.helper = await write(add_support, hall.gathering, words, datetime.now(UTC))
    for one in presses:
        try:
            await press(hall, *one)
        except (Problem, Refused):
            continue
    assert await read(broken, hall.gathering) == []


async def _unhurried_host(hall: Hall) -> None:
    """Dot offers two sessions from her phone, and cannot come without time between two rooms."""
    kept = joiner_hash(hall.gathering, new_key())
    for title in ("Homes", "Money"):
        await write(offers.offer, hall.gathering, kept, title, "", "Dot", new_key())
    await write(link_booking, hall.gathering, kept, await booked(hall.gathering, UNHURRIED))
    for room in hall.rooms:
        await RoomFeature(room=room, code="near_main", value="yes").save()


async def _empty() -> None:
    for table in (
        WentAhead,
        SessionMerge,
        Star,
        SupportAssignment,
        HostPlace,
        SessionHost,
        SessionPlace,
        BoardChange,
        Session,
        Board,
    ):
        await table.delete(force=True)


async def test_a_planted_fault_is_noticed(db: DatabaseEngine) -> None:
    hall = await build_hall()
    session = await hall.offer("Idea", "Ada")
    await hall.place(1, 0, 0)
    await _unhurried_host(hall)
    await hall.place(2, 0, 1)
    await press(hall, "place", 3, (1, 2), "We go together")
    assert await read(broken, hall.gathering) == []
    await WentAhead.delete(force=True)
    await starred(hall.gathering, 1, await booked(hall.gathering, WHEELCHAIR))
    words = SupportWords("bsl", "Ina", state="confirmed", rounds=(3,))
    await write(add_support, hall.gathering, words, datetime.now(UTC))
    helper = await SupportPerson.objects().first()
    assert helper is not None
    await SupportAssignment(support_person=helper.id, session=session.id).save()
    await Session.update({Session.length: 2}).where(Session.id == session.id)
    await BoardChange.delete().where(BoardChange.version == 1)
    await HostPlace.delete(force=True)
    assert await read(broken, hall.gathering) == [
        "1 has 1 places for 2 rounds",
        "hosts are busy at other times than their sessions",
        "versions have a gap: [2, 3, 4, 5, 6]",
        "Ina is in two places, or not there",
        "nobody said why 1 is where something is missing",
        "nobody said why a host of 2 has to hurry",
        "nobody said why a host of 3 has to hurry",
    ]
