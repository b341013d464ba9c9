"""Putting a backup back: opening it, checking every file, and forgetting again what had gone.

The log of erasures that is here stays: lines that only the backup has are added to it.
"""

import asyncio
import json
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from gatherings.personal_data.erasures import LOG, add_to_log, agree_with_log, read_log
from gatherings.personal_data.forgetting import forget
from sessions.personal_data.all_rules import ALL_RULES, erase_everywhere
from sessions.personal_data.backups import DUMP, MANIFEST, PICTURES, SQLITE, sha256_of
from web.crypto import NotOpened, key_file
from web.database_copies import CopyProblem, Rows, look_over_sqlite, put_into_postgres
from web.sealed_file import SealedReader
from web.settings import Settings, settings

NO_KEYS = "There is no key file at {path}. Put your copy of it there first: the backup has no keys."
NOT_WHOLE = "This backup cannot be used: {why}."
ANOTHER_KIND = {
    SQLITE: "This is a backup of PostgreSQL. Name an empty database in DATABASE_URL.",
    DUMP: "This is a backup of SQLite. Leave DATABASE_URL empty.",
}
IN_THE_WAY = "There is a database at {path} already. Stop the app, and move it away first."


@dataclass(frozen=True)
class PutBack:
    """What was in the backup: when it was made, its rows by table, and how many pictures."""

    made_at: datetime
    rows: Rows
    pictures: int


@dataclass(frozen=True)
class Agreed:
    """What went again: bookings and needs that the log remembers, and whatever was due."""

    erased: int
    forgotten: int


async def put_back(backup: Path) -> PutBack:
    """Check all of a backup, then put it into its places. Raises CopyProblem and changes nothing
    where that cannot be done."""
    chosen = settings()
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=chosen.data_dir) as beside:
        folder = Path(beside)
        told = await asyncio.to_thread(open_backup, backup, folder)
        rows = await _put_database(folder, chosen, told["rows"])
        pictures = await asyncio.to_thread(_put_pictures, folder / PICTURES, chosen.pictures)
        add_to_log(chosen.data_dir, read_log(folder))
    return PutBack(datetime.fromisoformat(str(told["made_at"])), rows, pictures)


async def go_again(now: datetime) -> Agreed:
    """On the database that was put back: erase and forget what must not have come back."""
    erased = await agree_with_log(settings().data_dir, now, erase_everywhere)
    gone = await forget(ALL_RULES, now)
    return Agreed(erased, sum(gone.values()))


def open_backup(backup: Path, to: Path) -> Mapping[str, object]:
    """Unpack into an empty folder. Gives the manifest. Raises CopyProblem where a byte is not as
    it was."""
    if not settings().field_keys and not key_file().exists():
        raise CopyProblem(NO_KEYS.format(path=key_file()))
    try:
        with backup.open("rb") as file:
            found = _unpack(SealedReader(file), to)
    except (NotOpened, OSError, tarfile.TarError) as error:
        raise CopyProblem(NOT_WHOLE.format(why=error)) from error
    told: dict[str, object] = json.loads((to / MANIFEST).read_text())
    if found != told["sha256"]:
        raise CopyProblem(NOT_WHOLE.format(why="its files are not those that it names"))
    return told


def _unpack(sealed: SealedReader, to: Path) -> dict[str, str]:
    """The SHA-256 of each file but the manifest, by its name."""
    found = {}
    with tarfile.open(fileobj=cast(BinaryIO, sealed), mode="r|") as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            if content is None or not _ours(entry.name):
                raise CopyProblem(NOT_WHOLE.format(why=f"it holds {entry.name}"))
            path = to / entry.name
            path.parent.mkdir(parents=True, exist_ok=True)
            _save(content, path)
            if entry.name != MANIFEST:
                with path.open("rb") as file:
                    found[entry.name] = sha256_of(file)
    return found


def _ours(name: str) -> bool:
    return name in (SQLITE, DUMP, LOG, MANIFEST) or (
        name.startswith(PICTURES) and ".." not in PurePosixPath(name).parts
    )


def _save(content: IO[bytes], path: Path) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(content, file)


async def _put_database(folder: Path, chosen: Settings, told: object) -> Rows:
    wanted = DUMP if chosen.database_url else SQLITE
    copy = folder / wanted
    if not copy.exists():
        raise CopyProblem(ANOTHER_KIND[wanted])
    if chosen.database_url:
        return _as_told(await put_into_postgres(copy, chosen.database_url), told)
    place = chosen.data_dir / "gatherings.sqlite"
    if place.exists():
        raise CopyProblem(IN_THE_WAY.format(path=place))
    rows = _as_told(await asyncio.to_thread(look_over_sqlite, copy), told)
    copy.rename(place)
    return rows


def _as_told(rows: Rows, told: object) -> Rows:
    if rows != told:
        raise CopyProblem("The database does not hold as many rows as the backup says.")
    return rows


def _put_pictures(source: Path, to: Path) -> int:
    """Pictures that are there already stay as they are: a name is never used twice."""
    files = [path for path in source.rglob("*") if path.is_file()]
    for path in files:
        place = to / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), place.open("xb") as file:
            file.write(path.read_bytes())
    return len(files)
