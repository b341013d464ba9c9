"""One sheet: filing it to a session, turning it, and removing it."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from sessions.capture.adding import remove_picture, turn_picture
from sessions.capture.sheets import file_sheet, find_sheet
from sessions.capture.typing_pages import draw_sheet, options_for
from sessions.capture.typing_up import typed_on
from sessions.capture.uploads import LATER, session_number
from sessions.shared_pages import Noted, for_note_keepers
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.picture_forms import picture_folder
from web.pictures import NotKept


@post("/g/{gathering:str}/capture/{code:str}/file", name="file_sheet")
async def file_one(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """Say which session this sheet is from."""
    sheet = await read(find_sheet, found.id, code)
    form = await read_form(request)
    options = await options_for(found, sheet)
    choice = form.choice("session", "a session", {value for value, _ in options} - {LATER})
    if form.errors:
        return await draw_sheet(request, found, viewer, sheet, form.values, form.errors, 422)
    await write(file_sheet, found.id, code, session_number(choice))
    return go(f"/g/{found.slug}/capture/{code}")


@post("/g/{gathering:str}/capture/{code:str}/turn", name="turn_sheet")
async def turn(
    request: WebRequest, viewer: NamedDependency[Viewer | None], found: Noted, code: FromPath[str]
) -> Response[str] | Redirect:
    """Turn the picture a quarter to the right."""
    form = await read_form(request)
    try:
        await turn_picture(found.id, code, form.typed("key"), picture_folder(request))
    except NotKept as why:
        sheet = await read(find_sheet, found.id, code)
        return await draw_sheet(request, found, viewer, sheet, {}, {"": str(why).rstrip(".")}, 422)
    return go(f"/g/{found.slug}/capture/{code}")


@get("/g/{gathering:str}/capture/{code:str}/remove", name="remove_sheet_ask")
async def ask_to_remove(request: WebRequest, found: Noted, code: FromPath[str]) -> Page:
    """Ask once more: a removed picture cannot be brought back."""
    sheet = await read(find_sheet, found.id, code)
    typed = await read(typed_on, sheet)
    return page(request, "capture/remove.html", g=found, sheet=sheet, typed=typed)


@post("/g/{gathering:str}/capture/{code:str}/remove", name="remove_sheet")
async def remove(request: WebRequest, found: Noted, code: FromPath[str]) -> Redirect:
    """Remove the picture and its files."""
    await remove_picture(found.id, code, picture_folder(request))
    return go(f"/g/{found.slug}/capture")


routes = [for_note_keepers(file_one, turn, ask_to_remove, remove)]
