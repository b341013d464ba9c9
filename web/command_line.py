"""What every command of ours does around its work: open the database, and close it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from web.database import close_database, open_database
from web.schema import migrate

T = TypeVar("T")


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work on the database, which is brought up to date first."""

    async def with_database() -> T:
        await open_database()
        try:
            await migrate()
            return await work()
        finally:
            await close_database()

    return asyncio.run(with_database())
