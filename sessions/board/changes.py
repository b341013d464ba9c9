"""The log of the board: every change has the next version, and says who, what, before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gatherings.people.tables import Account
from sessions.board.tables import Board, BoardChange, Session
from web.database import announce

Spots = Mapping[int, tuple[int, int] | None]
EVERYTHING_SEEN = 10**9
TOPIC = "board"


@dataclass(frozen=True)
class Change:
    """One change. `before` and `after` map a session's number to its spot, or to None."""

    version: int
    what: str
    session_id: int | None
    account_id: int | None
    before: Spots
    after: Spots

    @property
    def numbers(self) -> list[int]:
        """The numbers of the sessions that were touched."""
        return sorted({*self.before, *self.after})

    @property
    def spots(self) -> set[tuple[int, int]]:
        """The spots that look different since."""
        return {spot for spots in (self.before, self.after) for spot in spots.values() if spot}


async def take_board(gathering_id: int) -> int:
    """Hold the board until the end of this unit of work, so that changes come one by one.

    Every verb that changes the board calls this first. Gives the version before the change.
    """
    rows = await _hold(gathering_id)
    if not rows:
        await Board.insert(Board(gathering=gathering_id)).on_conflict(
            target=Board.gathering, action="DO NOTHING"
        )
        rows = await _hold(gathering_id)
    version: int = rows[0]["version"]
    return version


async def _hold(gathering_id: int) -> list[dict[str, Any]]:
    """An update that changes nothing: on PostgreSQL others wait for this row, as on SQLite."""
    return await (
        Board.update({Board.version: Board.version + 0})
        .where(Board.gathering == gathering_id)
        .returning(Board.version)
    )


async def record(
    session: Session, what: str, before: Spots, after: Spots, account_id: int | None
) -> int:
    """Give the board its next version and write down what was done to a session."""
    row = BoardChange(
        gathering=session.gathering,
        account_id=account_id,
        what=what,
        session=session.id,
        before=json.dumps(before),
        after=json.dumps(after),
    )
    return await _record(row)


async def record_of_board(gathering_id: int, what: str, account_id: int | None) -> int:
    """The same for a change of the whole board, such as its phase."""
    row = BoardChange(
        gathering=gathering_id, account_id=account_id, what=what, before="{}", after="{}"
    )
    return await _record(row)


async def _record(row: BoardChange) -> int:
    rows = await (
        Board.update({Board.version: Board.version + 1})
        .where(Board.gathering == row.gathering)
        .returning(Board.version)
    )
    version: int = rows[0]["version"]
    row.version = version
    await row.save()
    await announce(TOPIC, f"{row.gathering}:{version}")
    return version


async def changes_since(gathering_id: int, version: int) -> list[Change]:
    """What happened after this version, oldest first."""
    rows = await (
        BoardChange.objects()
        .where(BoardChange.gathering == gathering_id, BoardChange.version > version)
        .order_by(BoardChange.version)
    )
    return [change_of(row) for row in rows]


async def last_change_of(session: Session, since: int, *whats: str) -> Change | None:
    """The newest change of these kinds after a version that touched the session."""
    kinds = (BoardChange.what.is_in(list(whats))) & (BoardChange.version > since)
    rows = await (
        BoardChange.objects()
        .where(BoardChange.gathering == session.gathering, kinds)
        .order_by(BoardChange.version, ascending=False)
    )
    return next((c for c in map(change_of, rows) if session.number in c.numbers), None)


async def who_has(change: Change, asking: int | None) -> str:
    """ "Ben has", or "You have" when the one who asks made the change."""
    if change.account_id is None:
        return "Somebody has"
    if change.account_id == asking:
        return "You have"
    account = await Account.objects().get(Account.id == change.account_id)
    return f"{account.name} has" if account and account.name else "Somebody has"


def change_of(row: BoardChange) -> Change:
    """A row of the log as a value."""
    return Change(
        version=row.version,
        what=row.what,
        session_id=row.session,
        account_id=row.account_id,
        before=_spots(row.before),
        after=_spots(row.after),
    )


def _spots(text: str) -> Spots:
    """What JSON made of numbers and pairs, put right again."""
    return {
        int(number): (spot[0], spot[1]) if spot else None
        for number, spot in json.loads(text).items()
    }
