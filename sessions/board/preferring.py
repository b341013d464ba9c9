"""Which of the spots that take a session suits it best. It advises, and never refuses.

A short walk for a host to whom that matters, rooms with what would help people, and the
best-equipped room for the session that most people would like: in this order.
"""

from collections.abc import Collection

from sessions.board.bounds import Bounds
from sessions.board.clashes import FEW, Wanted
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView, Spot

Rank = tuple[int, int, int]


def fits_best(
    view: BoardView,
    session: SessionView,
    free: Collection[Spot],
    bounds: Bounds,
    wanted: Wanted,
) -> frozenset[Spot]:
    """Of the free spots, those that suit best in their round; none where all suit the same."""
    found: set[Spot] = set()
    for at in view.open_rounds:
        spots = [spot for spot in free if spot[0] == at.id]
        ranks = {spot: rank(view, session, spot, bounds, wanted) for spot in spots}
        if len(set(ranks.values())) > 1:
            best = min(ranks.values())
            found.update(spot for spot in spots if ranks[spot] == best)
    return frozenset(found)


def rank(view: BoardView, session: SessionView, spot: Spot, bounds: Bounds, wanted: Wanted) -> Rank:
    """How well a spot suits a session: the smallest suits best."""
    there = bounds.rooms.get(spot[1], {})
    has = {code for code, value in there.items() if value == "yes"}
    helps = bounds.helpful.get(session.id, frozenset())
    equipped = len(has) if _most_wanted(view, session, wanted) else 0
    return _walk(view, session, spot, bounds), -len(helps & has), -equipped


def _most_wanted(view: BoardView, session: SessionView, wanted: Wanted) -> bool:
    """Whether no other card that waits for a spot has more stars."""
    mine = wanted.how_many(session.id)
    others = (wanted.how_many(one.id) for one in view.waiting if one.id != session.id)
    return mine >= FEW and mine > max(others, default=0)


def _walk(view: BoardView, session: SessionView, spot: Spot, bounds: Bounds) -> int:
    """How far a host who should not walk far has to go from one round to the next; 0 is nowhere."""
    keys = {host.key for host in session.hosts} & bounds.short_walk
    if not keys:
        return 0
    rooms = {room.id: room for room in view.rooms}
    far = (
        _apart(rooms[spot[1]], room)
        for at in _beside(view, spot[0])
        for room in view.rooms
        if (there := view.at(at.id, room.id))
        and there.id != session.id
        and keys & {host.key for host in there.hosts}
    )
    return max(far, default=0)


def _beside(view: BoardView, round_id: int) -> list[RoundView]:
    """The rounds of open space just before and after one."""
    rounds = view.open_rounds
    here = next(at for at, one in enumerate(rounds) if one.id == round_id)
    return rounds[max(0, here - 1) : here] + rounds[here + 1 : here + 2]


def _apart(one: RoomView, other: RoomView) -> int:
    """The same room, another on the same floor by its place in the list, or another floor."""
    if one.id == other.id:
        return 0
    steps = abs(one.number - other.number)
    return steps if one.floor == other.floor else steps + 1000
