"""The calendar of somebody who joined on the day, whether or not they booked."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect

from sessions.board.my_calendars import calendar_key, make_calendar
from sessions.board.shared_pages import (
    JOINER,
    Visitor,
    keep_joiner,
    known_joiner,
    make_joiner,
    visit,
)
from web.cookies import cookie_key
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page, pages_of

CALENDAR = "/g/{gathering:str}/calendar"


@get(CALENDAR, name="my_calendar")
async def show_my_calendar(request: WebRequest, viewer: Visitor, gathering: FromPath[str]) -> Page:
    """The address of this browser's own calendar, and how to use it."""
    found = await visit(gathering, viewer)
    here, kept = found.gathering.id, known_joiner(request, found.gathering.id)
    key = await read(calendar_key, here, kept, cookie_key(request, JOINER)) if kept else ""
    base = pages_of(request).settings.base_url
    address = f"{base}/feeds/{key}.ics" if key else ""
    return page(request, "calendars/mine.html", found=found, address=address)


@post(CALENDAR, name="my_calendar_now")
async def make_my_calendar(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str]
) -> Redirect:
    """Make the address, or a new one that ends the old."""
    found = await visit(gathering, viewer)
    form = await read_form(request)
    key, kept = make_joiner(request, found.gathering.id)
    await write(make_calendar, found.gathering.id, kept, key, anew=form.ticked("anew"))
    answer = go(f"{found.path}/calendar")
    keep_joiner(request, answer, key)
    return answer


routes = [show_my_calendar, make_my_calendar]
