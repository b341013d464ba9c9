"""One live board for one audience: everyone who watches is given the same bytes."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeAlias

from litestar.exceptions import MethodNotAllowedException
from litestar.types import Receive, Scope, Send

from web.live_frames import PING, Frame
from web.live_stream import Stream, refuse

# The whole board as HTML, or how to draw it should somebody need it.
Whole: TypeAlias = str | Callable[[], str]
# Reads the whole board afresh: its version and its HTML.
Reader: TypeAlias = Callable[[], Awaitable[tuple[int, str]]]

KEPT_CHANGES = 64


class Seats:
    """How many streams are open, in all and for each holder, and whether more may open.

    Those without a name share `most_unnamed`, so that they cannot keep everybody else out.
    """

    def __init__(self, most: int, most_each: int, most_unnamed: int, retry_after: int) -> None:
        self.taken = 0
        self.closed = False
        self.retry_after = retry_after
        self._most, self._most_each, self._most_unnamed = most, most_each, most_unnamed
        self._holders: Counter[str] = Counter()

    def take(self, holder: str) -> bool:
        """Take a place for one more stream. A holder is a person, or "" for one not known."""
        if self.closed or self.taken >= self._most:
            return False
        if self._holders[holder] >= (self._most_each if holder else self._most_unnamed):
            return False
        self.taken += 1
        self._holders[holder] += 1
        return True

    def give_back(self, holder: str) -> None:
        self.taken -= 1
        self._holders[holder] -= 1
        if not self._holders[holder]:
            del self._holders[holder]


class Channel:
    """One board for one audience: its version, its last changes, and who is watching."""

    def __init__(self, seats: Seats) -> None:
        self.version: int | None = None
        self.streams: set[Stream] = set()
        self.last_used = monotonic()
        self._seats = seats
        self._kept: deque[Frame] = deque(maxlen=KEPT_CHANGES)
        self._whole: Whole = ""
        self._drawn: Frame | None = None
        self._reading = asyncio.Lock()

    def tell(self, version: int, changed: str, whole: Whole, since: int | None = None) -> None:
        """Send what changed to everyone. Tell every version, with "" where nothing here changed.

        `since` is the version before the oldest of several changes that are told together. An old
        or repeated version is left out; after a gap everyone is given the whole board.
        """
        if self.version is not None and version <= self.version:
            return
        since = version - 1 if since is None else since
        follows = self.version is None or since <= self.version
        frame = Frame.drawn(version, changed if follows else html_of(whole), since)
        if not follows:
            self._kept.clear()  # what is kept has no holes
        self._kept.append(frame)
        self.version, self._whole, self._drawn = version, whole, None
        self.last_used = monotonic()
        self._push(frame)

    async def serve(
        self, scope: Scope, receive: Receive, send: Send, whole: Reader, holder: str = ""
    ) -> None:
        """Answer a request for the stream, until the browser leaves or the hub is closed.

        `whole` is asked when the channel does not know the board yet, as after a restart.
        `holder` names whoever keeps the stream open: each may hold only so many.
        """
        if scope.get("method") != "GET":
            raise MethodNotAllowedException(headers={"Allow": "GET"})
        if not self._seats.take(holder):
            await refuse(send, self._seats.retry_after)
            return
        stream = Stream(scope, receive, send)
        self.streams.add(stream)  # at once, so that the channel is not forgotten meanwhile
        try:
            await self._ask_if_unknown(stream.seen, whole)
            await self._run(stream)
        finally:
            self.streams.discard(stream)
            stream.leave()
            self._seats.give_back(holder)
            self.last_used = monotonic()

    def beat(self, stuck_before: float) -> None:
        """Keep quiet connections open, and hang up on those that have long taken nothing."""
        for stream in tuple(self.streams):
            if stream.stuck_since_before(stuck_before):
                stream.hang_up()
        self._push(PING)

    def end(self) -> None:
        for stream in tuple(self.streams):
            stream.end()

    async def _run(self, stream: Stream) -> None:
        await stream.open()
        await self._catch_up(stream)
        if self._seats.closed:
            stream.end()
        await stream.until_gone()

    async def _ask_if_unknown(self, seen: int | None, whole: Reader) -> None:
        if self._knows(seen):
            return
        async with self._reading:  # one reading does for all who come back at once
            if not self._knows(seen):
                version, html = await whole()
                self.tell(version, html, html)

    def _knows(self, seen: int | None) -> bool:
        return self.version is not None and (seen is None or seen <= self.version)

    def _push(self, frame: Frame) -> None:
        for stream in tuple(self.streams):
            if stream.busy_since is None:
                rest = stream.offer(frame)
                if rest is not None:
                    stream.follow(self._catch_up(stream, rest))

    async def _catch_up(self, stream: Stream, rest: Awaitable[None] | None = None) -> None:
        """Send until nothing newer is due. Only then does the stream hear of changes at once."""
        if rest is not None:
            await rest
        while frames := self._due(stream.seen):
            for frame in frames:
                await stream.send(frame)
        stream.rest()

    def _due(self, seen: int | None) -> list[Frame]:
        """Give what a browser at this version still needs: what it missed, or the whole board."""
        if self.version is None or seen == self.version:
            return []
        board = self._board(self.version)
        missed = self._missed(seen)
        if missed and sum(len(frame.raw) for frame in missed) <= len(board.raw):
            return missed
        return [board]

    def _missed(self, seen: int | None) -> list[Frame]:
        """What is kept of all that came after a version; nothing when some of it is not."""
        if seen is None or not self._kept or seen < self._kept[0].since:
            return []
        return [frame for frame in self._kept if (frame.version or 0) > seen]

    def _board(self, version: int) -> Frame:
        if self._drawn is None:
            self._drawn = Frame.drawn(version, html_of(self._whole))
        return self._drawn


def html_of(whole: Whole) -> str:
    return whole if isinstance(whole, str) else whole()
