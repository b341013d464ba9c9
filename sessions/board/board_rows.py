"""The rows that a board is drawn from, and some of those that bind its moves.

The board is read again at every move, and building SQL takes longer than SQLite takes to answer.
So each query is built once for each gathering, and kept for the boards that were used last.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from piccolo.query.base import FrozenQuery

from gatherings.access.tables import SupportPerson
from gatherings.planning.tables import Gathering, Room, RoomFeature, Round
from sessions.board.bounds import FEATURE_OF_MARK
from sessions.board.tables import Board, Session, SessionHost, SessionPlace, Star
from web.problems import NotFound

KEPT_BOARDS = 32

Row = dict[str, Any]


class Card(NamedTuple):
    """What the board shows of a row of Session. Whole rows take four times as long to make."""

    id: int
    number: int
    title: str
    about: str
    host_name: str
    offered_by: int | None
    round: int | None
    room: int | None
    length: int
    marks: str
    written_by: str
    locked: bool
    merged_into: int | None
    queue: int | None
    announced_at: datetime | None


async def gathering_row(gathering_id: int) -> Gathering:
    """The gathering of a board."""
    rows: list[Gathering] = await _gathering(gathering_id).query.run()
    if not rows:
        raise NotFound
    return rows[0]


async def board_row(gathering_id: int) -> Board | None:
    """The row of the board itself; None until something was done on it."""
    rows: list[Board] = await _board(gathering_id).query.run()
    return rows[0] if rows else None


async def card_rows(gathering_id: int) -> list[Card]:
    """Every session that was not withdrawn, merged ones too."""
    return [Card(**row) for row in await _cards(gathering_id).query.run()]


async def place_rows(gathering_id: int) -> list[Row]:
    """Which session takes which spot."""
    rows: list[Row] = await _places(gathering_id).query.run()
    return rows


async def host_rows(gathering_id: int) -> list[Row]:
    """Who hosts which session, in the order of each card."""
    rows: list[Row] = await _hosts(gathering_id).query.run()
    return rows


async def round_rows(gathering_id: int) -> list[Row]:
    """The day plan in the order of time."""
    rows: list[Row] = await _rounds(gathering_id).query.run()
    return rows


async def room_rows(gathering: Gathering) -> list[Row]:
    """The rooms of its venue in their order, with corners that were added for its day."""
    rows: list[Row] = await _rooms(gathering.id, gathering.venue).query.run()
    return rows


async def asked_feature_rows(venue_id: int) -> list[Row]:
    """What hosts may ask of the rooms of a venue, as far as somebody looked."""
    rows: list[Row] = await _asked_features(venue_id).query.run()
    return rows


async def merged_rows(gathering_id: int) -> list[Row]:
    """Every session that was not withdrawn, and the one that it became part of."""
    rows: list[Row] = await _merged(gathering_id).query.run()
    return rows


async def star_rows(gathering_id: int) -> list[Row]:
    """The party of everybody with a booking who starred a session."""
    rows: list[Row] = await _stars(gathering_id).query.run()
    return rows


async def feature_rows(room_ids: tuple[int, ...]) -> list[Row]:
    """What is known about rooms."""
    rows: list[Row] = await _features(room_ids).query.run()
    return rows


async def support_rows(gathering_id: int) -> list[SupportPerson]:
    """Interpreters and others who were not stood down, by name."""
    rows: list[SupportPerson] = await _support(gathering_id).query.run()
    return rows


@lru_cache(KEPT_BOARDS)
def _gathering(gathering_id: int) -> FrozenQuery:
    return Gathering.objects().where(Gathering.id == gathering_id).freeze()


@lru_cache(KEPT_BOARDS)
def _board(gathering_id: int) -> FrozenQuery:
    return Board.objects().where(Board.gathering == gathering_id).freeze()


@lru_cache(KEPT_BOARDS)
def _cards(gathering_id: int) -> FrozenQuery:
    columns = [Session._meta.get_column_by_name(name) for name in Card._fields]
    cards = Session.select(*columns).where(Session.gathering == gathering_id)
    return cards.where(Session.withdrawn_at.is_null()).freeze()


@lru_cache(KEPT_BOARDS)
def _places(gathering_id: int) -> FrozenQuery:
    places = SessionPlace.select(SessionPlace.session, SessionPlace.round, SessionPlace.room)
    return places.where(SessionPlace.session.gathering == gathering_id).freeze()


@lru_cache(KEPT_BOARDS)
def _hosts(gathering_id: int) -> FrozenQuery:
    hosts = SessionHost.select(SessionHost.session, SessionHost.name, SessionHost.key)
    of_board = hosts.where(SessionHost.session.gathering == gathering_id)
    return of_board.order_by(SessionHost.position).freeze()


@lru_cache(KEPT_BOARDS)
def _rounds(gathering_id: int) -> FrozenQuery:
    rounds = Round.select().where(Round.gathering == gathering_id)
    return rounds.order_by(Round.starts_at).freeze()


@lru_cache(KEPT_BOARDS)
def _rooms(gathering_id: int, venue_id: int) -> FrozenQuery:
    theirs = Room.only_gathering.is_null() | (Room.only_gathering == gathering_id)
    return Room.select().where(Room.venue == venue_id, theirs).order_by(Room.position).freeze()


@lru_cache(KEPT_BOARDS)
def _asked_features(venue_id: int) -> FrozenQuery:
    features = RoomFeature.select(RoomFeature.room, RoomFeature.code, RoomFeature.value)
    there = features.where(RoomFeature.room.venue == venue_id)
    return there.where(RoomFeature.code.is_in([*FEATURE_OF_MARK.values()])).freeze()


@lru_cache(KEPT_BOARDS)
def _merged(gathering_id: int) -> FrozenQuery:
    there = (Session.gathering == gathering_id) & Session.withdrawn_at.is_null()
    return Session.select(Session.id, Session.merged_into).where(there).freeze()


@lru_cache(KEPT_BOARDS)
def _stars(gathering_id: int) -> FrozenQuery:
    stars = Star.select(Star.session, Star.joiner.booking.as_alias("booking"))
    there = stars.where(Star.session.gathering == gathering_id)
    return there.where(Star.joiner.booking.is_not_null()).freeze()


@lru_cache(KEPT_BOARDS)
def _features(room_ids: tuple[int, ...]) -> FrozenQuery:
    features = RoomFeature.select(RoomFeature.room, RoomFeature.code, RoomFeature.value)
    return features.where(RoomFeature.room.is_in([0, *room_ids])).freeze()


@lru_cache(KEPT_BOARDS)
def _support(gathering_id: int) -> FrozenQuery:
    people = SupportPerson.objects().where(SupportPerson.gathering == gathering_id)
    there = people.where(SupportPerson.state != "stood_down")
    return there.order_by(SupportPerson.name, SupportPerson.id).freeze()
