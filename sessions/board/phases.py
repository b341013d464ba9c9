"""Where the morning is: what the wall shows, and what facilitators chose for the whole room."""

from typing import Any

from sessions.board import changes
from sessions.board.tables import PHASES, Board
from web.problems import NotFound

LONGEST_THEME = 200
AFTER_ANNOUNCING = ("placing", "market", "sessions", "closing")


async def set_phase(gathering_id: int, phase: str, account_id: int | None) -> int:
    """Go on to another part of the morning. Gives the board's version.

    Stars that were hidden until the announcing ends are shown once it has.
    """
    if phase not in PHASES:
        raise NotFound
    await changes.take_board(gathering_id)
    board = await Board.objects().get(Board.gathering == gathering_id)
    values: dict[Any, Any] = {Board.phase: phase}
    if phase in AFTER_ANNOUNCING and board and board.phase not in AFTER_ANNOUNCING:
        values |= {Board.stars_hidden: False}
    if phase != "announcing":
        values |= {Board.announcing: None, Board.clock_ends_at: None}
    if phase != "placing":
        values |= {Board.in_hand: None, Board.filling: None}
    return await _keep(gathering_id, values, account_id)


async def set_theme(gathering_id: int, theme: str, account_id: int | None) -> int:
    """What the day is about, in large letters on the wall."""
    return await _keep(gathering_id, {Board.theme: theme}, account_id)


async def keep_quiet(gathering_id: int, *, quiet: bool, account_id: int | None) -> int:
    """Blank the wall, or show it again."""
    return await _keep(gathering_id, {Board.quiet: quiet}, account_id)


async def hide_stars(gathering_id: int, *, hidden: bool, account_id: int | None) -> int:
    """Keep the number of stars from everybody until the announcing has ended, or show it."""
    return await _keep(gathering_id, {Board.stars_hidden: hidden}, account_id)


async def _keep(gathering_id: int, values: dict[Any, Any], account_id: int | None) -> int:
    version = await changes.take_board(gathering_id)
    board = await Board.objects().get(Board.gathering == gathering_id)
    if board and all(getattr(board, c._meta.name) == value for c, value in values.items()):
        return version
    await Board.update(values).where(Board.gathering == gathering_id)
    return await changes.record_of_board(gathering_id, "phase", account_id)
