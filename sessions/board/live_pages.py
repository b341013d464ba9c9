"""The live stream of a board: what changed, to phones, walls and facilitators at once."""

from functools import partial

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ASGIApp, Receive, Scope, Send

from gatherings.people.roles import Viewer, need_role
from sessions.board import frames
from sessions.board.shared_pages import board_and_changes, known_joiner, visit
from sessions.board.view import board_view
from web.database import read
from web.live import Hub
from web.live_channel import Channel
from web.pages import WebRequest, pages_of
from web.problems import NotFound


async def tell(request: WebRequest, gathering_id: int) -> None:
    """Tell everybody who watches what is new. Call it after `write` has returned.

    It reaches those who watch through this process. With several processes, each will hear of
    the change from the database and call this.
    """
    channels = {
        audience: channel_of(request, gathering_id, audience) for audience in frames.AUDIENCES
    }
    told = [c.version for c in channels.values() if c.version is not None]
    view, changes = await read(board_and_changes, gathering_id, min(told, default=None))
    pages = pages_of(request)
    for audience, channel in channels.items():
        for change in changes:
            if channel.version is None or change.version > channel.version:
                cells = frames.changed(pages, view, change, audience)
                channel.tell(change.version, cells, partial(frames.whole, pages, view, audience))


def channel_of(request: WebRequest, gathering_id: int, audience: str) -> Channel:
    """The channel of one board for one audience."""
    hub: Hub = request.app.state.hub
    return hub.channel(("board", gathering_id, audience))


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
    return _stream(request, found.gathering.id, audience)


def _stream(request: WebRequest, gathering_id: int, audience: str) -> ASGIApp:
    """Serves the hub's bytes as they are; the framework would touch each of them again."""
    holder = known_joiner(request, gathering_id)

    async def whole() -> tuple[int, str]:
        view = await read(board_view, gathering_id)
        return view.version, frames.whole(pages_of(request), view, audience)

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        channel = channel_of(request, gathering_id, audience)
        await channel.serve(scope, receive, send, whole, holder)

    return stream


routes = [board_changes]
