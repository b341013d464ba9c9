"""Work that is shared: done once for all who wait, and never older than the asking."""

import asyncio

import pytest

from tests.live_helpers import happens
from web.together import Together


class Slow:
    """Work that ends when it is let go, and says how often it began."""

    def __init__(self) -> None:
        self.begun = 0
        self.go = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        mine = self.begun
        await self.go.wait()
        return mine


async def test_who_asks_in_one_moment_shares_one_doing() -> None:
    together, work = Together(), Slow()
    work.go.set()
    assert await asyncio.gather(*(together.do("board", work) for _ in range(50))) == [1] * 50
    assert await together.do("board", work) == 2


async def test_nobody_is_given_what_was_begun_before_they_asked() -> None:
    together, work = Together(), Slow()
    first = asyncio.create_task(together.do("board", work))
    assert await happens(lambda: work.begun == 1)
    late = [asyncio.create_task(together.do("board", work)) for _ in range(3)]
    await asyncio.sleep(0)
    work.go.set()
    assert await first == 1
    assert await asyncio.gather(*late) == [2, 2, 2]


async def test_one_who_leaves_does_not_take_it_from_the_others() -> None:
    together, work = Together(), Slow()
    leaves = asyncio.create_task(together.do("board", work))
    stays = asyncio.create_task(together.do("board", work))
    assert await happens(lambda: work.begun == 1)
    leaves.cancel()
    work.go.set()
    assert await stays == 1


async def test_a_failure_is_everybodys_and_the_next_doing_is_new() -> None:
    together = Together()

    async def fails() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            await together.do("board", fails)
    assert await together.do("homes", _seven) == 7


async def _seven() -> int:
    return 7
