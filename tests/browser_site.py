"""The product itself in a process of its own, on a folder of data, for a real browser."""

import asyncio
import json
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVER = ("-m", "uvicorn", "app:app", "--no-access-log", "--timeout-graceful-shutdown", "2")
STARTS_WITHIN = 90


@dataclass(frozen=True)
class Site:
    """A running product: where it is, its folder, and what its example holds."""

    url: str
    folder: Path
    keys: dict[str, str]
    places: dict[str, str]

    async def command(self, *words: str) -> str:
        """What `litestar <words>` prints."""
        return await run_program(
            self.folder, "-m", "litestar", "--app", "app:app", *words, base_url=self.url
        )


async def load_example(folder: Path) -> dict[str, Any]:
    """Fill the folder with the whole example; returns what tests/browser_example.py tells."""
    told = json.loads(await run_program(folder, "-m", "tests.browser_example"))
    assert isinstance(told, dict)
    return told


@asynccontextmanager
async def serving(
    folder: Path, told: dict[str, Any] | None = None, *, shown_as: str = ""
) -> AsyncIterator[Site]:
    """Serve what the folder holds on a free port. `shown_as` is the address on its pages."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://localhost:{port}"
    server = await asyncio.create_subprocess_exec(
        sys.executable, *SERVER, "--port", str(port), env=environment(folder, shown_as or url)
    )
    try:
        await answering(port)
        known = told or {}
        places = {name: value for name, value in known.items() if isinstance(value, str)}
        yield Site(url, folder, known.get("keys", {}), places)
    finally:
        server.terminate()
        await server.wait()


def copied(folder: Path, to: Path) -> Path:
    """The same data in another folder, so that what one test does another does not see."""
    return Path(shutil.copytree(folder, to))


async def answering(port: int) -> None:
    """Wait until somebody listens."""
    async with asyncio.timeout(STARTS_WITHIN):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def run_program(folder: Path, *words: str, base_url: str = "", database: str = "") -> str:
    """What a Python program prints that works on this folder's data, or on a database."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        env=environment(folder, base_url, database),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await program.communicate()
    assert program.returncode == 0, f"{words} ended with {program.returncode}"
    return printed.decode()


def environment(folder: Path, base_url: str, database: str = "") -> dict[str, str]:
    """This process's environment with settings of its own. Without a database it is SQLite."""
    where = {"DATA_DIR": str(folder), "DATABASE_URL": database}
    return {**os.environ, **where, "BASE_URL": base_url, "EXAMPLE": "no"}
