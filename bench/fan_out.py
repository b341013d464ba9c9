"""One placed session on 1,000 and on 4,000 screens, beside nginx with nchan on the same bytes.

nchan is handed a finished message, while ours begins with a facilitator's press: the form, the
rules, the transaction and the drawing. So both are also measured with one screen alone, and the
ratios are printed twice: of all of it, and of what the other screens add, which is the fan-out.
"""

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.board_site import board_site, child_of, cpu_of, free_port, memory_of, must_be
from tests.browser_site import answering

SIZES, MOVES, PAUSE = (1000, 4000), 20, 0.3
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
CONFIG = """load_module {module};
daemon off; worker_processes 1; user root; error_log stderr crit; pid {folder}/pid;
events {{ worker_connections 20000; }}
http {{ access_log off; client_body_temp_path {folder};
  server {{ listen 127.0.0.1:{port} backlog=4096;
    location = /tell {{ nchan_publisher; nchan_channel_id board; }}
    location = /changes {{ nchan_subscriber eventsource; nchan_channel_id board; }} }} }}
"""


@dataclass
class Found:
    """What one server took for one delivery, and how long the last screen waited, in seconds."""

    cpu: float
    last: float
    median: float
    memory: float
    bytes: float
    exact: bool

    def told(self, who: str) -> str:
        """The line that is printed."""
        return (
            f"  {who:10} {self.cpu * 1e6:6.1f} µs a delivery,"
            f" last screen {self.last * 1e3:6.0f} ms,"
            f" median {self.median * 1e3:6.0f} ms, {self.memory / 1024:5.1f} KB a stream,"
            f" {self.bytes:6.0f} bytes a move, {'each once' if self.exact else 'NOT EACH ONCE'}\n"
        )


class Watching:
    """The other process with its open streams."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def answer(self) -> dict[str, float]:
        """The next line that it prints."""
        line = await self.process.stdout.readline() if self.process.stdout else b""
        found: dict[str, float] = json.loads(line)
        return found

    async def until(self, messages: int) -> dict[str, float]:
        """Wait until everybody has had so many."""
        if self.process.stdin:
            self.process.stdin.write(f"{messages}\n".encode())
        return await self.answer()


@asynccontextmanager
async def watching(port: int, path: str, number: int) -> AsyncIterator[Watching]:
    """So many open streams."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.watchers", str(port), path, str(number)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = Watching(process)
    try:
        opened = await found.answer()
        if opened["open"] != number:
            sys.stdout.write(f"  only {opened['open']} of {number} streams opened\n")
        yield found
    finally:
        process.kill()
        await process.wait()


async def measure(
    port: int, path: str, size: int, process: int, tell: Callable[[int], Awaitable[object]]
) -> Found:
    """Tell a change many times, with a pause between, and look at what it took."""
    before = memory_of(process)
    async with watching(port, path, size) as watchers:
        memory = (memory_of(process) - before) / size
        await tell(0)
        start = await watchers.until(1)
        cpu, lasts, medians = cpu_of(process), [], []
        for number in range(1, MOVES + 1):
            await asyncio.sleep(PAUSE)
            begin = time.monotonic()
            await tell(number)
            found = await watchers.until(number + 1)
            lasts.append(found["last"] - begin)
            medians.append(found["median"] - begin)
        return Found(
            cpu=(cpu_of(process) - cpu) / MOVES / size,
            last=statistics.median(lasts),
            median=statistics.median(medians),
            memory=memory,
            bytes=(found["bytes"] - start["bytes"]) / MOVES,
            exact=found["fewest"] == found["most"] == MOVES + 1,
        )


async def ours(size: int) -> tuple[Found, str]:
    """A facilitator presses; the phones watch. Also gives the message that they were sent."""
    async with board_site() as site, site.browser(site.ben) as ben:

        async def tell(number: int) -> None:
            at, room = site.free[number % 2]
            spot = {"round": at, "room": room, "seen": 10**6}
            answer = await ben.post("/sessions/1/place", data=spot)
            must_be(303, answer)

        port = int(site.url.rpartition(":")[2])
        path = "/g/spring/board/changes?for=phones&seen=120"
        found = await measure(port, path, size, site.process, tell)
        answer = await ben.get(f"{site.url}/g/spring/board")
        seen = int(answer.text.partition('data-seen="')[2].partition('"')[0])
        return found, await message_of(site.url, seen)


async def message_of(url: str, seen: int) -> str:
    """The last message as text."""
    path = f"{url}/g/spring/board/changes?for=phones&seen={seen - 1}"
    lines: list[str] = []
    async with httpx.AsyncClient() as client, client.stream("GET", path) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                lines.append(line.removeprefix("data: "))
            elif lines and not line:
                break
    return "\n".join(lines)


async def theirs(size: int, message: str) -> Found:
    """nginx with nchan, given the same message."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        config = Path(folder) / "nginx.conf"
        config.write_text(CONFIG.format(module=NCHAN, folder=folder, port=port))
        nginx = await asyncio.create_subprocess_exec("nginx", "-c", str(config), "-p", folder)
        await answering(port)
        worker = child_of(nginx.pid)
        async with httpx.AsyncClient() as client:

            async def tell(_number: int) -> None:
                await client.post(f"http://127.0.0.1:{port}/tell", content=message)

            found = await measure(port, "/changes", size, worker, tell)
        nginx.terminate()
        await nginx.wait()
    return found


def nchan_is_here() -> bool:
    """Whether there is something to compare with."""
    return NCHAN.exists() and shutil.which("nginx") is not None


async def main() -> None:
    """Both, one after the other, for each size."""
    there = nchan_is_here()
    if not there:
        sys.stdout.write(
            "nginx with nchan is not installed, so there is nothing to compare with.\n"
        )
    our_one, message = await ours(1)
    their_one = await theirs(1, message) if there else None
    sys.stdout.write(
        f"A move with one stream: {our_one.cpu * 1e3:.1f} ms of processor time,"
        f" seen after {our_one.last * 1e3:.1f} ms\n"
    )
    for size in SIZES:
        sys.stdout.write(f"{size} streams, {MOVES} moves\n")
        our, message = await ours(size)
        sys.stdout.write(our.told("Gatherings"))
        if their_one:
            their = await theirs(size, message)
            sys.stdout.write(their.told("nchan"))
            sys.stdout.write(ratios(size, our, our_one, their, their_one))


def ratios(size: int, our: Found, our_one: Found, their: Found, their_one: Found) -> str:
    """How many times nchan's figures ours are, as a whole and without what one screen takes."""
    cpu, wait = our.cpu / their.cpu, our.last / their.last
    our_more, their_more = our.cpu - our_one.cpu / size, their.cpu - their_one.cpu / size
    more = (our.last - our_one.last) / (their.last - their_one.last)
    return (
        f"  times nchan, with the move: {cpu:.2f} of processor time, {wait:.2f} of the wait;"
        f" the fan-out: {our_more / their_more:.2f} and {more:.2f}\n"
    )


if __name__ == "__main__":
    asyncio.run(main())
