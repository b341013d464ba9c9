"""What hosts ask the facilitators for, such as another time. People answer, not the board."""

from dataclasses import dataclass
from datetime import datetime

from sessions.board.offers import session_on_board
from sessions.board.tables import Session, SessionWish
from web.crypto import new_key

LONGEST_WISH = 200


@dataclass(frozen=True)
class WishView:
    """A host's wish that waits, or one that was answered."""

    handle: str
    number: int
    title: str
    words: str
    answered: bool


async def ask(gathering_id: int, number: int, words: str) -> str:
    """Ask for something. The same words that still wait are one wish. Gives its handle."""
    session = await session_on_board(gathering_id, number)
    waiting = await SessionWish.objects().get(
        (SessionWish.session == session.id)
        & (SessionWish.words == words)
        & SessionWish.answered_at.is_null()
    )
    if waiting is not None:
        return str(waiting.handle)
    handle = new_key()[:32]
    await SessionWish(handle=handle, session=session.id, words=words).save()
    return handle


async def answered(gathering_id: int, handle: str, at: datetime) -> None:
    """A facilitator has talked to the host. The first time counts."""
    ids = Session.select(Session.id).where(Session.gathering == gathering_id)
    await SessionWish.update({SessionWish.answered_at: at}).where(
        (SessionWish.handle == handle)
        & SessionWish.session.is_in(ids)
        & SessionWish.answered_at.is_null()
    )


async def wishes_that_wait(gathering_id: int) -> list[WishView]:
    """What nobody has answered yet, the oldest first."""
    return [one for one in await _wishes(gathering_id) if not one.answered]


async def wishes_of(gathering_id: int, number: int) -> list[WishView]:
    """What the host of one session asked for."""
    return [one for one in await _wishes(gathering_id) if one.number == number]


async def _wishes(gathering_id: int) -> list[WishView]:
    sessions = await Session.select(Session.id, Session.number, Session.title).where(
        (Session.gathering == gathering_id) & Session.withdrawn_at.is_null()
    )
    by_id = {row["id"]: row for row in sessions}
    rows = await (
        SessionWish.objects().where(SessionWish.session.is_in([0, *by_id])).order_by(SessionWish.id)
    )
    return [
        WishView(
            handle=row.handle,
            number=by_id[row.session]["number"],
            title=by_id[row.session]["title"],
            words=row.words,
            answered=row.answered_at is not None,
        )
        for row in rows
    ]
