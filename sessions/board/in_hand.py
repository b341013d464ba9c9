"""The card in hand: the wall shows where it fits, while sessions get their rooms."""

from typing import Any

from sessions.board import changes
from sessions.board.tables import Board, Session
from web.problems import NotFound, Overtaken


class NotInHand(Overtaken):
    """The wall cannot show where this card fits."""

    title = "The wall cannot show that now"


async def show_where_it_fits(
    gathering_id: int, number: int, round_id: int, account_id: int | None
) -> int:
    """Let the wall show where a card fits in a round. Gives the board's version.

    The wall stays at that round when the card is placed: it is the round that is being filled.
    """
    version = await changes.take_board(gathering_id)
    session = await Session.objects().get(
        (Session.gathering == gathering_id) & (Session.number == number)
    )
    if session is None:
        raise NotFound
    if session.withdrawn_at is not None or session.merged_into is not None:
        raise NotInHand(f"“{session.title}” is no longer on the board by itself.")
    if session.locked:
        raise NotInHand(f"“{session.title}” is locked. Unlock it first, then show it.")
    board = await Board.objects().get(Board.gathering == gathering_id)
    if board is None or board.phase != "placing":
        raise NotInHand("The morning has gone on to another part. Go to “Placing” to show it.")
    if (board.in_hand, board.filling) == (session.id, round_id):
        return version
    values: dict[Any, Any] = {Board.in_hand: session.id, Board.filling: round_id}
    await Board.update(values).where(Board.gathering == gathering_id)
    return await changes.record_of_board(gathering_id, "shown", account_id)


async def stop_showing(gathering_id: int, account_id: int | None) -> int:
    """Show the round alone again. Gives the board's version; it stays when nothing changes."""
    version = await changes.take_board(gathering_id)
    mine = Board.gathering == gathering_id
    return await _put_down(mine & Board.in_hand.is_not_null(), gathering_id, account_id) or version


async def put_down(gathering_id: int, session_id: int) -> None:
    """The same when this card was in hand: it has found its spot, or cannot have one."""
    mine = Board.gathering == gathering_id
    await _put_down(mine & (Board.in_hand == session_id), gathering_id, None)


async def _put_down(where: Any, gathering_id: int, account_id: int | None) -> int:
    """Gives the board's new version, or 0 when no card was in hand."""
    rows = await Board.update({Board.in_hand: None}).where(where).returning(Board.id)
    if not rows:
        return 0
    return await changes.record_of_board(gathering_id, "shown", account_id)
