"""The points of a summary: one at a time, and many at once from the sheets."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.planning.refusals import Stale
from gatherings.planning.tables import Gathering
from sessions.capture.stories import OF_A_POINT, POINT_STORIES, QUESTION
from sessions.shared_pages import Noted, for_note_keepers
from sessions.summaries import points
from sessions.summaries.draft import Draft, draft_of
from sessions.summaries.ordering import STEPS
from sessions.summaries.points import find_point, point_mark, question_of
from sessions.summaries.summary_desk_pages import CHANGED_MEANWHILE
from sessions.summaries.tables import Question, SummaryPoint
from web.database import read, write
from web.forms import clean, read_form
from web.pages import Page, WebRequest, go, page

NOTHING_TICKED = "Tick one or more points"


@get("/desk/g/{gathering:str}/summary/points/{handle:str}", name="point")
async def show_point(request: WebRequest, found: Noted, handle: FromPath[str]) -> Page:
    """One point: its words, its question, and removing it."""
    return await _draw_point(request, found, handle, {}, {}, 200)


@post("/desk/g/{gathering:str}/summary/points/{handle:str}", name="change_point")
async def change_point(
    request: WebRequest, found: Noted, handle: FromPath[str]
) -> Response[str] | Redirect:
    """Keep its words and its question."""
    form = await read_form(request)
    known = [value for value, _ in _options(await read(draft_of, found.id))]
    words = form.line("words", "the point", most=points.LONGEST_POINT)
    question = form.choice("question", "a question", known)
    story = form.choice("story", "an answer", ("", *POINT_STORIES))
    if form.errors:
        return await _draw_point(request, found, handle, form.values, form.errors, 422)
    try:
        seen = form.typed("seen") or "nothing"
        await write(points.put_right, found.id, handle, words, question, seen, story)
    except Stale:
        theirs = (await read(find_point, found.id, handle)).words
        errors = {"words": CHANGED_MEANWHILE}
        return await _draw_point(request, found, handle, form.values, errors, 409, theirs)
    return go(f"/desk/g/{found.slug}/summary/questions/{question}#points")


@post("/desk/g/{gathering:str}/summary/points/{handle:str}/move", name="move_point")
async def move(request: WebRequest, found: Noted, handle: FromPath[str]) -> Redirect:
    """Move a point a place up or down."""
    form = await read_form(request)
    _, question = await read(_point_and_question, found.id, handle)
    step = form.choice("to", "a direction", STEPS)
    if step:
        await write(points.move, found.id, handle, step)
    return go(f"/desk/g/{found.slug}/summary/questions/{question.handle}#points")


@post("/desk/g/{gathering:str}/summary/points/{handle:str}/remove", name="remove_point")
async def remove(found: Noted, handle: FromPath[str]) -> Redirect:
    """Take a point out of the summary."""
    _, question = await read(_point_and_question, found.id, handle)
    await write(points.remove, found.id, handle)
    return go(f"/desk/g/{found.slug}/summary/questions/{question.handle}#points")


@get("/desk/g/{gathering:str}/summary/bring", name="bring")
async def show_bring(
    request: WebRequest, found: Noted, question: FromQuery[str] = "", brought: FromQuery[int] = 0
) -> Page:
    """The points of typed sheets that the summary does not use yet."""
    values: dict[str, Any] = {"question": question}
    return await _draw_bring(request, found, values, {}, 200, brought)


@post("/desk/g/{gathering:str}/summary/bring", name="bring_now")
async def bring(request: WebRequest, found: Noted) -> Response[str] | Redirect:
    """Put the ticked points under the question."""
    form = await read_form(request)
    draft = await read(draft_of, found.id)
    ticked = [clean(v) for v in form.data.getall("point", []) if isinstance(v, str)]
    form.values["point"] = ticked
    if not ticked:
        form.error("points", NOTHING_TICKED)
    question = form.choice("question", "a question", [value for value, _ in _options(draft)])
    if form.errors:
        return await _draw_bring(request, found, form.values, form.errors, 422, 0)
    brought = await write(points.bring, found.id, question, ticked)
    return go(f"/desk/g/{found.slug}/summary/bring?question={question}&brought={brought}")


def _options(draft: Draft) -> list[tuple[str, str]]:
    return [(question.row.handle, question.row.heading) for question in draft.questions]


async def _point_and_question(gathering_id: int, handle: str) -> tuple[SummaryPoint, Question]:
    point = await find_point(gathering_id, handle)
    return point, await question_of(point)


async def _draw_point(
    request: WebRequest,
    found: Gathering,
    handle: str,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    theirs: str = "",
) -> Page:
    point, question = await read(_point_and_question, found.id, handle)
    return page(
        request,
        "summary/point.html",
        status=status,
        g=found,
        point=point,
        question=question,
        options=_options(await read(draft_of, found.id)),
        seen=point_mark(point),
        theirs=theirs,
        story_question=QUESTION,
        stories=OF_A_POINT,
        values={"words": point.words, "question": question.handle, "story": point.story} | values,
        errors=errors,
    )


async def _draw_bring(
    request: WebRequest,
    found: Gathering,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    brought: int,
) -> Page:
    draft = await read(draft_of, found.id)
    return page(
        request,
        "summary/bring.html",
        status=status,
        g=found,
        draft=draft,
        options=[("", "Choose a question"), *_options(draft)],
        brought=brought,
        values=values,
        errors=errors,
    )


routes = [for_note_keepers(show_point, change_point, move, remove, show_bring, bring)]
