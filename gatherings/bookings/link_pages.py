""" "Send me my link again": says the same to everybody, whether we know them or not."""

import logging
from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.response import Redirect

from gatherings.bookings.sending_links import asked_by, send_link
from web.crypto import hash_of
from web.database import read, write
from web.forms import Form, read_form
from web.limits import Limit
from web.pages import Page, WebRequest, go, page
from web.problems import TooMany

log = logging.getLogger("gatherings.errors")
asked_before = Limit(5, 60 * 60)
written_to = Limit(5, 60 * 60)
SEVERAL_TIMES = (
    "You have asked for the link several times. Please wait, or ring us:"
    " the number is on the page of your gathering."
)


@get("/b/again", name="link_again")
async def show_again(request: WebRequest) -> Page:
    """The form."""
    return _draw(request, None)


@post("/b/again", name="link_again_now")
async def send_again(request: WebRequest) -> Response[str] | Redirect:
    """Take the wish. The looking up is done after the answer, so that its time tells nothing."""
    form = await read_form(request)
    asked = form.line("asked", "your reference or your e-mail address", most=254).lower()
    if form.errors:
        return _draw(request, form)
    wait = asked_before.try_now(hash_of(asked))
    if wait:
        raise TooMany(SEVERAL_TIMES, wait)
    answer = go("/b/again/sent")
    answer.background = BackgroundTask(_send, asked)
    return answer


@get("/b/again/sent", name="link_again_sent")
async def show_sent(request: WebRequest) -> Page:
    """The same words for everybody."""
    return page(request, "booking/link_sent.html")


async def _send(asked: str) -> None:
    """Write the letters, unless their address has had five of them in this hour."""
    now = datetime.now(UTC)
    try:
        for booking_id, address in await read(asked_by, asked, now):
            if not written_to.try_now(hash_of(address)):
                await write(send_link, booking_id, now)
    except Exception:
        log.exception("a link could not be sent again")


def _draw(request: WebRequest, form: Form | None) -> Page:
    errors = form.errors if form else {}
    return page(
        request,
        "booking/link_again.html",
        status=422 if errors else 200,
        values=form.values if form else {},
        errors=errors,
    )


routes = [show_again, send_again, show_sent]
