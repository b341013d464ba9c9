"""People on the day: a cookie makes a person for one gathering, without a name or an account."""

from sessions.board.tables import Joiner
from web.crypto import hash_of


def joiner_hash(gathering_id: int, key: str) -> str:
    """What is kept of the cookie's key: another value in each gathering."""
    return hash_of(f"{gathering_id}:{key}")


async def find_joiner(gathering_id: int, key_hash: str) -> int | None:
    """The joiner's id; None for somebody who has not offered or starred anything."""
    joiner = await Joiner.objects().get(
        (Joiner.key_hash == key_hash) & (Joiner.gathering == gathering_id)
    )
    return joiner.id if joiner else None


async def joiner_id(gathering_id: int, key_hash: str | None, name: str = "") -> int | None:
    """The joiner's id, made at their first press; None without a key."""
    if key_hash is None:
        return None
    found = await find_joiner(gathering_id, key_hash)
    if found is not None:
        return found
    await Joiner.insert(Joiner(key_hash=key_hash, gathering=gathering_id, name=name)).on_conflict(
        target=Joiner.key_hash, action="DO NOTHING"
    )
    return await find_joiner(gathering_id, key_hash)


async def link_booking(gathering_id: int, key_hash: str, booking_id: int) -> None:
    """The browser that joined also holds a booking: from now on they belong together."""
    await Joiner.update({Joiner.booking: booking_id}).where(
        (Joiner.key_hash == key_hash) & (Joiner.gathering == gathering_id)
    )
