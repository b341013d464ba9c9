"""Files that browsers and calendars ask for again and again: answered in full only when changed."""

import hashlib

from litestar import Response

from web.pages import WebRequest


def file_answer(
    request: WebRequest, content: bytes, media_type: str, *, private: bool = False
) -> Response[bytes]:
    """The file, or 304 without it when the asker already has these very bytes.

    A `private` file is kept by its asker alone, and by nobody in between.
    """
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache" if private else "no-cache"}
    if tag in known_tags(request.headers.get("if-none-match", "")):
        return Response(b"", status_code=304, media_type=media_type, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def known_tags(header: str) -> set[str]:
    """The tags of an If-None-Match header; a compressing proxy may have marked them weak."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
