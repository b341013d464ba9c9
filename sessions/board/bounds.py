"""What binds sessions to rooms and rounds beside the board itself: needs and helpers.

A frozen value that only facilitators' pages and moves read. It says what a session needs of its
room, never who needs it, and is no part of the board that phones and walls are drawn from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatherings.planning.pauses import SHORTEST_PAUSE
from sessions.board.shape import RoundView, Spot

ROLE_OF_MARK = {"bsl": "bsl", "captions": "sttr"}
FEATURE_OF_MARK = {"step_free": "step_free", "loop": "hearing_loop", "quiet": "low_noise"}
LONGEST_ALONE = {
    "bsl": 60,
    "sttr": 90,
    "lipspeaker": 60,
    "deafblind_guide": 60,
    "spoken_interpreter": 60,
}


@dataclass(frozen=True)
class Helper:
    """An interpreter, captioner or supporter. `rounds` and `sessions` are ids.

    `pair` is the id of the other one of a pair, or 0. `longest` is the longest stretch in minutes
    that they work without a change or a break; 0 means any.
    """

    id: int
    handle: str
    role: str
    name: str
    pair: int
    longest: int
    rounds: frozenset[int]
    sessions: frozenset[int]

    @property
    def alone(self) -> int:
        """The minutes that they work alone at a stretch; 0 means any."""
        return self.longest or LONGEST_ALONE.get(self.role, 0)


@dataclass(frozen=True)
class Bounds:
    """`needed` are the features that people of a session cannot come without, and how many each.

    `helpful` are features that would help somebody of a session, `asked` those that its host asked
    for. `unhurried` are the keys of hosts who need time to get from one room to another; it would
    help all of `short_walk`. `rooms` are values (yes, no, unknown) by room and feature; what is
    missing is not known.

    `went_ahead` has the codes for which somebody said why a session is in its spot all the same.
    """

    needed: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    helpful: Mapping[int, frozenset[str]] = field(default_factory=dict)
    unhurried: frozenset[str] = frozenset()
    short_walk: frozenset[str] = frozenset()
    asked: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rooms: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    helpers: tuple[Helper, ...] = ()
    went_ahead: Mapping[tuple[int, Spot], frozenset[str]] = field(default_factory=dict)

    def lacking(self, session_id: int, room_id: int) -> dict[str, str]:
        """The features that the room should have for this session, with "no" or "unknown"."""
        there = self.rooms.get(room_id, {})
        wanted = sorted({*self.needed.get(session_id, {}), *self.asked_for(session_id)})
        values = {code: there.get(code, "unknown") for code in wanted}
        return {code: value for code, value in values.items() if value != "yes"}

    def asked_for(self, session_id: int) -> frozenset[str]:
        """The features that the host of a session asked for."""
        return self.asked.get(session_id, frozenset())

    def people_for(self, session_id: int, code: str) -> int:
        """How many of those who come to the session need the feature."""
        return self.needed.get(session_id, {}).get(code, 0)

    def said(self, session_id: int, spot: Spot) -> frozenset[str]:
        """What was said to be missing there when somebody gave a reason."""
        return self.went_ahead.get((session_id, spot), frozenset())

    def helpers_at(self, role: str, round_id: int) -> list[Helper]:
        """Those of a role who are there in a round."""
        return [one for one in self.helpers if one.role == role and round_id in one.rounds]

    def with_session(self, session_id: int) -> list[Helper]:
        """Those who are with a session."""
        return [one for one in self.helpers if session_id in one.sessions]


UNBOUND = Bounds()


def longest_stretch(run: list[RoundView]) -> int:
    """The minutes of a session between its start, its breaks and its end, whichever is longest.

    A few minutes to walk are no break for those who work in it.
    """
    longest, begins = 0, run[0].starts_at
    for at, after in zip(run, [*run[1:], None], strict=True):
        longest = max(longest, int((at.ends_at - begins).total_seconds() // 60))
        if after is not None and after.starts_at - at.ends_at >= SHORTEST_PAUSE:
            begins = after.starts_at
    return longest


def how_many_needed(role: str, run: list[RoundView]) -> int:
    """How many of a role a session takes: two when it goes on too long for one."""
    limit = LONGEST_ALONE.get(role, 0)
    return 2 if limit and longest_stretch(run) > limit else 1
