"""Photographs: kept under a key, turned, forgotten; and nothing is ever left over."""

import asyncio
import hashlib
import os
import signal
from pathlib import Path

import pytest

from tests.picture_files import (
    as_file,
    contents,
    corners,
    grainy_photograph,
    kept_image,
    names,
    png_of,
    refusal,
    seen_corners,
    telling,
)
from web import pictures
from web.pictures import NotKept, file_of, forget, keep, turn


def workers() -> list[int]:
    """The process numbers of our picture workers that are alive."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            ours = parent == os.getpid() and b"picture_worker" in (place / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += [int(place.name)] if ours else []
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photograph_becomes_three_copies(tmp_path: Path, kind: str) -> None:
    upload = as_file(corners().resize((3000, 2250)), kind)
    picture = await keep(upload, tmp_path, whiten=False)
    sizes = {size: kept_image(picture, tmp_path, size).size for size in pictures.SIZES}
    assert sizes == {"large": (2048, 1536), "medium": (1024, 768), "small": (400, 300)}
    stored = {name: len(file) for name, file in contents(tmp_path).items()}
    assert stored == {
        f"{picture.key}-large.jpg": picture.large_bytes,
        f"{picture.key}-medium.jpg": picture.medium_bytes,
        f"{picture.key}-small.jpg": picture.small_bytes,
    }
    assert (picture.width, picture.height) == (2048, 1536)
    assert picture.sha256 == hashlib.sha256(upload).hexdigest()
    assert seen_corners(kept_image(picture, tmp_path, "small")) == ["red", "green", "blue", "white"]


async def test_a_file_on_disk_is_read_and_left_to_its_owner(tmp_path: Path) -> None:
    upload, folder = tmp_path / "upload", tmp_path / "pictures"
    upload.write_bytes(as_file(corners()))
    picture = await keep(upload, folder, whiten=False)
    assert (upload.exists(), len(names(folder))) == (True, 3)
    assert picture.sha256 == hashlib.sha256(upload.read_bytes()).hexdigest()


async def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    picture = await keep(as_file(corners()), tmp_path, whiten=False)
    assert [kept_image(picture, tmp_path, size).size for size in pictures.SIZES] == [(160, 120)] * 3


async def test_what_a_person_is_told(tmp_path: Path) -> None:
    uploads = (b"<svg/>", png_of(7200, 7000), as_file(corners())[:900])
    assert [await refusal(upload, tmp_path) for upload in uploads] == [
        "This file is not a picture we can use. Choose a JPEG, PNG, WebP or HEIC photograph.",
        "This picture is too wide or too tall for us. Send a smaller copy, at most 50 megapixels.",
        "This picture did not finish arriving, or its file is damaged. Send it again.",
    ]


async def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert await refusal(b"", tmp_path) == "This file is empty. Choose the picture again."


async def test_more_than_25_megabytes_is_refused(tmp_path: Path) -> None:
    folder, upload = tmp_path / "pictures", tmp_path / "upload"
    folder.mkdir()
    big = telling() + bytes(25 * 1024 * 1024)
    upload.write_bytes(big)
    words = "This picture is larger than 25 MB. Send a smaller copy of it."
    assert [await refusal(big, folder), await refusal(upload, folder)] == [words, words]


async def test_25_megabytes_are_kept(tmp_path: Path) -> None:
    picture = as_file(corners())
    full = picture + bytes(25 * 1024 * 1024 - len(picture))
    assert (await keep(full, tmp_path, whiten=False)).width == 160


async def test_turning_gives_a_new_key_and_leaves_the_old_until_forgotten(tmp_path: Path) -> None:
    first = await keep(as_file(corners()), tmp_path, whiten=False)
    once = await turn(first.key, tmp_path, 1)
    back = await turn(once.key, tmp_path, -1)
    over = await turn(first.key, tmp_path, 6)
    shown = [seen_corners(kept_image(copies, tmp_path)) for copies in (once, back, over)]
    assert shown == [
        ["blue", "red", "white", "green"],
        ["red", "green", "blue", "white"],
        ["white", "blue", "green", "red"],
    ]
    assert (once.width, once.height, back.width, back.height) == (120, 160, 160, 120)
    keys = {first.key, once.key, back.key, over.key}
    assert (len(keys), len(names(tmp_path))) == (4, 12)


async def test_what_is_gone_cannot_be_turned(tmp_path: Path) -> None:
    with pytest.raises(NotKept) as told:
        await turn("0" * 32, tmp_path, 1)
    assert str(told.value) == "This picture is not here any more."


async def test_forgetting_removes_the_three_files_and_no_other(tmp_path: Path) -> None:
    gone = await keep(as_file(corners()), tmp_path, whiten=False)
    stays = await keep(as_file(corners()), tmp_path, whiten=False)
    forget(gone.key, tmp_path)
    forget(gone.key, tmp_path)
    assert {name.partition("-")[0] for name in names(tmp_path)} == {stays.key}
    assert file_of(gone.key, "large", tmp_path) is None


def test_a_key_or_size_that_is_not_ours_leads_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    key = "0123456789abcdef" * 2
    planted = (key, f"{key}\n", f"{key}x", key.upper(), "x", "../secret", "\u0660" * 32)
    for name in (*(f"{plant}-large.jpg" for plant in planted), f"{key}-huge.jpg"):
        (folder / name).write_bytes(b"kept")
    asked = [
        *((plant, "large") for plant in (*planted, "", f"../pictures/{key}")),
        *((key, size) for size in ("huge", "small", "", "../x")),
    ]
    found = [(a, b) for a, b in asked if file_of(a, b, folder) is not None]
    assert found == [(key, "large")]
    forget("../secret", folder)
    assert (tmp_path / "secret-large.jpg").exists() is True


async def left_over(folder: Path) -> list[str]:
    """What is still there, files and workers, after the moment that an end may take."""
    for _ in range(200):
        if not workers():
            break
        await asyncio.sleep(0.01)
    return names(folder) + [str(worker) for worker in workers()]


async def worker_of(keeping: asyncio.Task[pictures.Picture]) -> int:
    """The process at work on a picture, as soon as there is one."""
    while not (found := workers()):
        assert keeping.done() is False
        await asyncio.sleep(0.01)
    return found[0]


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (signal.SIGKILL, "We could not prepare this picture. Save it as a JPEG and send that."),
        (signal.SIGXCPU, "This picture took too long to prepare. Send a smaller copy of it."),
    ],
)
async def test_a_worker_that_is_killed_leaves_no_files(
    tmp_path: Path, sign: signal.Signals, words: str
) -> None:
    keeping = asyncio.create_task(keep(grainy_photograph(), tmp_path, whiten=True))
    os.kill(await worker_of(keeping), sign)
    with pytest.raises(NotKept) as told:
        await keeping
    assert (str(told.value), names(tmp_path), workers()) == (words, [], [])


async def test_a_worker_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.05)
    assert await refusal(grainy_photograph(), tmp_path) == pictures.TOO_LONG
    assert workers() == []


@pytest.mark.parametrize("seconds", [0, 0.1])
async def test_a_person_who_leaves_takes_the_worker_along(tmp_path: Path, seconds: float) -> None:
    keeping = asyncio.create_task(keep(grainy_photograph(), tmp_path, whiten=True))
    await worker_of(keeping)
    await asyncio.sleep(seconds)
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    assert await left_over(tmp_path) == []


async def test_two_at_once_and_never_three(tmp_path: Path) -> None:
    upload = grainy_photograph()
    keeping = asyncio.gather(*(keep(upload, tmp_path, whiten=False) for _ in range(4)))
    most = looks = 0
    while not keeping.done():
        most = max(most, len(workers()))
        looks += 1
        await asyncio.sleep(0.02)
    kept = await keeping
    assert (most, len({picture.key for picture in kept}), len(names(tmp_path))) == (2, 4, 12)
    assert (looks > 10) is True  # everybody else was served meanwhile
