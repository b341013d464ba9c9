"""What the pages of capture share: files of a post, and sessions to choose from."""

from collections.abc import AsyncIterator
from pathlib import Path

from litestar.datastructures import UploadFile

from sessions.board.shape import SessionView
from sessions.capture.pictures import MOST_BYTES
from sessions.capture.tray import NOT_FROM_A_SESSION
from sessions.capture.uploads import LATER, NO_SESSION
from web.forms import clean
from web.pages import WebRequest, pages_of

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


def session_options(sessions: list[SessionView], later: str) -> list[tuple[str, str]]:
    """The sessions of a gathering for a drop-down list; `later` are words for no answer yet."""
    named = [(str(session.number), session.title) for session in sessions]
    return [(LATER, later), *named, (NO_SESSION, NOT_FROM_A_SESSION)]


def filing_options(sessions: list[SessionView], title: str, number: str) -> list[tuple[str, str]]:
    """The same where a sheet has been filed; a session that was withdrawn stays its own."""
    options = session_options(sessions, "Choose a session")
    if number and number not in {value for value, _ in options}:
        options.insert(1, (number, title))
    return options
