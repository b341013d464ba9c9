"""Whether a host who needs time between two rooms has it. It never says who that is."""

from collections.abc import Iterator

from gatherings.access.room_needs import UNHURRIED
from gatherings.planning.pauses import minutes_between
from sessions.board.bounds import Bounds
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoundView, SessionView, Spot
from web.words import count

MINUTES_BETWEEN_ROOMS = 15


def too_hurried(
    board: BoardView,
    bounds: Bounds,
    session: SessionView,
    spot: Spot,
    run: list[RoundView],
    *,
    said_once: bool = False,
) -> Iterator[Reason]:
    """One reason when a host would come from another room, or go to one, too quickly.

    With `said_once`, a reason that was given for the session before or after it is enough.
    """
    keys = {host.key for host in session.hosts} & bounds.unhurried
    if not keys or UNHURRIED in bounds.said(session.id, spot):
        return
    found = sorted(
        (minutes, room, name)
        for there, minutes, room, name in _too_near(board, session, spot, run, keys)
        if not (said_once and there.spot and UNHURRIED in bounds.said(there.id, there.spot))
    )
    for minutes, _, name in found[:1]:
        words = (
            f"There would be {count(minutes, 'minute', 'minutes')} to get from one room to "
            f"another, here and {name}. Somebody needs {MINUTES_BETWEEN_ROOMS} minutes for it."
        )
        yield Reason("gap", words, codes=(UNHURRIED,))


def _too_near(
    board: BoardView, session: SessionView, spot: Spot, run: list[RoundView], keys: set[str]
) -> Iterator[tuple[SessionView, int, int, str]]:
    """What one of these hosts holds elsewhere soon before or after; the minutes, and the room."""
    rounds = {at.id: at for at in board.rounds}
    rooms = {room.id: room for room in board.rooms}
    for (round_id, room_id), there in board.by_spot.items():
        at, elsewhere = rounds[round_id], room_id != spot[1] and there.id != session.id
        if elsewhere and keys & {host.key for host in there.hosts}:
            before = minutes_between(at.ends_at, run[0].starts_at)
            after = minutes_between(run[-1].ends_at, at.starts_at)
            if 0 <= max(before, after) < MINUTES_BETWEEN_ROOMS:
                room = rooms[room_id]
                yield there, max(before, after), room.number, room.name
