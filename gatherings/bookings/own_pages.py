"""A party's own page, which is also its receipt; its private link; and cancelling."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.catalogue import ASK_ME, RATHER_TALK
from gatherings.access.needs import STATE_WORDS
from gatherings.bookings.booking_list import WAY_WORDS
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.door_list import door_address
from gatherings.bookings.own_booking import OwnBooking, open_own
from gatherings.bookings.shared_pages import booking_secret, give_booking_cookie
from gatherings.people.roles import Viewer, works_door
from gatherings.planning.lookup import is_over
from web.database import read, write
from web.pages import Page, WebRequest, go, page, pages_of


@get("/b/{reference:str}", name="own_booking")
async def show_own(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """The booking, to a browser that holds its secret. Who works the door is led there."""
    secret = booking_secret(request, reference)
    own = await read(open_own, reference, secret) if secret else None
    if own is not None:
        return _draw(request, own, secret, viewer)
    door = await read(door_address, reference, viewer)
    return go(door) if door else _locked(request)


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
        return go(door)
    own = await read(open_own, reference, secret)
    if own is None:
        return go(f"/b/{reference}")
    answer = go(f"/b/{own.booking.reference}")
    give_booking_cookie(request, answer, own.booking.reference, secret)
    return answer


@get("/b/{reference:str}/cancel", name="cancel_booking")
async def ask_to_cancel(request: WebRequest, reference: FromPath[str]) -> Response[str] | Redirect:
    """Ask once more before cancelling."""
    own = await _own(request, reference)
    if own is None:
        return _locked(request)
    if not _can_cancel(own):
        return go(f"/b/{own.booking.reference}")
    return page(request, "booking/cancel.html", g=own.gathering, booking=own.booking)


@post("/b/{reference:str}/cancel", name="cancel_booking_now")
async def cancel_now(request: WebRequest, reference: FromPath[str]) -> Response[str] | Redirect:
    """Cancel, and give the places back."""
    own = await _own(request, reference)
    if own is None:
        return _locked(request)
    if _can_cancel(own):
        await write(cancel, own.booking.id)
    return go(f"/b/{own.booking.reference}")


@post("/b/{reference:str}/close", name="close_booking_page")
async def close_page(request: WebRequest, reference: FromPath[str]) -> Redirect:
    """Forget the booking on this device."""
    answer = go("/")
    if booking_secret(request, reference):
        give_booking_cookie(request, answer, reference, "")
    return answer


async def _own(request: WebRequest, reference: str) -> OwnBooking | None:
    secret = booking_secret(request, reference)
    return await read(open_own, reference, secret) if secret else None


def _can_cancel(own: OwnBooking) -> bool:
    return own.booking.state != "cancelled" and not is_over(own.gathering)


def _locked(request: WebRequest) -> Page:
    """The same for a wrong secret and for a booking that does not exist."""
    return page(request, "booking/locked.html", status=401)


def _draw(request: WebRequest, own: OwnBooking, secret: str, viewer: Viewer | None) -> Page:
    base_url = pages_of(request).settings.base_url
    return page(
        request,
        "booking/own.html",
        g=own.gathering,
        venue=own.venue,
        booking=own.booking,
        needs=own.needs,
        asks=any(need.code in (ASK_ME, RATHER_TALK) for need in own.needs),
        link=f"{base_url}/b/{own.booking.reference}/{secret}",
        over=is_over(own.gathering),
        door_code=f"{base_url}/b/{own.booking.reference}",
        at_door=works_door(viewer, own.gathering),
        enters=viewer is not None and viewer.may(own.gathering.series, "organiser"),
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
    )


routes = [show_own, ask_to_cancel, cancel_now, close_page, open_private_link]
