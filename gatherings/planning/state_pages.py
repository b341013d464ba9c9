"""Publishing a gathering, closing and opening booking, and cancelling."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.gate_pages import own_gathering
from gatherings.planning.gathering_words import public_state, when
from gatherings.planning.gatherings import (
    cancel,
    close_booking,
    publish,
    reopen_booking,
    what_is_missing,
)
from gatherings.planning.move_pages import told_address
from gatherings.planning.saving_pages import form_page, try_to
from gatherings.planning.tables import Gathering
from gatherings.planning.telling import (
    LONGEST_WORDS,
    last_told,
    must_be_told,
    reach_of,
    reach_words,
)
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.problems import NotFound

Verb = Callable[[Viewer, int], Coroutine[Any, Any, int | None]]
VERBS: Mapping[str, Verb] = {
    "publish": publish,
    "close": close_booking,
    "reopen": reopen_booking,
}


@get("/desk/g/{slug:str}/publish", name="gathering_publish")
async def show_publish(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """Where the gathering stands, and the buttons that move it on."""
    _, gathering = await own_gathering(viewer, slug)
    return _draw(request, None, gathering)


@get("/desk/g/{slug:str}/cancel", name="gathering_cancel")
async def show_cancel(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """Ask once more before a gathering is called off."""
    _, gathering = await own_gathering(viewer, slug)
    return await _draw_cancel(request, None, gathering)


@post("/desk/g/{slug:str}/cancel", name="gathering_cancel_now")
async def cancel_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Call it off, and tell everybody who booked."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    words = form.text("words", "what you want to add", most=LONGEST_WORDS, optional=True)
    if form.errors:
        return await _draw_cancel(request, form, gathering)
    event = await write(cancel, person, gathering.id, words=words)
    return go(told_address(slug, event or await read(last_told, gathering.id)))


@post("/desk/g/{slug:str}/state/{change:str}", name="gathering_state")
async def change_state(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    change: FromPath[str],
) -> Response[str] | Redirect:
    """Publish, close or reopen."""
    person, gathering = await own_gathering(viewer, slug)
    if change not in VERBS:
        raise NotFound
    form = await read_form(request)
    await try_to(form, VERBS[change], person, gathering.id)
    if form.errors:
        return _draw(request, form, gathering)
    return go(f"/desk/g/{slug}")


async def _draw_cancel(request: WebRequest, form: Form | None, gathering: Gathering) -> Page:
    told = must_be_told(gathering, datetime.now(UTC))
    return form_page(
        request,
        "planning/cancel.html",
        form,
        gathering=gathering,
        when=when(gathering),
        reach=reach_words(await read(reach_of, gathering.id)) if told else [],
        **({} if form else {"values": {}}),
    )


def _draw(request: WebRequest, form: Form | None, gathering: Gathering) -> Page:
    return form_page(
        request,
        "planning/publish.html",
        form,
        gathering=gathering,
        missing=what_is_missing(gathering),
        state=public_state(gathering),
        when=when(gathering),
    )


routes = [show_publish, show_cancel, cancel_now, change_state]
