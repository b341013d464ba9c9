"""The example's open space: sessions offered, placed and starred."""

from gatherings.planning.lookup import rooms_of, rounds_of
from gatherings.planning.tables import Gathering
from sessions.board import offers, placing, stars
from sessions.board.joining import joiner_hash
from sessions.example.words import SESSIONS
from web.crypto import new_key
from web.database import read, write

SEEN_EVERYTHING = 10**9
STARS = 45


async def offer_sessions(gathering: Gathering, many: int = len(SESSIONS)) -> None:
    """The first sessions of the list, offered from phones."""
    for offered in SESSIONS[:many]:
        await write(
            offers.offer,
            gathering.id,
            None,
            offered.title,
            offered.about,
            offered.host,
            new_key(),
        )


async def place_sessions(gathering: Gathering, account_id: int, many: int) -> None:
    """Put the first sessions on the board, a round after the other."""
    rooms = await read(rooms_of, gathering.venue, for_sessions=True)
    rounds = await read(rounds_of, gathering.id, "open_space")
    spots = [(part.id, room.id) for part in rounds for room in rooms]
    for number, (round_id, room_id) in enumerate(spots[:many], 1):
        await write(
            placing.place, gathering.id, number, round_id, room_id, SEEN_EVERYTHING, account_id
        )


async def star_sessions(gathering: Gathering, many: int) -> None:
    """People star what interests them, some sessions more than others."""
    for person in range(STARS):
        joiner = joiner_hash(gathering.id, new_key())
        for number in range(1 + person % 3, many + 1, 2 + person % 5):
            await write(stars.star, gathering.id, number, joiner)
