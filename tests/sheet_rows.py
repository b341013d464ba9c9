"""Sheets without files, for tests of what is typed on them and said in the summary."""

import hashlib
from dataclasses import dataclass

from gatherings.planning.floor_plans import PlanWords
from sessions.board.offers import offer
from sessions.capture import artwork, sheets, typing_up
from sessions.capture.typing_up import Typed
from sessions.summaries import points, publishing, questions, summaries
from web.database import write
from web.pictures import Picture


def picture_row(name: str) -> Picture:
    """A picture as the pipeline reports it, though no file is there."""
    key = hashlib.sha256(name.encode()).hexdigest()
    sizes = {"large_bytes": 1, "medium_bytes": 1, "small_bytes": 1}
    return Picture(key=key[:32], width=800, height=600, sha256=key, **sizes)


async def sheet_row(gathering_id: int, name: str, kind: str = "sheet") -> str:
    """A sheet that waits to be filed; gives its code."""
    sheet = await write(sheets.add, gathering_id, picture_row(name), kind, None)
    return sheet.code


@dataclass(frozen=True)
class Notes:
    """A gathering's notes: two sheets of one session typed up, a drawing, a summary begun."""

    codes: tuple[str, str]
    drawing: str
    handles: tuple[str, ...]
    question: str


async def build_notes(gathering_id: int, typed_by: int | None = None) -> Notes:
    """Four typed points, none of them used yet, and one question."""
    session = await write(offer, gathering_id, None, "Growing older", "", "Ada", "form-1")
    codes = [await sheet_row(gathering_id, name) for name in ("first", "second")]
    handles: list[str] = []
    for number, code in enumerate(codes):
        await write(sheets.file_sheet, gathering_id, code, session.number)
        lines = (f"Point {number}a", f"Point {number}b")
        typed = Typed(lines, f"Sheet {number} with two lines", "nobody")
        handles += await write(typing_up.type_up, gathering_id, code, typed, typed_by)
    drawing = await sheet_row(gathering_id, "drawing", "artwork")
    credit = artwork.Credit("The web", "Pen", "CC BY 4.0", "A web of people", "nobody")
    await write(artwork.credit, gathering_id, drawing, credit)
    await write(summaries.start, gathering_id, "What we heard", "Forty people met.")
    question = await write(questions.add, gathering_id, "What must change?", "", "form-1")
    return Notes((codes[0], codes[1]), drawing, tuple(handles), question)


async def build_published(gathering_id: int) -> Notes:
    """The same, brought under the question and published."""
    notes = await build_notes(gathering_id)
    await write(points.bring, gathering_id, notes.question, notes.handles)
    await write(publishing.publish, gathering_id, None)
    return notes


def floor_plan() -> tuple[Picture, PlanWords]:
    """A plan with its words, without files."""
    return picture_row("plan"), PlanWords("Ground floor", "The way in is on the left.")
