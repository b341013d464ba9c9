"""Stars: what somebody on the day would like to go to. One each for a session."""

from collections.abc import Iterable
from typing import Any

from piccolo.query import Select

from sessions.board.joining import find_joiner, joiner_id
from sessions.board.offers import numbers_on_board, session_on_board
from sessions.board.tables import Session, Star


async def star(gathering_id: int, number: int, joiner_key_hash: str) -> None:
    """Star a session; a second star changes nothing."""
    session = await session_on_board(gathering_id, number)
    joiner = await joiner_id(gathering_id, joiner_key_hash)
    await Star.insert(Star(session=session.id, joiner=joiner)).on_conflict(
        target=(Star.session, Star.joiner), action="DO NOTHING"
    )


async def unstar(gathering_id: int, number: int, joiner_key_hash: str) -> None:
    """Take the star away again, also from what became part of the session."""
    joiner = await find_joiner(gathering_id, joiner_key_hash)
    session = await session_on_board(gathering_id, number)
    if joiner is not None:
        await Star.delete().where(_of_whole(session.id), Star.joiner == joiner)


async def starred_by(gathering_id: int, joiner_key_hash: str) -> frozenset[int]:
    """The numbers of the sessions that somebody has starred, as they stand on the board."""
    rows = await _starred().where(
        Star.joiner.key_hash == joiner_key_hash, Star.session.gathering == gathering_id
    )
    return await numbers_on_board(rows)


async def starred_by_joiners(joiners: Iterable[int]) -> frozenset[int]:
    """The same of one joiner, or of every phone of a party."""
    return await numbers_on_board(await _starred().where(Star.joiner.is_in([0, *joiners])))


async def star_count(session_id: int) -> int:
    """How many people have starred a session, or one that was merged into it: each counts once."""
    rows = await Star.select(Star.joiner).where(_of_whole(session_id))
    return len({row["joiner"] for row in rows})


def _starred() -> Select[Any]:
    return Star.select(
        Star.session.number.as_alias("number"), Star.session.merged_into.as_alias("merged_into")
    )


def _of_whole(session_id: int) -> Any:
    """Of a session or of one that became part of it."""
    merged = Session.select(Session.id).where(Session.merged_into == session_id)
    return (Star.session == session_id) | Star.session.is_in(merged)
