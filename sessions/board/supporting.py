"""Interpreters, captioners and supporters: who is with which session."""

from collections.abc import Collection
from datetime import UTC, datetime

from gatherings.planning.refusals import Refused
from sessions.board.binding import bounds_of
from sessions.board.bounds import Bounds, Helper, longest_stretch
from sessions.board.changes import take_board
from sessions.board.fitting_support import why_not_with
from sessions.board.offers import session_on_board
from sessions.board.placing import card_of
from sessions.board.shape import BoardView, RoundView, SessionView
from sessions.board.tables import SupportAssignment
from sessions.board.view import board_view


async def assign(gathering_id: int, number: int, handles: Collection[str]) -> None:
    """Let people be with a session, all or none. Raises Refused with the reason.

    A session that is too long for one takes two: the other one of a pair comes along.
    """
    await take_board(gathering_id)
    view = await board_view(gathering_id)
    session = card_of(view, number)
    bounds = await bounds_of(view, [])
    team = _team(view, bounds, session, handles)
    for helper in team:
        for reason in _against(view, bounds, helper, session, team):
            raise Refused("who", reason.rstrip("."))
    for helper in team:
        row = SupportAssignment(
            support_person=helper.id, session=session.id, assigned_at=datetime.now(UTC)
        )
        await SupportAssignment.insert(row).on_conflict(
            target=(SupportAssignment.support_person, SupportAssignment.session),
            action="DO NOTHING",
        )


async def unassign(gathering_id: int, number: int, handle: str) -> None:
    """Take somebody off a session; again does nothing more."""
    await take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    view = await board_view(gathering_id)
    for helper in (await bounds_of(view, [])).helpers:
        if helper.handle == handle:
            await SupportAssignment.delete().where(
                (SupportAssignment.support_person == helper.id)
                & (SupportAssignment.session == session.id)
            )


def run_of(view: BoardView, session: SessionView) -> list[RoundView]:
    """The rounds that a session takes; none while it waits for a spot."""
    return view.run(session.round_id, session.length) if session.round_id else []


def may_be_with(view: BoardView, bounds: Bounds, session: SessionView) -> list[Helper]:
    """Those who are there and free in the rounds of a session, and not with it yet."""
    run = run_of(view, session)
    busy = {one.id for at in run for one in view.in_round(at) if one.id != session.id}
    return [
        one
        for one in bounds.helpers
        if session.id not in one.sessions
        and not one.sessions & busy
        and all(at.id in one.rounds for at in run)
    ]


def _team(
    view: BoardView, bounds: Bounds, session: SessionView, handles: Collection[str]
) -> list[Helper]:
    """Those who would be with the session: who was chosen, who is there, and needed partners."""
    chosen = [one for one in bounds.helpers if one.handle in handles]
    if not chosen:
        raise Refused("who", "Choose somebody")
    team = {one.id: one for one in [*bounds.with_session(session.id), *chosen]}
    run, by_id = run_of(view, session), {one.id: one for one in bounds.helpers}
    for one in chosen:
        too_long = bool(run) and 0 < one.alone < longest_stretch(run)
        if too_long and one.pair in by_id:
            team[one.pair] = by_id[one.pair]
    return list(team.values())


def _against(
    view: BoardView, bounds: Bounds, helper: Helper, session: SessionView, team: list[Helper]
) -> list[str]:
    run = run_of(view, session)
    board = view.without([session.number])
    reasons = why_not_with(board, bounds, helper, session, run, team) if run else ()
    return [reason.words for reason in reasons if not reason.may_go_ahead]
