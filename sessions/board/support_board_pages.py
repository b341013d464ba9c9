"""The facilitators' page of interpreters, captioners and supporters: who is with which session."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.support import ROLE_WORDS
from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused
from sessions.board import supporting
from sessions.board.binding import bounds_of
from sessions.board.board_pages import session_in
from sessions.board.fitting_support import left_behind
from sessions.board.shared_pages import Visit, facilitators_visit
from sessions.board.watching import left_in, missing_roles
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page


@get("/g/{gathering:str}/arrange/support", name="board_support")
async def show_support(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """Round by round: who is there, who is where, and how many remain."""
    found, _ = await facilitators_visit(gathering, viewer)
    return await _draw(request, found, 0, None)


@post("/g/{gathering:str}/sessions/{number:int}/support", name="assign_support")
async def assign_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Let people be with a session, or take one of them off."""
    found, _ = await facilitators_visit(gathering, viewer)
    await session_in(found, number)
    form = await read_form(request)
    here = found.gathering.id
    if form.typed("off"):
        await write(supporting.unassign, here, number, form.typed("off"))
        return go(f"{found.path}/arrange/support#for-{number}")
    bounds = await read(bounds_of, found.view, [])
    handles = form.some(f"who-{number}", [one.handle for one in bounds.helpers])
    try:
        await write(supporting.assign, here, number, handles)
    except Refused as refused:
        form.error(f"who-{number}", refused.words)
        return await _draw(request, found, number, form)
    return go(f"{found.path}/arrange/support#for-{number}")


async def _draw(request: WebRequest, found: Visit, number: int, form: Form | None) -> Page:
    view, bounds = found.view, await read(bounds_of, found.view, [])
    rounds = [(at, left_in(view, bounds, at)) for at in view.open_rounds]
    return page(
        request,
        "board/support.html",
        status=422 if form else 200,
        found=found,
        view=view,
        bounds=bounds,
        rounds=rounds,
        free={s.id: supporting.may_be_with(view, bounds, s) for s in view.sessions},
        left={s.id: list(left_behind(view, bounds, s)) for s in view.sessions},
        missing={s.id: missing_roles(bounds, s, supporting.run_of(view, s)) for s in view.sessions},
        role_words=ROLE_WORDS,
        number=number,
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_support, assign_now]
