"""The whole product on a real server with a small hall, for streams and browsers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from litestar import Litestar

from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, open_account
from tests.board_hall import Hall, build_hall
from tests.live_helpers import QuietServer, Watcher, happens
from web.database import write


@dataclass
class Served:
    """A hall and where it is served. `ben` and `dee` are keys of signed-in browsers."""

    hall: Hall
    port: int
    ben: str
    dee: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def watch(self, audience: str, seen: int | None = None, **headers: str) -> Watcher:
        """Open a stream as a browser does that has drawn its page at a version."""
        path = f"/g/spring/board/changes?for={audience}"
        return await Watcher.open(
            self.port, path + ("" if seen is None else f"&seen={seen}"), **headers
        )

    async def press(self, path: str, key: str = "", **values: object) -> httpx.Response:
        """Press a button of a page of this hall."""
        return await self._post(f"/g/spring/{path}", key, values)

    async def press_on_desk(self, path: str, key: str) -> httpx.Response:
        """Press a button of the desk of its gathering, with nothing typed."""
        return await self._post(f"/desk/g/spring/{path}", key, {})

    async def _post(self, address: str, key: str, values: dict[str, object]) -> httpx.Response:
        headers = {"sec-fetch-site": "same-origin", "cookie": f"sign-in={key}"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers) as browser:
            return await browser.post(address, data=values)

    async def place(self, number: int, round_: int, room: int) -> None:
        """Ben places a session through the page; round and room by their public numbers."""
        spot = {"round": round_, "room": room, "seen": 999}
        answer = await self.press(f"sessions/{number}/place", self.ben, **spot)
        assert answer.status_code == 303, answer.text


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[Served]:
    """Serve a hall with two offered sessions; Ben facilitates, Dee has no role."""
    hall = await build_hall()
    keys = {}
    for name in ("ben", "dee"):
        account = await write(open_account, f"{name}@example.org", name.capitalize())
        keys[name] = await write(begin_sign_in, account)
        if name == "ben":
            await write(grant, account, hall.series, "facilitator")
    await hall.offer("Growing older")
    await hall.offer("Homes")
    async with running(app) as port:
        yield Served(hall, port, keys["ben"], keys["dee"])


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[int]:
    """Serve the app in this loop. Gives its port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    assert await happens(lambda: server.started)
    try:
        yield listener.getsockname()[1]
    finally:
        app.state.hub.close()
        server.should_exit = True
        await serving
