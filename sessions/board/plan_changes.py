"""Rounds and rooms that were changed on the desk: open boards hear of them at once."""

from datetime import datetime

from sessions.board import changes
from sessions.board.tables import Board
from sessions.board.view import board_view


async def boards_with_new_plans(now: datetime) -> list[int]:
    """The gatherings to come, or going on, whose rounds or rooms are not as they were noted."""
    rows = await Board.select(Board.gathering, Board.plan).where(Board.gathering.ends_at > now)
    return [
        row["gathering"] for row in rows if (await board_view(row["gathering"])).plan != row["plan"]
    ]


async def note_new_plan(gathering_id: int) -> int:
    """Give the board a new version, so that every page of it draws itself afresh.

    Gives that version; it stays when somebody else has just noted the same.
    """
    version = await changes.take_board(gathering_id)
    plan = (await board_view(gathering_id)).plan
    mine = (Board.gathering == gathering_id) & (Board.plan != plan)
    if not await Board.update({Board.plan: plan}).where(mine).returning(Board.id):
        return version
    return await changes.record_of_board(gathering_id, "shown", None)
