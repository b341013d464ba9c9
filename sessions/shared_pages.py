"""What the pages of note-keepers share: finding the gathering, and letting nobody else in."""

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering
from sessions.capture.note_keepers import gathering_for_note_keepers
from web.database import read

Noted = NamedDependency[Gathering]
"""The gathering of the address, for its note-keepers alone, as a handler's parameter `found`."""


async def _noted(viewer: NamedDependency[Viewer | None], gathering: FromPath[str]) -> Gathering:
    return await read(gathering_for_note_keepers, gathering, viewer)


def for_note_keepers(*handlers: HTTPRouteHandler) -> Router:
    """Pages below /g/<gathering> and /desk/g/<gathering> that note-keepers alone may open."""
    return Router("/", route_handlers=handlers, dependencies={"found": Provide(_noted)})
