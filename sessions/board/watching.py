"""What facilitators should look at: rooms that somebody cannot use, and helpers who are missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.board.bounds import ROLE_OF_MARK, Bounds, how_many_needed
from sessions.board.feature_words import ROLE_WORDS
from sessions.board.fitting_needs import room_lacks
from sessions.board.fitting_support import helpers_away
from sessions.board.shape import BoardView, RoundView, SessionView
from web.words import count


@dataclass(frozen=True)
class Warning:
    """Something about a placed session. `kind` is room or helpers."""

    kind: str
    session: SessionView
    words: str


@dataclass(frozen=True)
class Left:
    """A round, and how many of each role are still free in it, in sentences."""

    round: RoundView
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Watch:
    """Warnings, and the helpers who are left in each round."""

    warnings: tuple[Warning, ...]
    left: tuple[Left, ...]


def watch(view: BoardView, bounds: Bounds) -> Watch:
    """Everything that wants a facilitator's eyes. Nothing in it points at anybody."""
    warnings = [one for s in view.sessions if s.spot for one in _warnings(view, bounds, s)]
    left = [left_in(view, bounds, at) for at in view.open_rounds]
    return Watch(tuple(warnings), tuple(one for one in left if one.sentences))


def _warnings(view: BoardView, bounds: Bounds, session: SessionView) -> Iterator[Warning]:
    if session.spot is None:
        return
    lacks = [reason.words for reason in room_lacks(view, bounds, session, session.spot)]
    if lacks:
        yield Warning("room", session, " ".join(lacks))
    run = view.run(session.spot[0], session.length)
    for reason in helpers_away(view, bounds, session, run):
        yield Warning("helpers", session, reason.words)
    for role in missing_roles(bounds, session, run):
        yield Warning("helpers", session, f"It needs {role}.")


def missing_roles(bounds: Bounds, session: SessionView, run: list[RoundView]) -> list[str]:
    """The roles of which a marked session has too few, in words: "a captioner"."""
    team = bounds.with_session(session.id)
    found = []
    for mark, role in ROLE_OF_MARK.items():
        wanted = how_many_needed(role, run) if run else 1
        missing = wanted - sum(one.role == role for one in team)
        if mark in session.marks and missing > 0:
            one, many = ROLE_WORDS[role]
            found.append(f"a {one}" if missing == 1 else count(missing, one, many))
    return found


def left_in(view: BoardView, bounds: Bounds, at: RoundView) -> Left:
    """How many of each role are free in a round: "2 of 3 captioners are free"."""
    busy = {one.id for one in view.in_round(at)}
    sentences = []
    for role, (_, many) in ROLE_WORDS.items():
        there = bounds.helpers_at(role, at.id)
        free = sum(not (helper.sessions & busy) for helper in there)
        if there:
            are = "is" if free == 1 else "are"
            sentences.append(f"{free} of {len(there)} {many} {are} free")
    return Left(at, tuple(sentences))
