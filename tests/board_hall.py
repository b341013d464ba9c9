"""A small hall for tests of the board: a gathering now, three rounds, three rooms, sessions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from gatherings.planning.tables import Gathering, Room, RoomFeature, Round, Series, Venue
from sessions.board import offers, placing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.tables import Session
from sessions.board.view import board_view
from web.crypto import new_key
from web.database import read, write

HOSTS = count(1)
ROOMS = (("Large meeting room", "yes"), ("Library", "no"), ("Garden room", "unknown"))
ROUNDS = (("Opening", "fixed"), ("Round 1", "open_space"), ("Round 2", "open_space"))


@dataclass
class Hall:
    """Ids of what was built. `rounds` are those of open space."""

    series: int
    gathering: int
    slug: str
    rounds: list[int]
    rooms: list[int]
    fixed_round: int
    helper: str = ""

    async def offer(
        self, title: str = "Growing older", host: str = "", *, length: int = 1, marks: str = ""
    ) -> Session:
        """A card; each has a host of its own unless one is named."""
        name = host or f"Host {next(HOSTS)}"
        token = new_key()
        here, words = self.gathering, (title, "", name, token)
        return await write(offers.offer, here, None, *words, length=length, marks=marks.split())

    async def place(self, number: int, round_: int, room: int, seen: int = EVERYTHING_SEEN) -> int:
        """Place by the positions of a round and a room in the lists above."""
        spot = self.rounds[round_], self.rooms[room]
        return await write(placing.place, self.gathering, number, *spot, seen, None)

    def ids(self, round_: int, room: int) -> tuple[int, int]:
        """The ids of a round and a room by their positions."""
        return self.rounds[round_], self.rooms[room]

    async def spots(self) -> dict[int, tuple[int, int] | None]:
        """Where each session stands: numbers of its round and room in the lists above."""
        view = await read(board_view, self.gathering)
        return {s.number: self._spot(s.spot) for s in view.sessions}

    def _spot(self, spot: tuple[int, int] | None) -> tuple[int, int] | None:
        return spot and (self.rounds.index(spot[0]), self.rooms.index(spot[1]))


async def build_hall(slug: str = "spring", series: int = 0, **changed: Any) -> Hall:
    """A gathering that is going on now; pass columns of the gathering to change them."""
    return await write(_build, slug, series, changed)


async def _build(slug: str, series_id: int, changed: dict[str, Any]) -> Hall:
    if not series_id:
        series = Series(slug=f"{slug}-series", name="Changing the story", about="")
        await series.save()
        series_id = series.id
    venue = Venue(slug=f"{slug}-venue", series=series_id, name="Friends Meeting House", address="")
    await venue.save()
    now = datetime.now(UTC)
    about: dict[str, Any] = {
        "slug": slug,
        "series": series_id,
        "venue": venue.id,
        "name": "Spring gathering",
    }
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=6)}
    words = {"about": "", "capacity": 40, "state": "open", "uid": slug, "go_word": slug}
    gathering = Gathering(**(about | times | words | changed))
    await gathering.save()
    rooms = [await _room(venue.id, at, *room) for at, room in enumerate(ROOMS, 1)]
    rounds = [await _round(gathering, at, *words) for at, words in enumerate(ROUNDS, 1)]
    return Hall(series_id, gathering.id, slug, rounds[1:], rooms, rounds[0])


async def _room(venue: int, position: int, name: str, step_free: str) -> int:
    room = Room(
        venue=venue,
        position=position,
        name=name,
        floor="Ground floor",
        capacity=20,
        directions="Past the kitchen",
    )
    await room.save()
    if step_free != "unknown":
        await RoomFeature(room=room.id, code="step_free", value=step_free).save()
    return room.id


async def _round(gathering: Gathering, number: int, name: str, kind: str) -> int:
    starts = gathering.starts_at + timedelta(minutes=45 * (number - 1))
    round_ = Round(
        gathering=gathering.id,
        number=number,
        name=name,
        kind=kind,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=45),
    )
    await round_.save()
    return round_.id
