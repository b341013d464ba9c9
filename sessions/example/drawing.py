"""Flipchart sheets and artwork that the program draws itself, as photographs would show them."""

import io
import random
import textwrap
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SHEET = (1200, 1600)
PENS = ((26, 58, 122), (120, 28, 36), (20, 92, 62), (60, 34, 102))
PAPER, WALL = (250, 248, 240), (168, 160, 150)
MARGIN = 100


def flipchart(heading: str, points: tuple[str, ...], seed: int) -> bytes:
    """A sheet in somebody's handwriting, a little askew, on a wall. A JPEG."""
    chance = random.Random(seed)  # noqa: S311 (a drawing, not a secret)
    sheet = Image.new("RGB", SHEET, PAPER)
    draw = ImageDraw.Draw(sheet)
    pen = PENS[seed % len(PENS)]
    y = _write(draw, heading, MARGIN, 74, pen, chance, columns=24)
    draw.line((MARGIN, y + 14, SHEET[0] - MARGIN, y + 26), fill=pen, width=9)
    y += 80
    for point in points:
        draw.ellipse((MARGIN, y + 20, MARGIN + 20, y + 40), fill=pen)
        y = _write(draw, point, y, 54, pen, chance, columns=33, indent=60) + 46
    return _photograph(sheet, chance)


def artwork(words: tuple[str, ...], seed: int) -> bytes:
    """A drawing of circles that meet, with words in them. A JPEG."""
    chance = random.Random(seed)  # noqa: S311 (a drawing, not a secret)
    picture = Image.new("RGB", (1440, 960), (253, 246, 232))
    draw = ImageDraw.Draw(picture, "RGBA")
    colours = ((214, 90, 60), (240, 178, 70), (70, 140, 132), (60, 84, 150), (150, 80, 120))
    for place, word in enumerate(words):
        x = 240 + (place % 3) * 480 + chance.randint(-40, 40)
        y = 255 + (place // 3) * 440 + chance.randint(-30, 30)
        size = chance.randint(190, 230)
        colour = colours[place % len(colours)]
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(*colour, 150))
        draw.arc(
            (x - size - 22, y - size - 22, x + size + 22, y + size + 22),
            chance.randint(0, 90),
            chance.randint(250, 340),
            fill=(*colour, 255),
            width=12,
        )
        lines = textwrap.wrap(word, 14)
        for row, line in enumerate(lines):
            top = y - 32 * len(lines) + row * 68
            draw.text((x, top), line, font=_font(54), fill=(40, 30, 40), anchor="ma")
    return _jpeg(picture)


def floor_plan(rooms: tuple[tuple[str, tuple[int, int, int, int]], ...]) -> bytes:
    """Rooms as boxes with their names: left, top, right and bottom in pixels. A JPEG."""
    plan = Image.new("RGB", (1440, 900), "white")
    draw = ImageDraw.Draw(plan)
    for name, box in rooms:
        draw.rectangle(box, outline="black", width=8)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        draw.multiline_text(middle, name, font=_font(40), fill="black", anchor="mm", align="center")
    return _jpeg(plan)


def _write(
    draw: ImageDraw.ImageDraw,
    words: str,
    top: int,
    size: int,
    pen: tuple[int, int, int],
    chance: random.Random,
    columns: int,
    indent: int = 0,
) -> int:
    """Letters that wander a little up and down, as handwriting does. Returns where it ends."""
    for line in textwrap.wrap(words, columns):
        x = float(MARGIN + indent)
        for letter in line:
            font = _font(size + chance.randint(-3, 3))
            draw.text((x, top + chance.randint(-4, 4)), letter, font=font, fill=pen)
            x += font.getlength(letter) + chance.uniform(0, 2.5)
        top += round(size * 1.28)
    return top


def _photograph(sheet: Image.Image, chance: random.Random) -> bytes:
    wall = Image.new("RGB", (SHEET[0] + 260, SHEET[1] + 260), WALL)
    small = Image.new("L", (wall.width // 4, wall.height // 4), 0)
    ImageDraw.Draw(small).rectangle((30, 31, SHEET[0] // 4 + 37, SHEET[1] // 4 + 40), fill=120)
    shadow = small.filter(ImageFilter.GaussianBlur(5.5)).resize(wall.size)
    wall.paste((90, 84, 78), mask=shadow)
    turned = sheet.rotate(chance.uniform(-1.4, 1.4), expand=True, fillcolor=WALL)
    wall.paste(turned, (120, 110))
    return _jpeg(wall)


def _jpeg(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=82)
    return kept.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType, so the example cannot be drawn.")
    return font
