"""Kill the app 20 times while people book, and look after each new start.

Run as `make bench`. It ends with 1 when a place has no letter, a letter no booking, a count is
wrong, or a booking that somebody was told of is lost.
"""

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.killed_surge import killed_surges

ROUNDS = 20


async def main() -> int:
    """Do it, and say what came of it."""
    seed = random.randrange(1_000_000)  # noqa: S311 (to be able to do the same again)
    with tempfile.TemporaryDirectory() as folder:
        surge = await killed_surges(Path(folder) / "data", ROUNDS, seed)
    sys.stdout.write(
        f"Killed {ROUNDS} times (seed {seed}): {surge.bookings} bookings in the file, "
        f"{len(surge.confirmed)} that people were told of, {len(surge.faults)} faults\n"
    )
    sys.stdout.writelines(f"{fault}\n" for fault in surge.faults)
    return 1 if surge.faults else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
