"""Tell many open pages at once what has changed, as server-sent events.

Nothing here knows tables or gatherings. A channel is given HTML and a version, draws each message
once, and gives everybody the same bytes.
"""

import asyncio
from collections.abc import Hashable
from time import monotonic

from web.live_channel import Channel, Seats


class Hub:
    """All channels, the limits they share, one timer for their pings, and the end of them all."""

    def __init__(
        self,
        *,
        most: int = 6000,
        most_each: int = 8,
        most_unnamed: int = 4500,
        ping_every: float = 15.0,
        drop_after: float = 30.0,
        retry_after: int = 30,
        forget_after: float = 3600.0,
    ) -> None:
        self._seats = Seats(most, most_each, most_unnamed, retry_after)
        self._ping_every, self._drop_after = ping_every, drop_after
        self._forget_after = forget_after
        self._channels: dict[Hashable, Channel] = {}
        self._beating: asyncio.Task[None] | None = None

    def channel(self, key: Hashable) -> Channel:
        """Find or make a channel. Ask each time and keep none: unused ones are forgotten."""
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        if key not in self._channels:
            self._channels[key] = Channel(self._seats)
        return self._channels[key]

    @property
    def open_streams(self) -> int:
        return self._seats.taken

    def close(self) -> None:
        """End every stream now and open no more, so that the server can stop."""
        self._seats.closed = True
        if self._beating is not None:
            self._beating.cancel()
        for channel in self._channels.values():
            channel.end()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._ping_every)
            now = monotonic()
            for key, channel in tuple(self._channels.items()):
                channel.beat(stuck_before=now - self._drop_after)
                if not channel.streams and channel.last_used < now - self._forget_after:
                    del self._channels[key]
