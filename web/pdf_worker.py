"""Reads one HTML document from standard input and writes it as a tagged PDF to standard output.

`pdf.py` runs this as a process of its own: it takes much memory for a moment, needs system
libraries that may be missing, and must fetch nothing from the network or from files.
"""

import logging
import resource
import sys
import warnings
from pathlib import Path

from web.fonts import FONTS
from web.pdf import NO_PANGO

warnings.simplefilter("ignore")
try:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    sys.exit(NO_PANGO)

MEMORY_BYTES = 2 * 1024**3
PROCESSOR_SECONDS = 30
LARGEST_FILE = 8 * 1024**2  # fonts pass through files of their own
HOME = "https://own.invalid/"  # a name that no network knows
OWN = {
    **{HOME + name: path for name, path in FONTS.items()},
    HOME + "paper.css": Path(__file__).parent.parent / "static" / "paper.css",
}


def main() -> None:
    """Accept limits, read, draw, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # others do not let a process bound its own memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode()))


class OwnFilesAlone(URLFetcher):
    """Our stylesheet, our typeface and what lies in the document itself: nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",))

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """What lies at the address. For any other address there is nothing."""
        if url in OWN:
            kind = "text/css" if url.endswith(".css") else "font/woff2"
            return URLFetcherResponse(url, OWN[url].read_bytes(), {"Content-Type": kind})
        return super().fetch(url, headers)


def draw(html: str) -> bytes:
    """The document as PDF."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    document = HTML(string=html, base_url=HOME, url_fetcher=OwnFilesAlone())
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content


if __name__ == "__main__":
    main()
