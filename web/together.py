"""Work that many ask for in one moment, done once for all who ask before it begins."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Together:
    """Shares the next doing of a piece of work among everybody who waits for it.

    Nobody is given what was begun before they asked, so nothing is ever out of date. Whoever asks
    while it is being done waits for the next time, together with all others.
    """

    def __init__(self) -> None:
        self._begun: dict[Hashable, asyncio.Task[Any]] = {}
        self._next: dict[Hashable, asyncio.Task[Any]] = {}

    async def do(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, which is the same for everybody with this key."""
        task = self._next.get(key)
        if task is None:
            task = asyncio.create_task(self._do(key, self._begun.get(key), work))
            self._next[key] = task
        # One who leaves must not take the work away from the others.
        result: T = await asyncio.shield(task)
        return result

    async def _do(
        self, key: Hashable, before: asyncio.Task[Any] | None, work: Callable[[], Awaitable[T]]
    ) -> T:
        if before is not None:
            await asyncio.wait([before])
        task = self._next.pop(key)
        self._begun[key] = task
        try:
            return await work()
        finally:
            if self._begun.get(key) is task:
                del self._begun[key]
