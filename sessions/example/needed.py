"""The example's needs on the board: what rooms lack, who interprets where, what a host asks for."""

from gatherings.access.needs import needs_of_gathering
from gatherings.planning.tables import Gathering
from sessions.board import card_words, placing, stars, supporting, wishes
from sessions.board.binding import helpers_of
from sessions.board.joining import joiner_hash, link_booking
from sessions.board.view import board_view
from web.crypto import new_key
from web.database import read, write

PARTIES, WANTED = 3, (2, 5)
MARKED, ASKING = 2, 3


async def let_needs_be_felt(gathering: Gathering, account_id: int) -> None:
    """Some who cannot come without something star sessions whose rooms nobody has checked."""
    needs = await read(needs_of_gathering, gathering.id)
    parties = dict.fromkeys(need.booking_id for need in needs if need.strength == "must")
    for party in list(parties)[:PARTIES]:
        kept = joiner_hash(gathering.id, new_key())
        for number in WANTED:
            await write(stars.star, gathering.id, number, kept)
        await write(link_booking, gathering.id, kept, party)
    why = "We asked them: they have seen the room and like it"
    await write(placing.stay, gathering.id, WANTED[1], why, account_id)
    await _mark(gathering, account_id)
    words = "Could we go later? One of us must help with lunch."
    await write(wishes.ask, gathering.id, ASKING, words)


async def _mark(gathering: Gathering, account_id: int) -> None:
    """One session is in sign language, with whoever is free then."""
    session = (await read(board_view, gathering.id)).session(MARKED)
    if session is None or session.round_id is None:
        return
    words = (session.title, session.about, session.host_name, account_id)
    await write(card_words.change_words, gathering.id, MARKED, *words, marks=("bsl",))
    free = [
        helper.handle
        for helper in await read(helpers_of, gathering.id)
        if helper.role == "bsl" and session.round_id in helper.rounds
    ]
    if free:
        await write(supporting.assign, gathering.id, MARKED, free[:1])
