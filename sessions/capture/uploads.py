"""Several photographs in one go: the good ones are kept, whatever the others are."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from sessions.capture.adding import Added, add_photograph
from sessions.capture.sheets import file_sheet
from web.database import write
from web.pictures import NotKept

LATER, NO_SESSION = "", "none"


@dataclass(frozen=True)
class Batch:
    """Where the photographs of one post belong."""

    gathering_id: int
    folder: Path
    account_id: int
    choice: str = LATER


@dataclass
class Outcome:
    """What became of the photographs of one post."""

    kept: int = 0
    again: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


async def keep_all(batch: Batch, files: AsyncIterator[tuple[str, bytes]]) -> Outcome:
    """Keep one photograph after the other, each safely stored before the next is looked at."""
    outcome = Outcome()
    async for name, content in files:
        try:
            added = await add_photograph(
                batch.gathering_id, content, batch.folder, batch.account_id
            )
        except NotKept as why:
            outcome.refused.append((name, str(why)))
            continue
        await _file(batch, added)
        outcome.kept += not added.again
        outcome.again += added.again
    return outcome


def session_number(choice: str) -> int | None:
    """The session that a choice names; None for "not from a session"."""
    return None if choice == NO_SESSION else int(choice)


async def _file(batch: Batch, added: Added) -> None:
    """A photograph that was here before stays where somebody has put it."""
    if batch.choice != LATER and not added.again:
        await write(file_sheet, batch.gathering_id, added.code, session_number(batch.choice))
