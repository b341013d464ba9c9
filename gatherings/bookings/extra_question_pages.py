"""The desk's pages about an organiser's own questions, and who reads the answers."""

from typing import ParamSpec

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.asking import (
    FIELDS,
    MOST_QUESTIONS,
    add_question,
    answer_counts,
    change_question,
    move_question,
    question_at,
    question_rows,
    remove_question,
    usual_forget_on,
)
from gatherings.bookings.question_forms import (
    KINDS,
    WHO_READS,
    WHOM,
    read_question,
    shown_question,
)
from gatherings.bookings.tables import BookingQuestion
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.refusals import Refused, Stale, removed_nothing, seen_of
from gatherings.planning.tables import Gathering
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.units_of_work import Verb

P = ParamSpec("P")
STALE = "Somebody else changed this meanwhile. Look at it again, then press the button once more"
WORDS_OF_KIND = {row[0]: row[1] for row in KINDS}
WORDS_OF_READERS = {row[0]: row[1] for row in WHO_READS}


@get("/desk/g/{slug:str}/questions", name="extra_questions")
async def show_questions(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """All questions of a gathering, in the order in which they are asked."""
    _, gathering = await _own(viewer, slug)
    return await _draw_list(request, gathering, {})


@get("/desk/g/{slug:str}/questions/add", name="extra_add_question")
async def show_add(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """The form for a new question."""
    _, gathering = await _own(viewer, slug)
    day = usual_forget_on(gathering)
    values = {"each_person": "no", "audience": "team", "forget_on_day": str(day.day)}
    values |= {"forget_on_month": str(day.month), "forget_on_year": str(day.year)}
    return _draw_form(request, gathering, 0, values, {})


@post("/desk/g/{slug:str}/questions/add", name="extra_add_question_now")
async def add_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """Ask one more thing."""
    person, gathering = await _own(viewer, slug)
    form = await read_form(request)
    words = read_question(form)
    if words:
        await _try_to(form, add_question, person, gathering.id, words)
    if form.errors:
        return _draw_form(request, gathering, 0, form.values, form.errors)
    return go(f"/desk/g/{slug}/questions")


@get("/desk/g/{slug:str}/questions/{number:int}", name="extra_question")
async def show_question(
    request: WebRequest,
    slug: FromPath[str],
    number: FromPath[int],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """The form of one question."""
    _, gathering = await _own(viewer, slug)
    row = await read(question_at, gathering.id, number)
    return _draw_form(request, gathering, number, dict(shown_question(row)), {})


@post("/desk/g/{slug:str}/questions/{number:int}", name="extra_question_now")
async def save_question(
    request: WebRequest,
    slug: FromPath[str],
    number: FromPath[int],
    viewer: NamedDependency[Viewer | None],
) -> Response[str] | Redirect:
    """Keep a question's new words."""
    person, gathering = await _own(viewer, slug)
    form = await read_form(request)
    words = read_question(form)
    if words:
        rest = (number, words, form.typed("seen"))
        await _try_to(form, change_question, person, gathering.id, *rest)
    if form.errors:
        row = await read(question_at, gathering.id, number)
        form.values["seen"] = seen_of(row, FIELDS)
        return _draw_form(request, gathering, number, form.values, form.errors)
    return go(f"/desk/g/{slug}/questions")


@post("/desk/g/{slug:str}/questions/{number:int}/move", name="extra_move_question")
async def move_now(
    request: WebRequest,
    slug: FromPath[str],
    number: FromPath[int],
    viewer: NamedDependency[Viewer | None],
) -> Response[str] | Redirect:
    """Ask a question earlier or later."""
    person, gathering = await _own(viewer, slug)
    form = await read_form(request)
    up, seen = form.typed("to") == "up", form.typed("seen")
    await _try_to(form, move_question, person, gathering.id, number, up=up, seen=seen)
    if form.errors:
        return await _draw_list(request, gathering, form.errors)
    return go(f"/desk/g/{slug}/questions")


@get("/desk/g/{slug:str}/questions/{number:int}/remove", name="extra_remove_question")
async def ask_to_remove(
    request: WebRequest,
    slug: FromPath[str],
    number: FromPath[int],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """Ask once more before a question and its answers go."""
    _, gathering = await _own(viewer, slug)
    row = await read(question_at, gathering.id, number)
    return await _draw_remove(request, gathering, number, row, {})


@post("/desk/g/{slug:str}/questions/{number:int}/remove", name="extra_remove_question_now")
async def remove_now(
    request: WebRequest,
    slug: FromPath[str],
    number: FromPath[int],
    viewer: NamedDependency[Viewer | None],
) -> Response[str] | Redirect:
    """Ask it no more, and delete its answers."""
    person, gathering = await _own(viewer, slug)
    row = await read(question_at, gathering.id, number)
    form = await read_form(request)
    seen = form.typed("seen")
    await _try_to(form, remove_question, person, gathering.id, number, seen)
    if form.errors.get("") == STALE:
        form.errors[""] = removed_nothing("the questions", "the question below")
    if form.errors:
        return await _draw_remove(request, gathering, number, row, form.errors)
    return go(f"/desk/g/{slug}/questions")


async def _own(viewer: Viewer | None, slug: str) -> tuple[Viewer, Gathering]:
    """The gathering, when the viewer organises it."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    return need_role(viewer, gathering.series, "organiser"), gathering


async def _try_to(form: Form, verb: Verb[P, None], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it; a refusal is noted beside its field."""
    try:
        await write(verb, *args, **kwargs)
    except Refused as refused:
        form.error(refused.field, refused.words)
    except Stale:
        form.error("", STALE)


async def _draw_list(request: WebRequest, gathering: Gathering, errors: dict[str, str]) -> Page:
    rows = await read(question_rows, gathering.id)
    return page(
        request,
        "booking/questions.html",
        status=422 if errors else 200,
        g=gathering,
        questions=[(row, seen_of(row, FIELDS)) for row in rows],
        counts=await read(answer_counts, gathering.id),
        kinds=WORDS_OF_KIND,
        readers=WORDS_OF_READERS,
        most=MOST_QUESTIONS,
        errors=errors,
    )


def _draw_form(
    request: WebRequest,
    gathering: Gathering,
    number: int,
    values: dict[str, str] | dict[str, str | list[str]],
    errors: dict[str, str],
) -> Page:
    return page(
        request,
        "booking/question_form.html",
        status=422 if errors else 200,
        g=gathering,
        number=number,
        kinds=KINDS,
        readers=WHO_READS,
        whom=WHOM,
        values=values,
        errors=errors,
    )


async def _draw_remove(
    request: WebRequest,
    gathering: Gathering,
    number: int,
    row: BookingQuestion,
    errors: dict[str, str],
) -> Page:
    return page(
        request,
        "booking/question_remove.html",
        status=422 if errors else 200,
        g=gathering,
        number=number,
        question=row,
        answers=(await read(answer_counts, gathering.id)).get(row.id, 0),
        seen=seen_of(row, FIELDS),
        errors=errors,
    )


routes = [
    show_questions,
    show_add,
    add_now,
    show_question,
    save_question,
    move_now,
    ask_to_remove,
    remove_now,
]
