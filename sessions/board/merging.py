"""Two sessions become one when both hosts say yes, and can be parted again."""

from dataclasses import dataclass
from typing import Any

from gatherings.planning.refusals import Refused
from sessions.board import changes
from sessions.board.binding import bounds_of
from sessions.board.fitting import why_not
from sessions.board.hosts import keep_hosts_busy, keep_hosts_with_joined
from sessions.board.offers import session_on_board, spot_of
from sessions.board.placing import Lacks, card_of, say_why, take_off
from sessions.board.shape import BoardView
from sessions.board.supporting import bring_along, part_again
from sessions.board.tables import Session, SessionMerge
from sessions.board.view import board_view
from web.crypto import new_key
from web.database import IntegrityError, write
from web.problems import NotFound

OPEN = "proposed"


@dataclass(frozen=True)
class MergeView:
    """A proposal to merge, as one of the two hosts or a facilitator sees it."""

    handle: str
    kept: int
    kept_title: str
    kept_agrees: bool
    joined: int
    joined_title: str
    joined_agrees: bool
    state: str

    @property
    def waits(self) -> bool:
        """Whether both hosts said yes, and a facilitator has to look at the room."""
        return self.state == OPEN and self.kept_agrees and self.joined_agrees


async def propose(gathering_id: int, kept: int, joined: int) -> str:
    """Ask both hosts whether their sessions should become one. Gives the proposal's handle."""
    if kept == joined:
        raise Refused("other", "Choose another session")
    one = await session_on_board(gathering_id, kept)
    two = await session_on_board(gathering_id, joined)
    await _must_stand_alone(one, two)
    for row in await SessionMerge.objects().where(SessionMerge.state == OPEN):
        if {row.kept, row.joined} == {one.id, two.id}:
            return row.handle
    handle = new_key()[:32]
    await SessionMerge(handle=handle, kept=one.id, joined=two.id).save()
    return handle


async def say(
    gathering_id: int,
    handle: str,
    number: int,
    *,
    yes: bool,
    account_id: int | None = None,
    why: str = "",
) -> int:
    """One host's answer; `account_id` is of the facilitator whom the host told. Gives the version.

    With the second yes the sessions become one. A question answered by nobody stays open. Where the
    room then lacks what somebody needs, a facilitator says `why`; without a reason Lacks is raised.
    Hosts are not told what is missing: their yes is kept, and the two wait for a facilitator.
    """
    version = await changes.take_board(gathering_id)
    row = await _proposal(gathering_id, handle)
    if row.state != OPEN:
        return version
    kept, joined = await _both(row)
    if number not in (kept.number, joined.number):
        raise NotFound
    if not yes:
        await _keep(row, {SessionMerge.state: "declined", SessionMerge.said_by: account_id})
        return version
    mine = SessionMerge.kept_agrees if number == kept.number else SessionMerge.joined_agrees
    await _keep(row, {mine: True, SessionMerge.said_by: account_id})
    row = await _proposal(gathering_id, handle)
    if not (row.kept_agrees and row.joined_agrees):
        return version
    try:
        return await write(_merge, row, kept, joined, account_id, why)
    except Lacks:
        if account_id is not None:
            raise
        return version


async def part(gathering_id: int, handle: str, account_id: int | None) -> int:
    """Make two of one again. The second waits for a spot. Gives the board's version."""
    version = await changes.take_board(gathering_id)
    row = await _proposal(gathering_id, handle)
    if row.state != "merged":
        return version
    kept, joined = await _both(row)
    await Session.update({Session.merged_into: None}).where(Session.id == joined.id)
    await _join_hosts(kept)
    await part_again(kept.id, joined.id)
    await _keep(row, {SessionMerge.state: "parted"})
    spots = {kept.number: spot_of(kept)}
    return await changes.record(kept, "parted", spots, spots | {joined.number: None}, account_id)


async def merges_of(gathering_id: int, number: int = 0) -> list[MergeView]:
    """What was proposed and what was merged, newest first; of one session, or all."""
    ids = Session.select(Session.id).where(Session.gathering == gathering_id)
    rows = await (
        SessionMerge.objects()
        .where(SessionMerge.kept.is_in(ids), SessionMerge.state.is_in([OPEN, "merged"]))
        .order_by(SessionMerge.id, ascending=False)
    )
    views = [_view(row, *(await _both(row))) for row in rows]
    return [view for view in views if not number or number in (view.kept, view.joined)]


async def merges_that_wait(gathering_id: int) -> list[MergeView]:
    """Those to which both hosts said yes, and of which a facilitator has to say why."""
    ids = Session.select(Session.id).where(Session.gathering == gathering_id)
    agreed = (SessionMerge.kept_agrees.eq(True)) & (SessionMerge.joined_agrees.eq(True))
    rows = await SessionMerge.objects().where(
        SessionMerge.kept.is_in(ids), SessionMerge.state == OPEN, agreed
    )
    return [_view(row, *(await _both(row))) for row in rows]


async def part_of(gathering_id: int, number: int) -> int:
    """The number of the session that this one became part of, or 0."""
    there = (Session.gathering == gathering_id) & (Session.number == number)
    mine = await Session.objects().get(there & Session.withdrawn_at.is_null())
    if mine is None or mine.merged_into is None:
        return 0
    kept = await Session.objects().get(Session.id == mine.merged_into)
    return kept.number if kept else 0


async def _must_stand_alone(kept: Session, joined: Session) -> None:
    """Neither is gone, and the one that becomes part of the other is a single card, unlocked."""
    for card in (kept, joined):
        if card.withdrawn_at is not None or card.merged_into is not None:
            raise Refused("", f"“{card.title}” is no longer on the board by itself")
    if await Session.exists().where(Session.merged_into == joined.id):
        raise Refused(
            "",
            f"“{joined.title}” is made of several sessions. Suggest it from its own page instead",
        )
    if joined.locked:
        raise Refused("", f"“{joined.title}” is locked. A facilitator can unlock it first")


async def _merge(
    row: SessionMerge, kept: Session, joined: Session, account_id: int | None, why: str
) -> int:
    """The hosts of both must be free while the one is on; then its card holds both."""
    await _must_stand_alone(kept, joined)
    before = {kept.number: spot_of(kept), joined.number: spot_of(joined)}
    await take_off(joined)
    await Session.update({Session.merged_into: kept.id}).where(Session.id == joined.id)
    try:
        await write(_join_hosts, kept)
    except IntegrityError:
        raise Refused(
            "", "One of the hosts is busy with another session then. Move one of the two first"
        ) from None
    view = await board_view(kept.gathering)
    await _say_what_is_missing(view, kept, why, account_id)
    await bring_along(view, kept.number, joined.id)
    await _keep(row, {SessionMerge.state: "merged"})
    after = {kept.number: before[kept.number], joined.number: None}
    return await changes.record(kept, "merged", before, after, account_id)


async def _say_what_is_missing(
    view: BoardView, kept: Session, why: str, account_id: int | None
) -> None:
    """Whoever comes along must find in the room what they cannot come without, as in placing."""
    spot = spot_of(kept)
    if spot is not None:
        bounds = await bounds_of(view, [kept.id])
        against = why_not(view, card_of(view, kept.number), spot, bounds)
        lacks = [reason for reason in against if reason.may_go_ahead]
        await say_why(view, kept, spot, lacks, why, account_id)


async def _join_hosts(kept: Session) -> None:
    await keep_hosts_with_joined(kept)
    await keep_hosts_busy(kept.id)


async def _keep(row: SessionMerge, values: dict[Any, Any]) -> None:
    await SessionMerge.update(values).where(SessionMerge.id == row.id)


async def _proposal(gathering_id: int, handle: str) -> SessionMerge:
    row = await SessionMerge.objects().get(SessionMerge.handle == handle)
    if row is None or (await _both(row))[0].gathering != gathering_id:
        raise NotFound
    return row


async def _both(row: SessionMerge) -> tuple[Session, Session]:
    found = await Session.objects().where(Session.id.is_in([row.kept, row.joined]))
    by_id = {session.id: session for session in found}
    return by_id[row.kept], by_id[row.joined]


def _view(row: SessionMerge, kept: Session, joined: Session) -> MergeView:
    return MergeView(
        handle=row.handle,
        kept=kept.number,
        kept_title=kept.title,
        kept_agrees=row.kept_agrees,
        joined=joined.number,
        joined_title=joined.title,
        joined_agrees=row.joined_agrees,
        state=row.state,
    )
