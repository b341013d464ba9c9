"""Work that the app does by itself: once at start-up, then again and again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

log = logging.getLogger("gatherings.errors")

AN_HOUR = 3600.0


@asynccontextmanager
async def repeated(work: Callable[[], Awaitable[object]], pause: float) -> AsyncIterator[None]:
    """Do the work now and after each pause, in seconds. A failure is logged, and tried again."""

    async def go_on() -> None:
        while True:
            try:
                await work()
            except Exception:
                log.exception("a chore failed")
            await asyncio.sleep(pause)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
