"""The whole board as one frozen value: what pages and streams are drawn from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from gatherings.planning.pauses import minutes_to_walk

Spot = tuple[int, int]


@dataclass(frozen=True)
class RoundView:
    """A time on the day's plan. Sessions go into those that are `open`; a `pause` is a break."""

    id: int
    number: int
    name: str
    open: bool
    starts_at: datetime
    ends_at: datetime
    pause: bool = False


@dataclass(frozen=True)
class RoomView:
    """A room of the board. `number` is its position; `step_free` yes, no or unknown.

    One that is not `open` is no longer for sessions, such as a quiet room; a session that stands
    in it stays in sight, and nothing more goes there. `features` are codes that hosts may ask for,
    with yes, no or unknown.
    """

    id: int
    number: int
    name: str
    floor: str
    directions: str
    capacity: int
    step_free: str
    open: bool = True
    features: tuple[tuple[str, str], ...] = ()

    @property
    def steps(self) -> str:
        """Whether one gets there without steps, in words."""
        words = {"yes": "Step-free", "no": "Not step-free"}
        return words.get(self.step_free, "Step-free: not checked")


@dataclass(frozen=True)
class HostView:
    """Somebody who hosts a session. Two hosts with the same `key` are the same person."""

    name: str
    key: str


@dataclass(frozen=True)
class SessionView:
    """A session that was not withdrawn. Round and room are empty until it is placed.

    They are its first spot; `spots` are all of them, one for each round of its `length`. `joined`
    are the titles of the sessions that became part of it, `joined_ids` their ids.
    """

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
    length: int = 1
    marks: tuple[str, ...] = ()
    hosts: tuple[HostView, ...] = ()
    written_by: str = ""
    locked: bool = False
    spots: tuple[Spot, ...] = ()
    queue: int = 0
    announced: bool = False
    joined: tuple[str, ...] = ()
    joined_ids: tuple[int, ...] = ()

    @property
    def with_whom(self) -> str:
        """Who hosts it; a card needs no name."""
        return self.named_hosts or "Somebody here"

    @property
    def named_hosts(self) -> str:
        """The names on its card; of several sessions that became one, everybody's."""
        names = [*dict.fromkeys(host.name for host in self.hosts if host.name)]
        if not self.joined or not names:
            return self.host_name
        return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)

    @property
    def spot(self) -> Spot | None:
        """The ids of its first round and its room."""
        if self.round_id is None or self.room_id is None:
            return None
        return self.round_id, self.room_id


@dataclass(frozen=True)
class Morning:
    """Where the morning is. `announcing` is the number of the session whose card is shown large.

    `theme` is what the day is about. `clock_ends_at` is the same moment on every screen.
    `in_hand` is the number of the session for which the wall shows where it fits, and `filling`
    that of the round that is being filled.
    """

    phase: str = "auto"
    theme: str = ""
    quiet: bool = False
    stars_hidden: bool = False
    announcing: int = 0
    clock_ends_at: datetime | None = None
    in_hand: int = 0
    filling: int = 0

    @property
    def mark(self) -> str:
        """Differs as soon as the wall must be drawn afresh. A card in hand changes cells alone."""
        return sha256(repr(replace(self, in_hand=0)).encode()).hexdigest()[:8]


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
    morning: Morning = Morning()

    def at(self, round_id: int, room_id: int) -> SessionView | None:
        """The session in this spot."""
        return self.by_spot.get((round_id, room_id))

    @property
    def open_rounds(self) -> list[RoundView]:
        """The rounds in which sessions run side by side."""
        return [r for r in self.rounds if r.open]

    def rounds_ahead(self, now: datetime) -> list[RoundView]:
        """The open rounds that are not over; every one when the day is done."""
        return [r for r in self.open_rounds if r.ends_at > now] or self.open_rounds

    @property
    def open_rooms(self) -> list[RoomView]:
        """The rooms that take sessions."""
        return [room for room in self.rooms if room.open]

    @property
    def waiting(self) -> list[SessionView]:
        """Sessions that have no spot yet, in the order in which they were offered."""
        return [s for s in self.sessions if s.spot is None]

    @property
    def by_number(self) -> list[SessionView]:
        """Every session in the order in which they were offered."""
        return sorted(self.sessions, key=lambda s: s.number)

    @property
    def to_announce(self) -> list[SessionView]:
        """The cards that have not been announced, in the order in which they will be."""
        left = [s for s in self.sessions if not s.announced]
        now = self.morning.announcing
        return sorted((s for s in left if s.number != now), key=lambda s: (s.queue, s.number))

    @property
    def announced_now(self) -> SessionView | None:
        """The session whose card is shown large just now."""
        return self.session(self.morning.announcing)

    @property
    def in_hand(self) -> SessionView | None:
        """The session for which the wall shows where it fits."""
        return self.session(self.morning.in_hand)

    def in_round(self, at: RoundView) -> list[SessionView]:
        """The sessions of a round, in the order of its rooms, with those that go on in it."""
        found = (self.at(at.id, room.id) for room in self.rooms)
        return [session for session in found if session]

    def free_rooms(self, at: RoundView) -> list[RoomView]:
        """The rooms in which a session can still stand in a round."""
        return [room for room in self.open_rooms if not self.at(at.id, room.id)]

    @property
    def has_free_spot(self) -> bool:
        """Whether a session can still stand in some room at some time."""
        return any(self.free_rooms(at) for at in self.open_rounds)

    def begins(self, session: SessionView, at: RoundView) -> bool:
        """Whether this round is the session's first, and not one in which it goes on."""
        return session.round_id == at.id

    def run(self, round_id: int, length: int) -> list[RoundView]:
        """The rounds that a session of this length takes from here; fewer when the day ends.

        Breaks may lie between them, but nothing fixed, such as lunch.
        """
        here = next((at for at, r in enumerate(self.rounds) if r.id == round_id), len(self.rounds))
        found: list[RoundView] = []
        for after in self.rounds[here:]:
            if len(found) == length or not (after.open or after.pause):
                break
            found += [after] if after.open else []
        return found

    def without(self, numbers: Iterable[int]) -> "BoardView":
        """The same board as if these sessions were not placed."""
        off = set(numbers)
        there = {spot: s for spot, s in self.by_spot.items() if s.number not in off}
        return replace(self, by_spot=there)

    def placed(self, session: SessionView, spot: Spot) -> "BoardView":
        """The same board as if the session stood in this spot."""
        spots = [(r.id, spot[1]) for r in self.run(spot[0], session.length)]
        return replace(self, by_spot=self.by_spot | dict.fromkeys(spots, session))

    def minutes_to_walk(self, at: RoundView) -> int:
        """The minutes to go to another room after a round, before what follows; 0 when none."""
        after = next((r for r in self.rounds if r.starts_at >= at.ends_at), None)
        return minutes_to_walk(at.ends_at, after.starts_at) if after else 0

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

    @cached_property
    def plan(self) -> str:
        """A short mark of rounds and rooms: pages drawn with another one must be drawn afresh."""
        return sha256(repr((self.rounds, self.rooms)).encode()).hexdigest()[:12]
