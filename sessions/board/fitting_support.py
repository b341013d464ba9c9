"""Whether interpreters, captioners and supporters can be where a session goes."""

from collections.abc import Iterator

from gatherings.planning.pauses import Span, minutes_between, without_break
from sessions.board.bounds import (
    ROLE_OF_MARK,
    Bounds,
    Helper,
    how_many_needed,
    longest_stretch,
)
from sessions.board.feature_words import ROLE_WORDS
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoundView, SessionView, Spot
from web.words import clock, count


def helpers_away(
    board: BoardView, bounds: Bounds, session: SessionView, spot: Spot, run: list[RoundView]
) -> Iterator[Reason]:
    """Against a spot because of those who were assigned to the session: take them off first.

    Too long from session to session is a reason with which one may go ahead.
    """
    team, said = bounds.with_session(session.id), bounds.said(session.id, spot)
    for helper in team:
        for reason in why_not_with(board, bounds, helper, session, run, team):
            if not reason.may_go_ahead or said.isdisjoint(reason.codes):
                yield reason


def why_not_with(
    board: BoardView,
    bounds: Bounds,
    helper: Helper,
    session: SessionView,
    run: list[RoundView],
    team: list[Helper],
) -> Iterator[Reason]:
    """Why somebody cannot be with a session in these rounds, with this team beside them.

    Nothing stands against a session that still waits for a spot.
    """
    for at in run:
        when = clock(at.starts_at, board.zone)
        if at.id not in helper.rounds:
            yield Reason("assigned", f"{helper.name} is not there at {when}.")
            return
        for there in board.in_round(at):
            if there.id in helper.sessions and there.id != session.id:
                words = f"{helper.name} is with “{there.title}” at {when}."
                yield Reason("assigned", words, there.number)
                return
    if run and _is_alone(helper, team):
        yield from _too_long(board, bounds, helper, session, run)


def left_behind(
    board: BoardView, bounds: Bounds, session: SessionView
) -> Iterator[tuple[Helper, str]]:
    """Who was with a session that became part of this one and did not come along, and why."""
    run = board.run(session.round_id, session.length) if session.round_id else []
    team, others = bounds.with_session(session.id), board.without([session.number])
    for one, title in zip(session.joined_ids, session.joined, strict=True):
        for helper in bounds.with_session(one):
            if session.id not in helper.sessions:
                against = why_not_with(others, bounds, helper, session, run, [*team, helper])
                why = next((reason.words for reason in against), "Nothing stands against it now.")
                yield helper, f"{helper.name} was with “{title}” and did not come along. {why}"


def _too_long(
    board: BoardView, bounds: Bounds, helper: Helper, session: SessionView, run: list[RoundView]
) -> Iterator[Reason]:
    """When somebody alone would work too long at a stretch, here or from session to session."""
    minutes, limit = longest_stretch(run), helper.alone
    most = f"{helper.name} works {limit} minutes at most alone"
    if limit and minutes > limit:
        words = f"“{session.title}” goes on for {minutes} minutes without a break. {most}"
        yield Reason("assigned", f"{words}, so it needs two.")
    elif limit:
        work = [Span(at.starts_at, at.ends_at, pause=False) for at in run]
        work += _work_elsewhere(board, bounds, helper, session)
        pauses = [Span(at.starts_at, at.ends_at, pause=True) for at in board.rounds if at.pause]
        for one in without_break([*work, *pauses], limit):
            if one.starts_at <= run[0].starts_at < one.ends_at:
                long = minutes_between(one.starts_at, one.ends_at)
                words = f"It would be {long} minutes without a break from session to session."
                yield Reason("helpers", f"{words} {most}.", codes=(helper.role,))


def _work_elsewhere(
    board: BoardView, bounds: Bounds, helper: Helper, session: SessionView
) -> Iterator[Span]:
    """When somebody is alone with another session."""
    rounds = {at.id: at for at in board.rounds}
    for (round_id, _), there in board.by_spot.items():
        elsewhere = there.id in helper.sessions and there.id != session.id
        if elsewhere and _is_alone(helper, bounds.with_session(there.id)):
            yield Span(rounds[round_id].starts_at, rounds[round_id].ends_at, pause=False)


def _is_alone(helper: Helper, team: list[Helper]) -> bool:
    return not any(one.role == helper.role and one.id != helper.id for one in team)


def too_few_helpers(
    board: BoardView, bounds: Bounds, session: SessionView, spot: Spot, run: list[RoundView]
) -> Iterator[Reason]:
    """Sessions side by side that are marked must not need more than are there."""
    said = bounds.said(session.id, spot)
    for mark, role in ROLE_OF_MARK.items():
        if mark not in session.marks or role in said:
            continue
        for at in run:
            there = len(bounds.helpers_at(role, at.id))
            wanted = how_many_needed(role, run) + taken_by_marks(board, role, mark, at)
            if wanted > there:
                yield Reason("helpers", _too_few(board, role, at, there, wanted), codes=(role,))
                break


def taken_by_marks(board: BoardView, role: str, mark: str, at: RoundView) -> int:
    """How many of a role the marked sessions of a round take."""
    return sum(
        how_many_needed(role, board.run(one.round_id or at.id, one.length) or [at])
        for one in board.in_round(at)
        if mark in one.marks
    )


def _too_few(board: BoardView, role: str, at: RoundView, there: int, wanted: int) -> str:
    one, many = ROLE_WORDS[role]
    when = clock(at.starts_at, board.zone)
    are = f"{count(there, one, many)} {'is' if there == 1 else 'are'} there"
    return f"{are if there else f'No {one} is there'} at {when}, and the sessions need {wanted}."
