"""Kill the server under 200 open streams, behind a proxy that answers 502, and start it again.

Each stream asks again as the pages do. It ends with 1 when one of them missed the last change.
"""

import asyncio
import random
import re
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.restarting import Restarting, restarting

STREAMS, AWAY, FOR_EVER = 200, 8.0, 86_400.0
FIRST_WAIT, LONGEST_WAIT, JITTER = 0.5, 3.0, 0.3
ID = re.compile(r"^id: (\d+)", re.MULTILINE)


@dataclass
class Screen:
    """A page that watches: its version, and since when it shows that."""

    seen: int = 0
    at: float = 0.0
    attempt: int = 0

    async def watch(self, url: str) -> None:
        """Watch for ever."""
        async with httpx.AsyncClient(base_url=url, timeout=FOR_EVER) as browser:
            while True:
                with suppress(httpx.HTTPError):
                    await self._join(browser)
                wait = min(FIRST_WAIT * 2**self.attempt, LONGEST_WAIT)
                self.attempt += 1
                jitter = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (not a secret)
                await asyncio.sleep(wait * jitter)

    async def _join(self, browser: httpx.AsyncClient) -> None:
        headers = {"last-event-id": str(self.seen)}
        path = "/g/spring/board/changes?for=phones"
        async with browser.stream("GET", path, headers=headers) as answer:
            if answer.status_code != 200:
                return
            self.attempt = 0
            async for text in answer.aiter_text():
                for found in ID.findall(text):
                    self.seen, self.at = int(found), time.monotonic()


async def main() -> int:
    """Say how long the last screen took, from the moment in which the server answers again."""
    with tempfile.TemporaryDirectory() as folder:
        async with restarting(Path(folder) / "data") as hall:
            screens = [Screen() for _ in range(STREAMS)]
            tasks = [asyncio.create_task(screen.watch(hall.url)) for screen in screens]
            await _all_at(screens, 2)
            begin = await _killed(hall)
            await _all_at(screens, 3)
            for task in tasks:
                task.cancel()
    waits = sorted(screen.at - begin for screen in screens)
    behind = [screen.seen for screen in screens if screen.seen != 3]
    sys.stdout.write(
        f"{STREAMS} streams after a restart: last right after {waits[-1]:.2f} s,"
        f" median {waits[STREAMS // 2]:.2f} s, {len(behind)} missed the change,"
        f" {hall.proxy.refused} times 502\n"
    )
    return 1 if behind or waits[-1] > 5 else 0


async def _killed(hall: Restarting) -> float:
    await hall.kill()
    await hall.place_untold(1, 2, 2)
    await asyncio.sleep(AWAY)
    await hall.start()
    return time.monotonic()


async def _all_at(screens: list[Screen], version: int) -> None:
    for _ in range(600):
        if all(screen.seen >= version for screen in screens):
            return
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
