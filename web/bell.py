"""A bell that wakes work which waits."""

import asyncio
from contextlib import suppress


class Bell:
    """Rung after something was written, so that a letter need not wait for the next look."""

    def __init__(self) -> None:
        self._rung, self._over = asyncio.Event(), asyncio.Event()

    def ring(self) -> None:
        """Look at once."""
        self._rung.set()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._rung.set()

    @property
    def ended(self) -> bool:
        """Whether there is to be no other look."""
        return self._over.is_set()

    async def heard(self, seconds: float) -> None:
        """Wait until it rings, or so long."""
        await _within(seconds, self._rung)
        self._rung.clear()

    async def quiet(self, seconds: float) -> None:
        """Wait so long, however it rings, or until the end."""
        await _within(seconds, self._over)


async def _within(seconds: float, event: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
