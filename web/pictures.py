"""Photographs: checked and copied clean by a process of their own; the upload is never kept."""

import asyncio
import contextlib
import io
import json
import logging
import os
import re
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

MOST_BYTES = 25 * 1024 * 1024
WALL_SECONDS = 60.0
AT_ONCE = 2
SIZES = ("large", "medium", "small")
UNWRITTEN = ".part"

NOT_A_PICTURE = (
    "This file is not a picture we can use. Choose a JPEG, PNG, WebP or HEIC photograph."
)
TOO_LARGE = "This picture is larger than 25 MB. Send a smaller copy of it."
TOO_MANY_PIXELS = (
    "This picture is too wide or too tall for us. Send a smaller copy, at most 50 megapixels."
)
UNFINISHED = "This picture did not finish arriving, or its file is damaged. Send it again."
EMPTY = "This file is empty. Choose the picture again."
TOO_LONG = "This picture took too long to prepare. Send a smaller copy of it."
FAILED = "We could not prepare this picture. Save it as a JPEG and send that."
GONE = "This picture is not here any more."

_REASONS = {
    "not-a-picture": NOT_A_PICTURE,
    "pixels": TOO_MANY_PIXELS,
    "unfinished": UNFINISHED,
    "failed": FAILED,
}

T = TypeVar("T")

_ROOT = Path(__file__).resolve().parents[1]
_KEY = re.compile("[0-9a-f]{32}")
_desks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_log = logging.getLogger(__name__)


class NotKept(Exception):
    """A picture that was not kept; its text tells the person why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Copies:
    """The three files under one unguessable key; width and height are those of the large one."""

    key: str
    width: int
    height: int
    large_bytes: int
    medium_bytes: int
    small_bytes: int


@dataclass(frozen=True, kw_only=True)
class Picture(Copies):
    """A picture just kept; `sha256` is that of the upload, to recognise it when it comes again."""

    sha256: str


async def keep(upload: bytes | Path, folder: Path, *, whiten: bool) -> Picture:
    """Check a photograph and write its three clean copies, or raise `NotKept`.

    `whiten` is for flipchart sheets, never for artwork. A `Path` stays the caller's to remove.
    """
    size = len(upload) if isinstance(upload, bytes) else await asyncio.to_thread(_size, upload)
    if size == 0:
        raise NotKept(EMPTY)
    if size > MOST_BYTES:
        raise NotKept(TOO_LARGE)
    made = await _prepare(upload, *(["--whiten"] if whiten else []))
    return Picture(**asdict(await _save(made, folder)), sha256=made.sha256)


async def turn(key: str, folder: Path, quarter_turns: int) -> Copies:
    """Turn a kept picture clockwise, under a new key so that no browser shows the old one.

    The old files stay until `forget`: the page calls it once the new key is written down.
    """
    large = file_of(key, "large", folder)
    if large is None:
        raise NotKept(GONE)
    return await _save(await _prepare(large, "--quarter-turns", str(quarter_turns % 4)), folder)


def file_of(key: str, size: str, folder: Path) -> Path | None:
    """The file of one size, or nothing where key or size is not one of ours."""
    if size not in SIZES or not _KEY.fullmatch(key):
        return None
    path = _path(folder, key, size)
    return path if path.is_file() else None


def forget(key: str, folder: Path) -> None:
    """Remove the three files, as far as they are there."""
    for size in SIZES:
        path = file_of(key, size, folder)
        if path is not None:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Made:
    """What the worker made of an upload: the bytes of each copy, largest first."""

    width: int
    height: int
    sha256: str
    copies: list[bytes]


async def _prepare(upload: bytes | Path, *asked: str) -> _Made:
    """Have the worker check and copy a picture; few at once, whoever asks."""
    async with _desk():
        sent = upload if isinstance(upload, bytes) else await asyncio.to_thread(upload.read_bytes)
        code, answer = await _work(sent, asked)
    if code == -signal.SIGXCPU:
        raise NotKept(TOO_LONG)
    if code != 0:
        _log.warning("The picture worker ended with code %s", code)
        raise NotKept(FAILED)
    return _made_from(answer)


async def _work(sent: bytes, asked: tuple[str, ...]) -> tuple[int, bytes]:
    """Run the worker on one picture, and see to its end whatever happens here."""
    starting = asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "web.picture_worker", *asked),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={},  # none of our secrets near a stranger's file
    )
    worker = await _whole(starting, undo=_kill)
    answer = b""
    try:
        async with asyncio.timeout(WALL_SECONDS):
            answer, _ = await worker.communicate(sent)
    except TimeoutError:
        raise NotKept(TOO_LONG) from None
    except RuntimeError:
        _log.info("The picture worker ended before it had read everything")  # said so by uvloop
    finally:
        _kill(worker)
        code = await worker.wait()
    return code, answer


def _kill(worker: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()


async def _whole(doing: Awaitable[T], undo: Callable[[T], None]) -> T:
    """Do what must not stop half-way; when the person leaves meanwhile, undo it afterwards."""
    task = asyncio.ensure_future(doing)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(lambda done: undo(done.result()))
        raise


def _made_from(answer: bytes) -> _Made:
    """Read the worker's line of JSON, and cut what follows into the copies."""
    line, _, rest = answer.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise NotKept(_REASONS[told["refused"]])
    file = io.BytesIO(rest)
    copies = [file.read(length) for length in told["lengths"]]
    return _Made(told["width"], told["height"], told["sha256"], copies)


async def _save(made: _Made, folder: Path) -> Copies:
    """Write the copies under a new key."""
    key = secrets.token_hex(16)
    writing = asyncio.to_thread(_write, made.copies, key, folder)
    await _whole(writing, undo=lambda _: forget(key, folder))
    large, medium, small = (len(copy) for copy in made.copies)
    return Copies(
        key=key,
        width=made.width,
        height=made.height,
        large_bytes=large,
        medium_bytes=medium,
        small_bytes=small,
    )


def _write(copies: list[bytes], key: str, folder: Path) -> None:
    """All three files whole and safe on the disk, or none of them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [_path(folder, key, size) for size in SIZES]
    parts = [path.with_suffix(UNWRITTEN) for path in paths]
    try:
        for part, copy in zip(parts, copies, strict=True):
            with part.open("wb") as file:
                file.write(copy)
                file.flush()
                os.fsync(file.fileno())
        for part, path in zip(parts, paths, strict=True):
            part.replace(path)
    except OSError:
        for path in (*parts, *paths):
            path.unlink(missing_ok=True)
        raise


def _path(folder: Path, key: str, size: str) -> Path:
    return folder / f"{key}-{size}.jpg"


def _size(path: Path) -> int:
    return path.stat().st_size


def _desk() -> asyncio.Semaphore:
    """Room for so many workers at once; a semaphore belongs to the loop it first waited in."""
    return _desks.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
