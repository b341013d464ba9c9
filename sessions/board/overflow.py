"""Nothing is refused for lack of space: another corner, another round, the same session again."""

from datetime import date, datetime, timedelta

from gatherings.people.roles import Viewer
from gatherings.planning.day_plan import RoundWords, add_round
from gatherings.planning.lookup import gathering_of, rooms_of, rounds_of
from gatherings.planning.refusals import Refused
from gatherings.planning.rooms import next_position
from gatherings.planning.tables import Room
from sessions.board import changes
from sessions.board.hosts import same_hosts
from sessions.board.offers import offer, session_on_board
from sessions.board.shape import BoardView
from sessions.board.tables import Session
from sessions.board.view import board_view
from web.words import local

LONGEST_CORNER = 60


async def add_corner(gathering_id: int, name: str, holds: int, account_id: int | None) -> int:
    """Add a corner for this day alone. Pressed again it is there already. Gives the version."""
    version = await changes.take_board(gathering_id)
    gathering = await gathering_of(gathering_id)
    rooms = await rooms_of(gathering.venue, gathering=gathering_id)
    if any(room.name == name and room.only_gathering == gathering_id for room in rooms):
        return version
    if await Room.exists().where(Room.venue == gathering.venue, Room.name == name):
        raise Refused("name", f"There is already a room called {name}. Choose another name")
    await Room(
        venue=gathering.venue,
        position=await next_position(gathering.venue),
        name=name,
        floor="",
        capacity=holds,
        directions="",
        for_sessions=True,
        only_gathering=gathering_id,
    ).save()
    return await changes.record_of_board(gathering_id, "added", account_id)


def day_for(view: BoardView, now: datetime) -> date:
    """The day of another round: today while the gathering is on, else its first or its last."""
    first, last, today = (
        local(moment, view.zone).date() for moment in (view.starts_at, view.ends_at, now)
    )
    return min(max(first, today), last)


async def add_one_round(
    viewer: Viewer, gathering_id: int, starts_at: datetime, minutes: int
) -> int:
    """Add a round of open space to the day. Gives the board's version."""
    await changes.take_board(gathering_id)
    rounds = await rounds_of(gathering_id, "open_space")
    words = RoundWords(
        f"Round {len(rounds) + 1}",
        "open_space",
        starts_at,
        starts_at + timedelta(minutes=minutes),
    )
    await add_round(viewer, gathering_id, words)
    return await changes.record_of_board(gathering_id, "added", viewer.account_id)


async def repeat(
    gathering_id: int, number: int, form_token: str, account_id: int | None
) -> Session:
    """Offer a session a second time, for those who had to choose. Its card says of which."""
    first = await session_on_board(gathering_id, number)
    card = (await board_view(gathering_id)).session(number)
    again = await offer(
        gathering_id,
        None,
        first.title,
        first.about,
        first.host_name,
        form_token,
        account_id,
        marks=card.marks if card else first.marks.split(),
        length=first.length,
        written_by=first.written_by,
    )
    await Session.update({Session.repeat_of: first.id}).where(Session.id == again.id)
    await same_hosts(first, again)
    return again
