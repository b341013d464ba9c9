"""Scripts, styles and fonts, served from memory under an address that names their content.

The address carries a hash, so a browser keeps a file for a year and never asks again,
and a changed file has a new address.
"""

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
from litestar import HttpMethod, Request, Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from web.fonts import FONTS

ROOT = Path(__file__).parent.parent
HTMX = ROOT / "node_modules/htmx.org/dist"
FROM_PACKAGES = {
    "htmx.js": HTMX / "htmx.min.js",
    "hx-sse.js": HTMX / "ext/hx-sse.min.js",
    "drag.js": ROOT / "node_modules/.built/drag.js",
    **FONTS,
}
TEXT_KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
}
KINDS = TEXT_KINDS | {".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2"}
KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable"
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([\w.-]+)["']?\s*\)""")


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: where, of what kind, and its bytes."""

    address: str
    kind: str
    content: bytes

    @cached_property
    def bodies(self) -> Mapping[str, bytes]:
        """Its bytes by encoding ("" is uncompressed), made when somebody first asks for it."""
        squeezed = _squeezed(self.content) if self.kind in TEXT_KINDS.values() else {}
        return {**squeezed, "": self.content}

    def answer(self, accepted: str) -> Response[bytes]:
        """The smallest body that the browser accepts."""
        encoding = next(name for name in self.bodies if not name or takes(accepted, name))
        headers = {"cache-control": KEPT_FOR_A_YEAR}
        if len(self.bodies) > 1:
            headers["vary"] = "accept-encoding"
        if encoding:
            headers["content-encoding"] = encoding
        return Response(self.bodies[encoding], media_type=self.kind, headers=headers)


class StaticFiles:
    """Every file of some folders, and others by name, read once. Without them: our own."""

    def __init__(
        self,
        folders: Iterable[Path] = (ROOT / "static",),
        named: Mapping[str, Path] = FROM_PACKAGES,
    ) -> None:
        found = {p.name: p for folder in folders for p in folder.iterdir() if p.suffix in KINDS}
        contents = {name: _read(path) for name, path in {**found, **named}.items()}
        others = {n: _file(n, c) for n, c in contents.items() if not n.endswith(".css")}
        styles = {n: _style(n, c, others) for n, c in contents.items() if n.endswith(".css")}
        self._files = others | styles
        self._by_address = {file.address: file for file in self._files.values()}
        self.handler = self._route()

    def address(self, name: str) -> str:
        """Where the file of this name is served just now."""
        return self._files[name].address

    def _route(self) -> HTTPRouteHandler:
        @route(
            "/static/{name:str}",
            http_method=[HttpMethod.GET, HttpMethod.HEAD],
            name="static",
            sync_to_thread=False,
        )
        def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
            found = self._by_address.get(f"/static/{name}")
            if found is None:
                raise NotFoundException
            return found.answer(request.headers.get("accept-encoding", ""))

        return static_file


def takes(accepted: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header takes this encoding."""
    for offer in accepted.lower().split(","):
        name, _, quality = offer.replace(" ", "").partition(";q=")
        if name == encoding:
            return not quality or quality.strip("0.") != ""
    return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RuntimeError(f"{path} is missing. Run make setup, which fetches it.") from error


def _style(name: str, content: bytes, others: Mapping[str, StaticFile]) -> StaticFile:
    """A style sheet names files plainly; browsers are sent to the address with the hash."""

    def hashed(match: re.Match[str]) -> str:
        if match[1] not in others:
            raise RuntimeError(f"{name} asks for {match[1]}, which is not there.")
        return f'url("{others[match[1]].address}")'

    return _file(name, CSS_ADDRESS.sub(hashed, content.decode()).encode())


def _file(name: str, content: bytes) -> StaticFile:
    stem, suffix = Path(name).stem, Path(name).suffix
    address = f"/static/{stem}.{sha256(content).hexdigest()[:12]}{suffix}"
    return StaticFile(address, KINDS[suffix], content)


@cache
def _squeezed(content: bytes) -> Mapping[str, bytes]:
    """Smallest first. Once for each content, however many apps a test makes."""
    return {
        "br": brotli.compress(content, quality=11),
        "gzip": gzip.compress(content, compresslevel=9, mtime=0),
    }
