"""One question of a summary: its words, its points, and its place among the others."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Gathering
from sessions.capture.stories import OF_A_POINT, POINT_STORIES, QUESTION
from sessions.capture.typing_up import points_in
from sessions.shared_pages import Noted, for_note_keepers
from sessions.summaries import points, questions
from sessions.summaries.draft import DraftQuestion, draft_of
from sessions.summaries.ordering import STEPS
from sessions.summaries.questions import GONE, question_mark
from sessions.summaries.summary_desk_pages import CHANGED_MEANWHILE, draw_desk
from sessions.summaries.tables import Question
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound

LONGEST_TEXT = 20_000


@post("/desk/g/{gathering:str}/summary/questions", name="add_question")
async def add(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Response[str] | Redirect:
    """Add a question at the end."""
    form = await read_form(request)
    words = _words(form)
    try:
        if not form.errors:
            token = form.typed("token") or new_key()
            handle = await write(questions.add, found.id, *words, token)
            return go(f"/desk/g/{found.slug}/summary#question-{handle}")
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await draw_desk(request, found, viewer, dict(form.values), form.errors, 422)


@get("/desk/g/{gathering:str}/summary/questions/{handle:str}", name="question")
async def show_question(request: WebRequest, found: Noted, handle: FromPath[str]) -> Page:
    """A question with its points."""
    return await _draw(request, found, handle, {}, {}, 200)


@post("/desk/g/{gathering:str}/summary/questions/{handle:str}", name="rename_question")
async def rename(
    request: WebRequest, found: Noted, handle: FromPath[str]
) -> Response[str] | Redirect:
    """Keep the words of a question; when somebody else changed them meanwhile, show both."""
    form = await read_form(request)
    words = _words(form)
    if form.errors:
        return await _draw(request, found, handle, form.values, form.errors, 422)
    try:
        seen = form.typed("seen") or "nothing"
        await write(questions.rename, found.id, handle, *words, seen)
    except Stale:
        theirs = await read(questions.find_question, found.id, handle)
        errors = {"heading": CHANGED_MEANWHILE}
        return await _draw(request, found, handle, form.values, errors, 409, theirs)
    return go(f"/desk/g/{found.slug}/summary/questions/{handle}")


@post("/desk/g/{gathering:str}/summary/questions/{handle:str}/move", name="move_question")
async def move(request: WebRequest, found: Noted, handle: FromPath[str]) -> Redirect:
    """Move a question a place up or down."""
    form = await read_form(request)
    step = form.choice("to", "a direction", STEPS)
    if step:
        await write(questions.move, found.id, handle, step)
    return go(f"/desk/g/{found.slug}/summary#question-{handle}")


@post("/desk/g/{gathering:str}/summary/questions/{handle:str}/remove", name="remove_question")
async def remove(
    request: WebRequest, found: Noted, handle: FromPath[str]
) -> Response[str] | Redirect:
    """Remove a question that is empty."""
    try:
        await write(questions.remove, found.id, handle)
    except Refused as refused:
        return await _draw(request, found, handle, {}, {"": refused.words}, 422)
    return go(f"/desk/g/{found.slug}/summary")


@post("/desk/g/{gathering:str}/summary/questions/{handle:str}/points", name="write_points")
async def write_points(
    request: WebRequest, found: Noted, handle: FromPath[str]
) -> Response[str] | Redirect:
    """Write points straight under a question."""
    form = await read_form(request)
    lines = _lines(form)
    story = form.choice("story", "an answer", ("", *POINT_STORIES))
    if form.errors:
        return await _draw(request, found, handle, form.values, form.errors, 422)
    token = form.typed("token") or new_key()
    await write(points.write_points, found.id, handle, lines, token, story)
    return go(f"/desk/g/{found.slug}/summary/questions/{handle}#points")


def _words(form: Form) -> tuple[str, str]:
    most = questions.LONGEST_INTRODUCTION
    return (
        form.line("heading", "the question", most=questions.LONGEST_HEADING),
        form.text("introduction", "the words under it", most=most, optional=True),
    )


def _lines(form: Form) -> tuple[str, ...]:
    """The points that were written, a line each."""
    lines = points_in(form.text("written", "one or more points", most=LONGEST_TEXT))
    if not lines:
        form.error("written", "Enter one or more points")
    if len(lines) > points.MOST_AT_ONCE:
        form.error("written", f"Write at most {points.MOST_AT_ONCE} points at once")
    for number, line in enumerate(lines, 1):
        if len(line) > points.LONGEST_POINT:
            words = f"at most {points.LONGEST_POINT} characters. It now has {len(line)}"
            form.error("written", f"Make point {number} shorter: {words}")
    return lines


async def _draw(
    request: WebRequest,
    found: Gathering,
    handle: str,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    theirs: Question | None = None,
) -> Page:
    draft = await read(draft_of, found.id)
    question = _question_in(draft.questions, handle)
    row = question.row
    kept = {"heading": row.heading, "introduction": row.introduction, "token": new_key()}
    return page(
        request,
        "summary/question.html",
        status=status,
        g=found,
        draft=draft,
        question=question,
        seen=question_mark(row),
        theirs=theirs,
        story_question=QUESTION,
        stories=OF_A_POINT,
        values=kept | values,
        errors=errors,
    )


def _question_in(found: list[DraftQuestion], handle: str) -> DraftQuestion:
    for question in found:
        if question.row.handle == handle:
            return question
    raise NotFound(GONE)


routes = [for_note_keepers(add, show_question, rename, move, remove, write_points)]
