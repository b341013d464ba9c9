"""What pages of several folders share: who may open them, and letting nobody else in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gatherings.bookings.booking_list import BookingView
from gatherings.bookings.own_booking import unlocked
from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering
from sessions.capture.note_keepers import gathering_for_note_keepers
from web.cookies import cookie_key
from web.database import read
from web.pages import WebRequest

Noted = NamedDependency[Gathering]
"""The gathering of the address, for its note-keepers alone, as a handler's parameter `found`."""


async def _noted(viewer: NamedDependency[Viewer | None], gathering: FromPath[str]) -> Gathering:
    return await read(gathering_for_note_keepers, gathering, viewer)


def for_note_keepers(*handlers: HTTPRouteHandler) -> Router:
    """Pages below /g/<gathering> and /desk/g/<gathering> that note-keepers alone may open."""
    return Router("/", route_handlers=handlers, dependencies={"found": Provide(_noted)})


@dataclass(frozen=True)
class Theirs:
    """A booking that somebody may look at; `home` is its page."""

    booking: BookingView
    gathering: Gathering
    home: str


async def party_of(request: WebRequest, reference: str) -> Theirs:
    """The booking whose secret this browser has. Raises Locked, or Gone once it was deleted."""
    now = datetime.now(UTC)
    secret = cookie_key(request, cookie_of(reference))
    own = await read(unlocked, reference, secret, now)
    return Theirs(own.booking, own.gathering, f"/b/{own.booking.reference}")
