"""Pictures in a posted form: what may be chosen, how large a post is, and where they are kept."""

from collections.abc import AsyncIterator
from pathlib import Path

from litestar.datastructures import UploadFile

from web.forms import clean
from web.pages import WebRequest, pages_of
from web.pictures import MOST_BYTES

LONGEST_POST = 120_000_000
LONGEST_FILE_NAME = 60
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"


def picture_folder(request: WebRequest) -> Path:
    """Where the files of pictures are."""
    return pages_of(request).settings.pictures


async def contents_of(files: list[UploadFile]) -> AsyncIterator[tuple[str, bytes]]:
    """Name and content of each file, one at a time. Of a file that is too large, only a part."""
    for file in files:
        content = await file.read(MOST_BYTES + 1)
        await file.close()
        yield clean(file.filename)[-LONGEST_FILE_NAME:], content
