"""300 people book the last 120 places, 50 at a time, by whole journeys, on both databases.

Run as `make bench`. It ends with 1 unless exactly 120 are booked and 180 wait.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import pytest

from tests.browser_site import environment
from tests.databases import own_name, postgres_database

PEOPLE, PLACES = 300, 120
STATES = {"booked": PLACES, "waiting": PEOPLE - PLACES}


async def main() -> int:
    """Do it on SQLite and, where it runs, on PostgreSQL."""
    right = await rush("SQLite", "")
    try:
        async with postgres_database(own_name("surge")) as url:
            right = await rush("PostgreSQL", url) and right
    except pytest.skip.Exception as reason:
        sys.stdout.write(f"{reason}\n")
    return 0 if right else 1


async def rush(name: str, url: str) -> bool:
    """One rush in a process of its own; says what came of it, and whether that is right."""
    with tempfile.TemporaryDirectory() as folder:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.surge_program", str(PEOPLE), str(PLACES)),
            env=environment(Path(folder), "") | {"DATABASE_URL": url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        printed, _ = await program.communicate()
    if program.returncode:
        sys.stdout.write(f"{name}: the program ended with {program.returncode}\n")
        return False
    found = json.loads(printed.splitlines()[-1])
    sys.stdout.write(
        f"{name}: {PEOPLE} people, {PLACES} places, {found['seconds']:.1f} seconds, "
        f"{found['states']}, counted as taken and held {found['counts']}, told {found['told']}\n"
    )
    return bool(found["states"] == STATES and found["counts"] == [PLACES, PLACES])


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
