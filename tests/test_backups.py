"""A backup holds everything but the keys, sealed; what was erased does not come back with it."""

import asyncio
import hashlib
import io
import os
import re
import shutil
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Need
from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.tables import Booking
from gatherings.personal_data.erasures import LOG, log_erasures, read_log
from sessions.personal_data.all_rules import erase_everywhere
from sessions.personal_data.backups import (
    back_up_each_night,
    backups_in,
    last_drill,
    make_backup,
    prune,
    put_in,
)
from sessions.personal_data.drills import drill, plainly
from sessions.personal_data.restoring import go_again, open_backup, put_back
from tests.booking_rows import make_gathering, with_needs
from tests.databases import own_name, postgres_database
from web.crypto import keys_now
from web.database import DatabaseEngine, PostgresEngine, SQLiteEngine, write
from web.database_copies import CopyProblem, copy_sqlite, rows_of_postgres
from web.sealed_file import SealedWriter
from web.settings import settings

NOW = datetime.now(UTC)
PICTURE = b"a picture" * 300_000  # more than two sealed pieces


@pytest.fixture(autouse=True)
def _programs() -> None:
    if os.environ.get("TEST_DB") == "postgres" and shutil.which("pg_dump") is None:
        reason = "A backup of PostgreSQL needs its program pg_dump."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def settings_of(**changes: str) -> Iterator[None]:
    """Other settings, with the keys of before."""
    changes = {"FIELD_KEYS": ",".join(keys_now())} | changes
    before = {name: os.environ.get(name, "") for name in changes}
    os.environ.update(changes)
    settings.cache_clear()
    try:
        yield
    finally:
        os.environ.update(before)
        settings.cache_clear()


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
async def booked(db: object) -> Booked:
    gathering = await make_gathering()
    needs = with_needs(NeedAnswer("hear.loop", "Please face me"), name="Calpurnia")
    return await write(bookings.book, gathering.id, needs)


@pytest.fixture
def pictures() -> Iterator[Path]:
    folder = settings().pictures
    shutil.rmtree(folder, ignore_errors=True)  # other tests may have left theirs
    folder.mkdir()
    (folder / "sheet-large.jpg").write_bytes(PICTURE)
    (folder / "half-large.part").write_bytes(b"half a picture")
    yield folder
    shutil.rmtree(folder)


async def test_a_backup_is_sealed_and_holds_no_key(
    booked: Booked, pictures: Path, tmp_path: Path
) -> None:
    path = await make_backup(tmp_path, NOW)
    assert [one for one, _ in backups_in(tmp_path)] == [path]
    assert names_in(tmp_path) == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    secrets = (b"Calpurnia", booked.reference.encode(), PICTURE[:20], b"SQLite", b"manifest")
    assert [one for one in secrets if one in content] == []
    inside = tmp_path / "inside"
    told = open_backup(path, inside)
    opened = b"".join(one.read_bytes() for one in inside.rglob("*") if one.is_file())
    assert [key for key in keys_now() if key.encode() in opened] == []
    assert names_in(inside / "pictures") == ["sheet-large.jpg"]
    assert (inside / "pictures/sheet-large.jpg").read_bytes() == PICTURE
    assert isinstance(told["rows"], dict)
    assert (told["rows"]["booking"], told["rows"]["access_need"]) == (1, 1)


class GrowingFile(io.FileIO):
    """Like the log, to which somebody else writes while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        with Path(str(self.name)).open("ab") as more:
            more.write(b"a later line")
        return super().read(size) or b""


def test_a_file_that_grows_while_it_is_read_goes_in_as_it_was(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b"a line")
    with tarfile.open(tmp_path / "archive", "w") as archive, GrowingFile(tmp_path / LOG) as log:
        assert put_in(archive, LOG, log) == hashlib.sha256(b"a line").hexdigest()
    with tarfile.open(tmp_path / "archive") as archive:
        kept = archive.extractfile(LOG)
        assert kept is not None
        assert kept.read() == b"a line"


async def test_a_file_that_is_not_the_one_of_the_manifest_is_refused(
    booked: Booked, tmp_path: Path
) -> None:
    inside, mixed = tmp_path / "inside", tmp_path / "mixed.backup"
    open_backup(await make_backup(tmp_path, NOW), inside)
    (inside / LOG).write_text("A line from elsewhere\n")
    with (
        SealedWriter(mixed) as sealed,
        tarfile.open(fileobj=cast(BinaryIO, sealed), mode="w|") as archive,
    ):
        for name in names_in(inside):
            archive.add(inside / name, arcname=name)
    with pytest.raises(CopyProblem, match="its files are not those that it names"):
        open_backup(mixed, tmp_path / "again")


@pytest.mark.parametrize("harm", ["a byte changed", "cut off", "a piece gone", "another key"])
async def test_a_backup_that_was_harmed_is_refused(
    booked: Booked, pictures: Path, tmp_path: Path, harm: str
) -> None:
    path = await make_backup(tmp_path, NOW)
    content = bytearray(path.read_bytes())
    head, piece = 40, (1 << 20) + 16
    match harm:
        case "a byte changed":
            content[len(content) // 2] ^= 1
        case "cut off":
            del content[head + piece :]  # after a whole piece
        case "a piece gone":
            del content[head + piece : head + 2 * piece]
        case _:
            content[20:24] = b"none"
    path.write_bytes(content)
    with settings_of(DATA_DIR=str(tmp_path / "new")):
        with pytest.raises(CopyProblem, match="This backup cannot be used"):
            await put_back(path)
        assert names_in(tmp_path / "new") == []


async def test_what_was_erased_since_does_not_come_back(
    db: DatabaseEngine, booked: Booked, pictures: Path, tmp_path: Path
) -> None:
    """Put back beside the newest log, with what was forgotten by its date as well."""
    old = await make_backup(tmp_path, NOW)
    await write(erase_everywhere, (await Booking.objects())[0].id, "person", datetime.now(UTC))
    place = tmp_path / "new"
    place.mkdir()
    await log_erasures(place)
    if isinstance(db, PostgresEngine):
        async with postgres_database(own_name("restored")) as url:
            with settings_of(DATA_DIR=str(place), DATABASE_URL=url):
                back = await put_back(old)
            assert await rows_of_postgres(url) == back.rows
            again = settings_of(DATA_DIR=str(place), DATABASE_URL=url)
            with again, pytest.raises(CopyProblem, match="is not empty"):
                await put_back(old)
        assert back.rows["booking"] == 1
        return
    with settings_of(DATA_DIR=str(place)):
        back = await put_back(old)
        assert (back.rows["booking"], back.pictures) == (1, 1)
        assert (place / "pictures/sheet-large.jpg").read_bytes() == PICTURE
        with pytest.raises(CopyProblem, match="move it away first"):
            await put_back(old)
        assert b"Calpurnia" in (place / "gatherings.sqlite").read_bytes()
        async with EngineAt(db, place / "gatherings.sqlite"):
            assert (await go_again(datetime.now(UTC))).erased == 1
            assert await Need.count() == 0
        assert b"Calpurnia" not in (place / "gatherings.sqlite").read_bytes()


class EngineAt:
    """The database of the test, at another file for a while."""

    def __init__(self, db: SQLiteEngine, path: Path) -> None:
        self.db, self.path, self.before = db, path, db.path

    async def _at(self, path: str) -> None:
        await self.db.close_connection_pool()
        self.db.path = path
        await self.db.start_connection_pool()

    async def __aenter__(self) -> None:
        await self._at(str(self.path))

    async def __aexit__(self, *failure: object) -> None:
        await self._at(self.before)


async def test_lines_that_only_the_backup_has_are_added_to_the_log(
    booked: Booked, tmp_path: Path
) -> None:
    await write(erase_everywhere, (await Booking.objects())[0].id, "team", NOW)
    await log_erasures(settings().data_dir)
    lines = read_log(settings().data_dir)
    path = await make_backup(tmp_path, NOW)
    (settings().data_dir / LOG).unlink()
    open_backup(path, tmp_path / "inside")
    assert read_log(tmp_path / "inside") == lines != []


async def test_only_our_own_old_backups_go(db: object, tmp_path: Path) -> None:
    names = {
        "gatherings-{:%Y%m%dT%H%M%SZ}.backup": (35, 34),
        "mine-{:%Y%m%dT%H%M%SZ}.backup": (90,),
    }
    for name, ages in names.items():
        for days in ages:
            (tmp_path / name.format(NOW - timedelta(days=days))).touch()
    assert prune(tmp_path, NOW) == 1
    assert [name.split("-")[0] for name in names_in(tmp_path)] == ["gatherings", "mine"]


async def test_the_app_makes_one_each_night_where_it_was_told_to(
    db: object, tmp_path: Path
) -> None:
    await back_up_each_night(NOW)
    assert not (settings().data_dir / "backups").exists()
    with settings_of(BACKUP_DIR=str(tmp_path)):
        for hours in (0, 1, 24, 35 * 24 + 1):
            await back_up_each_night(NOW + timedelta(hours=hours))
        ages = [made.replace(microsecond=0) for _, made in backups_in(tmp_path)]
    second = NOW.replace(microsecond=0)
    assert ages == [second + timedelta(hours=24), second + timedelta(hours=35 * 24 + 1)]


async def test_a_damaged_database_is_never_kept_as_a_backup(tmp_path: Path) -> None:
    with pytest.raises(CopyProblem, match="There is no database"):
        await asyncio.to_thread(copy_sqlite, tmp_path / "none.sqlite", tmp_path / "copy")
    assert names_in(tmp_path) == []


async def test_a_drill_puts_it_back_in_a_place_of_its_own(booked: Booked, tmp_path: Path) -> None:
    path = await make_backup(tmp_path, NOW)
    await write(erase_everywhere, (await Booking.objects())[0].id, "person", datetime.now(UTC))
    await log_erasures(settings().data_dir)
    told = await drill(path)
    (settings().data_dir / LOG).unlink()
    assert "Bookings that had come back and were erased again: 1." in told
    assert re.search(r"\d+ rows in \d+ tables and 0 pictures, each as it was\.", told)
    assert "The first page opens." in told
    drilled = last_drill()
    assert drilled is not None
    assert drilled >= NOW


def test_what_a_drill_complains_of_is_said_plainly() -> None:
    framed = "╭─ Error ───╮\n│ There is  │\n│ no key.   │\n╰───────────╯\n"
    assert plainly(framed) == "There is no key."
