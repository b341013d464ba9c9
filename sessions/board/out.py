"""The board as data for others: what everybody may see, and nobody's key, star or account."""

from typing import Any

from sessions.board.shape import BoardView, RoomView, RoundView, SessionView
from web.tables_out import TableOut
from web.words import clock

HEADS = ("Number", "Title", "About", "With", "Round", "Starts", "Ends", "Room", "Rounds", "Marks")


def board_data(view: BoardView) -> dict[str, Any]:
    """The whole board. Times are in UTC, with the gathering's time zone beside them."""
    return {
        "gathering": view.name,
        "address": f"/g/{view.slug}/board",
        "time_zone": view.zone,
        "version": view.version,
        "rounds": [_round_data(at) for at in view.rounds],
        "rooms": [_room_data(room) for room in view.rooms],
        "sessions": [_session_data(view, session) for session in view.by_number],
    }


def board_table(view: BoardView) -> TableOut:
    """One row for each session, in the order of the board; those without a spot at the end."""
    return TableOut(f"Board of {view.name}", HEADS, [_row(view, s) for s in view.sessions])


def _round_data(at: RoundView) -> dict[str, Any]:
    return {
        "number": at.number,
        "name": at.name,
        "open": at.open,
        "starts_at": at.starts_at.isoformat(),
        "ends_at": at.ends_at.isoformat(),
    }


def _room_data(room: RoomView) -> dict[str, Any]:
    return {
        "number": room.number,
        "name": room.name,
        "floor": room.floor,
        "capacity": room.capacity,
        "step_free": room.step_free,
    }


def _session_data(view: BoardView, session: SessionView) -> dict[str, Any]:
    at, room = view.round_of(session), view.room_of(session)
    return {
        "number": session.number,
        "title": session.title,
        "about": session.about,
        "with": session.named_hosts,
        "round": at.number if at else None,
        "room": room.number if room else None,
        "rounds": session.length,
        "marks": list(session.marks),
        "address": f"/g/{view.slug}/sessions/{session.number}",
    }


def _row(view: BoardView, session: SessionView) -> tuple[str | int, ...]:
    at, room = view.round_of(session), view.room_of(session)
    rounds = {round_id for round_id, _ in session.spots}
    ends = max((r.ends_at for r in view.rounds if r.id in rounds), default=None)
    return (
        session.number,
        session.title,
        session.about,
        session.named_hosts,
        at.name if at else "",
        clock(at.starts_at, view.zone) if at else "",
        clock(ends, view.zone) if ends else "",
        room.name if room else "",
        session.length,
        " ".join(session.marks),
    )
