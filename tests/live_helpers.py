"""A pretend board, a real server for it, and a pretend browser that watches."""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import uvicorn
from litestar import Litestar, asgi
from litestar.types import Receive, Scope, Send

from web.live import Hub


@dataclass
class Board:
    """A list of words with a version; each change adds one word."""

    hub: Hub
    words: list[str] = field(default_factory=list)
    readings: int = 0

    def change(self, word: str, padding: str = "") -> None:
        self.words.append(word)
        self.tell(len(self.words), padding)

    def tell(self, version: int, padding: str = "") -> None:
        changed = f"added:{self.words[version - 1]}\n{padding}"
        self.hub.channel("board").tell(version, changed, self.html)

    def html(self) -> str:
        return "whole:" + ",".join(self.words)

    async def read(self) -> tuple[int, str]:
        self.readings += 1
        found = len(self.words), self.html()
        await asyncio.sleep(0.01)
        return found


class Stage:
    """What the server shows: each test puts its own board on it."""

    def __init__(self) -> None:
        self.port = 0
        self.board = Board(Hub())

    def put(self, board: Board) -> None:
        self.board.hub.close()
        self.board = board

    async def watch(self, query: str = "", method: str = "GET", **headers: str) -> "Watcher":
        return await Watcher.open(self.port, f"/changes{query}", method, **headers)


def app_for(stage: Stage) -> Litestar:
    @asgi("/changes", copy_scope=True)
    async def changes(scope: Scope, receive: Receive, send: Send) -> None:
        holder = dict(scope["headers"]).get(b"x-holder", b"").decode()
        board = stage.board
        await board.hub.channel("board").serve(scope, receive, send, board.read, holder)

    return Litestar([changes], openapi_config=None)


class QuietServer(uvicorn.Server):
    """A server that leaves the signals to the test runner."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[None]:
    """Serve in this loop on a free port, with small buffers so that they fill soon."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
    listener.bind(("127.0.0.1", 0))
    stage.port = listener.getsockname()[1]
    config = uvicorn.Config(
        app_for(stage), log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    assert await happens(lambda: server.started)
    try:
        yield
    finally:
        stage.board.hub.close()
        server.should_exit = True
        await serving


@dataclass
class Event:
    id: int
    data: str


class Watcher:
    """A browser's side of one stream, on a bare socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.events: list[Event] = []
        self.pings = 0
        self.retry = ""
        self._reader = reader
        self._writer = writer
        self._inflate = zlib.decompressobj(wbits=31)
        self._text = ""

    @classmethod
    async def open(cls, port: int, path: str, method: str = "GET", **headers: str) -> "Watcher":
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        watcher = cls(*await asyncio.open_connection(sock=sock, limit=8192))
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        request = "\r\n".join([f"{method} {path} HTTP/1.1", "host: here", *lines, "", ""])
        watcher._writer.write(request.encode())
        await watcher._read_head()
        return watcher

    async def _read_head(self) -> None:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        self.status = int(head[0].split()[1])
        self.headers = dict(line.split(": ", 1) for line in head[1:] if line)

    async def read(self) -> bool:
        """Read one chunk; false at the proper end."""
        size = int(await self._reader.readuntil(b"\r\n"), 16)
        body = (await self._reader.readexactly(size + 2))[:-2]
        packed = self.headers.get("content-encoding") == "gzip"
        self._text += (self._inflate.decompress(body) if packed else body).decode()
        *blocks, self._text = self._text.split("\n\n")
        for block in blocks:
            self._take(block)
        return size > 0

    def _take(self, block: str) -> None:
        lines = [line.partition(":")[::2] for line in block.split("\n")]
        data = [value.removeprefix(" ") for name, value in lines if name == "data"]
        for name, value in lines:
            if name == "id":
                self.events.append(Event(int(value), "\n".join(data)))
            elif name == "retry":
                self.retry = value.strip()
            elif not name:
                self.pings += 1

    async def until(self, version: int) -> None:
        """Read until this version has come."""
        async with asyncio.timeout(5):
            while not self.events or self.events[-1].id < version:
                assert await self.read()

    async def until_end(self) -> None:
        async with asyncio.timeout(5):
            while await self.read():
                pass

    async def quiet(self) -> bool:
        """Tell whether nothing comes for a moment."""
        try:
            async with asyncio.timeout(0.05):
                await self.read()
        except TimeoutError:
            return True
        return False

    def versions(self) -> list[int]:
        return [event.id for event in self.events]

    def shown(self) -> list[str]:
        """Give the words a browser would show after all it was sent."""
        words: list[str] = []
        for event in self.events:
            kind, _, text = event.data.split("\n")[0].partition(":")
            words = text.split(",") if kind == "whole" else [*words, text]
        return words

    def close(self) -> None:
        self._writer.close()


async def happens(check: Callable[[], bool]) -> bool:
    """Wait at most two seconds until something is true."""
    for _ in range(200):
        if check():
            return True
        await asyncio.sleep(0.01)
    return False
