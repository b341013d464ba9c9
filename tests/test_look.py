"""The colours keep their contrast, and the styles keep to what every page relies on."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static"
SHEETS = sorted(STATIC.glob("*.css"))
TOKENS = (STATIC / "tokens.css").read_text()
COLOUR = re.compile(r"--([\w-]+): #([0-9a-f]{6}|[0-9a-f]{3});")

GROUNDS = ("paper", "card", "panel", "tint", "sun-tint", "bad-tint")
READ = [
    *(("ink", ground) for ground in GROUNDS),
    *(("ink-2", ground) for ground in ("paper", "card", "panel", "tint")),
    *(("link", ground) for ground in ("paper", "card", "tint", "sun-tint")),
    *(("visited", ground) for ground in ("paper", "card", "tint")),
    *(("brand-deep", ground) for ground in ("paper", "card", "tint")),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-banner", "banner"),
    ("on-sun", "sun"),
    ("bad", "paper"),
    ("bad", "card"),
    ("bad-deep", "bad-tint"),
]
SEEN = [
    *(("line", ground) for ground in ("paper", "card", "panel")),
    *(("brand", ground) for ground in ("paper", "card", "tint")),
    *(("focus-edge", ground) for ground in ("paper", "card", "panel", "tint")),
]


def _colours(css: str) -> dict[str, str]:
    return {
        name: "".join(c * 2 for c in v) if len(v) == 3 else v for name, v in COLOUR.findall(css)
    }


def _lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHT = _colours(TOKENS.partition("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | _colours(
    TOKENS.partition("@media (prefers-color-scheme: dark)")[2].partition("[data-easy]")[0]
)
MODES = pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])


@MODES
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_words_are_seven_to_one(mode: dict[str, str], ink: str, ground: str) -> None:
    assert _contrast(mode[ink], mode[ground]) >= 7


@MODES
@pytest.mark.parametrize(("edge", "ground"), SEEN)
def test_edges_are_three_to_one(mode: dict[str, str], edge: str, ground: str) -> None:
    assert _contrast(mode[edge], mode[ground]) >= 3


def test_focus_shows_on_any_ground() -> None:
    """One of its two colours stands out from whatever lies below, even the banner."""
    for mode in (LIGHT, DARK):
        grounds = [mode[name] for name in (*GROUNDS, "brand", "banner", "sun")]
        rings = (mode["focus-edge"], mode["focus-glow"])
        assert all(max(_contrast(ring, ground) for ring in rings) >= 3 for ground in grounds)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_are_short_and_turn_with_the_script(sheet: Path) -> None:
    """No left and right, which would be wrong in Arabic; no capitals throughout."""
    css = sheet.read_text()
    assert len(css.splitlines()) <= 400
    assert (
        re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)", css)
        == []
    )
    assert re.findall(r"^\s+(?:left|right|float):", css, re.MULTILINE) == []
    assert "uppercase" not in css
