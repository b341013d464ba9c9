"""Stars: what somebody on the day would like to go to. One each for a session."""

from sessions.board.joining import find_joiner, joiner_id
from sessions.board.offers import session_on_board
from sessions.board.tables import Session, Star


async def star(gathering_id: int, number: int, joiner_key_hash: str) -> None:
    """Star a session; a second star changes nothing."""
    session = await session_on_board(gathering_id, number)
    joiner = await joiner_id(gathering_id, joiner_key_hash)
    await Star.insert(Star(session=session.id, joiner=joiner)).on_conflict(
        target=(Star.session, Star.joiner), action="DO NOTHING"
    )


async def unstar(gathering_id: int, number: int, joiner_key_hash: str) -> None:
    """Take the star away again."""
    joiner = await find_joiner(gathering_id, joiner_key_hash)
    session = await session_on_board(gathering_id, number)
    if joiner is not None:
        await Star.delete().where(Star.session == session.id, Star.joiner == joiner)


async def starred_by(gathering_id: int, joiner_key_hash: str) -> frozenset[int]:
    """The numbers of the sessions that somebody has starred."""
    rows = await Star.select(Star.session.number).where(
        Star.joiner.key_hash == joiner_key_hash, Star.session.gathering == gathering_id
    )
    return frozenset(row["session.number"] for row in rows)


async def star_count(session_id: int) -> int:
    """How many people have starred a session, or one that was merged into it: each counts once."""
    merged = Session.select(Session.id).where(Session.merged_into == session_id)
    rows = await Star.select(Star.joiner).where(
        (Star.session == session_id) | Star.session.is_in(merged)
    )
    return len({row["joiner"] for row in rows})
