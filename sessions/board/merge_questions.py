"""What hosts are asked on their phones: whether their session and another should become one."""

from dataclasses import dataclass
from typing import Any

from sessions.board.tables import SessionMerge

SIDES: tuple[tuple[Any, Any, Any], ...] = (
    (SessionMerge.kept, SessionMerge.joined, SessionMerge.kept_agrees),
    (SessionMerge.joined, SessionMerge.kept, SessionMerge.joined_agrees),
)


@dataclass(frozen=True)
class MergeQuestion:
    """A host's own session by number and title, and the title of the other."""

    number: int
    title: str
    other: str


async def questions_for(joiner_key_hash: str) -> list[MergeQuestion]:
    """What waits for the answer of whoever offered sessions with this joiner's cookie."""
    found = []
    for mine, other, agrees in SIDES:
        rows = await SessionMerge.select(
            mine.number.as_alias("number"),
            mine.title.as_alias("title"),
            other.title.as_alias("other"),
        ).where(
            SessionMerge.state == "proposed",
            agrees.eq(False),
            mine.offered_by.key_hash == joiner_key_hash,
            mine.written_by == "",
            *(one.withdrawn_at.is_null() & one.merged_into.is_null() for one in (mine, other)),
        )
        found += [MergeQuestion(**row) for row in rows]
    return found
