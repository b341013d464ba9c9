"""Where the typeface of every page and paper lies: fetched with the front-end packages."""

from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "node_modules/@fontsource/atkinson-hyperlegible-next/files"
FONTS = {
    f"atkinson-{part}-{weight}.woff2": _FOLDER
    / f"atkinson-hyperlegible-next-{part}-{weight}-normal.woff2"
    for part in ("latin", "latin-ext")
    for weight in (400, 700)
}
