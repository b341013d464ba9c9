"""Sessions at the same time that the same people would like to go to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from sessions.board.shape import BoardView, SessionView
from sessions.board.tables import Session, Star

FEW = 3
SHOWN_ON_WALL_FROM = 5
MOST_LISTED = 12


@dataclass(frozen=True)
class Wanted:
    """Who starred which session: ids of joiners by the session's id. It never leaves the server."""

    by_session: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def both(self, one: int, other: int) -> int:
        """How many starred both sessions."""
        return len(self._of(one) & self._of(other))

    def how_many(self, one: int) -> int:
        """How many starred a session."""
        return len(self._of(one))

    def choose(self, one: int, others: Collection[int]) -> int:
        """How many starred a session and at least one of the others."""
        every = {person for other in others for person in self._of(other)}
        return len(self._of(one) & every)

    def _of(self, session: int) -> frozenset[int]:
        return self.by_session.get(session, frozenset())


NO_STARS = Wanted()


@dataclass(frozen=True)
class Clash:
    """Two sessions in one round, and how many people want both."""

    one: SessionView
    other: SessionView
    people: int

    @property
    def words(self) -> str:
        """ "11 people", or "a few people" where a number could point at somebody."""
        return people_words(self.people)


async def wanted_together(view: BoardView) -> Wanted:
    """The stars of a board; none while they are hidden. A merged session's count for the whole."""
    if view.morning.stars_hidden:
        return Wanted()
    sessions = await Session.select(Session.id, Session.merged_into).where(
        (Session.gathering == view.gathering_id) & Session.withdrawn_at.is_null()
    )
    kept = {row["id"]: row["merged_into"] or row["id"] for row in sessions}
    found: dict[int, set[int]] = {}
    for row in await Star.select(Star.session, Star.joiner).where(Star.session.is_in([0, *kept])):
        found.setdefault(kept[row["session"]], set()).add(row["joiner"])
    return Wanted({session: frozenset(people) for session, people in found.items()})


def people_words(people: int) -> str:
    """How many, in words that never point at anybody."""
    return f"{people} people" if people >= FEW else "a few people"


def choosing(view: BoardView, session: SessionView, wanted: Wanted) -> dict[int, str]:
    """By the id of a round: how many would have to choose if the session began there, in words."""
    board = view.without([session.number])
    found = {}
    for at in view.open_rounds:
        rounds = board.run(at.id, session.length)
        beside = {there.id for one in rounds for there in board.in_round(one)}
        people = wanted.choose(session.id, beside)
        if people:
            found[at.id] = people_words(people)
    return found


def largest_clashes(view: BoardView, wanted: Wanted, now: datetime, least: int = 1) -> list[Clash]:
    """Pairs of sessions at the same time, not over yet, that most people want, the most first."""
    pairs = {
        tuple(sorted((one.number, other.number))): (one, other)
        for at in view.open_rounds
        if at.ends_at > now
        for one, other in combinations(view.in_round(at), 2)
    }
    found = [Clash(*pair, wanted.both(pair[0].id, pair[1].id)) for pair in pairs.values()]
    in_order = sorted(found, key=lambda clash: (-clash.people, clash.one.number))
    return [clash for clash in in_order if clash.people >= least][:MOST_LISTED]


def at_the_same_time(
    view: BoardView, mine: Collection[int], now: datetime
) -> list[list[SessionView]]:
    """Sessions on somebody's own list that share a round which is not over, by round."""
    found = []
    for at in view.open_rounds:
        there = [one for one in view.in_round(at) if one.number in mine]
        if at.ends_at > now and len(there) > 1 and there not in found:
            found.append(there)
    return found
