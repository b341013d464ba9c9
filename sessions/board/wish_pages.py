"""A host asks the facilitators for something; a facilitator says that it was answered."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role
from sessions.board import wishes
from sessions.board.board_pages import owns, session_in
from sessions.board.shape import SessionView
from sessions.board.shared_pages import Visit, facilitators_visit, visit
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

WISH = "/g/{gathering:str}/sessions/{number:int}/ask"


@get(WISH, name="ask_facilitators")
async def show_ask(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Page:
    """The form for a wish, and what was asked before."""
    found, session = await _host(request, viewer, gathering, number)
    return await _draw(request, found, session, None)


@post(WISH, name="ask_facilitators_now")
async def ask_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Ask. Asking changes nothing on the board."""
    found, session = await _host(request, viewer, gathering, number)
    form = await read_form(request)
    words = form.line("words", "what you would like", most=wishes.LONGEST_WISH)
    if form.errors:
        return await _draw(request, found, session, form)
    await write(wishes.ask, found.gathering.id, number, words)
    return go(f"{found.path}/sessions/{number}/ask")


@post("/g/{gathering:str}/arrange/wishes/{handle:str}", name="wish_answered")
async def answered(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    handle: FromPath[str],
) -> Redirect:
    """A facilitator has talked to the host."""
    found, _ = await facilitators_visit(gathering, viewer)
    await write(wishes.answered, found.gathering.id, handle, datetime.now(UTC))
    return go(f"{found.path}/arrange")


async def _host(
    request: WebRequest, viewer: Viewer | None, gathering: str, number: int
) -> tuple[Visit, SessionView]:
    """The session, for whoever offered it and for facilitators."""
    found = await visit(gathering, viewer)
    session = await session_in(found, number)
    if not await owns(request, found, session):
        need_role(viewer, found.gathering.series, "facilitator")
    return found, session


async def _draw(request: WebRequest, found: Visit, session: SessionView, form: Form | None) -> Page:
    return page(
        request,
        "board/ask.html",
        status=422 if form else 200,
        found=found,
        session=session,
        asked=await read(wishes.wishes_of, found.gathering.id, session.number),
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_ask, ask_now, answered]
