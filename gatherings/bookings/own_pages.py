"""A party's own page, which is also its receipt, and its private link."""

from datetime import UTC, datetime

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.catalogue import ASK_ME, RATHER_TALK
from gatherings.access.need_states import STATE_WORDS
from gatherings.bookings.door_list import door_address
from gatherings.bookings.own_booking import Locked, open_own, told_on_own_page
from gatherings.bookings.own_shared_pages import Answer, Look, look
from gatherings.bookings.own_words import UNDO_WORDS, WAY_WORDS, answer_rows, party_rows, stands_as
from gatherings.bookings.shared_pages import WHO_ENTERS, booking_secret, give_booking_cookie
from gatherings.people.roles import Viewer, works_door
from gatherings.planning.gathering_words import is_today
from web.database import read
from web.pages import Page, WebRequest, go, pages_of


@get("/b/{reference:str}", name="own_booking")
async def show_own(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """The booking, to a browser that holds its secret. Who works the door is led there."""
    try:
        seen = await look(request, viewer)
    except Locked:
        door = await read(door_address, reference, viewer)
        if door:
            return go(door)
        raise
    return await _draw(request, seen, viewer)


@get("/b/{reference:str}/{secret:str}", name="private_link")
async def open_private_link(
    request: WebRequest,
    reference: FromPath[str],
    secret: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """Swap the secret in the address for a cookie, so that it stays out of the history.

    Who scans it at the door gets no cookie: the booking is not theirs.
    """
    door = await read(door_address, reference, viewer)
    if door:
        return _unseen(go(door))
    own = await read(open_own, reference, secret, datetime.now(UTC))
    answer = go(f"/b/{own.booking.reference if own else reference}")
    if own:
        give_booking_cookie(request, answer, own.booking.reference, secret)
    return _unseen(answer)


@post("/b/{reference:str}/close", name="close_booking_page")
async def close_page(request: WebRequest, reference: FromPath[str]) -> Redirect:
    """Forget the booking on this device."""
    answer = go("/")
    if booking_secret(request, reference):
        give_booking_cookie(request, answer, reference, "")
    return answer


def _unseen(answer: Redirect) -> Redirect:
    """The secret's address is not told to the page that follows."""
    answer.headers["referrer-policy"] = "no-referrer"
    return answer


async def _draw(request: WebRequest, seen: Look, viewer: Viewer | None) -> Page:
    own, booking = seen.own, seen.own.booking
    told = await read(told_on_own_page, own)
    base_url = pages_of(request).settings.base_url
    secret = booking_secret(request, booking.reference)
    return seen.draw(
        "own.html",
        stands=stands_as(own),
        venue=told.venue,
        today=is_today(own.gathering),
        needs=told.needs,
        asks=any(need.code in (ASK_ME, RATHER_TALK) for need in told.needs),
        people=party_rows(own, seen.home if seen.may_change_party else ""),
        answers=answer_rows(told.answers),
        ahead=told.ahead,
        link=f"{base_url}/b/{booking.reference}/{secret}",
        may_change=seen.may_change,
        may_change_party=seen.may_change_party,
        enters=viewer is not None and viewer.may(own.gathering.series, *WHO_ENTERS),
        door_code=f"{base_url}/b/{booking.reference}",
        at_door=works_door(viewer, own.gathering),
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
        undo_words=UNDO_WORDS,
    )


routes = [show_own, close_page, open_private_link]
