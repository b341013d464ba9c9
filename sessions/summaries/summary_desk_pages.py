"""The desk of a summary: starting it, its opening words and thanks, the preview, publishing."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role
from gatherings.planning.refusals import Stale
from gatherings.planning.tables import Gathering
from gatherings.wording.glossary import glossary_of
from sessions.shared_pages import Noted, for_note_keepers
from sessions.summaries import summaries
from sessions.summaries.content import files_of
from sessions.summaries.draft import content_of, draft_of
from sessions.summaries.publishing import NotReady, missing, newest_version, publish
from sessions.summaries.summaries import Words, find_summary, summary_of, words_mark, words_of
from sessions.summaries.thanking import thank_everybody, thanked
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.words import explainer

CHANGED_MEANWHILE = "Somebody else changed this while you did. Their words and yours are both below"
NOT_READY = "The summary is not ready yet. What is missing is listed beside the button"


@get("/desk/g/{gathering:str}/summary", name="summary_desk")
async def show_desk(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Page:
    """The whole summary being worked on; before it is started, the form that starts it."""
    if await read(find_summary, found.id) is None:
        values = {"title": f"What we heard at {found.name}"[: summaries.LONGEST_TITLE]}
        return _draw_start(request, found, values, {}, 200)
    return await draw_desk(request, found, viewer, {}, {}, 200)


@post("/desk/g/{gathering:str}/summary", name="start_summary")
async def start(request: WebRequest, found: Noted) -> Response[str] | Redirect:
    """Start the summary. A second press leads to the same one."""
    form = await read_form(request)
    words = _words(form)
    if form.errors:
        return _draw_start(request, found, form.values, form.errors, 422)
    await write(summaries.start, found.id, words.title, words.opening)
    return go(f"/desk/g/{found.slug}/summary")


@get("/desk/g/{gathering:str}/summary/words", name="summary_words")
async def show_words(request: WebRequest, found: Noted) -> Page:
    """Title, opening words and thanks."""
    words = words_of(await read(summary_of, found.id))
    return await _draw_words(request, found, vars(words), {}, 200)


@post("/desk/g/{gathering:str}/summary/words", name="change_summary_words")
async def change_words(request: WebRequest, found: Noted) -> Response[str] | Redirect:
    """Keep them; when somebody else changed them meanwhile, both are shown."""
    form = await read_form(request)
    words = _words(form)
    if form.errors:
        return await _draw_words(request, found, form.values, form.errors, 422)
    try:
        await write(summaries.set_words, found.id, words, form.typed("seen") or "nothing")
    except Stale:
        theirs = words_of(await read(summary_of, found.id))
        errors = {"title": CHANGED_MEANWHILE}
        return await _draw_words(request, found, form.values, errors, 409, theirs)
    return go(f"/desk/g/{found.slug}/summary")


@get("/desk/g/{gathering:str}/summary/preview", name="preview_summary")
async def preview(request: WebRequest, found: Noted) -> Page:
    """What people would read."""
    content = content_of(await read(draft_of, found.id))
    files = await read(files_of, content.codes)
    letters = explainer(await read(glossary_of, found.series))
    return page(
        request, "summary/preview.html", g=found, content=content, files=files, letters=letters
    )


@post("/desk/g/{gathering:str}/summary/publish", name="publish_summary")
async def publish_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Response[str] | Redirect:
    """Let everybody read it. Organisers decide that."""
    organiser = need_role(viewer, found.series, "organiser")
    try:
        await write(publish, found.id, organiser.account_id)
    except NotReady:
        return await draw_desk(request, found, viewer, {}, {"publish": NOT_READY}, 422)
    return go(f"/g/{found.slug}/summary")


@post("/desk/g/{gathering:str}/summary/thank", name="thank_everybody")
async def thank_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Response[str] | Redirect:
    """Write to everybody who was booked. A second press writes to nobody twice."""
    need_role(viewer, found.series, "organiser")
    try:
        await write(thank_everybody, found.id, datetime.now(UTC))
    except NotReady as missing_yet:
        errors = {"thank": str(missing_yet)}
        return await draw_desk(request, found, viewer, {}, errors, 422)
    return go(f"/desk/g/{found.slug}/summary")


async def draw_desk(
    request: WebRequest,
    found: Gathering,
    viewer: Viewer | None,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Page:
    """The desk of a summary that was started."""
    draft = await read(draft_of, found.id)
    published = await read(newest_version, found.id)
    content = content_of(draft)
    return page(
        request,
        "summary/desk.html",
        status=status,
        g=found,
        draft=draft,
        content=content,
        missing=missing(draft),
        published=published,
        thanked=await read(thanked, found.id),
        changed=published is not None and published.content != content,
        organises=viewer is not None and viewer.may(found.series, "organiser"),
        values={"token": new_key()} | values,
        errors=errors,
    )


def _words(form: Form) -> Words:
    return Words(
        title=form.line("title", "a title", most=summaries.LONGEST_TITLE),
        opening=form.text("opening", "the opening words", most=summaries.LONGEST_OPENING),
        thanks=form.text("thanks", "the thanks", most=summaries.LONGEST_THANKS, optional=True),
    )


def _draw_start(
    request: WebRequest,
    found: Gathering,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Page:
    return page(request, "summary/start.html", status=status, g=found, values=values, errors=errors)


async def _draw_words(
    request: WebRequest,
    found: Gathering,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    theirs: Words | None = None,
) -> Page:
    summary = await read(summary_of, found.id)
    return page(
        request,
        "summary/words.html",
        status=status,
        g=found,
        seen=words_mark(summary),
        theirs=theirs,
        values=values,
        errors=errors,
    )


routes = [
    for_note_keepers(show_desk, start, show_words, change_words, preview, publish_now, thank_now)
]
