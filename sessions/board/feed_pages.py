"""Calendars by a secret address: the feeds, and the pages on which their owners see them."""

from datetime import UTC, datetime

from litestar import HttpMethod, Response, get, post, route
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.own_booking import OwnBooking, open_own
from gatherings.bookings.own_secrets import cookie_of
from gatherings.calendars.calendar_files import MEDIA_TYPE, calendar_file
from gatherings.calendars.calendar_keys import Owner, key_of, make_key, owner_of
from gatherings.people.roles import signed_in
from gatherings.planning.gathering_words import when
from sessions.board.feeds import (
    Feed,
    feed_of_booking,
    feed_of_facilitator,
    feed_of_joiner,
    feed_of_organiser,
)
from sessions.board.shared_pages import Visitor, known_joiner, link_own_booking
from web.cookies import cookie_key
from web.database import read, write
from web.forms import read_form
from web.freshness import file_answer
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import NotFound

READING = [HttpMethod.GET, HttpMethod.HEAD]
ICS = ".ics"
ENDED = "This calendar address was ended, or it was typed wrongly."


@route("/feeds/{name:str}", http_method=READING, name="feed")
async def show_feed(request: WebRequest, name: FromPath[str]) -> Response[bytes]:
    """A party's own calendar, that of a phone, or what one of the team helps with."""
    key = name.removesuffix(ICS)
    mine = await read(feed_of_joiner, key, _base(request)) if key != name else None
    if mine is not None:
        return _answer(request, mine)
    owner = await _owner(name)
    if owner.booking is not None:
        return _answer(request, await read(feed_of_booking, owner.booking, _base(request)))
    return _answer(request, await read(feed_of_organiser, owner.account or 0, _base(request)))


@route("/feeds/{key:str}/board.ics", http_method=READING, name="board_feed")
async def show_board_feed(request: WebRequest, key: FromPath[str]) -> Response[bytes]:
    """The rounds and sessions of the gatherings that one of the team facilitates."""
    owner = await _owner(f"{key}.ics")
    if owner.account is None:
        raise NotFound(ENDED)
    now = datetime.now(UTC)
    return _answer(request, await read(feed_of_facilitator, owner.account, _base(request), now))


@get("/b/{reference:str}/calendar", name="own_calendar")
async def show_own_calendar(
    request: WebRequest, reference: FromPath[str]
) -> Response[str] | Redirect:
    """The address of a party's own calendar, and how to use it."""
    own = await _own(request, reference)
    if own is None:
        return go(f"/b/{reference}")
    key = await read(key_of, Owner(booking=own.booking.id))
    return page(
        request,
        "calendars/own.html",
        booking=own.booking,
        g=own.gathering,
        when=when(own.gathering),
        address=_address(request, key),
    )


@post("/b/{reference:str}/calendar", name="own_calendar_now")
async def make_own_calendar(request: WebRequest, reference: FromPath[str]) -> Redirect:
    """Make the address, or a new one that ends the old."""
    own = await _own(request, reference)
    if own is None:
        return go(f"/b/{reference}")
    form = await read_form(request)
    owner = Owner(booking=own.booking.id)
    await write(make_key, owner, datetime.now(UTC), anew=form.ticked("anew"))
    kept = known_joiner(request, own.gathering.id)
    if kept:
        await link_own_booking(request, own.gathering.id, kept)
    return go(f"/b/{own.booking.reference}/calendar")


@get("/desk/calendar", name="desk_calendar")
async def show_desk_calendar(request: WebRequest, viewer: Visitor) -> Page:
    """The addresses of the calendars of one of the team."""
    person = signed_in(viewer)
    key = await read(key_of, Owner(account=person.account_id))
    series = person.series_ids()
    return page(
        request,
        "calendars/desk.html",
        address=_address(request, key),
        board_address=_address(request, key, "/board"),
        organises=any(person.may(one, "organiser") for one in series),
        facilitates=any(person.may(one, "facilitator") for one in series),
    )


@post("/desk/calendar", name="desk_calendar_now")
async def make_desk_calendar(request: WebRequest, viewer: Visitor) -> Redirect:
    """Make the addresses, or new ones that end the old."""
    person = signed_in(viewer)
    form = await read_form(request)
    owner = Owner(account=person.account_id)
    await write(make_key, owner, datetime.now(UTC), anew=form.ticked("anew"))
    return go("/desk/calendar")


async def _owner(name: str) -> Owner:
    """Whose calendar this address is; one that was ended looks like one that never was."""
    key = name.removesuffix(ICS)
    owner = await read(owner_of, key) if key != name else None
    if owner is None:
        raise NotFound(ENDED)
    return owner


async def _own(request: WebRequest, reference: str) -> OwnBooking | None:
    secret = cookie_key(request, cookie_of(reference))
    now = datetime.now(UTC)
    return await read(open_own, reference, secret, now) if secret else None


def _answer(request: WebRequest, feed: Feed | None) -> Response[bytes]:
    if feed is None:
        raise NotFound(ENDED)
    return file_answer(request, calendar_file(feed.entries, feed.name), MEDIA_TYPE, private=True)


def _base(request: WebRequest) -> str:
    return pages_of(request).settings.base_url


def _address(request: WebRequest, key: str, part: str = "") -> str:
    return f"{_base(request)}/feeds/{key}{part}.ics" if key else ""


routes = [
    *(show_feed, show_board_feed),
    *(show_own_calendar, make_own_calendar, show_desk_calendar, make_desk_calendar),
]
