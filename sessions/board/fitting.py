"""Whether a session can go into a spot, and in plain words why not. Knows no database."""

from collections.abc import Iterator
from datetime import datetime

from sessions.board.bounds import UNBOUND, Bounds
from sessions.board.clashes import NO_STARS, Wanted
from sessions.board.fitting_gaps import too_hurried
from sessions.board.fitting_needs import room_lacks
from sessions.board.fitting_support import helpers_away, too_few_helpers
from sessions.board.preferring import rank
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoundView, SessionView, Spot
from web.words import clock, count


def why_not(
    view: BoardView, session: SessionView, spot: Spot, bounds: Bounds = UNBOUND
) -> list[Reason]:
    """Every reason against a spot; none means that the session can go there.

    Last come the reasons with which a facilitator may go ahead all the same.
    """
    board = view.without([session.number])
    run = board.run(spot[0], session.length)
    if not run or run[0].id != spot[0] or spot[1] not in {room.id for room in board.open_rooms}:
        return [Reason("no_spot", "Choose a round of open space and a room for sessions.")]
    found = [
        *_too_short(board, session, run),
        *_taken(board, run, spot[1]),
        *_hosts_busy(board, session, run),
        *helpers_away(board, bounds, session, spot, run),
        *room_lacks(board, bounds, session, spot),
        *too_hurried(board, bounds, session, spot, run),
        *too_few_helpers(board, bounds, session, spot, run),
    ]
    return sorted(found, key=lambda reason: reason.may_go_ahead)


def next_free(
    view: BoardView,
    session: SessionView,
    wanted: Spot,
    now: datetime,
    bounds: Bounds = UNBOUND,
    stars: Wanted = NO_STARS,
) -> Spot | None:
    """The free spot nearest to the one that was wanted: the same round first, then later ones.

    Of several in a round, the one that suits the session best. Another round that is over is none.
    """
    ahead = view.rounds_ahead(now)
    open_rounds = [r for r in view.open_rounds if r in ahead or r.id == wanted[0]]
    at = next((i for i, r in enumerate(open_rounds) if r.id == wanted[0]), 0)
    rounds = [*open_rounds[at:], *open_rounds[:at]]
    for one in rounds:
        spots = [(one.id, room.id) for room in view.open_rooms]
        free = [spot for spot in spots if not why_not(view, session, spot, bounds)]
        if free:
            return min(free, key=lambda spot: rank(view, session, spot, bounds, stars))
    return None


def _too_short(board: BoardView, session: SessionView, run: list[RoundView]) -> Iterator[Reason]:
    if len(run) < session.length:
        rounds = count(session.length, "round", "rounds")
        yield Reason("too_short", f"It takes {rounds}, and not enough follow {run[0].name}.")


def _taken(board: BoardView, run: list[RoundView], room_id: int) -> Iterator[Reason]:
    for at in run:
        there = board.at(at.id, room_id)
        if there is not None:
            where = f"in {there.room_name} at {clock(at.starts_at, board.zone)}"
            yield Reason("taken", f"“{there.title}” is already {where}.", there.number)
            return


def _hosts_busy(board: BoardView, session: SessionView, run: list[RoundView]) -> Iterator[Reason]:
    names = {host.key: host.name for host in session.hosts}
    for at in run:
        for there in board.in_round(at):
            for host in there.hosts:
                if host.key in names:
                    when = f"at {clock(at.starts_at, board.zone)}, in {there.room_name}"
                    words = f"{names[host.key]} hosts “{there.title}” {when}."
                    yield Reason("host", words, there.number)
                    return
