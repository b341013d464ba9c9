"""Photographs of a gathering: sending them, and saying where each belongs."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.tables import Gathering
from sessions.capture.adding import turn_picture
from sessions.capture.shared_pages import session_options
from sessions.capture.sheets import file_sheet
from sessions.capture.tray import STATE_TONES, STATE_WORDS, Tray, tray_of
from sessions.capture.uploads import LATER, Batch, Outcome, keep_all, session_number
from sessions.shared_pages import Noted, for_note_keepers
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.picture_forms import ACCEPTED, LONGEST_POST, contents_of, picture_folder
from web.pictures import NotKept
from web.words import count

NOTHING_CHOSEN = "Take a picture, or choose one or more"


@get("/g/{gathering:str}/capture", name="capture")
async def show_capture(
    request: WebRequest,
    found: Noted,
    kept: FromQuery[int] = 0,
    again: FromQuery[int] = 0,
    session: FromQuery[str] = "",
) -> Page:
    """Everything that was photographed, and the form for more; for a session when one is asked."""
    return await _draw(request, found, Outcome(kept, again), {"session": session}, {}, 200)


@post("/g/{gathering:str}/capture", name="keep_pictures", request_max_body_size=LONGEST_POST)
async def keep_pictures(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted
) -> Response[str] | Redirect:
    """Keep the photographs that are good, and name those that are not."""
    form = await read_form(request)
    files = [*form.files("photo"), *form.files("pictures")]
    if not files:
        form.error("photo", NOTHING_CHOSEN)
        return await _draw(request, found, Outcome(), form.values, form.errors, 422)
    known = {value for value, _ in session_options((await read(tray_of, found.id)).sessions, "")}
    choice = form.typed("session") if form.typed("session") in known else LATER
    batch = Batch(found.id, picture_folder(request), signed_in(viewer).account_id, choice)
    outcome = await keep_all(batch, contents_of(files))
    if outcome.refused:
        field = "photo" if form.files("photo") and not form.files("pictures") else "pictures"
        form.error(field, _what_was_refused(outcome))
        return await _draw(request, found, outcome, form.values, form.errors, 422)
    return go(f"/g/{found.slug}/capture?kept={outcome.kept}&again={outcome.again}")


@post("/g/{gathering:str}/capture/tray", name="sort_tray")
async def sort_tray(request: WebRequest, found: Noted) -> Response[str] | Redirect:
    """File every sheet for which a session was chosen, and turn the one whose button it was."""
    form = await read_form(request)
    tray = await read(tray_of, found.id)
    known = {value for value, _ in session_options(tray.sessions, "")} - {LATER}
    for sheet in tray.unfiled:
        choice = form.typed(f"session-{sheet.code}")
        if choice in known:
            await write(file_sheet, found.id, sheet.code, session_number(choice))
    try:
        await _turn(request, found, form)
    except NotKept as why:
        form.error("", str(why).rstrip("."))
        return await _draw(request, found, Outcome(), {}, form.errors, 422)
    return go(f"/g/{found.slug}/capture")


async def _turn(request: WebRequest, found: Gathering, form: Form) -> None:
    code = form.typed("turn")
    if code:
        seen = form.typed(f"key-{code}")
        await turn_picture(found.id, code, seen, picture_folder(request))


def _what_was_refused(outcome: Outcome) -> str:
    name, why = outcome.refused[0]
    if len(outcome.refused) == 1:
        return f"“{name}” was not kept. {why}".rstrip(".")
    refused = count(len(outcome.refused), "picture was", "pictures were")
    return f"{refused} not kept. Each is named below"


async def _draw(
    request: WebRequest,
    found: Gathering,
    outcome: Outcome,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Page:
    tray: Tray = await read(tray_of, found.id)
    return page(
        request,
        "capture/capture.html",
        status=status,
        g=found,
        tray=tray,
        outcome=outcome,
        later_options=session_options(tray.sessions, "I will say later"),
        file_options=session_options(tray.sessions, "Choose a session"),
        state_words=STATE_WORDS,
        state_tones=STATE_TONES,
        accepted=ACCEPTED,
        values=values,
        errors=errors,
    )


routes = [for_note_keepers(show_capture, keep_pictures, sort_tray)]
