"""Offering a session, and withdrawing it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sessions.board import changes
from sessions.board.hosts import keep_hosts
from sessions.board.in_hand import put_down
from sessions.board.joining import joiner_id
from sessions.board.shape import BoardView
from sessions.board.tables import MARKS, Board, HostPlace, Session, SessionMerge, SessionPlace
from web.problems import NotFound

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_NAME = 60, 300, 60
OPENS_BEFORE = timedelta(days=7)


def offering_opens(view: BoardView) -> datetime:
    """From when people may offer sessions."""
    return view.starts_at - OPENS_BEFORE


def offering_is_open(view: BoardView, now: datetime) -> bool:
    """Whether people may offer sessions at this moment. Facilitators always may."""
    return offering_opens(view) <= now < view.ends_at


async def offer(
    gathering_id: int,
    joiner_key_hash: str | None,
    title: str,
    about: str,
    host_name: str,
    form_token: str,
    account_id: int | None = None,
    *,
    marks: Iterable[str] = (),
    length: int = 1,
    written_by: str = "",
) -> Session:
    """Put a session up for its place on the board. The same form sent again gives the same one.

    `written_by` wrote the card for its host, who then has no phone of their own in it.
    """
    await changes.take_board(gathering_id)
    there = await Session.objects().get(Session.form_token == form_token)
    if there is not None:
        return there
    name = written_by or host_name
    joiner = await joiner_id(gathering_id, joiner_key_hash, name)
    session = Session(
        gathering=gathering_id,
        number=await _next_number(gathering_id),
        title=title,
        about=about,
        host_name=host_name,
        offered_by=joiner,
        form_token=form_token,
        marks=marks_as_text(marks),
        length=length,
        written_by=written_by,
    )
    await session.save()
    await keep_hosts(session, None if written_by else joiner)
    await changes.record(session, "offered", {}, {session.number: None}, account_id)
    return session


async def withdraw(gathering_id: int, number: int, account_id: int | None) -> int:
    """Take a session back; its spot is free again. Withdrawing twice does nothing more.

    Sessions that had become part of it belong to others: they wait for a spot of their own.
    """
    version = await changes.take_board(gathering_id)
    session = await find_session(gathering_id, number)
    if session.withdrawn_at is not None:
        return version
    before = {number: spot_of(session)}
    session.withdrawn_at = datetime.now(UTC)
    session.round = session.room = None
    await session.save(columns=[Session.withdrawn_at, Session.round, Session.room])
    await SessionPlace.delete().where(SessionPlace.session == session.id)
    await HostPlace.delete().where(HostPlace.session == session.id)
    await put_down(gathering_id, session.id)
    version = await changes.record(session, "withdrawn", before, {number: None}, account_id)
    for card in await _set_free(session):
        spots = {card.number: None}
        version = await changes.record(card, "parted", spots, spots, account_id)
    return version


async def _set_free(session: Session) -> list[Session]:
    """Give back the cards that became part of a session."""
    joined = Session.merged_into == session.id
    cards = await Session.objects().where(joined).order_by(Session.number)
    await Session.update({Session.merged_into: None}).where(joined)
    await SessionMerge.update({SessionMerge.state: "parted"}).where(
        (SessionMerge.kept == session.id) & (SessionMerge.state == "merged")
    )
    return cards


def marks_as_text(marks: Iterable[str]) -> str:
    """The marks of a card as they are kept: known codes, always in the same order."""
    chosen = set(marks)
    return " ".join(mark for mark in MARKS if mark in chosen)


async def find_session(gathering_id: int, number: int) -> Session:
    """The session with this number, withdrawn or not; NotFound when there is none."""
    session = await Session.objects().get(
        (Session.gathering == gathering_id) & (Session.number == number)
    )
    if session is None:
        raise NotFound("There is no session with this number.")
    return session


async def session_on_board(gathering_id: int, number: int) -> Session:
    """The session with this number; NotFound when it was withdrawn."""
    session = await find_session(gathering_id, number)
    if session.withdrawn_at is not None:
        raise NotFound(f"“{session.title}” was withdrawn.")
    return session


async def offered_from(session_id: int, joiner_key_hash: str) -> bool:
    """Whether the session was offered with this joiner's cookie."""
    offered: bool = await Session.exists().where(
        Session.id == session_id, Session.offered_by.key_hash == joiner_key_hash
    )
    return offered


async def numbers_offered_by(gathering_id: int, joiner_key_hash: str) -> frozenset[int]:
    """The numbers of the sessions that somebody offered, with this cookie, to host themselves."""
    rows = await Session.select(Session.number, Session.merged_into).where(
        Session.gathering == gathering_id,
        Session.offered_by.key_hash == joiner_key_hash,
        Session.withdrawn_at.is_null(),
        Session.written_by == "",
    )
    return await numbers_on_board(rows)


async def numbers_on_board(rows: Collection[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers of these cards; of one that became part of another session, the other's."""
    alone = {row["number"] for row in rows if row["merged_into"] is None}
    wholes = {row["merged_into"] for row in rows} - {None}
    if not wholes:
        return frozenset(alone)
    others = await Session.select(Session.number).where(Session.id.is_in([*wholes]))
    return frozenset(alone | {row["number"] for row in others})


def spot_of(session: Session) -> tuple[int, int] | None:
    """The ids of a session's round and room, or None."""
    return (session.round, session.room) if session.round and session.room else None


async def _next_number(gathering_id: int) -> int:
    rows = await (
        Board.update({Board.sessions_offered: Board.sessions_offered + 1})
        .where(Board.gathering == gathering_id)
        .returning(Board.sessions_offered)
    )
    number: int = rows[0]["sessions_offered"]
    return number
