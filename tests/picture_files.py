"""Photographs of every kind, drawn for the tests: honest ones and those that mean harm."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

from web.pictures import Copies, NotKept, file_of, keep

PHONE = (Path(__file__).parent / "files" / "phone.heic").read_bytes()
COLOURS = {
    "red": (200, 30, 40),
    "green": (20, 130, 60),
    "blue": (30, 60, 180),
    "black": (20, 20, 20),
    "grey": (85, 85, 85),
    "white": (255, 255, 255),
}


def as_file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def corners() -> Image.Image:
    """An upright picture that shows by its corners how it was turned."""
    image = Image.new("RGB", (160, 120), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 47, 47), fill=COLOURS["red"])
    draw.rectangle((112, 0, 159, 47), fill=COLOURS["green"])
    draw.rectangle((0, 72, 47, 119), fill=COLOURS["blue"])
    return image


def named(colour: Any) -> str:
    """The nearest colour that has a name."""
    return min(COLOURS, key=lambda name: _distance(COLOURS[name], colour))


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def seen_corners(image: Image.Image) -> list[str]:
    """Upper left, upper right, lower left, lower right."""
    right, low = image.width - 10, image.height - 10
    return [named(image.getpixel(spot)) for spot in ((9, 9), (right, 9), (9, low), (right, low))]


def png_of(width: int, height: int) -> bytes:
    """A black and white PNG of any size, made without holding its pixels."""
    squeeze = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def jpeg_saying(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    file = as_file(Image.new("RGB", (64, 64)))
    start = file.index(b"\xff\xc0") + 5
    return file[:start] + struct.pack(">HH", height, width) + file[start + 4 :]


def heic_saying(width: int, height: int) -> bytes:
    start = PHONE.index(b"ispe") + 8
    return PHONE[:start] + struct.pack(">II", width, height) + PHONE[start + 8 :]


def webp_saying(width: int, height: int) -> bytes:
    file = as_file(Image.new("RGBA", (64, 64)), "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    start = file.index(b"VP8X") + 12
    said = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return file[:start] + said + file[start + 6 :]


def web_profile() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def telling() -> bytes:
    """A JPEG that says where and with what it was taken, and is a web page as well."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of nobody"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    profile = web_profile()
    file = as_file(corners(), exif=exif, comment=b"a home address", icc_profile=profile)
    return file + b"<html><script>alert(1)</script></html>"


def clear_drawing() -> Image.Image:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste(COLOURS["red"], (0, 0, 32, 64))
    return image


def other_profile() -> bytes:
    """The colours of a camera that calls red what the web calls blue."""
    profile = web_profile()
    return (
        profile.replace(b"rXYZ", b"?XYZ", 1)
        .replace(b"bXYZ", b"rXYZ", 1)
        .replace(b"?XYZ", b"bXYZ", 1)
    )


PAPER_SPOTS = ((40, 40), (760, 40), (40, 560), (760, 560), (400, 300))
PEN_SPOTS = {"red": (300, 100), "green": (300, 220), "blue": (300, 380), "black": (300, 500)}


def sheet() -> Image.Image:
    """A flipchart sheet in warm light that falls off to one side."""
    paper = Image.new("RGB", (800, 600), (250, 246, 238))
    draw = ImageDraw.Draw(paper)
    for pen, (_, height) in PEN_SPOTS.items():
        draw.line([(100, height), (700, height)], fill=COLOURS[pen], width=12)
    light = Image.linear_gradient("L").resize(paper.size).point(lambda level: 120 + level * 0.5)
    tint = Image.merge(
        "RGB", (light, light.point(lambda v: v * 0.94), light.point(lambda v: v * 0.8))
    )
    return ImageChops.multiply(paper, tint)


def grainy_photograph() -> bytes:
    return as_file(Image.effect_noise((1600, 1200), 60).convert("RGB"), quality=85)


def pixel(image: Image.Image, spot: tuple[int, int]) -> tuple[int, ...]:
    found = image.getpixel(spot)
    assert isinstance(found, tuple)
    return found


def kept_image(picture: Copies, folder: Path, size: str = "large") -> Image.Image:
    path = file_of(picture.key, size, folder)
    assert path is not None
    return Image.open(io.BytesIO(path.read_bytes()))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


async def refusal(upload: bytes | Path, folder: Path) -> str:
    """What a person is told; and nothing of their file is on the disk."""
    with pytest.raises(NotKept) as told:
        await keep(upload, folder, whiten=False)
    assert names(folder) == []
    return str(told.value)
