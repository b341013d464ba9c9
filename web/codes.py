"""QR codes as one SVG path, and references that can be said over a telephone."""

import base64
import re
import secrets
from functools import lru_cache
from pathlib import Path

import qrcode
from markupsafe import Markup, escape

QUIET_ZONE = 4
EASY_WORDS = tuple(Path(__file__).with_name("easy_words.txt").read_text().split())


def spoken_reference() -> str:
    """Two easy words and two digits, such as "maple-river-42". It is not a secret."""
    first, second = secrets.choice(EASY_WORDS), secrets.choice(EASY_WORDS)
    return f"{first}-{second}-{secrets.randbelow(90) + 10}"


def spoken_code(words: int) -> str:
    """So many easy words, such as "maple-river-lamp-seven": a secret that can be read aloud."""
    return "-".join(secrets.choice(EASY_WORDS) for _ in range(words))


def tidy_code(typed: str) -> str:
    """A spoken code as it was given, however it was typed: capitals, commas, spaces."""
    return "-".join(re.findall(r"[a-z]+", typed.casefold()))


@lru_cache(maxsize=256)
def qr_svg(address: str, label: str) -> Markup:
    """The address as an SVG with its own white ground, so that it also reads in dark mode."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET_ZONE
    return Markup(  # noqa: S704 (every value put in is escaped or a number)
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"'
        f' aria-label="{escape(label)}"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{"".join(_runs(rows))}"/></svg>'
    )


def qr_image(address: str, label: str) -> Markup:
    """The same as a picture that lies in the document itself, for PDF files."""
    svg = str(qr_svg(address, label)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    content = base64.b64encode(svg.encode()).decode()
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(label, content)


def _runs(rows: list[list[bool]]) -> list[str]:
    """Each row's dark modules as horizontal bars: a quarter of the bytes of single squares."""
    bars = []
    for y, row in enumerate(rows, QUIET_ZONE):
        start = None
        for x, dark in enumerate([*row, False], QUIET_ZONE):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                bars.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return bars
