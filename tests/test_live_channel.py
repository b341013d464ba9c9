"""A live channel under a pretend server, for what no real one can be made to do on demand."""

import asyncio
import logging
from dataclasses import dataclass, field

import pytest
from litestar.testing import RequestFactory
from litestar.types import HTTPDisconnectEvent, Message

from tests.live_helpers import happens
from web.live import Hub
from web.live_frames import event

# Made once, here: making an app sets up logging anew, under the feet of a test that listens.
SCOPE = RequestFactory().get().scope


@dataclass
class Server:
    """Takes messages until it is full, then keeps the sender waiting or breaks."""

    full: bool = False
    broken: bool = False
    waiting: int = 0
    sent: list[Message] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> HTTPDisconnectEvent:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self.broken:
            raise RuntimeError("a broken server")
        if self.full:
            await self._wait()
        self.sent.append(message)
        if message["type"] == "http.response.body" and not message["more_body"]:
            self.gone.set()

    async def _wait(self) -> None:
        self.waiting += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.waiting -= 1

    def text(self) -> str:
        parts = [part["body"] for part in self.sent if part["type"] == "http.response.body"]
        return b"".join(parts).decode()


async def board() -> tuple[int, str]:
    return 1, "one"


async def watching(hub: Hub, server: Server) -> asyncio.Task[None]:
    channel = hub.channel("board")
    task = asyncio.create_task(channel.serve(SCOPE, server.receive, server.send, board))
    assert await happens(lambda: "one" in server.text())
    return task


async def test_who_leaves_while_the_server_waits_leaves_nothing_behind() -> None:
    hub, server = Hub(), Server()
    task = await watching(hub, server)
    tasks = len(asyncio.all_tasks())
    server.full = True
    hub.channel("board").tell(2, "two", "whole")
    await asyncio.sleep(0)
    assert (server.waiting, len(asyncio.all_tasks())) == (1, tasks + 1)
    server.gone.set()
    await task
    await asyncio.sleep(0)
    assert (server.waiting, len(asyncio.all_tasks())) == (0, tasks - 1)
    hub.close()


async def test_one_broken_connection_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub, servers = Hub(), [Server(), Server()]
    tasks = [await watching(hub, server) for server in servers]
    servers[0].broken = True
    for version in [2, 3]:
        hub.channel("board").tell(version, f"change {version}", "whole")
    assert [server.text().count("change") for server in servers] == [0, 2]
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
    hub.close()
    servers[0].gone.set()
    await asyncio.gather(*tasks)


async def test_a_stream_that_opens_while_the_hub_closes_is_ended() -> None:
    hub, server = Hub(), Server()

    async def closing() -> tuple[int, str]:
        hub.close()
        return 1, "one"

    async with asyncio.timeout(2):
        await hub.channel("board").serve(SCOPE, server.receive, server.send, closing)
    assert server.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


async def test_a_board_that_cannot_be_drawn_changes_nothing() -> None:
    hub, server = Hub(), Server()
    task = await watching(hub, server)
    with pytest.raises(ZeroDivisionError):
        hub.channel("board").tell(5, "five", lambda: str(1 // 0))
    assert hub.channel("board").version == 1
    hub.channel("board").tell(2, "two", "whole")
    assert server.text().endswith("id: 2\ndata: two\n\n")
    hub.close()
    await task


def test_an_event_keeps_its_lines_whatever_ends_them() -> None:
    assert event(7, "a\nb\r\nc\rd\n") == b"id: 7\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"
    assert event(8, "") == b"id: 8\n\n"
