"""What `litestar serve` prints holds no secret and no reference."""

import json
import socket
import sys
from pathlib import Path

import httpx
from anyio import open_process

from tests.browser_site import answering, environment

SECRET, REFERENCE = "v3ry-s3cr3t-part-of-a-private-link", "maple-river-42"


async def test_a_private_link_never_reaches_the_log(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    settings = environment(tmp_path, f"http://127.0.0.1:{port}") | {"PORT": str(port)}
    words = (sys.executable, "-m", "litestar", "--app", "app:app", "serve")
    async with await open_process(words, env=settings) as server:
        try:
            await answering(port)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
                for tail in ("", "?from=a-letter", "/more"):
                    await browser.get(f"/b/{REFERENCE}/{SECRET}{tail}")
                    await browser.post(f"/b/{REFERENCE}/{SECRET}{tail}")
        finally:
            server.terminate()
            await server.wait()
            printed = b""
            for stream in (server.stdout, server.stderr):
                if stream is not None:
                    printed += b"".join([part async for part in stream])
    lines = [line for line in printed.decode().splitlines() if line.startswith("{")]
    routes = [json.loads(line)["route"] for line in lines]
    assert routes.count("/b/{reference}/{secret}") >= 2
    for hidden in (SECRET, REFERENCE, "a-letter"):
        assert hidden not in printed.decode()
