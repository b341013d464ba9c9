"""Reading the board: the same few queries however full it is."""

from typing import Any, NamedTuple

from gatherings.planning.gathering_words import lasts_days
from gatherings.planning.tables import Gathering
from sessions.board.board_rows import (
    Card,
    Row,
    asked_feature_rows,
    board_row,
    card_rows,
    gathering_row,
    host_rows,
    place_rows,
    room_rows,
    round_rows,
)
from sessions.board.shape import (
    BoardView,
    HostView,
    Morning,
    RoomView,
    RoundView,
    SessionView,
    Spot,
)
from sessions.board.tables import MARKS, Board
from web.words import local

QUEUE_STEP = 1000


class Parts(NamedTuple):
    """What stands in tables of its own, by the id of the session."""

    spots: dict[int, list[Spot]]
    hosts: dict[int, list[HostView]]
    joined: dict[int, list[Card]]


async def board_view(gathering_id: int) -> BoardView:
    """The board of a gathering."""
    gathering = await gathering_row(gathering_id)
    board = await board_row(gathering_id)
    every = await card_rows(gathering_id)
    cards = [card for card in every if not card.merged_into]
    rounds = await _rounds(gathering, {card.round for card in cards})
    rooms = await _rooms(gathering, {card.room for card in cards})
    sessions = _in_board_order(cards, await _parts(gathering_id, every), rounds, rooms)
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
        morning=_morning(board, sessions, rounds),
    )


def _morning(
    board: Board | None, sessions: tuple[SessionView, ...], rounds: tuple[RoundView, ...]
) -> Morning:
    if board is None:
        return Morning()
    numbers = {s.id: s.number for s in sessions}
    shown = numbers.get(board.announcing or 0, 0)
    return Morning(
        phase=board.phase,
        theme=board.theme,
        quiet=board.quiet,
        stars_hidden=board.stars_hidden,
        announcing=shown,
        clock_ends_at=board.clock_ends_at if shown else None,
        in_hand=numbers.get(board.in_hand or 0, 0),
        filling=next((r.number for r in rounds if r.open and r.id == board.filling), 0),
    )


async def sessions_of(gathering_id: int) -> list[SessionView]:
    """The sessions in board order: by round and room, then those without a spot by number."""
    return list((await board_view(gathering_id)).sessions)


async def _parts(gathering_id: int, every: list[Card]) -> Parts:
    """The spots and the hosts of every session, by its id."""
    parts = Parts({}, {}, {})
    for place in await place_rows(gathering_id):
        parts.spots.setdefault(place["session"], []).append((place["round"], place["room"]))
    for host in await host_rows(gathering_id):
        parts.hosts.setdefault(host["session"], []).append(HostView(host["name"], host["key"]))
    for card in every:
        if card.merged_into:
            parts.joined.setdefault(card.merged_into, []).append(card)
    return parts


async def _rounds(gathering: Gathering, used: set[Any]) -> tuple[RoundView, ...]:
    """A fixed round in which a session stands counts as open, so that no session disappears."""
    return tuple(
        RoundView(
            id=row["id"],
            number=row["number"],
            name=_called(row, gathering),
            open=row["kind"] == "open_space" or row["id"] in used,
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            pause=row["kind"] == "break",
        )
        for row in await round_rows(gathering.id)
    )


def _called(part: Row, gathering: Gathering) -> str:
    """The round's name; of several days also on which it is."""
    name: str = part["name"]
    if lasts_days(gathering):
        return f"{name}, {local(part['starts_at'], gathering.zone):%A}"
    return name


async def _rooms(gathering: Gathering, used: set[Any]) -> tuple[RoomView, ...]:
    """Rooms for sessions, and any other in which a session stands all the same."""
    known: dict[int, dict[str, str]] = {}
    for feature in await asked_feature_rows(gathering.venue):
        known.setdefault(feature["room"], {})[feature["code"]] = feature["value"]
    return tuple(
        _room_view(row, known.get(row["id"], {}))
        for row in await room_rows(gathering)
        if row["for_sessions"] or row["id"] in used
    )


def _room_view(row: Row, features: dict[str, str]) -> RoomView:
    return RoomView(
        id=row["id"],
        number=row["position"],
        name=row["name"],
        floor=row["floor"],
        directions=row["directions"],
        capacity=row["capacity"],
        step_free=features.get("step_free", "unknown"),
        open=row["for_sessions"],
        features=tuple(sorted(features.items())),
    )


def _in_board_order(
    cards: list[Card],
    parts: Parts,
    rounds: tuple[RoundView, ...],
    rooms: tuple[RoomView, ...],
) -> tuple[SessionView, ...]:
    round_order = dict[int | None, tuple[int, RoundView]](
        {r.id: (place, r) for place, r in enumerate(rounds)}
    )
    room_order = dict[int | None, tuple[int, RoomView]](
        {r.id: (place, r) for place, r in enumerate(rooms)}
    )
    found = {}
    for card in cards:
        at, there = round_order.get(card.round), room_order.get(card.room)
        if at and there:
            found[at[0], there[0], card.number] = _session_view(card, parts, at[1], there[1])
        else:  # it waits, or the gathering went to another venue since: its room is not here
            found[len(rounds), 0, card.number] = _session_view(card, parts, None, None)
    return tuple(found[order] for order in sorted(found))


def _session_view(
    row: Card, parts: Parts, at: RoundView | None, in_room: RoomView | None
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
        joined_ids=tuple(one.id for one in joined),
    )


def _marks(row: Card, joined: list[Card]) -> tuple[str, ...]:
    """What its host asked for, and the hosts of the sessions that became part of it."""
    chosen = {mark for card in (row, *joined) for mark in card.marks.split()}
    return tuple(mark for mark in MARKS if mark in chosen)
