"""Announcing: one card at a time, large on the wall, with a gentle clock that just stops."""

from datetime import datetime, timedelta
from typing import Any

from sessions.board import changes
from sessions.board.offers import session_on_board
from sessions.board.tables import Board, Session
from sessions.board.view import QUEUE_STEP, board_view

CLOCK = timedelta(seconds=60)


async def announce_next(
    gathering_id: int, account_id: int | None, at: datetime, seen: int | None = None
) -> int:
    """Show the next card. The one before has been announced. Gives the board's version.

    `seen` is the number of the card that stood on the wall for whoever pressed, or 0. When
    another facilitator has gone on meanwhile nothing happens, so that no card is passed over.
    """
    version = await changes.take_board(gathering_id)
    view = await board_view(gathering_id)
    if seen is not None and seen != view.morning.announcing:
        return version
    if view.announced_now is not None:
        await Session.update({Session.announced_at: at}).where(Session.id == view.announced_now.id)
    following = next(iter(view.to_announce), None)
    if following is None and view.announced_now is None:
        return version
    return await _show(gathering_id, following.id if following else None, account_id, at)


async def skip(
    gathering_id: int, account_id: int | None, at: datetime, seen: int | None = None
) -> int:
    """Whoever offered the card on the wall is not ready: it comes again at the end."""
    version = await changes.take_board(gathering_id)
    view = await board_view(gathering_id)
    card = view.announced_now
    if card is None or seen not in (None, card.number):
        return version
    last = max(session.queue for session in view.sessions)
    await Session.update({Session.queue: last + QUEUE_STEP}).where(Session.id == card.id)
    following = next(iter(view.to_announce), None)
    return await _show(gathering_id, following.id if following else None, account_id, at)


async def bring_up(gathering_id: int, number: int, account_id: int | None, at: datetime) -> int:
    """Show this card now, as when somebody who was skipped is back, or comes a second time."""
    await changes.take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    await Session.update({Session.announced_at: None}).where(Session.id == session.id)
    return await _show(gathering_id, session.id, account_id, at)


async def _show(
    gathering_id: int, session_id: int | None, account_id: int | None, at: datetime
) -> int:
    """The clock is a moment on the server, so that two screens agree."""
    ends = at + CLOCK if session_id else None
    values: dict[Any, Any] = {
        Board.announcing: session_id,
        Board.clock_ends_at: ends,
        Board.phase: "announcing",
        Board.in_hand: None,
        Board.filling: None,
    }
    await Board.update(values).where(Board.gathering == gathering_id)
    return await changes.record_of_board(gathering_id, "announced", account_id)
