"""The desk's waiting list in its order, and giving places by hand."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.answering import book_in
from gatherings.bookings.booking_list import BookingView, bookings_of
from gatherings.bookings.desk_shared_pages import WHO_SEES_BOOKINGS, desk_booking
from gatherings.bookings.desk_words import offer_words, places_words, when
from gatherings.bookings.own_shared_pages import Answer, Look, desk_only, look, try_to
from gatherings.bookings.own_words import WAY_WORDS
from gatherings.bookings.sending_links import send_link
from gatherings.bookings.waiting_list import fills_by_itself, must_be_phoned, offer, waiting_in
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

BY_PHONE = ("phone", "text")


@get("/desk/g/{slug:str}/waiting", name="desk_waiting")
async def show_waiting(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str]:
    """Who waits, who was offered a place, and whom to ring when it is late."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, *WHO_SEES_BOOKINGS)
    now, views = datetime.now(UTC), await read(bookings_of, gathering.id)
    in_line = [booking.id for booking in await read(waiting_in, gathering.id)]
    waiting = sorted((v for v in views if v.id in in_line), key=lambda v: in_line.index(v.id))
    return page(
        request,
        "booking/desk_waiting.html",
        g=gathering,
        free=gathering.capacity - gathering.taken,
        by_itself=fills_by_itself(gathering, now),
        ring=must_be_phoned(gathering, now),
        waiting=waiting,
        offered=[view for view in views if view.state == "offered"],
        lapsed=[view for view in views if view.state == "lapsed"],
        organises=person.may(gathering.series, "organiser"),
        places_words=places_words,
        offer_words=offer_words,
        when=when,
        way_words=WAY_WORDS,
        by_phone=BY_PHONE,
    )


@post(desk_only("offer-now"), name="offer_place")
async def offer_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """Offer this party the places that are free."""
    seen = await look(request, viewer)
    form = await read_form(request)
    await try_to(form, offer, seen.own.booking.id, seen.now, account_id=seen.account_id or 0)
    if form.errors:
        return await desk_booking(seen, viewer, form)
    return go(_waiting_list(seen)) if form.typed("then") == "waiting" else seen.back()


@get(desk_only("book-in"), name="book_party_in")
async def show_book_in(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Who of a waiting party comes, as they said on the phone."""
    seen = await look(request, viewer)
    return _draw_book_in(seen, None) if _waits(seen.own.booking) else seen.back()


@post(desk_only("book-in"), name="book_party_in_now")
async def book_in_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Book them."""
    seen = await look(request, viewer)
    form = await read_form(request)
    if not _waits(seen.own.booking) or not seen.may_change:
        return seen.back()
    people = [str(person.position) for person in seen.own.booking.people]
    coming = [int(one) for one in form.some("coming", people)]
    if len(people) > 1 and not coming:
        form.error("coming", "Choose who comes")
    booking_id, account_id = seen.own.booking.id, seen.account_id or 0
    await try_to(form, book_in, booking_id, seen.now, account_id=account_id, coming=coming)
    return _draw_book_in(seen, form) if form.errors else seen.back()


@post(desk_only("link"), name="send_link_from_desk")
async def send_link_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Redirect:
    """Send the private link again, in the way they chose."""
    seen = await look(request, viewer)
    await write(send_link, seen.own.booking.id, seen.now, account_id=seen.account_id)
    return seen.back()


def _waits(booking: BookingView) -> bool:
    return booking.state in ("waiting", "offered", "lapsed")


def _waiting_list(seen: Look) -> str:
    return f"/desk/g/{seen.own.gathering.slug}/waiting"


def _draw_book_in(seen: Look, form: Form | None) -> Page:
    booking, gathering = seen.own.booking, seen.own.gathering
    free = gathering.capacity - gathering.taken + booking.held
    everybody = [str(person.position) for person in booking.people]
    return seen.draw(
        "book_in.html",
        form,
        values={"coming": everybody if booking.places <= free else []},
        people=[(str(person.position), person.words) for person in booking.people],
        free=free,
    )


routes = [show_waiting, offer_now, show_book_in, book_in_now, send_link_now]
