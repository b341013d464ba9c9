"""Who has come to the door in the example: on the day most, afterwards nearly all."""

from datetime import UTC, datetime, timedelta

from gatherings.bookings.door import arrive
from gatherings.bookings.door_list import door_list, open_door
from gatherings.bookings.walking_in import walk_in
from gatherings.people.sign_in import account_by_email
from gatherings.planning.tables import Gathering
from web.database import read, write

DOORS_OPEN = timedelta(minutes=40)
WALK_INS = ("Wilf", "Nadia")


async def note_arrivals(gathering: Gathering, *, over: bool) -> None:
    """Sam notes one party after the other. While it goes on, some are still on their way."""
    sam = await read(account_by_email, "sam@example.org")
    if sam is None:
        raise RuntimeError("Sam is missing from the example.")
    at = min(gathering.starts_at, datetime.now(UTC)) - DOORS_OPEN
    late = 9 if over else 3
    await write(open_door, gathering.id, sam.id, at)
    parties = (await read(door_list, gathering.id, sam.id, at)).expected
    for place, party in enumerate(parties):
        at += timedelta(seconds=40)
        if place % late == late - 1:
            continue
        only = 1 if len(party.coming) > 1 and not over else None
        await write(arrive, party.id, sam.id, at, position=only)
    for name in WALK_INS[: 2 if over else 1]:
        await write(walk_in, gathering.id, name, sam.id, at)
