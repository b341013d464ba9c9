"""The summary as the people see it who work on it, and what it would say if it were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sessions.capture.tables import Point, Sheet
from sessions.capture.tray import Tray, title_of_session, tray_of
from sessions.summaries.content import Content, ShownPicture, ShownQuestion
from sessions.summaries.picture_people import InPicture, people_of
from sessions.summaries.points import sources_used
from sessions.summaries.questions import questions_of
from sessions.summaries.shown_pictures import pictures_of
from sessions.summaries.summaries import summary_of
from sessions.summaries.tables import Question, Summary, SummaryPoint
from web.words import count


@dataclass(frozen=True)
class Placed:
    """A sheet or drawing in the summary, with its caption. `people` is as in its row, and `shows`
    lists who can be recognised."""

    sheet: Sheet
    caption: str
    people: str = ""
    shows: Sequence[InPicture] = ()


@dataclass(frozen=True)
class DraftQuestion:
    """A question with its points and pictures."""

    row: Question
    points: list[SummaryPoint]
    pictures: list[Placed]


@dataclass(frozen=True)
class Unused:
    """Points of one session's sheets that the summary does not use yet."""

    title: str
    points: list[Point]


@dataclass(frozen=True)
class Draft:
    """The whole summary being worked on. `sources` tells of which sheet a typed point is."""

    summary: Summary
    tray: Tray
    questions: list[DraftQuestion]
    at_the_end: list[Placed]
    unused: list[Unused]
    typed: int
    sources: dict[int, Placed]

    @property
    def not_used(self) -> int:
        """How many typed points the summary leaves out so far."""
        return sum(len(group.points) for group in self.unused)

    @property
    def pictures(self) -> list[Placed]:
        """Every picture of the summary."""
        return [p for q in self.questions for p in q.pictures] + self.at_the_end

    def place_of(self, code: str) -> str | None:
        """Where a picture is: a question's handle, "" at the end, None when it is nowhere."""
        for question in self.questions:
            if code in {placed.sheet.code for placed in question.pictures}:
                return question.row.handle
        return "" if code in {placed.sheet.code for placed in self.at_the_end} else None

    def people_in(self, code: str) -> str:
        """What was said about people in a picture; "" when nothing was."""
        said = {placed.sheet.code: placed.people for placed in self.pictures}
        return said.get(code, "")


async def draft_of(gathering_id: int) -> Draft:
    """Everything that the desk shows of a summary."""
    summary = await summary_of(gathering_id)
    tray = await tray_of(gathering_id)
    questions = await questions_of(summary.id)
    captions = {s.code: group.title for group in tray.filed for s in group.sheets if s.session}
    placed = await _placed(summary.id, tray, captions)
    points = await _points(questions)
    typed = await _typed(tray)
    return Draft(
        summary=summary,
        tray=tray,
        questions=[
            DraftQuestion(q, [p for p in points if p.question == q.id], placed.get(q.id, []))
            for q in questions
        ],
        at_the_end=placed.get(None, []),
        unused=await _unused(summary.id, tray, typed),
        typed=len(typed),
        sources=_sources(tray, typed, captions),
    )


def content_of(draft: Draft) -> Content:
    """What readers would see. A question without points and pictures is left out."""
    return Content(
        title=draft.summary.title,
        opening=draft.summary.opening,
        made=how_it_was_made(draft.tray),
        questions=tuple(
            ShownQuestion(
                heading=question.row.heading,
                introduction=question.row.introduction,
                points=tuple(point.words for point in question.points),
                pictures=_shown(question.pictures),
            )
            for question in draft.questions
            if question.points or question.pictures
        ),
        pictures=_shown(draft.at_the_end),
        thanks=draft.summary.thanks,
    )


def how_it_was_made(tray: Tray) -> str:
    """Where the words come from, counted."""
    typed = [sheet for sheet in tray.sheets if sheet.state != "waiting"]
    checked = sum(sheet.state == "checked" for sheet in typed)
    if not typed:
        return "The people who ran the gathering wrote this summary."
    sessions = len({sheet.session for sheet in typed if sheet.session})
    source = count(len(typed), "flipchart sheet", "flipchart sheets")
    where = f" from {count(sessions, 'session', 'sessions')}" if sessions else ""
    return f"This summary comes from {source}{where}. {_typed_and_checked(len(typed), checked)}"


def _typed_and_checked(typed: int, checked: int) -> str:
    what = "it" if typed == 1 else "them"
    if not checked:
        return f"Note-keepers typed {what} up."
    which = what if checked == typed else f"{checked} of them"
    also = "all" if which == "them" else ""
    return (
        f"Note-keepers typed {what} up, and a second person checked {which} {also}".rstrip() + "."
    )


async def _placed(
    summary_id: int, tray: Tray, captions: Mapping[str, str]
) -> dict[int | None, list[Placed]]:
    """The pictures by question id, and under None those at the end."""
    sheets = {sheet.id: sheet for sheet in (*tray.sheets, *tray.artwork)}
    found: dict[int | None, list[Placed]] = {}
    shows = await people_of(sheets)
    for picture in await pictures_of(summary_id):
        sheet = sheets.get(picture.sheet)
        if sheet is not None:
            caption = sheet.title or captions.get(sheet.code, "")
            found.setdefault(picture.question, []).append(
                Placed(sheet, caption, picture.people, shows.get(sheet.id, ()))
            )
    return found


async def _points(questions: list[Question]) -> list[SummaryPoint]:
    ids = [0, *(question.id for question in questions)]
    return await (
        SummaryPoint.objects()
        .where(SummaryPoint.question.is_in(ids))
        .order_by(SummaryPoint.position)
    )


async def _typed(tray: Tray) -> list[Point]:
    """Every point of the sheets, in board order."""
    places = {sheet.id: at for at, sheet in enumerate(tray.sheets)}
    points = await Point.objects().where(Point.sheet.is_in([0, *places]))
    return sorted(points, key=lambda point: (places[point.sheet], point.position))


def _sources(tray: Tray, typed: list[Point], captions: Mapping[str, str]) -> dict[int, Placed]:
    sheets = {s.id: Placed(s, captions.get(s.code, "")) for s in tray.sheets}
    return {point.id: sheets[point.sheet] for point in typed}


async def _unused(summary_id: int, tray: Tray, points: list[Point]) -> list[Unused]:
    """Points that wait, by session."""
    used = await sources_used(summary_id)
    sessions = {sheet.id: sheet.session for sheet in tray.sheets}
    groups: dict[int | None, list[Point]] = {}
    for point in points:
        if point.id not in used:
            groups.setdefault(sessions[point.sheet], []).append(point)
    return [Unused(await title_of_session(key), found) for key, found in groups.items()]


def _shown(placed: list[Placed]) -> tuple[ShownPicture, ...]:
    return tuple(
        ShownPicture(
            code=one.sheet.code,
            kind=one.sheet.kind,
            described=one.sheet.described,
            title=one.sheet.title,
            artist=one.sheet.artist,
            licence=one.sheet.licence,
            caption=one.caption,
        )
        for one in placed
    )
