"""Telling those who watch a board what is new: the first change at once, others together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from sessions.board import frames
from sessions.board.changes import TOPIC, Change, changes_since
from sessions.board.shape import BoardView
from sessions.board.view import board_view
from web.database import read, the_engine
from web.live import Hub
from web.live_channel import Channel
from web.pages import Pages

log = logging.getLogger("gatherings.live")

MESSAGE_EVERY = 0.2


class Teller:
    """At most one message for a board within MESSAGE_EVERY seconds, however fast its room is.

    With several processes each hears from the database what the others changed.
    """

    def __init__(self, hub: Hub, pages: Pages) -> None:
        self.rest: Callable[[], Awaitable[object]] = partial(asyncio.sleep, MESSAGE_EVERY)
        self._hub, self._pages = hub, pages
        self._resting: dict[int, asyncio.Task[None]] = {}
        self._due: set[int] = set()
        self._watched: set[int] = set()

    def channel(self, gathering_id: int, audience: str) -> Channel:
        """The channel of one board for one audience."""
        self._watched.add(gathering_id)
        return self._hub.channel(("board", gathering_id, audience))

    async def whole(self, gathering_id: int, audience: str) -> tuple[int, str]:
        """A board as it is now: its version, and every cell."""
        view = await read(board_view, gathering_id)
        return view.version, frames.whole(self._pages, view, audience)

    async def tell(self, gathering_id: int) -> None:
        """Something changed and is stored. It goes out now, or soon after the last message."""
        if gathering_id in self._resting:
            self._due.add(gathering_id)
            return
        self._resting[gathering_id] = asyncio.create_task(self._rest(gathering_id))
        await self._tell_now(gathering_id)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Meanwhile, hear what other processes change."""
        task = asyncio.create_task(the_engine().listen(TOPIC, self._heard, self._missed))
        try:
            yield
        finally:
            await self.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def close(self) -> None:
        """Tell nothing more."""
        tasks = tuple(self._resting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _rest(self, gathering_id: int) -> None:
        """Collect what comes within the interval, as long as something comes."""
        try:
            while True:
                await self.rest()
                if gathering_id not in self._due:
                    return
                self._due.discard(gathering_id)
                await self._tell_and_go_on(gathering_id)
        finally:
            self._resting.pop(gathering_id, None)

    async def _tell_and_go_on(self, gathering_id: int) -> None:
        try:
            await self._tell_now(gathering_id)
        except Exception:  # nobody awaits this, and the next change tells this one too
            log.exception("A change of a board could not be told.")

    async def _tell_now(self, gathering_id: int) -> None:
        told = self._told(gathering_id)
        view, changes = await read(_board_and_changes, gathering_id, told)
        for audience in frames.AUDIENCES:
            channel = self.channel(gathering_id, audience)
            new = [c for c in changes if channel.version is None or c.version > channel.version]
            if new:
                cells = frames.changed(self._pages, view, new, audience)
                whole = partial(frames.whole, self._pages, view, audience)
                channel.tell(new[-1].version, cells, whole, since=new[0].version - 1)

    def _told(self, gathering_id: int) -> int | None:
        """The version that everybody who watches has; None where nobody watches yet."""
        channels = [self.channel(gathering_id, audience) for audience in frames.AUDIENCES]
        return min((c.version for c in channels if c.version is not None), default=None)

    async def _heard(self, words: str) -> None:
        gathering, _, version = words.partition(":")
        told = self._told(int(gathering))
        if told is not None and told < int(version):
            await self.tell(int(gathering))

    async def _missed(self) -> None:
        """The database was away for a while: look at every board that is watched."""
        for gathering in tuple(self._watched):
            await self.tell(gathering)


async def _board_and_changes(
    gathering_id: int, since: int | None
) -> tuple[BoardView, list[Change]]:
    view = await board_view(gathering_id)
    after = view.version - 1 if since is None else since
    return view, await changes_since(gathering_id, after)
