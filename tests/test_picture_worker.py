"""What the worker makes of a picture: upright, in true colours, clean; and what it refuses."""

import io
import resource
from pathlib import Path

import pytest
from PIL import Image

from tests.picture_files import (
    PAPER_SPOTS,
    PEN_SPOTS,
    PHONE,
    as_file,
    clear_drawing,
    contents,
    corners,
    heic_saying,
    jpeg_saying,
    kept_image,
    named,
    other_profile,
    pixel,
    png_of,
    refusal,
    seen_corners,
    sheet,
    telling,
    webp_saying,
)
from web import pictures
from web.picture_worker import Refused, as_jpeg, upright_picture
from web.pictures import keep

SECRETS = (b"Camera of nobody", b"<script>", b"a home address", b"GPS", b"Exif", b"ICC_PROFILE")
UPRIGHT = ["red", "green", "blue", "white"]


def shown(upload: bytes) -> Image.Image:
    """The picture as it is written, read back."""
    return Image.open(io.BytesIO(as_jpeg(upright_picture(upload, 0))))


def reason(upload: bytes) -> str:
    with pytest.raises(Refused) as told:
        upright_picture(upload, 0)
    return str(told.value)


async def test_a_phone_photograph_in_heic_stands_upright(tmp_path: Path) -> None:
    picture = await keep(PHONE, tmp_path, whiten=False)
    image = kept_image(picture, tmp_path)
    assert image.size == (160, 240)
    assert seen_corners(image) == ["white", "red", "white", "white"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_way_the_camera_was_held_is_honoured(kind: str) -> None:
    flip = Image.Transpose
    stored = {
        1: corners(),
        2: corners().transpose(flip.FLIP_LEFT_RIGHT),
        3: corners().transpose(flip.ROTATE_180),
        4: corners().transpose(flip.FLIP_TOP_BOTTOM),
        5: corners().transpose(flip.TRANSPOSE),
        6: corners().transpose(flip.ROTATE_90),
        7: corners().transpose(flip.TRANSVERSE),
        8: corners().transpose(flip.ROTATE_270),
        9: corners(),
    }
    seen = {}
    for orientation, image in stored.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        seen[orientation] = seen_corners(shown(as_file(image, kind, exif=exif)))
    assert seen == dict.fromkeys(stored, UPRIGHT)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_camera_notes_that_cannot_be_read_do_no_harm() -> None:
    upload = as_file(corners(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert seen_corners(shown(upload)) == UPRIGHT


@pytest.mark.parametrize(
    "upload",
    [telling(), as_file(corners(), comment=b"a home address"), PHONE],
    ids=["jpeg", "comment", "heic"],
)
async def test_nothing_but_the_picture_survives(tmp_path: Path, upload: bytes) -> None:
    picture = await keep(upload, tmp_path, whiten=False)
    survived = b"".join(contents(tmp_path).values())
    assert [secret for secret in SECRETS if secret in upload] != []
    assert [secret for secret in SECRETS if secret in survived] == []
    image = kept_image(picture, tmp_path)
    assert sorted(str(key) for key in image.info if not str(key).startswith("jfif")) == [
        "progression",
        "progressive",
    ]


@pytest.mark.parametrize(
    "upload",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + bytes(64),
        b"II*\0" + bytes(64),
        b"\0\0\0\x1cftypavif" + bytes(64),
        b"\0\0\0\x18ftypmp42" + bytes(64),
        b"\xff",
    ],
    ids=["svg", "eps", "pdf", "html", "gif", "tiff", "avif", "film", "one byte"],
)
def test_what_is_no_photograph_is_refused(upload: bytes) -> None:
    assert reason(upload) == "not-a-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    whole = as_file(Image.effect_noise((400, 300), 80).convert("RGB"), kind)
    assert {reason(whole[:length]) for length in (20, 300, len(whole) // 2)} == {"unfinished"}


async def test_a_phone_photograph_cut_short_is_refused(tmp_path: Path) -> None:
    told = {await refusal(PHONE[:length], tmp_path) for length in (20, 1000)}
    assert told == {pictures.UNFINISHED}


@pytest.mark.parametrize(
    "upload",
    [
        png_of(7200, 7000),
        jpeg_saying(65500, 65500),
        jpeg_saying(8000, 7600),
        webp_saying(16000, 16000),
    ],
    ids=["png", "lying jpeg", "jpeg", "webp"],
)
def test_too_many_pixels_are_refused(upload: bytes) -> None:
    assert reason(upload) == "pixels"


async def test_too_many_pixels_of_a_phone_are_refused(tmp_path: Path) -> None:
    assert await refusal(heic_saying(20000, 20000), tmp_path) == pictures.TOO_MANY_PIXELS


async def test_a_tiny_file_that_unpacks_to_400_megapixels_costs_nothing(tmp_path: Path) -> None:
    bomb = png_of(20000, 20000)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert await refusal(bomb, tmp_path) == pictures.TOO_MANY_PIXELS
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (len(bomb) < 60_000, after.ru_utime - before.ru_utime < 1.0) == (True, True)


async def test_a_jpeg_may_have_60_megapixels(tmp_path: Path) -> None:
    picture = await keep(as_file(Image.new("L", (8000, 7400))), tmp_path, whiten=False)
    assert (picture.width, picture.height) == (2048, 1894)


@pytest.mark.parametrize(
    ("image", "kind", "left", "right"),
    [
        (clear_drawing(), "PNG", "red", "white"),
        (clear_drawing().quantize(8), "PNG", "red", "white"),
        (clear_drawing().convert("LA"), "PNG", "grey", "white"),
        (clear_drawing(), "WEBP", "red", "white"),
        (Image.new("CMYK", (64, 64), (0, 255, 255, 40)), "JPEG", "red", "red"),
        (Image.new("I;16", (64, 64), 4000), "PNG", "black", "black"),
        (Image.new("I;16", (64, 64), 64000), "PNG", "white", "white"),
        (Image.new("1", (64, 64), 1), "PNG", "white", "white"),
        (Image.new("L", (64, 64), 10), "JPEG", "black", "black"),
        (Image.new("P", (64, 64)), "PNG", "black", "black"),
    ],
    ids=[
        "clear",
        "palette",
        "grey-clear",
        "webp",
        "cmyk",
        "dark-16",
        "light-16",
        "one-bit",
        "grey",
        "palette",
    ],
)
def test_every_way_to_store_colours(image: Image.Image, kind: str, left: str, right: str) -> None:
    seen = shown(as_file(image, kind))
    assert seen.mode == "RGB"
    assert [named(seen.getpixel(spot)) for spot in ((8, 32), (56, 32))] == [left, right]


def test_colours_of_a_camera_become_the_colours_of_the_web() -> None:
    red = Image.new("RGB", (64, 64), (255, 0, 0))
    profiles = (other_profile(), b"no profile at all", None)
    seen = [shown(as_file(red, icc_profile=profile)).getpixel((32, 32)) for profile in profiles]
    assert [named(colour) for colour in seen] == ["blue", "red", "red"]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "MPO"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    later = [Image.new("RGB", (160, 120), shade) for shade in ("yellow", "purple")]
    upload = as_file(corners(), kind, save_all=True, append_images=later)
    assert seen_corners(shown(upload)) == UPRIGHT


async def test_whitening_clears_the_paper_and_keeps_the_pens(tmp_path: Path) -> None:
    picture = await keep(as_file(sheet(), quality=95), tmp_path, whiten=True)
    image = kept_image(picture, tmp_path)
    paper = {image.getpixel(spot) for spot in PAPER_SPOTS}
    assert paper == {(255, 255, 255)}
    pens = {pen: named(image.getpixel(spot)) for pen, spot in PEN_SPOTS.items()}
    assert pens == {pen: pen for pen in PEN_SPOTS}


async def test_artwork_keeps_its_paper(tmp_path: Path) -> None:
    drawn = sheet()
    picture = await keep(as_file(drawn, quality=95), tmp_path, whiten=False)
    image = kept_image(picture, tmp_path)
    changes = [
        abs(was - now)
        for spot in PAPER_SPOTS
        for was, now in zip(pixel(drawn, spot), pixel(image, spot), strict=True)
    ]
    assert [change for change in changes if change > 3] == []
