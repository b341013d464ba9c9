"""Two servers on one PostgreSQL database: a move pressed on one reaches a phone on the other."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.browser_site import SERVER, answering, environment, run_program
from tests.databases import own_name, postgres_database
from tests.live_helpers import Watcher

WATCHED = "/g/spring/board/changes?for=phones&seen=2"


@asynccontextmanager
async def server(folder: Path, database: str) -> AsyncIterator[int]:
    """The app in a process of its own, still starting. Gives its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *SERVER, "--port", str(port), "--log-level", "error"),
        env=environment(folder, url, database),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        process.terminate()
        await process.wait()


async def place(port: int, ben: str, number: int, room: int) -> None:
    """Ben presses the button on a page that this server gave him."""
    headers = {"sec-fetch-site": "same-origin", "cookie": f"sign-in={ben}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as browser:
        spot = {"round": 2, "room": room, "seen": 999}
        answer = await browser.post(f"/g/spring/sessions/{number}/place", data=spot)
    assert answer.status_code == 303, answer.text


async def test_a_move_on_one_server_reaches_a_phone_on_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with postgres_database(own_name("two")) as database:
        program = await run_program(folder, "-m", "tests.restarting", database=database)
        ben = json.loads(program)["ben"]
        async with server(folder, database) as one, server(folder, database) as other:
            await asyncio.gather(answering(one), answering(other))
            here, there = await Watcher.open(one, WATCHED), await Watcher.open(other, WATCHED)
            for version, port in enumerate((one, other), 3):
                number = room = version - 2
                await place(port, ben, number, room)
                async with asyncio.timeout(15):
                    await asyncio.gather(here.until(version), there.until(version))
            assert (here.versions(), there.versions()) == ([3, 4], [3, 4])
            for watcher in (here, there):
                assert "“Growing older” is in Large meeting room" in watcher.events[0].data
                assert "“Homes” is in Library" in watcher.events[1].data
                watcher.close()
