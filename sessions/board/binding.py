"""Reading what binds sessions to rooms and rounds: needs, features of rooms, and helpers."""

from collections import Counter
from collections.abc import Collection, Mapping

from gatherings.access.room_needs import Needed, what_is_needed
from gatherings.access.tables import SupportPerson, SupportRound
from sessions.board.board_rows import feature_rows, merged_rows, star_rows, support_rows
from sessions.board.bounds import FEATURE_OF_MARK, Bounds, Helper
from sessions.board.hosts import joiner_of
from sessions.board.shape import BoardView, Spot
from sessions.board.tables import Joiner, SupportAssignment, WentAhead


async def bounds_of(view: BoardView, sessions: Collection[int] | None = None) -> Bounds:
    """What binds the sessions of a board; with ids, needs are read for these sessions alone."""
    ids = [s.id for s in view.sessions if sessions is None or s.id in sessions]
    bookings, hosts = await _bookings_by_session(view, ids)
    needed = await what_is_needed({one for theirs in bookings.values() for one in theirs})
    return Bounds(
        needed=_by_session(bookings, needed),
        helpful=_helpful(bookings, needed),
        unhurried=_keys(hosts, needed.unhurried),
        short_walk=_keys(hosts, needed.short_walk),
        asked=_asked(view),
        rooms=await _rooms(view),
        helpers=await helpers_of(view.gathering_id),
        went_ahead=await _went_ahead(ids),
    )


def _by_session(bookings: Mapping[int, set[int]], needed: Needed) -> dict[int, Counter[str]]:
    """By session: features, and how many people need each. A party counts once for a session."""
    found: dict[int, Counter[str]] = {}
    for session, theirs in bookings.items():
        needs: Counter[str] = sum(
            (needed.features.get(one, Counter()) for one in theirs), Counter()
        )
        if needs:
            found[session] = needs
    return found


def _helpful(bookings: Mapping[int, set[int]], needed: Needed) -> dict[int, frozenset[str]]:
    """By session: features that would help somebody who comes to it."""
    return {
        session: frozenset(code for one in theirs for code in needed.helpful.get(one, ()))
        for session, theirs in bookings.items()
    }


def _keys(hosts: Mapping[str, int], bookings: Collection[int]) -> frozenset[str]:
    """The keys of the hosts of these bookings."""
    return frozenset(key for key, booking in hosts.items() if booking in bookings)


def _asked(view: BoardView) -> dict[int, frozenset[str]]:
    """By session: the features that its marks ask of the room."""
    return {
        session.id: frozenset(
            FEATURE_OF_MARK[mark] for mark in session.marks if mark in FEATURE_OF_MARK
        )
        for session in view.sessions
    }


async def _bookings_by_session(
    view: BoardView, ids: Collection[int]
) -> tuple[dict[int, set[int]], dict[str, int]]:
    """The parties of hosts and of those who starred a session, or one that was joined to it.

    Also the party of each host, by the host's key.
    """
    merged = await merged_rows(view.gathering_id)
    kept = {row["id"]: row["merged_into"] or row["id"] for row in merged}
    keys = [(s.id, host.key) for s in view.sessions for host in s.hosts if s.id in ids]
    joiners = {key: joiner for _, key in keys if (joiner := joiner_of(key)) is not None}
    linked = await _bookings_of_joiners(joiners.values())
    party_of = {key: linked[joiner] for key, joiner in joiners.items() if joiner in linked}
    found: dict[int, set[int]] = {}
    for session, key in keys:
        if key in party_of:
            found.setdefault(session, set()).add(party_of[key])
    for row in await star_rows(view.gathering_id):
        session = kept.get(row["session"], 0)
        if session in ids:
            found.setdefault(session, set()).add(row["booking"])
    return found, party_of


async def _bookings_of_joiners(joiners: Collection[int]) -> dict[int, int]:
    if not joiners:
        return {}
    rows = await Joiner.select(Joiner.id, Joiner.booking).where(
        Joiner.id.is_in([0, *joiners]) & Joiner.booking.is_not_null()
    )
    return {row["id"]: row["booking"] for row in rows}


async def _rooms(view: BoardView) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for row in await feature_rows(tuple(room.id for room in view.rooms)):
        found.setdefault(row["room"], {})[row["code"]] = row["value"]
    return found


async def helpers_of(gathering_id: int) -> tuple[Helper, ...]:
    """Everybody who makes taking part possible and was not stood down, by name."""
    rows = await support_rows(gathering_id)
    if not rows:
        return ()
    ids = [0, *(row.id for row in rows)]
    rounds: dict[int, set[int]] = {}
    of_rounds = SupportRound.select(SupportRound.support_person, SupportRound.round)
    for at in await of_rounds.where(SupportRound.support_person.is_in(ids)):
        rounds.setdefault(at["support_person"], set()).add(at["round"])
    sessions: dict[int, set[int]] = {}
    with_sessions = SupportAssignment.select(
        SupportAssignment.support_person, SupportAssignment.session
    )
    for one in await with_sessions.where(SupportAssignment.support_person.is_in(ids)):
        sessions.setdefault(one["support_person"], set()).add(one["session"])
    return tuple(_helper(row, rounds, sessions) for row in rows)


def _helper(
    row: SupportPerson, rounds: dict[int, set[int]], sessions: dict[int, set[int]]
) -> Helper:
    return Helper(
        id=row.id,
        handle=row.handle,
        role=row.role,
        name=row.name,
        pair=row.pair_with or 0,
        longest=row.longest_minutes,
        rounds=frozenset(rounds.get(row.id, ())),
        sessions=frozenset(sessions.get(row.id, ())),
    )


async def _went_ahead(ids: Collection[int]) -> dict[tuple[int, Spot], frozenset[str]]:
    rows = await WentAhead.objects().where(WentAhead.session.is_in([0, *ids]))
    found: dict[tuple[int, Spot], frozenset[str]] = {}
    for row in rows:
        key = (row.session, (row.round, row.room))
        found[key] = found.get(key, frozenset()) | set(row.codes.split())
    return found
