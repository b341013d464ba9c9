"""A board with sixty cards, served in a process of its own. As a program: fill DATA_DIR with it."""

import asyncio
import json
import os
import socket
import ssl
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, open_account
from gatherings.planning.tables import Gathering, Room, Round
from sessions.board import placing
from sessions.board.changes import EVERYTHING_SEEN
from tests.board_hall import Hall, build_hall
from tests.browser_site import SERVER, answering, environment, run_program
from web.database import close_database, open_database, write
from web.schema import migrate

CARDS, MORE_ROUNDS, MORE_ROOMS = 60, 8, 4
TICKS = os.sysconf("SC_CLK_TCK")
# Each client would read all certificates anew, which takes longer than a page.
NO_NEED_TO_READ_IT_AGAIN = ssl.create_default_context()


@dataclass
class BoardSite:
    """The served board. `ben` and `eve` are keys of two facilitators; spots are (round, room)."""

    url: str
    process: int
    ben: str
    eve: str
    free: list[tuple[int, int]]

    def browser(self, key: str = "", address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A client that is signed in with this key, or somebody without one; from an address."""
        headers = {"sec-fetch-site": "same-origin"} | ({"cookie": f"sign-in={key}"} if key else {})
        way = httpx.AsyncHTTPTransport(local_address=address, verify=NO_NEED_TO_READ_IT_AGAIN)
        base = f"{self.url}/g/spring"
        return httpx.AsyncClient(base_url=base, headers=headers, timeout=60, transport=way)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def cpu_of(*processes: int) -> float:
    """Seconds of processor time that these processes have used."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def memory_of(process: int) -> int:
    """Bytes of memory that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024


def child_of(process: int) -> int:
    """The first process that this one started."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def must_be(status: int, answer: httpx.Response) -> None:
    """Stop where the product says something else."""
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request.url} answered {answer.status_code}: {answer.text}")


@asynccontextmanager
async def board_site() -> AsyncIterator[BoardSite]:
    """Serve it on a free port, from a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name) / "data", free_port()
        told = json.loads(await run_program(folder, "-m", "bench.board_site"))
        url = f"http://127.0.0.1:{port}"
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, *SERVER, "--port", str(port), "--log-level", "error"),
            env=environment(folder, url),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await answering(port)
            free = [(spot[0], spot[1]) for spot in told["free"]]
            yield BoardSite(url, server.pid, told["ben"], told["eve"], free)
        finally:
            with suppress(ProcessLookupError):
                server.kill()
            await server.wait()


async def _prepare() -> None:
    await open_database()
    await migrate()
    hall = await build_hall()
    await write(_widen, hall)
    for number in range(CARDS):
        await hall.offer(f"What matters to people: part {number + 1}")
    spots = [(r, m) for r in hall.rounds for m in hall.rooms]
    for number, spot in enumerate(spots[:CARDS], 1):
        await write(placing.place, hall.gathering, number, *spot, EVERYTHING_SEEN, None)
    keys = {name: await write(_facilitator, hall.series, name) for name in ("ben", "eve")}
    free = [(hall.rounds.index(r) + 2, hall.rooms.index(m) + 1) for r, m in spots[CARDS:]]
    await close_database()
    sys.stdout.write(json.dumps({**keys, "free": free}))


async def _widen(hall: Hall) -> None:
    gathering = await Gathering.objects().get(Gathering.id == hall.gathering)
    if gathering is None:
        raise LookupError("the hall is gone")
    for number in range(MORE_ROOMS):
        room = Room(venue=gathering.venue, position=4 + number, name=f"Room {number}", capacity=20)
        await room.save()
        hall.rooms.append(room.id)
    for number in range(4, 4 + MORE_ROUNDS):
        starts = gathering.starts_at + timedelta(minutes=30 * number)
        at = Round(
            gathering=gathering.id,
            number=number,
            name=f"Round {number - 1}",
            kind="open_space",
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
        )
        await at.save()
        hall.rounds.append(at.id)


async def _facilitator(series: int, name: str) -> str:
    account = await open_account(f"{name}@example.org", name.capitalize())
    await grant(account, series, "facilitator")
    return await begin_sign_in(account)


if __name__ == "__main__":
    asyncio.run(_prepare())
