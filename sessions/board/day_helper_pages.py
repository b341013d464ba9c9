"""Helpers for the day: a facilitator makes a link, somebody opens it and presses the button."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from sessions.board import day_helpers
from sessions.board.day_helper_shared_pages import DAY_HELPER
from sessions.board.day_helpers import HelperView
from sessions.board.shared_pages import Visit, facilitators_visit, visit
from web.cookies import cookie_key, give_cookie
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import NotFound

NEW_LINK = "new-day-helper"
SHOWN_FOR = 300
LINK = "/g/{gathering:str}/help/{key:str}"


@get("/g/{gathering:str}/arrange/helpers", name="day_helpers")
async def show_helpers(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """Who helps today, and the link that was just made."""
    found, _ = await facilitators_visit(gathering, viewer)
    return await _draw(request, found, None)


@post("/g/{gathering:str}/arrange/helpers", name="add_day_helper")
async def add_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Response[str] | Redirect:
    """Make a link. Its key stays out of addresses: the next page finds it in a cookie."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    name = form.line("name", "their first name", most=day_helpers.LONGEST_NAME)
    if form.errors:
        return await _draw(request, found, form)
    now = datetime.now(UTC)
    key = await write(day_helpers.add_helper, found.gathering.id, name, ben.account_id, now)
    answer = go(f"{found.path}/arrange/helpers")
    give_cookie(request, answer, NEW_LINK, key, SHOWN_FOR)
    return answer


@post("/g/{gathering:str}/arrange/helpers/{helper:int}/end", name="remove_day_helper")
async def end_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    helper: FromPath[int],
) -> Redirect:
    """Take a link back."""
    found, _ = await facilitators_visit(gathering, viewer)
    await write(day_helpers.end_helper, found.gathering.id, helper, datetime.now(UTC))
    return go(f"{found.path}/arrange/helpers")


@get(LINK, name="help_today")
async def show_link(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    key: FromPath[str],
) -> Page:
    """What a helper does, and the button to start. Opening the link changes nothing."""
    found, helper = await _by_link(gathering, viewer, key)
    drawn = page(request, "board/help_today.html", found=found, helper=helper)
    drawn.headers["cache-control"] = "no-store"
    drawn.headers["referrer-policy"] = "no-referrer"
    return drawn


@post(LINK, name="help_today_now")
async def start_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    key: FromPath[str],
) -> Redirect:
    """From now on this browser writes cards for others."""
    found, helper = await _by_link(gathering, viewer, key)
    answer = go(f"{found.path}/offer")
    left = int((helper.ends_at - datetime.now(UTC)).total_seconds())
    give_cookie(request, answer, DAY_HELPER, key, left)
    return answer


async def _by_link(slug: str, viewer: Viewer | None, key: str) -> tuple[Visit, HelperView]:
    found = await visit(slug, viewer)
    helper = await read(day_helpers.helper_by, found.gathering.id, key, datetime.now(UTC))
    if helper is None:
        raise NotFound("This link has ended. Ask a facilitator for a new one.")
    return found, helper


async def _draw(request: WebRequest, found: Visit, form: Form | None) -> Page:
    now, here = datetime.now(UTC), found.gathering.id
    key = cookie_key(request, NEW_LINK)
    fresh = await read(day_helpers.helper_by, here, key, now) if key else None
    base = pages_of(request).settings.base_url
    return page(
        request,
        "board/day_helpers.html",
        status=422 if form else 200,
        found=found,
        helpers=await read(day_helpers.helpers_of_the_day, here, now),
        fresh=fresh,
        link=f"{base}{found.path}/help/{key}" if fresh else "",
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_helpers, add_now, end_now, show_link, start_now]
