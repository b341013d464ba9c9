"""The calendar of somebody who joined on the day: its secret address, with no booking.

The address comes from the browser's cookie, so that nothing is kept from which it could be read.
"""

from sessions.board.joining import find_joiner, joiner_id
from sessions.board.tables import Joiner
from web.crypto import hash_of, new_key


async def make_calendar(
    gathering_id: int, kept: str, cookie_key: str, *, anew: bool = False
) -> None:
    """Make the address at the first press. A new one ends the one before."""
    joiner = await joiner_id(gathering_id, kept)
    if joiner is None or (await calendar_key(gathering_id, kept, cookie_key) and not anew):
        return
    salt = new_key()
    feed_hash = hash_of(_key(salt, cookie_key))
    await Joiner.update({Joiner.feed_salt: salt, Joiner.feed_hash: feed_hash}).where(
        Joiner.id == joiner
    )


async def calendar_key(gathering_id: int, kept: str, cookie_key: str) -> str:
    """The key in the address as it is now; "" when none was made."""
    found = await find_joiner(gathering_id, kept)
    row = await Joiner.objects().get(Joiner.id == found) if found else None
    return _key(row.feed_salt, cookie_key) if row and row.feed_hash else ""


async def joiner_of_calendar(key: str) -> Joiner | None:
    """Whose calendar a key opens."""
    return await Joiner.objects().get(Joiner.feed_hash == hash_of(key))


def _key(salt: str, cookie_key: str) -> str:
    return hash_of(f"calendar:{salt}:{cookie_key}")
