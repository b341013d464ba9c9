"""The live stream of a board: what changed, to phones, walls and facilitators at once."""

from datetime import UTC, datetime
from functools import partial

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ASGIApp, Receive, Scope, Send

from gatherings.people.roles import Viewer, need_role
from sessions.board import frames
from sessions.board.plan_changes import boards_with_new_plans, note_new_plan
from sessions.board.shared_pages import Visit, known_joiner, visit
from sessions.board.telling import Teller
from web.database import read, write
from web.long_answers import hand_over
from web.pages import WebRequest
from web.problems import NotFound


async def tell(request: WebRequest, gathering_id: int) -> None:
    """Tell everybody who watches what is new. Call it after `write` has returned."""
    await teller_of(request).tell(gathering_id)


async def tell_new_plans(request: WebRequest) -> None:
    """After a press on the desk: tell boards whose rounds or rooms it changed."""
    for gathering_id in await read(boards_with_new_plans, datetime.now(UTC)):
        await write(note_new_plan, gathering_id)
        await tell(request, gathering_id)


def teller_of(request: WebRequest) -> Teller:
    """Whoever tells about boards in this process."""
    teller: Teller = request.app.state.teller
    return teller


@get("/g/{gathering:str}/board/changes", name="board_changes")
async def board_changes(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> ASGIApp:
    """The stream. Whoever may open a page may open its stream; that is checked here, once."""
    audience = request.query_params.get("for", "phones")
    if audience not in frames.AUDIENCES:
        raise NotFound
    found = await visit(gathering, viewer)
    if audience == "arrange":
        need_role(viewer, found.gathering.series, "facilitator")
    holder = _holder(request, viewer, found)
    return hand_over(partial(_stream, teller_of(request), found.gathering.id, audience, holder))


async def _stream(
    teller: Teller,
    gathering_id: int,
    audience: str,
    holder: str,
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    """Serves the hub's bytes as they are; the framework would touch each of them again."""
    channel = teller.channel(gathering_id, audience)
    whole = partial(teller.whole, gathering_id, audience)
    await channel.serve(scope, receive, send, whole, holder)


def _holder(request: WebRequest, viewer: Viewer | None, found: Visit) -> str:
    """Who holds the stream open: a person, never an address, as a hall shares one."""
    if viewer is not None:
        return f"account {viewer.account_id}"
    return known_joiner(request, found.gathering.id)


routes = [board_changes]
