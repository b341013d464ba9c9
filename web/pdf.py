"""Documents as tagged PDF, drawn in a process of its own within limits of memory and time."""

import asyncio
import contextlib
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NO_PANGO = 3  # what the worker ends with where the library is missing
WALL_SECONDS = 60
AT_ONCE = asyncio.Semaphore(2)
NEEDS_PANGO = (
    "This server cannot make PDF files yet: it needs a library called Pango. "
    "The person who looks after the server can type: sudo apt-get install libpangoft2-1.0-0"
)
FAILED = "The PDF file could not be made this time. Nothing is lost. You can try again."


class NoPdf(Exception):
    """There is no PDF file. The words say why, in whole sentences for a person."""


async def pdf_of(html: str) -> bytes:
    """The HTML document as PDF. Raises NoPdf.

    It may use `paper.css` and what stands in it, such as pictures as `data:` addresses; nothing
    else is fetched. Its title and language are those of the HTML.
    """
    async with AT_ONCE:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "web.pdf_worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=ROOT,
            env={},  # it needs none of our secrets
        )
        try:
            async with asyncio.timeout(WALL_SECONDS):
                content, _ = await worker.communicate(html.encode())
        except TimeoutError:
            raise NoPdf(FAILED) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                worker.kill()
    if worker.returncode == NO_PANGO:
        raise NoPdf(NEEDS_PANGO)
    if worker.returncode != 0 or not content.startswith(b"%PDF"):
        raise NoPdf(FAILED)
    return content
