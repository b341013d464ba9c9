"""What the pages of the board share: finding the board, the joiner's cookie, who facilitates."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar import Response
from litestar.di import NamedDependency

from gatherings.bookings.own_secrets import COOKIE, booking_opened_by
from gatherings.people.roles import Viewer, need_role
from gatherings.planning.lookup import gathering_to_show
from gatherings.planning.tables import Gathering
from sessions.board.going_ahead import LONGEST_REASON
from sessions.board.joining import joiner_hash, link_booking
from sessions.board.shape import BoardView
from sessions.board.view import board_view
from web.cookies import cookie_key, cookie_keys, give_cookie
from web.crypto import new_key
from web.database import read, write
from web.forms import Form
from web.pages import Page, WebRequest
from web.problems import NotFound
from web.together import Together

Visitor = NamedDependency[Viewer | None]
"""Whoever is signed in, as a handler's parameter."""

ALL_AT_ONCE = Together()
RENEWS_EVERY = 20
LONGEST_NUMBER = 9
JOINER = "joiner"
JOINER_LASTS = 60 * 24 * 3600
WHY_NO_BOARD = {
    "draft": "This gathering is not announced yet. Its board opens once it is.",
    "cancelled": "This gathering was cancelled, so it has no board.",
}


def renewing(request: WebRequest) -> int:
    """Seconds after which the page loads itself again, because somebody asked for it; or 0."""
    return RENEWS_EVERY if request.query_params.get("again") == "yes" else 0


def renewed(answer: Page, seconds: int) -> Page:
    """By a header: a page without script stays new, and nobody's page moves unasked."""
    if seconds:
        answer.headers["refresh"] = str(seconds)
    return answer


@dataclass(frozen=True)
class Visit:
    """A gathering with its board, and whether the one who looks facilitates it."""

    gathering: Gathering
    view: BoardView
    facilitates: bool

    @property
    def path(self) -> str:
        """The address of the gathering."""
        return f"/g/{self.gathering.slug}"


async def visit(slug: str, viewer: Viewer | None) -> Visit:
    """The board of a gathering for anybody with its address."""
    if viewer is None:
        # A hall of phones comes in one moment: one reading does for all of them.
        return await ALL_AT_ONCE.do(("visit", slug), partial(_visit, slug, None))
    return await _visit(slug, viewer)


async def _visit(slug: str, viewer: Viewer | None) -> Visit:
    gathering, view = await read(_gathering_and_board, slug, viewer)
    facilitates = viewer is not None and viewer.may(gathering.series, "facilitator")
    return Visit(gathering, view, facilitates)


async def facilitators_visit(slug: str, viewer: Viewer | None) -> tuple[Visit, Viewer]:
    """The same for facilitators alone."""
    found = await visit(slug, viewer)
    return found, need_role(viewer, found.gathering.series, "facilitator")


async def _gathering_and_board(slug: str, viewer: Viewer | None) -> tuple[Gathering, BoardView]:
    gathering = await gathering_to_show(slug, viewer)
    if gathering.state in WHY_NO_BOARD:
        raise NotFound(WHY_NO_BOARD[gathering.state])
    return gathering, await board_view(gathering.id)


def known_joiner(request: WebRequest, gathering_id: int) -> str:
    """What is kept of the joiner's cookie; "" for somebody who has pressed nothing yet."""
    key = cookie_key(request, JOINER)
    return joiner_hash(gathering_id, key) if key else ""


def make_joiner(request: WebRequest, gathering_id: int) -> tuple[str, str]:
    """The cookie's key, new at the first press, and what is kept of it."""
    key = cookie_key(request, JOINER) or new_key()
    return key, joiner_hash(gathering_id, key)


def keep_joiner(request: WebRequest, answer: Response[Any], key: str) -> None:
    """Remember the joiner in their browser."""
    give_cookie(request, answer, JOINER, key, JOINER_LASTS)


async def link_own_booking(request: WebRequest, gathering_id: int, kept: str) -> None:
    """When this browser also holds a booking here: its calendar is to show what was starred."""
    secrets = cookie_keys(request, COOKIE)
    booking = await read(booking_opened_by, gathering_id, secrets) if secrets else None
    if booking is not None:
        await write(link_booking, gathering_id, kept, booking)


def reason_typed(form: Form, what: str = "why it goes there") -> str:
    """Why it is done although something is missing; asked for on the page that says so."""
    asked = bool(form.typed("asked"))
    why = form.line("why", what, most=LONGEST_REASON, optional=not asked)
    return "" if "why" in form.errors else why


def number_asked(text: str) -> int | None:
    """A number in an address, small enough for a column; None for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def by_script(request: WebRequest) -> bool:
    """Whether our script asks, so that a part of a page is enough."""
    return bool(request.headers.get("hx-request") == "true")
