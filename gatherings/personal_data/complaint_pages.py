"""Complaining without an account, and the desk on which complaints wait with their clock."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from litestar import HttpMethod, get, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.personal_data.complaints import (
    ACKNOWLEDGED_WITHIN,
    ComplaintWords,
    acknowledge,
    close,
    complain,
    complaints_for,
    may_look_after,
)
from gatherings.planning.listing import public_gatherings
from gatherings.planning.tables import Series
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, read_form
from web.limits import Limit
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import NotAllowed

LONGEST_WORDS, LONGEST_NAME, LONGEST_CONTACT = 5000, 200, 300
LIMIT = Limit(30, 3600)
NO_SERIES = ("", "Something else, or I do not know")


@route("/complaints", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="complaints")
async def show_complaints(request: WebRequest) -> Page:
    """How to complain, with a form that needs neither a name nor an account."""
    return await _draw(request, None)


@post("/complaints", name="complain_now")
async def complain_now(request: WebRequest) -> Page | Redirect:
    """Keep the complaint, sealed. A second press keeps it once."""
    form = await read_form(request)
    said = ComplaintWords(
        words=form.text("words", "what went wrong", most=LONGEST_WORDS),
        name=form.line("name", "your name", most=LONGEST_NAME, optional=True),
        contact=form.text("contact", "how to answer you", most=LONGEST_CONTACT, optional=True),
    )
    series = {one.slug: one.id for one in await read(_public_series)}
    form.choice("series", "what it is about", [*series, ""])
    if not form.errors and LIMIT.try_now(request.client.host if request.client else ""):
        form.error("", "Many complaints came from here in the last hour. Please ring us instead")
    if form.errors:
        return await _draw(request, form)
    token = form.typed("token") or new_key()
    await write(complain, token, series.get(form.typed("series")), said, datetime.now(UTC))
    return go("/complaints/thank-you")


@get("/complaints/thank-you", name="complaint_kept", sync_to_thread=False)
def show_kept(request: WebRequest) -> Page:
    """That we have it, and what happens now."""
    return page(request, "personal_data/complaint_kept.html", days=ACKNOWLEDGED_WITHIN.days)


@get("/desk/complaints", name="desk_complaints")
async def show_on_desk(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page:
    """The complaints that somebody looks after, with the days that are left."""
    person = _looks_after(viewer)
    now = datetime.now(UTC)
    found = await read(complaints_for, person)
    return page(
        request,
        "personal_data/desk_complaints.html",
        waiting=[(one, one.days_left(now)) for one in found if one.closed_at is None],
        closed=[one for one in found if one.closed_at is not None],
        days=ACKNOWLEDGED_WITHIN.days,
    )


@post("/desk/complaints/{handle:str}/acknowledge", name="acknowledge_complaint")
async def acknowledge_now(
    handle: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """Note that they were told that we have it."""
    return await _do(acknowledge, handle, viewer)


@post("/desk/complaints/{handle:str}/close", name="close_complaint")
async def close_now(handle: FromPath[str], viewer: NamedDependency[Viewer | None]) -> Redirect:
    """Note that they were told what we found and what we do."""
    return await _do(close, handle, viewer)


async def _do(
    verb: Callable[[Viewer, str, datetime], Coroutine[Any, Any, None]],
    handle: str,
    viewer: Viewer | None,
) -> Redirect:
    await write(verb, _looks_after(viewer), handle, datetime.now(UTC))
    return go(f"/desk/complaints#complaint-{handle}")


def _looks_after(viewer: Viewer | None) -> Viewer:
    person = signed_in(viewer)
    if not may_look_after(person):
        raise NotAllowed
    return person


async def _draw(request: WebRequest, form: Form | None) -> Page:
    series = await read(_public_series)
    return page(
        request,
        "personal_data/complaints.html",
        status=422 if form else 200,
        private=form is not None,
        series=[*((one.slug, one.name) for one in series), NO_SERIES],
        values=form.values if form else {"token": new_key()},
        errors=form.errors if form else {},
        days=ACKNOWLEDGED_WITHIN.days,
        contact=pages_of(request).settings.privacy_contact,
        longest=LONGEST_WORDS,
    )


async def _public_series() -> list[Series]:
    """Series of which the public may know, by name."""
    found = {one.series.id: one.series for one in await public_gatherings()}
    return sorted(found.values(), key=lambda one: one.name)


routes = [
    *(show_complaints, complain_now, show_kept),
    *(show_on_desk, acknowledge_now, close_now),
]
