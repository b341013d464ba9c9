"""Stopping in the middle of a booking, and going on later or on another device with a code."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.draft_codes import WORDS, code_lasts_until, come_back
from gatherings.bookings.journey import FIRST, first_missing
from gatherings.bookings.shared_pages import (
    Answer,
    Visit,
    draft_code,
    elsewhere,
    visit_of,
    with_code,
    with_draft,
)
from gatherings.people.roles import Viewer
from web.codes import tidy_code
from web.database import read, write
from web.forms import read_form
from web.limits import Limit
from web.pages import Page, WebRequest, page, pages_of
from web.problems import TooMany

LONGEST_CODE = 100
ALL = "all"
WRONG = "This code leads nowhere. Check each word, or start a new booking"

wrong_here = Limit(20, 15 * 60)
wrong_anywhere = Limit(1000, 60 * 60)


@get("/g/{slug:str}/book/saved", name="book_saved")
async def show_code(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """The code of this draft, to write down."""
    visit = await visit_of(request, slug, viewer)
    other = elsewhere(visit, FIRST)
    if other is not None:
        return other
    code = draft_code(visit)
    until = await read(code_lasts_until, visit.key, visit.gathering.id, code)
    if until is None:
        return visit.go(FIRST)
    return page(
        request,
        "booking/saved.html",
        g=visit.gathering,
        code=code.replace("-", " "),
        until=until,
        address=f"{pages_of(request).settings.base_url}{visit.base}/back",
        on=f"{visit.base}/{first_missing(visit.being_written)}",
    )


@get("/g/{slug:str}/book/back", name="book_back")
async def show_back(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Where the code is typed."""
    visit = await visit_of(request, slug, viewer)
    return elsewhere(visit, FIRST) or _draw_back(visit, {}, {})


@post("/g/{slug:str}/book/back", name="book_back_now")
async def open_code(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Go on where the code was given. Wrong codes are slowed, from one place and from all."""
    visit = await visit_of(request, slug, viewer)
    other = elsewhere(visit, FIRST, status=409)
    if other is not None:
        return other
    here = request.client.host if request.client else ""
    wait = max(wrong_here.wait(here), wrong_anywhere.wait(ALL))
    if wait:
        phone = visit.gathering.contact_phone
        ring = f"Please wait, or ring us on {phone}." if phone else "Please wait."
        raise TooMany(f"There were too many wrong codes. {ring}", wait)
    form = await read_form(request)
    typed = form.line("code", "your code", most=LONGEST_CODE)
    found = (
        None
        if form.errors
        else await write(come_back, visit.gathering.id, typed, datetime.now(UTC))
    )
    if found is None:
        if not form.errors:
            wrong_here.count(here)
            wrong_anywhere.count(ALL)
            form.error("code", WRONG)
        return _draw_back(visit, form.values, form.errors, status=422)
    key, answers = found
    answer = visit.go(first_missing(answers))
    return with_code(visit, tidy_code(typed), with_draft(visit, key, answer))


def _draw_back(
    visit: Visit, values: dict[str, str | list[str]], errors: dict[str, str], *, status: int = 200
) -> Page:
    return page(
        visit.request,
        "booking/back.html",
        status=status,
        g=visit.gathering,
        action=f"{visit.base}/back",
        back=f"{visit.base}/{FIRST}",
        many=WORDS,
        values=values,
        errors=errors,
    )


routes = [show_code, show_back, open_code]
