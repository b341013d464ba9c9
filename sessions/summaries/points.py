"""The points of a summary: brought from sheets or written, then edited, moved and removed."""

from collections.abc import Sequence

from gatherings.planning.refusals import must_be_as_seen, seen_of
from sessions.capture.tables import Point
from sessions.summaries.ordering import moved, put_in_order
from sessions.summaries.questions import find_question
from sessions.summaries.summaries import held_summary, summary_of
from sessions.summaries.tables import Question, SummaryPoint
from web.crypto import hash_of
from web.problems import NotFound

LONGEST_POINT, MOST_AT_ONCE = 500, 80
FIELDS = ("words",)
GONE = "This point is not here any more. Somebody may have removed it."


async def bring(gathering_id: int, question_handle: str, handles: Sequence[str]) -> int:
    """Put points of sheets under a question, in their order; says how many came.

    A point that the summary uses already is left where it is, so a second press adds nothing.
    """
    summary = await held_summary(gathering_id)
    question = await find_question(gathering_id, question_handle)
    found = await Point.objects().where(
        Point.handle.is_in(["", *handles]), Point.sheet.gathering == gathering_id
    )
    used = await sources_used(summary.id)
    by_handle = {point.handle: point for point in found if point.id not in used}
    wanted = [by_handle[handle] for handle in dict.fromkeys(handles) if handle in by_handle]
    lines = [(hash_of(f"{summary.id} {p.handle}")[:24], p.words, p.id) for p in wanted]
    return await _append(question.id, lines)


async def write_points(
    gathering_id: int, question_handle: str, words: Sequence[str], form_token: str, story: str = ""
) -> int:
    """Write points straight under a question; says how many. The same form again adds nothing."""
    await held_summary(gathering_id)
    question = await find_question(gathering_id, question_handle)
    lines = [
        (hash_of(f"{question.handle} {form_token} {at} {line}")[:24], line, None)
        for at, line in enumerate(words)
    ]
    return await _append(question.id, lines, story)


async def put_right(
    gathering_id: int,
    handle: str,
    words: str,
    question_handle: str,
    seen: str = "",
    story: str = "",
) -> None:
    """Change the words of a point or put it under another question.

    `story` says whether it names somebody; "" leaves what was said before.
    """
    await held_summary(gathering_id)
    point = await find_point(gathering_id, handle)
    if story:
        await SummaryPoint.update({SummaryPoint.story: story}).where(SummaryPoint.id == point.id)
    if words != point.words:
        must_be_as_seen(point, FIELDS, seen)
        await SummaryPoint.update({SummaryPoint.words: words}).where(SummaryPoint.id == point.id)
    question = await find_question(gathering_id, question_handle)
    if question.id != point.question:
        last = len(await points_under(question.id)) + 1
        await SummaryPoint.update(
            {SummaryPoint.question: question.id, SummaryPoint.position: last}
        ).where(SummaryPoint.id == point.id)
        await _close_ranks(point.question)


async def move(gathering_id: int, handle: str, step: str) -> None:
    """Move a point a place up or down under its question."""
    await held_summary(gathering_id)
    point = await find_point(gathering_id, handle)
    order = [other.id for other in await points_under(point.question)]
    await put_in_order(SummaryPoint, moved(order, point.id, step))


async def remove(gathering_id: int, handle: str) -> None:
    """Take a point out. One that came from a sheet is then "not used yet" again."""
    await held_summary(gathering_id)
    point = await find_point(gathering_id, handle)
    await SummaryPoint.delete().where(SummaryPoint.id == point.id)
    await _close_ranks(point.question)


async def find_point(gathering_id: int, handle: str) -> SummaryPoint:
    """The point of this gathering's summary with this handle, or NotFound."""
    summary = await summary_of(gathering_id)
    point = await SummaryPoint.objects().get(
        (SummaryPoint.handle == handle) & (SummaryPoint.question.summary == summary.id)
    )
    if point is None:
        raise NotFound(GONE)
    return point


async def points_under(question_id: int) -> list[SummaryPoint]:
    """The points of a question in order."""
    return await (
        SummaryPoint.objects()
        .where(SummaryPoint.question == question_id)
        .order_by(SummaryPoint.position)
    )


async def question_of(point: SummaryPoint) -> Question:
    """The question under which a point stands."""
    question = await Question.objects().get(Question.id == point.question)
    if question is None:
        raise NotFound(GONE)
    return question


async def sources_used(summary_id: int) -> set[int]:
    """The ids of the sheets' points that the summary uses."""
    rows = await SummaryPoint.select(SummaryPoint.source).where(
        SummaryPoint.question.summary == summary_id, SummaryPoint.source.is_not_null()
    )
    return {row["source"] for row in rows}


def point_mark(point: SummaryPoint) -> str:
    """A mark of what the form shows."""
    return seen_of(point, FIELDS)


async def _append(
    question_id: int, lines: Sequence[tuple[str, str, int | None]], story: str = ""
) -> int:
    """Add the lines whose handles are new."""
    there = await SummaryPoint.select(SummaryPoint.handle).where(
        SummaryPoint.handle.is_in(["", *(handle for handle, _, _ in lines)])
    )
    known = {row["handle"] for row in there}
    new = [line for line in lines if line[0] not in known]
    last = len(await points_under(question_id))
    for position, (handle, words, source) in enumerate(new, last + 1):
        await SummaryPoint(
            question=question_id,
            handle=handle,
            position=position,
            words=words,
            source=source,
            story=story,
        ).save()
    return len(new)


async def _close_ranks(question_id: int) -> None:
    await put_in_order(SummaryPoint, [point.id for point in await points_under(question_id)])
