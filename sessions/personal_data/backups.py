"""Backups: the database, the pictures and the log of erasures in one sealed file. Never the keys.

Inside is an archive (tar). Its last part is the manifest: when it was made, the rows of each
table, and the SHA-256 of every file.
"""

import asyncio
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO, cast

from gatherings.personal_data.erasures import LOG
from gatherings.personal_data.keeping import BACKUPS
from web.database import PostgresEngine, the_engine
from web.database_copies import Rows, copy_postgres, copy_sqlite
from web.pictures import UNWRITTEN
from web.sealed_file import SealedWriter
from web.settings import Settings, settings

SQLITE, DUMP, MANIFEST, PICTURES = "database.sqlite", "database.dump", "manifest.json", "pictures/"
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"gatherings-(\d{8}T\d{6}Z)\.backup")
UNFINISHED, BESIDE = ".unfinished", "backup-"
A_DAY, MOST_OF_A_DAY = timedelta(days=1), timedelta(hours=20)
DRILLS = "drills.log"


async def make_backup(folder: Path, now: datetime) -> Path:
    """Write one backup, and let go of those that are too old. Gives its path.

    Raises CopyProblem when the database cannot be copied whole.
    """
    chosen = settings()
    await asyncio.to_thread(_make_ready, folder, now)
    path = folder / f"gatherings-{now.astimezone(UTC).strftime(STAMP)}.backup"
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=folder) as beside:
        engine = the_engine()
        if isinstance(engine, PostgresEngine):
            copy = Path(beside) / DUMP
            rows = await copy_postgres(str(engine.config["dsn"]), copy)
        else:
            copy = Path(beside) / SQLITE
            rows = await asyncio.to_thread(copy_sqlite, Path(engine.path), copy)
        await asyncio.to_thread(_write, path, copy, rows, chosen, now)
    prune(folder, now)
    return path


def prune(folder: Path, now: datetime) -> int:
    """Delete our own backups in this folder that are older than people are told. Gives how many."""
    old = [path for path, made in backups_in(folder) if made <= now - BACKUPS]
    for path in old:
        path.unlink()
    return len(old)


def backups_in(folder: Path) -> list[tuple[Path, datetime]]:
    """The backups that were finished, with when they were made, oldest first."""
    named = [(path, NAME.fullmatch(path.name)) for path in folder.glob("gatherings-*.backup")]
    made = [
        (path, datetime.strptime(match[1], STAMP).replace(tzinfo=UTC))
        for path, match in named
        if match
    ]
    return sorted(made, key=lambda one: one[1])


def usual_folder() -> Path:
    """Where backups go when nobody says where."""
    return settings().backup_dir or settings().data_dir / "backups"


async def back_up_each_night(now: datetime) -> None:
    """Where the app makes backups by itself: one each day. Elsewhere: none, but old ones go."""
    folder = usual_folder()
    newest = max((made for _, made in backups_in(folder)), default=None)
    if settings().backup_dir and (newest is None or newest <= now - MOST_OF_A_DAY):
        await make_backup(folder, now)
    prune(folder, now)


def note_drill(backup: Path, now: datetime) -> None:
    """Write down that a backup was put back to try it."""
    with (settings().data_dir / DRILLS).open("a") as file:
        file.write(f"{now.isoformat()} {backup.name}\n")


def last_drill() -> datetime | None:
    """When a backup was last put back to try it."""
    path = settings().data_dir / DRILLS
    lines = path.read_text().splitlines() if path.exists() else []
    return datetime.fromisoformat(lines[-1].split(" ")[0]) if lines else None


def sha256_of(file: BufferedReader) -> str:
    """The SHA-256 of what is left in an open file, in hexadecimal."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def _make_ready(folder: Path, now: datetime) -> None:
    """Take away what a backup that was killed on another day left there: it is not sealed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_over in folder.glob(f"{BESIDE}*"):
        if left_over.stat().st_mtime < (now - A_DAY).timestamp():
            shutil.rmtree(left_over)


def _write(path: Path, copy: Path, rows: Rows, chosen: Settings, now: datetime) -> None:
    """Under another name until it is whole, so that nobody takes half a backup for one."""
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        with SealedWriter(unfinished) as sealed:
            _fill(sealed, copy, rows, chosen, now)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(sealed: SealedWriter, copy: Path, rows: Rows, chosen: Settings, now: datetime) -> None:
    hashes = {}
    with tarfile.open(fileobj=cast(BinaryIO, sealed), mode="w|") as archive:
        for name, path in _files(copy, chosen):
            with suppress(FileNotFoundError), path.open("rb") as file:  # deleted meanwhile
                hashes[name] = put_in(archive, name, file)
        told = {"made_at": now.isoformat(), "rows": rows, "sha256": hashes}
        words = json.dumps(told).encode()
        archive.addfile(_entry(MANIFEST, len(words)), io.BytesIO(words))


def put_in(archive: tarfile.TarFile, name: str, file: FileIO | BufferedReader) -> str:
    """Put an open file into the archive. Gives the SHA-256 of what went in.

    The log may grow while it is read: then what it was at first goes in, and its hash fits.
    """
    size, hashed = os.fstat(file.fileno()).st_size, _Hashed(file)
    archive.addfile(_entry(name, size), cast(BinaryIO, hashed))
    return hashed.sha256.hexdigest()


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: FileIO | BufferedReader) -> None:
        self._file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        content = self._file.read(size) or b""
        self.sha256.update(content)
        return content


def _files(copy: Path, chosen: Settings) -> Iterator[tuple[str, Path]]:
    """What goes in, by the name that it has inside."""
    yield copy.name, copy
    yield LOG, chosen.data_dir / LOG
    for picture in sorted(chosen.pictures.rglob("*")):
        if picture.is_file() and picture.suffix != UNWRITTEN:
            yield PICTURES + picture.relative_to(chosen.pictures).as_posix(), picture


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry
