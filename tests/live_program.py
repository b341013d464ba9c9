"""A small server of its own, to be stopped by a signal: python -m tests.live_program yes|no."""

import socket
import sys
from contextlib import suppress

import uvicorn
from litestar import Litestar, asgi
from litestar.types import Receive, Scope, Send

from web.live import Hub
from web.shutdown import end_streams_at_sigterm

HUB = Hub()


@asgi("/little", copy_scope=True)
async def little(scope: Scope, receive: Receive, send: Send) -> None:
    async def whole() -> tuple[int, str]:
        return 1, "a board"

    await HUB.channel("little").serve(scope, receive, send, whole)


@asgi("/much", copy_scope=True)
async def much(scope: Scope, receive: Receive, send: Send) -> None:
    async def whole() -> tuple[int, str]:
        return 1, "more than any socket takes " * 500_000

    await HUB.channel("much").serve(scope, receive, send, whole)


def end_streams() -> None:
    end_streams_at_sigterm(HUB)


def main(ends_streams: bool) -> None:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    app = Litestar(
        [little, much], on_startup=[end_streams] if ends_streams else [], openapi_config=None
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1] == "yes")
