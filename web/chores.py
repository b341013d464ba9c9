"""Work that the app does by itself: once at start-up, then again and again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta

log = logging.getLogger("gatherings.errors")

AN_HOUR = 3600.0
A_FEW_MINUTES = 180.0
NIGHT = time(2, 30, tzinfo=UTC)


@asynccontextmanager
async def repeated(
    work: Callable[[], Awaitable[object]], pause: float | Callable[[], float]
) -> AsyncIterator[None]:
    """Do the work now and after each pause, in seconds. A failure is logged, and tried again."""

    async def go_on() -> None:
        while True:
            try:
                await work()
            except Exception:
                log.exception("a chore failed")
            await asyncio.sleep(pause() if callable(pause) else pause)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def until_night() -> float:
    """Seconds until the middle of the night, when little else is done."""
    now = datetime.now(UTC)
    tonight = datetime.combine(now.date(), NIGHT)
    return ((tonight if tonight > now else tonight + timedelta(days=1)) - now).total_seconds()
