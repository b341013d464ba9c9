"""A board whose server is killed and started again, behind a proxy that answers 502 meanwhile.

As a program it prepares a hall in DATA_DIR, or places a card there as nobody's page has told.
"""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, open_account
from gatherings.planning.lookup import gathering_by_slug
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.placing import place
from sessions.board.view import board_view
from tests.board_hall import build_hall
from tests.browser_site import SERVER, answering, environment, run_program
from web.database import close_database, open_database, read, write
from web.schema import migrate

GONE = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@dataclass
class Proxy:
    """Passes bytes on to the server; answers 502 where there is none."""

    upstream: int
    port: int = 0
    refused: int = 0
    _copying: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        try:
            there = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            self.refused += 1
            writer.write(GONE)
            writer.close()
            return
        for one, other in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(_copy(one, other))
            self._copying.add(task)
            task.add_done_callback(self._copying.discard)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
    writer.close()


@dataclass
class Restarting:
    """A server that can be killed and started, the folder it works on, and Ben's key."""

    folder: Path
    proxy: Proxy
    ben: str
    _server: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.proxy.port}"

    async def start(self) -> None:
        """Start the app, and wait until it listens."""
        port = str(self.proxy.upstream)
        self._server = await asyncio.create_subprocess_exec(
            *(sys.executable, *SERVER, "--port", port, "--log-level", "error"),
            env=environment(self.folder, self.url),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await answering(self.proxy.upstream)

    async def kill(self) -> None:
        """End the app as a power cut would."""
        if self._server is not None and self._server.returncode is None:
            self._server.send_signal(signal.SIGKILL)
            await self._server.wait()

    async def place_untold(self, number: int, round_: int, room: int) -> None:
        """A move that is stored, and that no page was told of: the server died in between."""
        spot = (str(number), str(round_), str(room))
        await run_program(self.folder, "-m", "tests.restarting", *spot)


@asynccontextmanager
async def restarting(folder: Path) -> AsyncIterator[Restarting]:
    """A served hall that can be killed."""
    told = json.loads(await run_program(folder, "-m", "tests.restarting"))
    proxy = Proxy(_free_port())
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    hall = Restarting(folder, proxy, told["ben"])
    await hall.start()
    try:
        yield hall
    finally:
        await hall.kill()
        listener.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def _prepare() -> None:
    await open_database()
    await migrate()
    hall = await build_hall()
    await hall.offer("Growing older")
    await hall.offer("Homes")
    account = await write(open_account, "ben@example.org", "Ben")
    await write(grant, account, hall.series, "facilitator")
    told: dict[str, Any] = {"ben": await write(begin_sign_in, account)}
    await close_database()
    sys.stdout.write(json.dumps(told))


async def _place(number: int, round_: int, room: int) -> None:
    await open_database()
    gathering = (await read(gathering_by_slug, "spring")).id
    view = await read(board_view, gathering)
    there = next(r.id for r in view.rounds if r.number == round_)
    in_room = next(r.id for r in view.rooms if r.number == room)
    await write(place, gathering, number, there, in_room, EVERYTHING_SEEN, None)
    await close_database()


if __name__ == "__main__":
    asyncio.run(_place(*map(int, sys.argv[1:])) if sys.argv[1:] else _prepare())
