"""Locking a card, so that nobody moves it by mistake."""

from sessions.board import changes
from sessions.board.in_hand import put_down
from sessions.board.offers import session_on_board, spot_of
from sessions.board.tables import Session


async def lock(gathering_id: int, number: int, *, locked: bool, account_id: int | None) -> int:
    """Lock or unlock a session. Gives the board's version; it stays when nothing changes."""
    version = await changes.take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    if session.locked == locked:
        return version
    session.locked = locked
    await session.save(columns=[Session.locked])
    if locked:
        await put_down(gathering_id, session.id)
    spots = {number: spot_of(session)}
    what = "locked" if locked else "unlocked"
    return await changes.record(session, what, spots, spots, account_id)
