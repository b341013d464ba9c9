"""Artwork: sending a drawing, with its artist's name, the licence and what it shows."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.refusals import Stale, seen_of
from gatherings.planning.tables import Gathering
from sessions.capture import artwork
from sessions.capture.adding import Added, add_artwork
from sessions.capture.artwork import LICENCE_WORDS, Credit, credit_of
from sessions.capture.sheets import find_sheet
from sessions.capture.stories import OF_ARTWORK, QUESTION, SHEET_STORIES
from sessions.capture.tables import Sheet
from sessions.capture.typing_up import LONGEST_DESCRIBED
from sessions.shared_pages import Noted, for_note_keepers
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.picture_forms import ACCEPTED, LONGEST_POST, contents_of, picture_folder
from web.pictures import NotKept
from web.problems import NotFound

NOTHING_CHOSEN = "Choose the picture of the drawing"
CHANGED_MEANWHILE = "Somebody else changed this while you did. Their words and yours are both below"
SEEN_NOTHING = "nothing"
LICENCES = [(value, *words) for value, words in LICENCE_WORDS.items()]


@get("/g/{gathering:str}/capture/artwork", name="artwork")
async def show_artwork(request: WebRequest, found: Noted) -> Page:
    """The form for a drawing."""
    return _draw(request, found, None, {"licence": "all_rights"}, {}, 200)


@post("/g/{gathering:str}/capture/artwork", name="add_artwork", request_max_body_size=LONGEST_POST)
async def add(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Response[str] | Redirect:
    """Keep the drawing. When its words need work, the picture is kept already."""
    form = await read_form(request)
    said = _credit(form)
    added = await _keep_picture(request, found, signed_in(viewer).account_id, form)
    drawing = await read(find_sheet, found.id, added.code) if added else None
    if form.errors or drawing is None:
        return _draw(request, found, drawing, form.values, form.errors, 422)
    known = added is not None and added.again and drawing.artist
    seen = SEEN_NOTHING if known else ""
    return await _keep_credit(request, found, drawing.code, said, seen, form)


@get("/g/{gathering:str}/capture/{code:str}/credit", name="credit")
async def show_credit(request: WebRequest, found: Noted, code: FromPath[str]) -> Page:
    """A drawing and the words that belong to it."""
    drawing = await _drawing(found, code)
    return _draw(request, found, drawing, _values(credit_of(drawing)), {}, 200)


@post("/g/{gathering:str}/capture/{code:str}/credit", name="change_credit")
async def change_credit(
    request: WebRequest, found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """Keep the words that belong to a drawing."""
    drawing = await _drawing(found, code)
    form = await read_form(request)
    said = _credit(form)
    if form.errors:
        return _draw(request, found, drawing, form.values, form.errors, 422)
    return await _keep_credit(request, found, code, said, form.typed("seen"), form)


async def _keep_credit(
    request: WebRequest, found: Gathering, code: str, said: Credit, seen: str, form: Form
) -> Response[str] | Redirect:
    try:
        await write(artwork.credit, found.id, code, said, seen)
    except Stale:
        drawing = await read(find_sheet, found.id, code)
        errors = {"title": CHANGED_MEANWHILE}
        return _draw(request, found, drawing, form.values, errors, 409, credit_of(drawing))
    return go(f"/g/{found.slug}/capture#artwork")


async def _drawing(found: Gathering, code: str) -> Sheet:
    drawing = await read(find_sheet, found.id, code)
    if drawing.kind != "artwork":
        raise NotFound
    return drawing


async def _keep_picture(
    request: WebRequest, found: Gathering, account_id: int, form: Form
) -> Added | None:
    """The drawing that was sent; None with an error when it cannot be kept."""
    async for name, content in contents_of(form.files("drawing")[:1]):
        try:
            return await add_artwork(found.id, content, picture_folder(request), account_id)
        except NotKept as why:
            form.error("drawing", f"“{name}” was not kept. {why}".rstrip("."))
    form.error("drawing", NOTHING_CHOSEN)
    return None


def _credit(form: Form) -> Credit:
    return Credit(
        title=form.line("title", "a title", most=artwork.LONGEST_TITLE, optional=True),
        artist=form.line("artist", "the artist’s name", most=artwork.LONGEST_ARTIST),
        licence=form.choice("licence", "what others may do with it", LICENCE_WORDS),
        described=form.line("described", "what the drawing shows", most=LONGEST_DESCRIBED),
        story=form.choice("story", "an answer", ("", *SHEET_STORIES)),
    )


def _values(said: Credit) -> dict[str, Any]:
    return {name: getattr(said, name) for name in artwork.FIELDS}


def _draw(
    request: WebRequest,
    found: Gathering,
    drawing: Sheet | None,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    theirs: Credit | None = None,
) -> Page:
    return page(
        request,
        "capture/artwork.html",
        status=status,
        g=found,
        drawing=drawing,
        seen=seen_of(drawing, artwork.FIELDS) if drawing else "",
        theirs=theirs,
        licences=LICENCES,
        licence_words=LICENCE_WORDS,
        accepted=ACCEPTED,
        longest=LONGEST_DESCRIBED,
        story_question=QUESTION,
        stories=OF_ARTWORK,
        values=values,
        errors=errors,
    )


routes = [for_note_keepers(show_artwork, add, show_credit, change_credit)]
