"""Clashes for facilitators: sessions at the same time that the same people want."""

from datetime import UTC, datetime

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.people.roles import Viewer
from sessions.board.clashes import largest_clashes, wanted_together
from sessions.board.shared_pages import facilitators_visit
from web.database import read
from web.pages import Page, WebRequest, page


@get("/g/{gathering:str}/arrange/clashes", name="clashes")
async def show_clashes(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """The largest clashes first, each with a button that asks both hosts to join."""
    found, _ = await facilitators_visit(gathering, viewer)
    wanted = await read(wanted_together, found.view)
    return page(
        request,
        "board/clashes.html",
        found=found,
        view=found.view,
        clashes=largest_clashes(found.view, wanted, datetime.now(UTC)),
    )


routes = [show_clashes]
