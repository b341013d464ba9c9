"""The board's history, and taking a move back as a new change."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gatherings.people.tables import Account
from sessions.board import changes
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.offers import find_session, spot_of
from sessions.board.placing import MOVES, CardLocked, CardMoved, rearrange
from sessions.board.shape import Spot
from sessions.board.tables import BoardChange, BoardSeen, Session, WentAhead
from web.problems import NotFound

MOST_SHOWN = 100
SHOWN_ALONE = "shown"


@dataclass(frozen=True)
class PastChange:
    """A line of the history. `taken_back_by` is the version that undid it, or 0.

    `ahead` says that something is missing there, and that somebody said why it is all the same.
    """

    version: int
    at: datetime
    what: str
    who: str
    titles: tuple[str, ...]
    before: changes.Spots
    after: changes.Spots
    undoes: int
    taken_back_by: int
    new: bool
    ahead: bool = False

    @property
    def may_be_undone(self) -> bool:
        """Whether a button is shown. Whether the spots allow it is found out when it is pressed."""
        return self.what in MOVES and not self.taken_back_by


async def undo(gathering_id: int, version: int, account_id: int | None) -> int:
    """Put every card of a move back where it was before. Gives the board's version."""
    now = await changes.take_board(gathering_id)
    row = await _move_of(gathering_id, version)
    if await _taken_back(gathering_id, version):
        return now
    change = changes.change_of(row)
    cards = [await find_session(gathering_id, number) for number in change.numbers]
    for card in cards:
        _must_stand_as_left(card, change)
    await rearrange(gathering_id, change.before)
    done = await changes.record(cards[0], _name_of(change), change.after, change.before, account_id)
    await BoardChange.update({BoardChange.undoes: version}).where(
        (BoardChange.gathering == gathering_id) & (BoardChange.version == done)
    )
    return done


async def history(
    gathering_id: int, account_id: int, before: int = EVERYTHING_SEEN, most: int = MOST_SHOWN
) -> list[PastChange]:
    """The newest changes first, of those before a version. Those not looked at yet are `new`."""
    rows = await (
        BoardChange.objects()
        .where(BoardChange.gathering == gathering_id, BoardChange.what != SHOWN_ALONE)
        .where(BoardChange.version < before)
        .order_by(BoardChange.version, ascending=False)
        .limit(most)
    )
    seen = await seen_version_of(gathering_id, account_id)
    undone = await _undone(gathering_id)
    names = await _names({row.account_id for row in rows})
    titles = await _titles(gathering_id)
    past = [_past(row, seen, undone, names, titles) for row in rows]
    ahead = await _went_ahead(gathering_id)
    return [replace(one, ahead=bool(ahead & set(one.after.items()))) for one in past]


async def fresh_changes(gathering_id: int, account_id: int) -> int:
    """How many changes are new to somebody."""
    seen = await seen_version_of(gathering_id, account_id)
    new = (BoardChange.version > seen) & (BoardChange.what != SHOWN_ALONE)
    found: int = await BoardChange.count().where(BoardChange.gathering == gathering_id, new)
    return found


async def _went_ahead(gathering_id: int) -> set[tuple[int, Spot | None]]:
    """Numbers of sessions with the spots for which somebody gave a reason."""
    rows = await WentAhead.select(
        WentAhead.session.number.as_alias("number"), WentAhead.round, WentAhead.room
    ).where(WentAhead.session.gathering == gathering_id)
    return {(row["number"], (row["round"], row["room"])) for row in rows}


async def look_up_to(gathering_id: int, account_id: int, version: int) -> None:
    """Note that somebody has seen every change up to this version."""
    await BoardSeen.insert(BoardSeen(gathering=gathering_id, account_id=account_id)).on_conflict(
        target=(BoardSeen.gathering, BoardSeen.account_id), action="DO NOTHING"
    )
    await BoardSeen.update({BoardSeen.version: version}).where(
        (BoardSeen.gathering == gathering_id)
        & (BoardSeen.account_id == account_id)
        & (BoardSeen.version < version)
    )


async def seen_version_of(gathering_id: int, account_id: int) -> int:
    """The version up to which somebody has looked; 0 when they never did."""
    row = await BoardSeen.objects().get(
        (BoardSeen.gathering == gathering_id) & (BoardSeen.account_id == account_id)
    )
    return row.version if row else 0


async def _move_of(gathering_id: int, version: int) -> BoardChange:
    row = await BoardChange.objects().get(
        (BoardChange.gathering == gathering_id) & (BoardChange.version == version)
    )
    if row is None or row.what not in MOVES:
        raise NotFound("There is no such move.")
    return row


async def _taken_back(gathering_id: int, version: int) -> bool:
    found: bool = await BoardChange.exists().where(
        (BoardChange.gathering == gathering_id) & (BoardChange.undoes == version)
    )
    return found


def _must_stand_as_left(card: Session, change: changes.Change) -> None:
    if card.withdrawn_at is not None or card.merged_into is not None:
        raise CardMoved(f"“{card.title}” is no longer on the board by itself.")
    if card.locked:
        raise CardLocked(f"“{card.title}” is locked. Unlock it first, then undo.")
    if spot_of(card) != change.after.get(card.number):
        raise CardMoved(f"“{card.title}” was moved again since. Undo that move first.")


def _name_of(change: changes.Change) -> str:
    """What the taking back is itself: every spot was given, given up, or exchanged."""
    if len(change.numbers) > 1:
        return "swapped"
    return "placed" if any(change.before.values()) else "unplaced"


async def _undone(gathering_id: int) -> dict[int, int]:
    """By the version of a move, the version that took it back."""
    rows = await BoardChange.select(BoardChange.undoes, BoardChange.version).where(
        (BoardChange.gathering == gathering_id) & BoardChange.undoes.is_not_null()
    )
    return {row["undoes"]: row["version"] for row in rows}


async def _names(ids: set[Any]) -> dict[int, str]:
    rows = await Account.select(Account.id, Account.name).where(
        Account.id.is_in([0, *ids - {None}])
    )
    return {row["id"]: row["name"] for row in rows}


async def _titles(gathering_id: int) -> dict[int, str]:
    rows = await Session.select(Session.number, Session.title).where(
        Session.gathering == gathering_id
    )
    return {row["number"]: row["title"] for row in rows}


def _past(
    row: BoardChange,
    seen: int,
    undone: dict[int, int],
    names: dict[int, str],
    titles: dict[int, str],
) -> PastChange:
    change = changes.change_of(row)
    return PastChange(
        version=row.version,
        at=row.at,
        what=row.what,
        who=names.get(row.account_id or 0) or "Somebody with a phone",
        titles=tuple(titles.get(number, "") for number in change.numbers),
        before=change.before,
        after=change.after,
        undoes=row.undoes or 0,
        taken_back_by=undone.get(row.version, 0),
        new=row.version > seen,
    )
