"""What happened to the sessions of a board, for everybody: who was late reads it, too.

It says where sessions went, never who moved them, and nothing of sessions that were withdrawn.
"""

from dataclasses import dataclass
from datetime import datetime

from sessions.board import changes
from sessions.board.shape import BoardView, SessionView, Spot
from sessions.board.tables import BoardChange
from web.words import clock

TOLD = ("offered", "placed", "swapped", "unplaced", "merged", "parted", "added")
MOST_SHOWN = 60


@dataclass(frozen=True)
class NewsLine:
    """One thing that happened, in a sentence. `number` is a session to look at, or 0."""

    version: int
    at: datetime
    words: str
    number: int


async def news(view: BoardView) -> list[NewsLine]:
    """The newest first."""
    rows = await (
        BoardChange.objects()
        .where(BoardChange.gathering == view.gathering_id, BoardChange.what.is_in(list(TOLD)))
        .order_by(BoardChange.version, ascending=False)
        .limit(MOST_SHOWN)
    )
    lines = (_line(view, row.at, changes.change_of(row)) for row in rows)
    return [line for line in lines if line.words]


def spot_words(view: BoardView, spot: Spot | None) -> str:
    """ "11am, Library", or "waiting"."""
    at = next((r for r in view.rounds if spot and r.id == spot[0]), None)
    room = next((m for m in view.rooms if spot and m.id == spot[1]), None)
    if at is None or room is None:
        return "waiting"
    return f"{clock(at.starts_at, view.zone)}, {room.name}"


def _line(view: BoardView, at: datetime, change: changes.Change) -> NewsLine:
    cards = [card for card in map(view.session, change.numbers) if card]
    number = cards[0].number if cards else 0
    return NewsLine(change.version, at, _words(view, change, cards), number)


def _words(view: BoardView, change: changes.Change, cards: list[SessionView]) -> str:
    if change.what == "added":
        return "There is more space: another room or another round."
    if not cards:
        return ""
    titles = " and ".join(f"“{card.title}”" for card in cards)
    if change.what in ("placed", "swapped"):
        return " ".join(_went(view, change, card) for card in cards)
    sentences = {
        "offered": f"New: {titles}.",
        "unplaced": f"{titles} waits for a room again.",
        "merged": f"{titles} became one with another session.",
        "parted": f"{titles} {'are two' if len(cards) > 1 else 'is a session of its own'} again.",
    }
    return sentences[change.what]


def _went(view: BoardView, change: changes.Change, card: SessionView) -> str:
    before, after = change.before.get(card.number), change.after.get(card.number)
    if after is None:
        return f"“{card.title}” waits for a room."
    came = f" It was at {spot_words(view, before)}." if before else ""
    return f"“{card.title}” is at {spot_words(view, after)}.{came}"
