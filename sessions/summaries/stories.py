"""What nobody has asked about yet: whose name or story the points and pictures hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.capture.stories import POINT_STORIES
from sessions.capture.tables import Sheet
from sessions.summaries.draft import Draft, Placed
from sessions.summaries.tables import SummaryPoint

SHOWN_WORDS = 60


@dataclass(frozen=True)
class Missing:
    """A sentence that says what to do before publishing, and the page where it is done: that of a
    sheet, of a point, or of the people in a picture."""

    words: str
    sheet: str = ""
    point: str = ""
    people: str = ""


def not_asked(draft: Draft) -> list[Missing]:
    """One for each sheet, or point of it, that may name somebody or tell their story."""
    found = [_of_point(point, draft) for question in draft.questions for point in question.points]
    found += [_of_picture(placed) for placed in draft.pictures]
    return list(dict.fromkeys(one for some in found for one in some))


def _of_point(point: SummaryPoint, draft: Draft) -> Iterator[Missing]:
    placed = draft.sources.get(point.source) if point.source else None
    if point.story or (placed and _settled(placed.sheet)):
        return
    said = f"“{point.words[:SHOWN_WORDS]}{'…' if len(point.words) > SHOWN_WORDS else ''}”"
    if placed is None:
        yield Missing(f"Say whether {said} names somebody or tells their story", point=point.handle)
    elif placed.sheet.story:
        yield Missing(
            f"Say whether {said} is about the person who has not agreed", point=point.handle
        )
    else:
        yield _ask_about(placed)


def _of_picture(placed: Placed) -> Iterator[Missing]:
    if not placed.sheet.story:
        yield _ask_about(placed)
    elif not _settled(placed.sheet):
        words = f"Take the picture of {name_of(placed)} out, or ask the person that it names"
        yield Missing(words, sheet=placed.sheet.code)


def _ask_about(placed: Placed) -> Missing:
    words = f"Say whether {name_of(placed)} names somebody or tells their story"
    return Missing(words, sheet=placed.sheet.code)


def _settled(sheet: Sheet) -> bool:
    return sheet.story in POINT_STORIES


def name_of(placed: Placed) -> str:
    """A sheet or a drawing, in a sentence."""
    kind = "the drawing" if placed.sheet.kind == "artwork" else "the sheet"
    return f"{kind} “{placed.caption}”" if placed.caption else f"{kind} without a title"
