"""The whole board as one frozen value: what pages and streams are drawn from."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

Spot = tuple[int, int]


@dataclass(frozen=True)
class RoundView:
    """A time on the day's plan. Sessions go into those that are `open`."""

    id: int
    number: int
    name: str
    open: bool
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class RoomView:
    """A room that takes sessions. `number` is its position; `step_free` yes, no or unknown."""

    id: int
    number: int
    name: str
    floor: str
    directions: str
    capacity: int
    step_free: str

    @property
    def steps(self) -> str:
        """Whether one gets there without steps, in words."""
        words = {"yes": "Step-free", "no": "Not step-free"}
        return words.get(self.step_free, "Step-free: not checked")


@dataclass(frozen=True)
class SessionView:
    """A session that was not withdrawn. Round and room are empty until it is placed."""

    id: int
    number: int
    title: str
    about: str
    host_name: str
    offered_by: int | None
    round_id: int | None
    room_id: int | None
    round_number: int = 0
    round_name: str = ""
    room_name: str = ""

    @property
    def spot(self) -> Spot | None:
        """The ids of its round and room."""
        if self.round_id is None or self.room_id is None:
            return None
        return self.round_id, self.room_id


@dataclass(frozen=True)
class BoardView:
    """Rounds, rooms and sessions of a gathering at one version of its board."""

    gathering_id: int
    slug: str
    name: str
    zone: str
    go_word: str
    starts_at: datetime
    ends_at: datetime
    version: int
    rounds: tuple[RoundView, ...]
    rooms: tuple[RoomView, ...]
    sessions: tuple[SessionView, ...]
    by_spot: dict[Spot, SessionView] = field(repr=False)

    def at(self, round_id: int, room_id: int) -> SessionView | None:
        """The session in this spot."""
        return self.by_spot.get((round_id, room_id))

    @property
    def open_rounds(self) -> list[RoundView]:
        """The rounds in which sessions run side by side."""
        return [r for r in self.rounds if r.open]

    @property
    def waiting(self) -> list[SessionView]:
        """Sessions that have no spot yet, in the order in which they were offered."""
        return [s for s in self.sessions if s.spot is None]

    @property
    def by_number(self) -> list[SessionView]:
        """Every session in the order in which they were offered."""
        return sorted(self.sessions, key=lambda s: s.number)

    def in_round(self, at: RoundView) -> list[SessionView]:
        """The sessions of a round, in the order of its rooms."""
        return [s for s in self.sessions if s.round_id == at.id]

    def session(self, number: int) -> SessionView | None:
        """The session with this number."""
        return next((s for s in self.sessions if s.number == number), None)

    def round_of(self, session: SessionView) -> RoundView | None:
        """The round in which the session is placed."""
        return next((r for r in self.rounds if r.id == session.round_id), None)

    def room_of(self, session: SessionView) -> RoomView | None:
        """The room in which the session is placed."""
        return next((r for r in self.rooms if r.id == session.room_id), None)

    def running(self, now: datetime) -> RoundView | None:
        """The round that is on at this moment."""
        return next((r for r in self.rounds if r.starts_at <= now < r.ends_at), None)

    def coming(self, now: datetime) -> RoundView | None:
        """The next open round that has not begun."""
        return next((r for r in self.open_rounds if r.starts_at > now), None)

    @property
    def plan(self) -> str:
        """A short mark of rounds and rooms: pages drawn with another one must be drawn afresh."""
        return sha256(repr((self.rounds, self.rooms)).encode()).hexdigest()[:12]
