"""What facilitators should look at: rooms that somebody cannot use, missing helpers and breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gatherings.access.schedule_needs import DayNeeds, sitting_too_long
from gatherings.planning.pauses import Span
from sessions.board.bounds import ROLE_OF_MARK, Bounds, how_many_needed
from sessions.board.feature_words import ROLE_WORDS
from sessions.board.fitting_gaps import too_hurried
from sessions.board.fitting_needs import cannot_enter, room_lacks
from sessions.board.fitting_support import helpers_away, left_behind
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView, Spot
from web.words import count

NO_NEEDS = DayNeeds()


@dataclass(frozen=True)
class Warning:
    """Something about a placed session. `kind` is room, closed or helpers."""

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
    """Warnings, where there is no break for too long, and who is left to help in each round."""

    warnings: tuple[Warning, ...]
    sitting: tuple[str, ...]
    left: tuple[Left, ...]


def watch(
    view: BoardView,
    bounds: Bounds,
    needs: DayNeeds = NO_NEEDS,
    now: datetime | None = None,
) -> Watch:
    """Everything that wants a facilitator's eyes. Nothing in it points at anybody.

    `needs` are those of everybody who comes; what of the day was over by `now` is left out.
    """
    warnings = [one for s in view.sessions if s.spot for one in _warnings(view, bounds, s)]
    left = [left_in(view, bounds, at) for at in view.open_rounds]
    day = [Span(r.starts_at, r.ends_at, r.pause) for r in view.rounds]
    ahead = [part for part in day if now is None or part.ends_at > now]
    sitting = sitting_too_long(ahead, needs.rules, view.zone)
    shut = [one for room in view.rooms for one in _shut(view, bounds, room, needs.no_steps, now)]
    return Watch((*warnings, *shut), tuple(sitting), tuple(one for one in left if one.sentences))


def _warnings(view: BoardView, bounds: Bounds, session: SessionView) -> Iterator[Warning]:
    if session.spot is None:
        return
    run = view.run(session.spot[0], session.length)
    if session.spot[1] not in {room.id for room in view.open_rooms}:
        yield Warning("closed", session, f"{session.room_name} is no longer for sessions.")
    lacks = [reason.words for reason in _missing_there(view, bounds, session, session.spot, run)]
    if lacks:
        yield Warning("room", session, " ".join(lacks))
    for reason in helpers_away(view, bounds, session, session.spot, run):
        yield Warning("room" if reason.may_go_ahead else "helpers", session, reason.words)
    for _, words in left_behind(view, bounds, session):
        yield Warning("helpers", session, words)
    for role in missing_roles(bounds, session, run):
        yield Warning("helpers", session, f"It needs {role}.")


def _shut(
    view: BoardView, bounds: Bounds, room: RoomView, people: int, now: datetime | None
) -> Iterator[Warning]:
    """One warning for a room with sessions that somebody who comes cannot get into."""
    for session in view.sessions:
        at = view.round_of(session)
        if at is None or session.spot is None or session.room_id != room.id:
            continue
        if now is None or at.ends_at > now:
            for reason in cannot_enter(view, bounds, session, session.spot, people):
                yield Warning("room", session, reason.words)
                return


def _missing_there(
    view: BoardView, bounds: Bounds, session: SessionView, spot: Spot, run: list[RoundView]
) -> Iterator[Reason]:
    yield from room_lacks(view, bounds, session, spot)
    yield from too_hurried(view, bounds, session, spot, run, said_once=True)


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
