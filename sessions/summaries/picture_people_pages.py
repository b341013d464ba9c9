"""Who can be recognised in a picture: note-keepers list each, and what each of them said."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from sessions.capture.sheets import find_sheet
from sessions.shared_pages import Noted, for_note_keepers
from sessions.summaries import picture_people
from sessions.summaries.picture_people import LONGEST_WHO, people_in
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

BASE = "/desk/g/{gathering:str}/summary/pictures/{code:str}/people"
RECORDED_WORDS = {
    "yes": "Said yes to photographs in the summary",
    "no": "Said no to photographs in the summary",
    "ask": "Asked us to ask each time",
    "": "Did not book, or is not known by name",
}
HOW_WORDS = {
    "day": "asked on the day",
    "after": "asked afterwards",
    "own": "answered on their own page",
}
ASKED = [("day", "On the day"), ("after", "Afterwards")]
ANSWERS = [("yes", "Yes"), ("no", "No")]


@get(BASE, name="picture_people")
async def show(request: WebRequest, found: Noted, code: FromPath[str]) -> Page:
    """Everybody who is listed, and a form for one more."""
    return await _draw(request, found, code, {}, {}, 200)


@post(BASE, name="list_in_picture")
async def add(request: WebRequest, found: Noted, code: FromPath[str]) -> Response[str] | Redirect:
    """List one more."""
    form = await read_form(request)
    who = form.line("who", "who it is", most=LONGEST_WHO)
    try:
        if not form.errors:
            await write(picture_people.list_person, found.id, code, who)
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await _done(request, found, code, form)


@post(BASE + "/{handle:str}", name="answer_for_picture")
async def answer(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    found: Noted,
    code: FromPath[str],
    handle: FromPath[str],
) -> Response[str] | Redirect:
    """Keep what somebody said when they were asked."""
    form = await read_form(request)
    said = form.choice(f"answer-{handle}", "yes or no", [value for value, _ in ANSWERS])
    how = form.choice(f"how-{handle}", "when they were asked", [value for value, _ in ASKED])
    account, now = signed_in(viewer).account_id, datetime.now(UTC)
    try:
        if not form.errors:
            await write(picture_people.note_answer, found.id, code, handle, said, how, account, now)
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await _done(request, found, code, form)


@post(BASE + "/{handle:str}/remove", name="remove_from_picture")
async def remove(
    request: WebRequest, found: Noted, code: FromPath[str], handle: FromPath[str]
) -> Response[str] | Redirect:
    """Take somebody off the list who is not in the picture."""
    form = await read_form(request)
    try:
        await write(picture_people.take_off, found.id, code, handle)
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await _done(request, found, code, form)


async def _done(
    request: WebRequest, found: Gathering, code: str, form: Form
) -> Response[str] | Redirect:
    if form.errors:
        return await _draw(request, found, code, form.values, form.errors, 422)
    return go(_here(found, code))


def _here(found: Gathering, code: str) -> str:
    return f"/desk/g/{found.slug}/summary/pictures/{code}/people"


async def _draw(
    request: WebRequest,
    found: Gathering,
    code: str,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Page:
    sheet = await read(find_sheet, found.id, code)
    people = await read(people_in, sheet.id)
    kept = {f"answer-{one.handle}": one.answer for one in people}
    kept |= {f"how-{one.handle}": one.how for one in people}
    return page(
        request,
        "summary/picture_people.html",
        status=status,
        g=found,
        sheet=sheet,
        people=people,
        recorded_words=RECORDED_WORDS,
        how_words=HOW_WORDS,
        asked=ASKED,
        answers=ANSWERS,
        values=kept | values,
        errors=errors,
    )


routes = [for_note_keepers(show, add, answer, remove)]
