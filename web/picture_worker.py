"""Reads one photograph from standard input and answers with three clean copies of it.

`pictures.py` runs this as a process of its own, because decoding a stranger's file is the
most dangerous thing we do: here it has little memory and time, and can write no file.
"""

import argparse
import contextlib
import hashlib
import io
import json
import math
import os
import resource
import sys
import warnings
from typing import Any

import pi_heif
from PIL import ExifTags, Image, ImageCms, ImageFilter, ImageMath

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 20
SIDES = (2048, 1024, 400)
QUALITY = 80

MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 50_000_000, "WEBP": 50_000_000, "HEIF": 50_000_000}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1")

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
CLOCKWISE = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """A picture that we do not keep; says which of the reasons in `pictures.py` it is."""


def main() -> None:
    """Read a picture, answer with one line of JSON and then the copies, largest first."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--whiten", action="store_true")
    wanted.add_argument("--quarter-turns", type=int, default=0)
    asked = wanted.parse_args()
    accept_limits()
    upload = sys.stdin.buffer.read()
    try:
        picture = upright_picture(upload, asked.quarter_turns)
        large = fitted(whitened(picture) if asked.whiten else picture, SIDES[0])
        answer(large, hashlib.sha256(upload).hexdigest())
    except Refused as refused:
        print(json.dumps({"refused": str(refused)}))


def accept_limits() -> None:
    """Give up what this process does not need, before it looks at the picture."""
    # At the first limit the processor's time is up with a signal that says so; the second kills.
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # others do not let a process bound its own memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.nice(10)


def upright_picture(upload: bytes, quarter_turns: int) -> Image.Image:
    """The picture as a person would look at it: upright, on white, in the web's own colours."""
    image = opened(upload)
    try:
        upright = UPRIGHT.get(orientation_of(image))
        profile = image.info.get("icc_profile")
        picture = in_web_colours(on_white(fitted(decoded(image), SIDES[0])), profile)
    except MemoryError:
        raise Refused("failed") from None
    except Exception:
        # It began as a picture, so this is not the person's choice of file but its journey.
        raise Refused("unfinished") from None
    picture.info.clear()  # or its comments would be written again
    for turn in (upright, CLOCKWISE.get(quarter_turns)):
        picture = picture.transpose(turn) if turn is not None else picture
    return picture


def opened(upload: bytes) -> Image.Image:
    """The picture, its size checked and nothing decoded yet."""
    kind = kind_of(upload[:12])
    if kind is None:
        raise Refused("not-a-picture")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS[kind]
    try:
        return Image.open(io.BytesIO(upload), formats=[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("pixels") from None
    except MemoryError:
        raise Refused("failed") from None
    except Exception:
        raise Refused("unfinished") from None


def kind_of(start: bytes) -> str | None:
    """What the first bytes of a file say that it is; its name does not count."""
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if start.startswith(b"RIFF") and start[8:] == b"WEBP":
        return "WEBP"
    if start[4:8] == b"ftyp" and start[8:] in HEIF_BRANDS:
        return "HEIF"
    return None


def orientation_of(image: Image.Image) -> int:
    """How the camera was held, or 1 where that cannot be read."""
    with contextlib.suppress(Exception):
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    return 1


def decoded(image: Image.Image) -> Image.Image:
    """The pixels, in a mode that can be made smaller smoothly."""
    image.draft(None, size_within(image.size, SIDES[0]))  # a big JPEG is decoded at a half or less
    if image.mode == "I;16":
        return image.point(lambda level: level * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else image.mode
    mode = mode if mode in ("L", "RGB", "RGBA", "CMYK") else "RGB"
    return image if image.mode == mode else image.convert(mode)  # a copy costs memory


def size_within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The same shape with its longest side no longer than `side`."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def fitted(image: Image.Image, side: int) -> Image.Image:
    """The picture made smaller where its longest side is over `side`; never larger."""
    return image.resize(size_within(image.size, side), Image.Resampling.BICUBIC, reducing_gap=2.0)


def on_white(image: Image.Image) -> Image.Image:
    """Clear parts of a drawing become white paper."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image).convert("RGB")


def in_web_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, which is what a browser takes a picture without a profile to be."""
    if profile:
        with contextlib.suppress(Exception):  # a profile that is broken or of another kind
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, meant, web, outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def whitened(sheet: Image.Image) -> Image.Image:
    """A flipchart sheet on even white paper with its pen colours kept; not for artwork."""
    pairs = zip(sheet.split(), paper_of(sheet).split(), strict=True)
    even = [ImageMath.lambda_eval(evened, ink=band, paper=paper) for band, paper in pairs]
    return Image.merge("RGB", even).point(CURVE * 3)


def evened(bands: dict[str, Any]) -> Any:
    """What the pen left of the light that falls on each spot of the paper."""
    return bands["convert"](bands["ink"] * 255 / bands["paper"], "L")


def paper_of(sheet: Image.Image) -> Image.Image:
    """The sheet as if nothing were written on it, with its shade and tint."""
    small = fitted(sheet, 256)
    bare = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.MedianFilter(7))
    return bare.filter(ImageFilter.GaussianBlur(4)).resize(sheet.size, Image.Resampling.BICUBIC)


def inked(level: int) -> int:
    """One step of the curve: nearly white is white, and ink is darker than the camera saw it."""
    share = min(1.0, max(0.0, (level - 30) / (235 - 30)))
    return round(255 * math.pow(share, 1.2))


CURVE = [inked(level) for level in range(256)]


def answer(large: Image.Image, sha256: str) -> None:
    """Say what was made, then the bytes of each copy."""
    copies = [as_jpeg(fitted(large, side)) for side in SIDES]
    told = {"width": large.width, "height": large.height, "sha256": sha256}
    print(json.dumps({**told, "lengths": [len(copy) for copy in copies]}), flush=True)
    sys.stdout.buffer.write(b"".join(copies))


def as_jpeg(image: Image.Image) -> bytes:
    """The picture and nothing else: no place, no time, no camera, no words."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()


if __name__ == "__main__":
    pi_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    main()
