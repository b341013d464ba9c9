"""The buttons that show on the wall where a card fits, and that stop it."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from sessions.board import in_hand
from sessions.board.arrange_pages import arrange_page
from sessions.board.board_pages import session_in
from sessions.board.live_pages import tell
from sessions.board.shared_pages import facilitators_visit
from web.database import write
from web.forms import read_form
from web.pages import WebRequest, go


@post("/g/{gathering:str}/sessions/{number:int}/show", name="show_where_it_fits")
async def show_where_it_fits(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Show on the wall where this card fits in a round."""
    found, ben = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    form = await read_form(request)
    rounds = {str(at.number): at.id for at in found.view.open_rounds}
    at = form.choice("round", "a round", rounds)
    if not at:
        return await arrange_page(request, found, ben, session, form.errors)
    here = found.gathering.id
    await write(in_hand.show_where_it_fits, here, session.number, rounds[at], ben.account_id)
    await tell(request, here)
    return go(f"{found.path}/arrange?card={number}#in-hand")


@post("/g/{gathering:str}/arrange/hand/stop", name="stop_showing")
async def stop_showing(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Redirect:
    """Let the wall show the round alone again."""
    found, ben = await facilitators_visit(gathering, viewer)
    await write(in_hand.stop_showing, found.gathering.id, ben.account_id)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/arrange#board")


routes = [show_where_it_fits, stop_showing]
