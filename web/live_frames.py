"""The messages of a live stream, drawn and packed once however many people watch."""

import zlib
from dataclasses import dataclass
from typing import Self

# A gzip file starts with these ten bytes: no name, no time.
GZIP_START = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


@dataclass(frozen=True, slots=True)
class Frame:
    """One message in the two forms that go out. Without a version it leaves the board alone.

    It tells all that changed after the version `since`.
    """

    version: int | None
    raw: bytes
    deflated: bytes
    since: int = 0

    @classmethod
    def packed(cls, raw: bytes, version: int | None = None, since: int = 0) -> Self:
        return cls(version, raw, deflate(raw), since)

    @classmethod
    def drawn(cls, version: int, html: str, since: int = 0) -> Self:
        return cls.packed(event(version, html), version, since)

    def body(self, gzip: bool) -> bytes:
        return self.deflated if gzip else self.raw


def event(version: int, html: str) -> bytes:
    """Write an unnamed event. With no HTML the browser only remembers the version."""
    lines = html.replace("\r\n", "\n").replace("\r", "\n").split("\n") if html else []
    data = "".join(f"data: {line}\n" for line in lines)
    return f"id: {version}\n{data}\n".encode()


def deflate(raw: bytes) -> bytes:
    """Pack bytes so that they fit into any gzip stream, whatever went before."""
    # A new packer knows no past, and a flush ends on a whole byte without ending the stream.
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)


PING = Frame.packed(b": still here\n\n")
OPENING = Frame.packed(b"retry: 2000\n\n")
