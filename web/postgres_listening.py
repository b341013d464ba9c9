"""Hearing what other processes announce through PostgreSQL, on a connection of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

Heard = Callable[[str], Awaitable[None]]
Missed = Callable[[], Awaitable[None]]

TRY_AGAIN_AFTER = 1.0

log = logging.getLogger("gatherings.live")


async def listen(url: str, topic: str, heard: Heard, missed: Missed) -> None:
    """Call `heard` with the words of each announcement, until cancelled.

    Nothing is heard while the connection is away, so `missed` is called each time it is back.
    """
    while True:
        try:
            await _listen_once(url, topic, heard, missed)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            log.exception("The database cannot be listened to just now.")
        await asyncio.sleep(TRY_AGAIN_AFTER)


async def _listen_once(url: str, topic: str, heard: Heard, missed: Missed) -> None:
    waiting: asyncio.Queue[str | None] = asyncio.Queue()

    def said(_connection: Any, _process: int, _topic: str, words: object) -> None:
        waiting.put_nowait(str(words))

    connection = await asyncpg.connect(url)
    try:
        connection.add_termination_listener(lambda _connection: waiting.put_nowait(None))
        await connection.add_listener(topic, said)
        await missed()
        while (words := await waiting.get()) is not None:
            await heard(words)
    finally:
        connection.terminate()
