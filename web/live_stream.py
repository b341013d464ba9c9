"""One open connection of a live board: what it asked for, what it was sent, how it ends."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Coroutine, Generator
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from litestar.types import HTTPResponseBodyEvent, Receive, Scope, Send

from web.live_frames import GZIP_START, OPENING, Frame

log = logging.getLogger(__name__)


class Stream:
    """A browser that watches. `seen` is the version it shows; None before its first board.

    A stream is busy until its opening is sent, and whenever its socket is full.
    """

    __slots__ = ("__weakref__", "_following", "_gzip", "_receive", "_send", "busy_since", "seen")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen = version_seen(scope)
        self.busy_since: float | None = monotonic()
        self._gzip = takes_gzip(header(scope, b"accept-encoding"))
        self._receive = receive
        self._send = send
        self._following: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Send the headers and say how long to wait before coming back."""
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
            (b"vary", b"accept-encoding"),
        ]
        if self._gzip:
            headers.append((b"content-encoding", b"gzip"))
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        start = GZIP_START if self._gzip else b""
        await self._send(message(start + OPENING.body(self._gzip)))

    async def until_gone(self) -> None:
        """Wait until the browser leaves or the stream is ended."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def send(self, frame: Frame) -> None:
        """Send a frame, waiting while the socket is full."""
        self._remember(frame)
        await self._send(message(frame.body(self._gzip)))
        self.busy_since = monotonic()

    def offer(self, frame: Frame) -> Awaitable[None] | None:
        """Send a frame without waiting. Gives what is left to await if the socket is full."""
        self._remember(frame)
        return self._start(message(frame.body(self._gzip)))

    def follow(self, work: Coroutine[Any, Any, None]) -> None:
        """Let the stream catch up by itself; when that fails, the browser has to come back."""
        self.busy_since = monotonic()
        self._following = asyncio.create_task(self._guard(work))

    def rest(self) -> None:
        """Say that the socket has taken everything there is."""
        self.busy_since = None
        self._following = None

    def stuck_since_before(self, moment: float) -> bool:
        return self.busy_since is not None and self.busy_since < moment

    def end(self) -> None:
        """End the response properly, or hang up on a socket that takes nothing."""
        if self.busy_since is not None or self._start(message(b"", more=False)) is not None:
            self.hang_up()
        self.busy_since = monotonic()  # so that nothing more is offered

    def hang_up(self) -> None:
        """Close the connection at once; what is still unsent is thrown away."""
        # ASGI has no word for this. Uvicorn's own close would wait for the full socket for ever.
        transport = getattr(getattr(self._receive, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()

    def leave(self) -> None:
        """Stop catching up once the browser has gone."""
        if self._following is not None:
            self._following.cancel()

    def _remember(self, frame: Frame) -> None:
        if frame.version is not None:
            self.seen = frame.version

    def _start(self, part: HTTPResponseBodyEvent) -> Awaitable[None] | None:
        try:
            return started(self._send(part))
        except Exception:  # one broken connection must not stop the others
            log.exception("A live stream could not be written to.")
            self.busy_since = monotonic()
            self.hang_up()
            return None

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:  # nobody awaits this work, so this is where a fault is told
            log.exception("A live stream could not catch up.")
            self.hang_up()


class Rest:
    """What is left of a send whose first step has been taken; awaiting it takes the others."""

    __slots__ = ("_first", "_steps")

    def __init__(self, first: object, steps: Generator[Any, Any, None]) -> None:
        self._first = first
        self._steps = steps

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._first
            yield from self._steps
        finally:
            self._steps.close()


def started(sending: Awaitable[None]) -> Rest | None:
    """Take the first step of a send here and now: mostly it is the only one.

    This spares two wake-ups of a task for each browser and message, about half the work.
    """
    steps = sending.__await__()
    try:
        return Rest(next(steps), steps)
    except StopIteration:
        return None


async def refuse(send: Send, retry_after: int) -> None:
    """Answer that too many pages watch already, and when to try again."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"retry-after", str(retry_after).encode()),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    text = "Too many pages are watching just now. Reload the page to see the latest.\n"
    await send(message(text.encode(), more=False))


def message(body: bytes, more: bool = True) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": body, "more_body": more}


def header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def takes_gzip(accepted: bytes) -> bool:
    """Tell whether a browser takes gzip, from its Accept-Encoding header."""
    offers = (offer.replace(b" ", b"").partition(b";") for offer in accepted.lower().split(b","))
    weights = [weight for coding, _, weight in offers if coding == b"gzip"]
    return bool(weights) and not re.fullmatch(rb"q=0(\.0*)?", weights[0])


def version_seen(scope: Scope) -> int | None:
    """Find the version a browser has: what its last event said, else what its page was drawn at."""
    heard = number(header(scope, b"last-event-id").decode("latin-1"))
    if heard is not None:
        return heard
    return number(parse_qs(scope["query_string"].decode("latin-1")).get("seen", [""])[0])


def number(text: str) -> int | None:
    # Fifteen digits are more changes than any board has, and few enough for any database.
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None
