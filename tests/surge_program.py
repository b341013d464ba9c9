"""A program: so many people book so many places in the database of this environment, all by pages.

It prints as JSON what their pages told them and what is kept. It runs by itself because a process
opens the database that its environment names.
"""

import asyncio
import json
import sys
import time

from app import create_app
from tests.booking_rows import make_gathering
from tests.booking_surge import surge, what_is_kept
from web.database import close_database, open_database, read
from web.schema import migrate


async def main(people: int, places: int) -> None:
    """Do it, and print what came of it."""
    await open_database()
    await migrate()
    gathering = await make_gathering(capacity=places)
    began = time.perf_counter()
    told = await surge(create_app(), gathering.slug, people)
    seconds = time.perf_counter() - began
    states, counts = await read(what_is_kept, gathering.id)
    await close_database()
    print(json.dumps({"told": told, "states": states, "counts": counts, "seconds": seconds}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
