"""Reading the board: the same few queries however full it is."""

from typing import Any, NamedTuple

from gatherings.planning import lookup
from gatherings.planning.gathering_words import lasts_days
from gatherings.planning.tables import Gathering, Room, RoomFeature, Round
from sessions.board.shape import (
    BoardView,
    HostView,
    Morning,
    RoomView,
    RoundView,
    SessionView,
    Spot,
)
from sessions.board.tables import MARKS, Board, Session, SessionHost, SessionPlace
from web.words import local

QUEUE_STEP = 1000


class Parts(NamedTuple):
    """What stands in tables of its own, by the id of the session."""

    spots: dict[int, list[Spot]]
    hosts: dict[int, list[HostView]]
    joined: dict[int, list[Session]]


async def board_view(gathering_id: int) -> BoardView:
    """The board of a gathering."""
    gathering = await lookup.gathering_of(gathering_id)
    board = await Board.objects().get(Board.gathering == gathering_id)
    every = await _sessions(gathering_id)
    rows = [row for row in every if not row.merged_into]
    rounds = await _rounds(gathering, {row.round for row in rows})
    rooms = await _rooms(gathering, {row.room for row in rows})
    sessions = _in_board_order(rows, await _parts(rows, every), rounds, rooms)
    return BoardView(
        gathering_id=gathering_id,
        slug=gathering.slug,
        name=gathering.name,
        zone=gathering.zone,
        go_word=gathering.go_word,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        version=board.version if board else 0,
        rounds=rounds,
        rooms=rooms,
        sessions=sessions,
        by_spot={spot: s for s in sessions for spot in s.spots},
        morning=_morning(board, sessions),
    )


def _morning(board: Board | None, sessions: tuple[SessionView, ...]) -> Morning:
    if board is None:
        return Morning()
    shown = next((s.number for s in sessions if s.id == board.announcing), 0)
    return Morning(
        phase=board.phase,
        theme=board.theme,
        quiet=board.quiet,
        stars_hidden=board.stars_hidden,
        announcing=shown,
        clock_ends_at=board.clock_ends_at if shown else None,
    )


async def sessions_of(gathering_id: int) -> list[SessionView]:
    """The sessions in board order: by round and room, then those without a spot by number."""
    return list((await board_view(gathering_id)).sessions)


async def _sessions(gathering_id: int) -> list[Session]:
    return await Session.objects().where(
        Session.gathering == gathering_id,
        Session.withdrawn_at.is_null(),
    )


async def _parts(rows: list[Session], every: list[Session]) -> Parts:
    """The spots and the hosts of every session, by its id."""
    ids = [row.id for row in rows] or [0]
    parts = Parts({}, {}, {})
    for place in await SessionPlace.objects().where(SessionPlace.session.is_in(ids)):
        parts.spots.setdefault(place.session, []).append((place.round, place.room))
    hosts = SessionHost.objects().where(SessionHost.session.is_in(ids))
    for host in await hosts.order_by(SessionHost.position):
        parts.hosts.setdefault(host.session, []).append(HostView(host.name, host.key))
    for row in every:
        if row.merged_into:
            parts.joined.setdefault(row.merged_into, []).append(row)
    return parts


async def _rounds(gathering: Gathering, used: set[Any]) -> tuple[RoundView, ...]:
    """A fixed round in which a session stands counts as open, so that no session disappears."""
    rounds = await Round.objects().where(Round.gathering == gathering.id).order_by(Round.starts_at)
    return tuple(
        RoundView(
            id=r.id,
            number=r.number,
            name=_called(r, gathering),
            open=r.kind == "open_space" or r.id in used,
            starts_at=r.starts_at,
            ends_at=r.ends_at,
            pause=r.kind == "break",
        )
        for r in rounds
    )


def _called(part: Round, gathering: Gathering) -> str:
    """The round's name; of several days also on which it is."""
    if lasts_days(gathering):
        return f"{part.name}, {local(part.starts_at, gathering.zone):%A}"
    return part.name


async def _rooms(gathering: Gathering, used: set[Any]) -> tuple[RoomView, ...]:
    """Rooms for sessions, and any other in which a session stands all the same."""
    rooms = await lookup.rooms_of(gathering.venue, gathering=gathering.id)
    features = await RoomFeature.objects().where(
        RoomFeature.code == "step_free", RoomFeature.room.venue == gathering.venue
    )
    step_free = {feature.room: feature.value for feature in features}
    return tuple(
        _room_view(room, step_free.get(room.id, "unknown"))
        for room in rooms
        if room.for_sessions or room.id in used
    )


def _room_view(room: Room, step_free: str) -> RoomView:
    return RoomView(
        id=room.id,
        number=room.position,
        name=room.name,
        floor=room.floor,
        directions=room.directions,
        capacity=room.capacity,
        step_free=step_free,
        open=room.for_sessions,
    )


def _in_board_order(
    rows: list[Session],
    parts: Parts,
    rounds: tuple[RoundView, ...],
    rooms: tuple[RoomView, ...],
) -> tuple[SessionView, ...]:
    round_order = {r.id: (place, r) for place, r in enumerate(rounds)}
    room_order = {r.id: (place, r) for place, r in enumerate(rooms)}

    def placed(row: Session) -> bool:
        """Not when the gathering went to another venue since: its rooms are not these."""
        return row.round in round_order and row.room in room_order

    def order(row: Session) -> tuple[int, int, int]:
        if not placed(row):
            return len(rounds), 0, row.number
        return round_order[row.round][0], room_order[row.room][0], row.number

    return tuple(
        _session_view(
            row,
            parts,
            round_order[row.round][1] if placed(row) else None,
            room_order[row.room][1] if placed(row) else None,
        )
        for row in sorted(rows, key=order)
    )


def _session_view(
    row: Session, parts: Parts, at: RoundView | None, in_room: RoomView | None
) -> SessionView:
    joined = parts.joined.get(row.id, [])
    return SessionView(
        id=row.id,
        number=row.number,
        title=row.title,
        about=row.about,
        host_name=row.host_name,
        offered_by=row.offered_by,
        round_id=at.id if at else None,
        room_id=in_room.id if in_room else None,
        round_number=at.number if at else 0,
        round_name=at.name if at else "",
        room_name=in_room.name if in_room else "",
        length=row.length,
        marks=_marks(row, joined),
        hosts=tuple(parts.hosts.get(row.id, ())),
        written_by=row.written_by,
        locked=row.locked,
        spots=tuple(parts.spots.get(row.id, ())),
        queue=row.queue or row.number * QUEUE_STEP,
        announced=row.announced_at is not None,
        joined=tuple(one.title for one in joined),
    )


def _marks(row: Session, joined: list[Session]) -> tuple[str, ...]:
    """What its host asked for, and the hosts of the sessions that became part of it."""
    chosen = {mark for card in (row, *joined) for mark in card.marks.split()}
    return tuple(mark for mark in MARKS if mark in chosen)
