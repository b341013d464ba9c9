"""What pages of several folders share: who may open them, and letting nobody else in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gatherings.bookings.booking_list import BookingView
from gatherings.bookings.own_booking import open_own
from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.roles import Viewer
from gatherings.personal_data.erasures import Gone, is_erased
from gatherings.planning.tables import Gathering
from sessions.capture.note_keepers import gathering_for_note_keepers
from web.cookies import cookie_key
from web.database import read
from web.pages import WebRequest
from web.problems import Problem

Noted = NamedDependency[Gathering]
"""The gathering of the address, for its note-keepers alone, as a handler's parameter `found`."""


async def _noted(viewer: NamedDependency[Viewer | None], gathering: FromPath[str]) -> Gathering:
    return await read(gathering_for_note_keepers, gathering, viewer)


def for_note_keepers(*handlers: HTTPRouteHandler) -> Router:
    """Pages below /g/<gathering> and /desk/g/<gathering> that note-keepers alone may open."""
    return Router("/", route_handlers=handlers, dependencies={"found": Provide(_noted)})


class Locked(Problem):
    """The same for a wrong secret and for a booking that does not exist."""

    status = 401
    title = "This page needs your private link"
    words = "A booking opens only for the people who made it."
    template = "booking/locked.html"


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
    own = await read(open_own, reference, secret, now) if secret else None
    if own is None:
        raise Gone if await read(is_erased, reference) else Locked
    return Theirs(own.booking, own.gathering, f"/b/{own.booking.reference}")
