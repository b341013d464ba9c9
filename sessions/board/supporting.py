"""Interpreters, captioners and supporters: who is with which session."""

from collections.abc import Collection
from datetime import UTC, datetime

from gatherings.planning.refusals import Refused
from sessions.board.binding import bounds_of
from sessions.board.bounds import Bounds, Helper, longest_stretch
from sessions.board.changes import take_board
from sessions.board.fitting_support import why_not_with
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
    """Take somebody off a session, and off those that became part of it.

    Again does nothing more.
    """
    await take_board(gathering_id)
    view = await board_view(gathering_id)
    session = card_of(view, number)
    for helper in (await bounds_of(view, [])).helpers:
        if helper.handle == handle:
            await SupportAssignment.delete().where(
                (SupportAssignment.support_person == helper.id)
                & SupportAssignment.session.is_in([session.id, *session.joined_ids])
            )


async def bring_along(view: BoardView, kept: int, joined_id: int) -> None:
    """Those who are with a session that became part of another are with that one, if they can be.

    They stay with their own as well, for the day that the two are parted again.
    """
    bounds, session = await bounds_of(view, []), card_of(view, kept)
    theirs = [one for one in bounds.with_session(joined_id) if session.id not in one.sessions]
    for helper in _who_can(view, bounds, session, theirs):
        row = SupportAssignment(support_person=helper.id, session=session.id, came_with=joined_id)
        row.assigned_at = datetime.now(UTC)
        await row.save()


async def part_again(kept_id: int, joined_id: int) -> None:
    """Those who came along are with their own session alone again."""
    await SupportAssignment.delete().where(
        (SupportAssignment.session == kept_id) & (SupportAssignment.came_with == joined_id)
    )


def _who_can(
    view: BoardView, bounds: Bounds, session: SessionView, theirs: list[Helper]
) -> list[Helper]:
    """Without one who cannot, another may have to work alone for too long."""
    run, board = run_of(view, session), view.without([session.number])
    while True:
        team = [*bounds.with_session(session.id), *theirs]
        can = [h for h in theirs if not [*why_not_with(board, bounds, h, session, run, team)]]
        if len(can) == len(theirs):
            return can
        theirs = can


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
    reasons = why_not_with(board, bounds, helper, session, run, team)
    return [reason.words for reason in reasons if not reason.may_go_ahead]
