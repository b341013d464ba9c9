"""How far the example's access needs have got: most are agreed, some still want a conversation."""

from gatherings.access.needs import move, needs_of_gathering
from gatherings.planning.tables import Gathering
from web.database import read, write

PATH = ("asked", "talking", "arranged", "agreed")
STEPS_TAKEN = (3, 3, 2, 3, 1, 3, 2, 3, 0)


async def keep_promises(gathering: Gathering, account_id: int) -> None:
    """Move each need some steps along its path, as an access lead would, one after the other."""
    for place, need in enumerate(await read(needs_of_gathering, gathering.id)):
        for step in range(STEPS_TAKEN[place % len(STEPS_TAKEN)]):
            await write(
                move,
                need.handle,
                gathering.id,
                seen=PATH[step],
                to=PATH[step + 1],
                account_id=account_id,
            )
