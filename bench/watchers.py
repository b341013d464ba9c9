"""Many open streams in a process of their own: python -m bench.watchers <port> <path> <number>.

It prints "open" when all are there. For each line with a number n on its input it waits until
everybody has had n messages, then prints when the last and the median one came, and the bytes.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from typing import Any

import uvloop

MARK = b'data-version="'
AT_ONCE = 100
A_MOMENT = 0.005
# nchan says nothing before the first message, so there is nothing to wait for.
WITHIN = {"/changes": 0.2}


class Watcher(asyncio.Protocol):
    """One stream: how many messages came, and when the last one did."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.messages, self.bytes, self.at = 0, 0, 0.0
        self.open, self.lost = False, False
        self._tail = b""

    def connection_made(self, transport: Any) -> None:
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.open = True
        self.bytes += len(data)
        found = (self._tail + data).count(MARK)
        self._tail = data[-len(MARK) + 1 :]
        if found:
            self.messages += found
            self.at = time.monotonic()

    def connection_lost(self, _error: Exception | None) -> None:
        self.lost = True


async def main(port: int, path: str, number: int) -> None:
    """Open them, then answer what is asked."""
    watchers: list[Watcher] = []
    for begin in range(0, number, AT_ONCE):
        some = [Watcher(_request(path)) for _ in range(min(AT_ONCE, number - begin))]
        await asyncio.gather(*(_connect(watcher, port) for watcher in some))
        watchers += some
        await happens(partial(_answered, some), WITHIN.get(path, 20))
    _say(open=sum(not w.lost for w in watchers))
    for line in iter(lambda: sys.stdin.readline().strip(), ""):
        await happens(partial(_have, watchers, int(line)), 20)
        times = sorted(w.at for w in watchers)
        counts = [w.messages for w in watchers]
        _say(
            last=times[-1],
            median=times[len(times) // 2],
            fewest=min(counts),
            most=max(counts),
            bytes=sum(w.bytes for w in watchers) / number,
        )


async def _connect(watcher: Watcher, port: int) -> None:
    await asyncio.get_running_loop().create_connection(lambda: watcher, "127.0.0.1", port)


def _answered(watchers: list[Watcher]) -> bool:
    return all(watcher.open or watcher.lost for watcher in watchers)


def _have(watchers: list[Watcher], messages: int) -> bool:
    return all(watcher.messages >= messages for watcher in watchers)


async def happens(check: Callable[[], bool], seconds: float) -> None:
    """Wait until something is true, or so long."""
    for _ in range(int(seconds / A_MOMENT)):
        if check():
            return
        await asyncio.sleep(A_MOMENT)


def _request(path: str) -> bytes:
    # Each is a person of their own, by the cookie of somebody who has joined.
    cookie = f"joiner={token_urlsafe(16)}"
    head = f"host: here\r\naccept: text/event-stream\r\ncookie: {cookie}"
    return f"GET {path} HTTP/1.1\r\n{head}\r\n\r\n".encode()


def _say(**found: float) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
