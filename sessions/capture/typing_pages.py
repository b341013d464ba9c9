"""One sheet: typing up what it says, and checking it."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Gathering
from sessions.board.tables import Session
from sessions.capture import typing_up
from sessions.capture.note_keepers import gathering_for_note_keepers, names_of
from sessions.capture.shared_pages import filing_options
from sessions.capture.sheets import find_sheet, sheet_by_code
from sessions.capture.stories import OF_A_SHEET, QUESTION, SHEET_STORIES
from sessions.capture.tables import Sheet
from sessions.capture.tray import STATE_TONES, STATE_WORDS, is_filed, title_of_session, tray_of
from sessions.capture.typing_up import Typed, points_in, typed_on
from sessions.capture.uploads import LATER, NO_SESSION
from sessions.shared_pages import Noted, for_note_keepers
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

LONGEST_TEXT = 20_000
NOTHING_TYPED = "Type at least one point, or say what the picture shows"
TYPED_MEANWHILE = (
    "Somebody else typed on this sheet while you did. Their text and yours are both below"
)
CHANGED_MEANWHILE = "The text changed while you were looking at it. Look again before you check it"


@get("/n/{code:str}", name="sheet_of_code")
async def open_code(viewer: NamedDependency[Viewer | None], code: FromPath[str]) -> Redirect:
    """The short address of a sheet, for note-keepers."""
    sheet, slug = await read(_sheet_and_slug, code)
    found = await read(gathering_for_note_keepers, slug, viewer)
    return go(f"/g/{found.slug}/capture/{sheet.code}")


@get("/g/{gathering:str}/capture/{code:str}", name="sheet")
async def show_sheet(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """The picture first, then what it says."""
    sheet = await read(find_sheet, found.id, code)
    if sheet.kind == "artwork":
        return go(f"/g/{found.slug}/capture/{code}/credit")
    return await draw_sheet(request, found, viewer, sheet, {}, {}, 200)


@post("/g/{gathering:str}/capture/{code:str}", name="type_up")
async def type_up(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """Keep what was typed. When somebody else typed too, both texts are shown."""
    sheet = await read(find_sheet, found.id, code)
    form = await read_form(request)
    typed = _typed(form)
    if form.errors:
        return await draw_sheet(request, found, viewer, sheet, form.values, form.errors, 422)
    account, seen = signed_in(viewer).account_id, form.typed("seen") or "none"
    try:
        await write(typing_up.type_up, found.id, code, typed, account, seen)
    except Stale:
        return await _show_both(request, found, viewer, code, form)
    return go(f"/g/{found.slug}/capture/{code}")


@post("/g/{gathering:str}/capture/{code:str}/check", name="check_sheet")
async def check(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """A second person says that the text is right."""
    form = await read_form(request)
    account = signed_in(viewer).account_id
    try:
        await write(typing_up.check, found.id, code, account, form.typed("seen"))
    except Stale:
        form.error("check", CHANGED_MEANWHILE)
    except Refused as refused:
        form.error(refused.field, refused.words)
    if form.errors:
        sheet = await read(find_sheet, found.id, code)
        return await draw_sheet(request, found, viewer, sheet, {}, form.errors, 422)
    return go(f"/g/{found.slug}/capture/{code}")


def _typed(form: Form) -> Typed:
    """What was typed, with every problem noted."""
    points = points_in(form.text("points", "the points", most=LONGEST_TEXT, optional=True))
    most = typing_up.LONGEST_DESCRIBED
    described = form.line("described", "what the picture shows", most=most, optional=True)
    if not points and not described:
        form.error("points", NOTHING_TYPED)
    if len(points) > typing_up.MOST_POINTS:
        words = f"at most {typing_up.MOST_POINTS} points. It now has {len(points)}"
        form.error("points", f"Make the text shorter: {words}")
    for number, point in enumerate(points, 1):
        if len(point) > typing_up.LONGEST_POINT:
            words = f"at most {typing_up.LONGEST_POINT} characters. It now has {len(point)}"
            form.error("points", f"Make point {number} shorter: {words}")
    story = form.choice("story", "an answer", ("", *SHEET_STORIES))
    return Typed(points, described, story)


async def _show_both(
    request: WebRequest, found: Gathering, viewer: Viewer | None, code: str, form: Form
) -> Page:
    """Two people typed: the second gets both texts and decides."""
    sheet = await read(find_sheet, found.id, code)
    errors = {"points": TYPED_MEANWHILE}
    theirs = await read(typed_on, sheet)
    return await draw_sheet(request, found, viewer, sheet, form.values, errors, 409, theirs)


async def draw_sheet(
    request: WebRequest,
    found: Gathering,
    viewer: Viewer | None,
    sheet: Sheet,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    theirs: Typed | None = None,
) -> Page:
    typed = await read(typed_on, sheet)
    kept = {
        "points": typed.text,
        "described": typed.described,
        "story": typed.story,
        "session": await _chosen(sheet),
    }
    return page(
        request,
        "capture/sheet.html",
        status=status,
        g=found,
        sheet=sheet,
        session_title=await read(title_of_session, sheet.session),
        options=await options_for(found, sheet),
        names=await read(names_of, (sheet.typed_by, sheet.checked_by)),
        next_sheet=(await read(tray_of, found.id)).after(sheet.code),
        seen=typed.mark,
        theirs=theirs,
        typed_it=viewer is not None and sheet.typed_by == viewer.account_id,
        state_words=STATE_WORDS,
        state_tones=STATE_TONES,
        longest=typing_up.LONGEST_DESCRIBED,
        story_question=QUESTION,
        stories=OF_A_SHEET,
        values=kept | values,
        errors=errors,
    )


async def options_for(found: Gathering, sheet: Sheet) -> list[tuple[str, str]]:
    tray = await read(tray_of, found.id)
    title = await read(title_of_session, sheet.session)
    return filing_options(tray.sessions, title, await _chosen(sheet))


async def _chosen(sheet: Sheet) -> str:
    """The value that the list of sessions shows for this sheet."""
    if sheet.session is None:
        return NO_SESSION if is_filed(sheet) else LATER
    return str(await read(_number_of, sheet.session))


async def _number_of(session_id: int) -> int:
    session = await Session.objects().get(Session.id == session_id)
    return session.number if session else 0


async def _sheet_and_slug(code: str) -> tuple[Sheet, str]:
    sheet = await sheet_by_code(code)
    return sheet, (await gathering_of(sheet.gathering)).slug


routes: list[ControllerRouterHandler] = [
    open_code,
    for_note_keepers(show_sheet, type_up, check),
]
