"""How far the example's access needs have got: most are agreed, some still want a conversation."""

from datetime import UTC, datetime

from gatherings.access.needs import needs_of_gathering
from gatherings.access.promises import move_need
from gatherings.planning.tables import Gathering
from web.database import read, write

PATH = ("asked", "talking", "arranged", "agreed")
STEPS_TAKEN = (3, 3, 2, 3, 1, 3, 2, 3, 0)


async def keep_promises(gathering: Gathering, account_id: int) -> None:
    """Move each need some steps along its path, as an access lead would, one after the other."""
    handles = [need.handle for need in await read(needs_of_gathering, gathering.id)]
    for place, handle in enumerate(handles):
        for step in range(STEPS_TAKEN[place % len(STEPS_TAKEN)]):
            now = {need.handle: need for need in await read(needs_of_gathering, gathering.id)}
            await write(
                move_need,
                handle,
                gathering.id,
                seen=now[handle].mark,
                to=PATH[step + 1],
                account_id=account_id,
                how="phone" if PATH[step + 1] == "agreed" else "",
                at=datetime.now(UTC),
            )
