"""The calendar of everything public. One gathering's file and a series' feed stand beside their
pages, which answer for them."""

from litestar import HttpMethod, Response, route

from gatherings.calendars.calendar_files import MEDIA_TYPE, calendar_of
from gatherings.planning.listing import public_gatherings
from web.database import read
from web.freshness import file_answer
from web.pages import WebRequest, pages_of


@route("/calendar.ics", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="calendar")
async def show_calendar(request: WebRequest) -> Response[bytes]:
    """Every public gathering, to subscribe to."""
    settings = pages_of(request).settings
    content = calendar_of(await read(public_gatherings), settings.base_url, settings.site_name)
    return file_answer(request, content, MEDIA_TYPE)


routes = [show_calendar]
