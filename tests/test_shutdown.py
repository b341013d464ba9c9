"""A server that is told to stop does so at once, whoever is watching."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.live_helpers import Watcher
from web.shutdown import chain

HERE = Path(__file__).parent.parent
SOON = 2.0


@asynccontextmanager
async def server(ends_streams: str) -> AsyncIterator[tuple[Process, int]]:
    program = [sys.executable, "-m", "tests.live_program", ends_streams]
    process = await asyncio.create_subprocess_exec(*program, stdout=PIPE, stderr=PIPE, cwd=HERE)
    assert process.stdout is not None
    try:
        yield process, int(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def stops_within(process: Process, seconds: float) -> bool:
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_streams_are_ended_and_the_server_stops_at_once(number: signal.Signals) -> None:
    async with server("yes") as (process, port):
        watcher = await Watcher.open(port, "/little", Accept_Encoding="gzip")
        await watcher.until(1)
        process.send_signal(number)
        await watcher.until_end()
        assert await stops_within(process, SOON)
        assert await process.communicate() == (b"", b"")


async def test_a_page_that_takes_nothing_does_not_hold_the_server_up() -> None:
    async with server("yes") as (process, port):
        stuck = await Watcher.open(port, "/much")
        process.terminate()
        assert await stops_within(process, SOON)
        stuck.close()


async def test_without_the_handler_an_open_stream_holds_the_server_up() -> None:
    async with server("no") as (process, port):
        watcher = await Watcher.open(port, "/little")
        await watcher.until(1)
        process.terminate()
        assert not await stops_within(process, SOON)


def test_the_handler_that_was_there_still_runs_and_comes_back() -> None:
    heard: list[str] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: heard.append("second"))
    try:
        earlier = signal.getsignal(signal.SIGUSR1)
        restore = chain(signal.SIGUSR1, lambda: heard.append("first"))
        os.kill(os.getpid(), signal.SIGUSR1)
        assert heard == ["first", "second"]
        restore()
        assert signal.getsignal(signal.SIGUSR1) is earlier
    finally:
        signal.signal(signal.SIGUSR1, before)
