"""Placing sessions in rounds and rooms, so that nothing is overwritten unseen."""

from gatherings.planning import lookup
from gatherings.planning.tables import Room, Round
from sessions.board import changes
from sessions.board.offers import find_session, spot_of
from sessions.board.shape import Spot
from sessions.board.tables import Session
from web.problems import Overtaken, Problem
from web.words import clock

MOVES = ("placed", "swapped", "unplaced")


class NotASpot(Problem):
    """Sessions cannot go there."""

    status = 422
    title = "A session cannot go there"
    words = "Choose a round of open space and a room for sessions."


class SpotTaken(Overtaken):
    """Another session stands there: swap the two, or choose another spot."""

    title = "That spot is taken"

    def __init__(self, words: str, number: int, other: int, spot: Spot) -> None:
        super().__init__(words)
        self.number, self.other, self.spot = number, other, spot


class CardMoved(Overtaken):
    """Somebody moved or withdrew the session since this page was drawn."""

    title = "Somebody has just moved it"


async def place(
    gathering_id: int,
    number: int,
    round_id: int,
    room_id: int,
    seen_version: int,
    account_id: int | None,
) -> int:
    """Put a session into a spot. Gives the board's version; it stays when nothing changes."""
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    before, spot = spot_of(session), (round_id, room_id)
    if before == spot:
        return version
    await _must_be_as_seen(session, seen_version, account_id)
    await _must_be_a_spot(gathering_id, spot)
    await _must_be_free(session, spot, seen_version, account_id)
    await _put(session, spot)
    return await changes.record(session, "placed", {number: before}, {number: spot}, account_id)


async def unplace(gathering_id: int, number: int, seen_version: int, account_id: int | None) -> int:
    """Take a session off the board, back to those that wait."""
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    before = spot_of(session)
    if before is None:
        return version
    await _must_be_as_seen(session, seen_version, account_id)
    await _put(session, None)
    return await changes.record(session, "unplaced", {number: before}, {number: None}, account_id)


async def swap(
    gathering_id: int, number: int, other_number: int, seen_version: int, account_id: int | None
) -> int:
    """Let two sessions change places. One that waits takes the other's spot, which then waits."""
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    other = await _not_withdrawn(gathering_id, other_number)
    mine, theirs = spot_of(session), spot_of(other)
    if mine == theirs or await _pressed_twice(session, other, seen_version, account_id):
        return version
    await _must_be_as_seen(session, seen_version, account_id)
    await _must_be_as_seen(other, seen_version, account_id)
    await _put(session, None)
    await _put(other, mine)
    await _put(session, theirs)
    before, after = {number: mine, other_number: theirs}, {number: theirs, other_number: mine}
    return await changes.record(session, "swapped", before, after, account_id)


async def _not_withdrawn(gathering_id: int, number: int) -> Session:
    session = await find_session(gathering_id, number)
    if session.withdrawn_at is not None:
        raise CardMoved(f"“{session.title}” was withdrawn, so it can no longer be placed.")
    return session


async def _must_be_as_seen(session: Session, seen_version: int, account_id: int | None) -> None:
    moved = await changes.last_change_of(session, seen_version, *MOVES)
    if moved is not None:
        who = await changes.who_has(moved, account_id)
        where = await _where(session.gathering, spot_of(session))
        raise CardMoved(f"{who} just moved “{session.title}”. It is now {where}.")


async def _pressed_twice(
    session: Session, other: Session, seen_version: int, account_id: int | None
) -> bool:
    """Whether these two already changed places by the same person's first press."""
    last = await changes.last_change_of(session, seen_version, *MOVES)
    same = last is not None and last.numbers == sorted((session.number, other.number))
    return last is not None and same and last.account_id == account_id


async def _must_be_a_spot(gathering_id: int, spot: Spot) -> None:
    gathering = await lookup.gathering_of(gathering_id)
    if not await Round.exists().where(
        Round.id == spot[0], Round.gathering == gathering_id, Round.kind == "open_space"
    ):
        raise NotASpot("Choose a round of open space. The other times of the day are fixed.")
    if not await Room.exists().where(
        Room.id == spot[1], Room.venue == gathering.venue, Room.for_sessions.eq(True)
    ):
        raise NotASpot("Choose a room at this venue that takes sessions.")


async def _must_be_free(
    session: Session, spot: Spot, seen_version: int, account_id: int | None
) -> None:
    there = await Session.objects().get((Session.round == spot[0]) & (Session.room == spot[1]))
    if there is None:
        return
    where = await _where(session.gathering, spot)
    put = await changes.last_change_of(there, seen_version, *MOVES)
    words = f"“{there.title}” is already {where}."
    if put is not None:
        words = f"{await changes.who_has(put, account_id)} just put “{there.title}” {where}."
    raise SpotTaken(f"{words} Choose another spot, or swap.", session.number, there.number, spot)


async def _where(gathering_id: int, spot: Spot | None) -> str:
    """A spot in words that go on from "it is now"."""
    if spot is None:
        return "waiting for a spot"
    gathering = await lookup.gathering_of(gathering_id)
    at = await Round.objects().get(Round.id == spot[0])
    room = await Room.objects().get(Room.id == spot[1])
    if at is None or room is None:
        return "elsewhere"
    return f"in {room.name} at {clock(at.starts_at, gathering.zone)}"


async def _put(session: Session, spot: Spot | None) -> None:
    session.round, session.room = spot or (None, None)
    await session.save(columns=[Session.round, Session.room])
