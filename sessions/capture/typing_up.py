"""Typing up what a sheet says, a point a line, and having a second person check it."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from difflib import SequenceMatcher

from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.rows import hold
from sessions.capture.sheets import find_sheet
from sessions.capture.tables import Point, Sheet
from sessions.summaries.tables import SummaryPoint

MOST_POINTS, LONGEST_POINT, LONGEST_DESCRIBED = 80, 500, 500
NOT_THE_SAME_PERSON = "Somebody else checks this sheet, because you typed it up"
NOTHING_TYPED = "Type up the sheet first, then somebody else can check it"

# What word processors put before a point, also when it was copied in as "·??????".
BULLET = re.compile(r"^(?:[•·◦▪●○‣⁃*]\?*|[-–—](?=\s)|o(?=\s{2,}))\s*")


@dataclass(frozen=True)
class Typed:
    """What somebody typed: the points of a sheet, what its picture shows, and whose story it is."""

    points: tuple[str, ...]
    described: str = ""
    story: str = ""

    @property
    def mark(self) -> str:
        """A short mark that differs as soon as a word does."""
        shown = json.dumps([self.points, self.described, self.story])
        return hashlib.sha256(shown.encode()).hexdigest()[:20]

    @property
    def words(self) -> tuple[tuple[str, ...], str]:
        """What a second person checks."""
        return self.points, self.described

    @property
    def text(self) -> str:
        """The points as they stand in the form."""
        return "\n".join(self.points)


def points_in(text: str) -> tuple[str, ...]:
    """The points of a text, a line each, without bullets and empty lines."""
    lines = (" ".join(BULLET.sub("", line.strip()).split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


async def type_up(
    gathering_id: int, code: str, typed: Typed, account_id: int | None, seen: str = ""
) -> list[str]:
    """Keep what was typed, and give the handles of the points in order.

    `seen` is the mark of what the form showed: Stale when somebody else typed meanwhile.
    """
    sheet = await _held(gathering_id, code)
    before = await typed_on(sheet)
    if typed != before:
        if seen and seen != before.mark:
            raise Stale
        await Sheet.update({Sheet.story: typed.story}).where(Sheet.id == sheet.id)
    if typed.words != before.words:
        await _keep_points(sheet.id, typed.points)
        await _keep_state(sheet, typed, account_id)
    elif sheet.state == "waiting" and _says_something(typed):
        await _keep_state(sheet, typed, account_id)
    return [point.handle for point in await points_of(sheet.id)]


async def check(gathering_id: int, code: str, account_id: int | None, seen: str = "") -> None:
    """Say that the text says what the sheet says. Refused to the person who typed it."""
    sheet = await _held(gathering_id, code)
    if seen and seen != (await typed_on(sheet)).mark:
        raise Stale
    if sheet.state == "waiting":
        raise Refused("check", NOTHING_TYPED)
    if account_id is not None and sheet.typed_by == account_id:
        raise Refused("check", NOT_THE_SAME_PERSON)
    await Sheet.update({Sheet.state: "checked", Sheet.checked_by: account_id}).where(
        Sheet.id == sheet.id, Sheet.state == "typed"
    )


async def typed_on(sheet: Sheet) -> Typed:
    """What is typed up so far."""
    points = tuple(point.words for point in await points_of(sheet.id))
    return Typed(points, sheet.described, sheet.story)


async def points_of(sheet_id: int) -> list[Point]:
    """The points of a sheet in order."""
    return await Point.objects().where(Point.sheet == sheet_id).order_by(Point.position)


async def _held(gathering_id: int, code: str) -> Sheet:
    """The sheet, with others who would type on it waiting until we are done."""
    sheet = await find_sheet(gathering_id, code)
    await hold(Sheet, sheet.id)
    return await find_sheet(gathering_id, code)


async def _keep_state(sheet: Sheet, typed: Typed, account_id: int | None) -> None:
    """Whoever changes the text has typed it, so that somebody else checks it again."""
    await Sheet.update(
        {
            Sheet.described: typed.described,
            Sheet.state: "typed" if _says_something(typed) else "waiting",
            Sheet.typed_by: account_id,
            Sheet.checked_by: None,
        }
    ).where(Sheet.id == sheet.id)


def _says_something(typed: Typed) -> bool:
    return bool(typed.points or typed.described)


async def _keep_points(sheet_id: int, words: tuple[str, ...]) -> None:
    """Make the rows say these words. A point that was put right stays the same point."""
    old = await points_of(sheet_id)
    kept = _paired([point.words for point in old], words)
    await _let_go([point.id for at, point in enumerate(old) if at not in kept.values()])
    for at in kept.values():
        await Point.update({Point.position: -1 - at}).where(Point.id == old[at].id)
    for position, line in enumerate(words, 1):
        if position - 1 in kept:
            await Point.update({Point.position: position, Point.words: line}).where(
                Point.id == old[kept[position - 1]].id
            )
        else:
            await Point(
                sheet=sheet_id, handle=secrets.token_hex(12), position=position, words=line
            ).save()


def _paired(old: list[str], new: tuple[str, ...]) -> dict[int, int]:
    """Which new line is which old point: the same words, or words put in their place."""
    pairs: dict[int, int] = {}
    for _, start, end, new_start, new_end in SequenceMatcher(None, old, new, False).get_opcodes():
        pairs.update(zip(range(new_start, new_end), range(start, end), strict=False))
    return pairs


async def _let_go(point_ids: list[int]) -> None:
    """A point that is gone from a sheet stays in the summary, which then leads nowhere."""
    if point_ids:
        await SummaryPoint.update({SummaryPoint.source: None}).where(
            SummaryPoint.source.is_in(point_ids)
        )
        await Point.delete().where(Point.id.is_in(point_ids))
