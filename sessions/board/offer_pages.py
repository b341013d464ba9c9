"""Offering a session from a phone, and putting its words right."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypedDict

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role
from gatherings.planning.recorded import what_is_recorded
from gatherings.planning.refusals import Refused
from sessions.board import offers
from sessions.board.board_pages import own_numbers, owns, session_in
from sessions.board.card_words import change_words as change_words_of
from sessions.board.day_helper_shared_pages import day_helper
from sessions.board.live_pages import tell
from sessions.board.offers import LONGEST_ABOUT, LONGEST_NAME, LONGEST_TITLE
from sessions.board.shape import SessionView
from sessions.board.shared_pages import Visit, keep_joiner, link_own_booking, make_joiner, visit
from sessions.board.tables import LONGEST_RUN, MARKS
from web.crypto import hash_of, new_key
from web.database import write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

Values = Mapping[str, str | list[str]]


class Needed(TypedDict):
    """What a session needs, and for how many rounds."""

    marks: list[str]
    length: int


@get("/g/{gathering:str}/offer", name="offer")
async def show_offer(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """The form for offering a session; outside its time, a page that says when."""
    found = await visit(gathering, viewer)
    helper = await day_helper(request, found.gathering.id)
    if not _may_offer(found, helper):
        return _closed(request, found, {}, 200)
    values = {"token": new_key(), "written_by": helper}
    return _offer_page(request, found, helper, values, {}, 200)


@post("/g/{gathering:str}/offer", name="offer_now")
async def offer_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Response[str] | Redirect:
    """Offer it. A second press of the same button leads to the same session."""
    found = await visit(gathering, viewer)
    form = await read_form(request)
    title, about, name = _words(form)
    helper = await day_helper(request, found.gathering.id)
    needed, writer = _needed(form), _writer(form, found, helper)
    if not _may_offer(found, helper):
        return _closed(request, found, form.values, 409)
    if form.errors:
        return _offer_page(request, found, helper, form.values, form.errors, 422)
    key, kept = make_joiner(request, found.gathering.id)
    # With the title in it, a form gone back to and filled in anew offers another session.
    token = hash_of(f"{form.typed('token') or new_key()} {title}")
    account = viewer.account_id if viewer and found.facilitates else None
    words = (title, about, name, token)
    session = await write(
        offers.offer, found.gathering.id, kept, *words, account, **needed, written_by=writer
    )
    await tell(request, found.gathering.id)
    await link_own_booking(request, found.gathering.id, kept)
    answer = go(f"{found.path}/sessions/{session.number}?new=yes")
    keep_joiner(request, answer, key)
    return answer


@get("/g/{gathering:str}/sessions/{number:int}/words", name="session_words")
async def show_words(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Page:
    """The words of a session, for whoever offered it and for facilitators."""
    found = await visit(gathering, viewer)
    session = await _shared_session(request, found, viewer, number)
    values: dict[str, str | list[str]] = {
        "title": session.title,
        "about": session.about,
        "name": session.host_name,
        "length": str(session.length),
        "marks": list(session.marks),
    }
    return _words_page(request, found, session, values, {}, 200)


@post("/g/{gathering:str}/sessions/{number:int}/words", name="change_session_words")
async def change_words(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Keep the corrected words."""
    found = await visit(gathering, viewer)
    session = await _shared_session(request, found, viewer, number)
    form = await read_form(request)
    title, about, name = _words(form)
    needed = _needed(form)
    if form.errors:
        return _words_page(request, found, session, form.values, form.errors, 422)
    account = viewer.account_id if viewer else None
    words = (title, about, name)
    try:
        await write(change_words_of, found.gathering.id, number, *words, account, **needed)
    except Refused as refused:
        form.error(refused.field, refused.words)
        return _words_page(request, found, session, form.values, form.errors, 422)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/sessions/{number}")


@post("/g/{gathering:str}/sessions/{number:int}/withdraw", name="withdraw_session")
async def withdraw(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Redirect:
    """Take a session back."""
    found = await visit(gathering, viewer)
    await _their_session(request, found, viewer, number)
    account = viewer.account_id if viewer else None
    await write(offers.withdraw, found.gathering.id, number, account)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/{'arrange' if found.facilitates else 'board'}")


def _words(form: Form) -> tuple[str, str, str]:
    return (
        form.line("title", "what your session is about", most=LONGEST_TITLE),
        form.line("about", "the sentence about it", most=LONGEST_ABOUT, optional=True),
        form.line("name", "who hosts it", most=LONGEST_NAME, optional=True),
    )


def _needed(form: Form) -> Needed:
    form.values.setdefault("length", "1")
    length = form.number("length", "how many rounds it takes", least=1, most=LONGEST_RUN)
    return {"marks": form.some("marks", MARKS), "length": length}


def _writer(form: Form, found: Visit, helper: str) -> str:
    """Who wrote the card down for its host."""
    writer = form.line("written_by", "your first name", most=LONGEST_NAME, optional=True)
    return writer if found.facilitates or helper else ""


def _may_offer(found: Visit, helper: str) -> bool:
    return (
        found.facilitates or bool(helper) or offers.offering_is_open(found.view, datetime.now(UTC))
    )


async def _their_session(
    request: WebRequest, found: Visit, viewer: Viewer | None, number: int
) -> SessionView:
    session = await session_in(found, number)
    if not await owns(request, found, session):
        need_role(viewer, found.gathering.series, "facilitator")
    return session


async def _shared_session(
    request: WebRequest, found: Visit, viewer: Viewer | None, number: int
) -> SessionView:
    """The same also for hosts whose own card became part of it: the words are theirs, too."""
    if number in await own_numbers(request, found):
        return await session_in(found, number)
    return await _their_session(request, found, viewer, number)


def _offer_page(
    request: WebRequest,
    found: Visit,
    helper: str,
    values: Values,
    errors: Mapping[str, str],
    status: int,
) -> Page:
    return page(
        request,
        "board/offer.html",
        status=status,
        found=found,
        recorded=what_is_recorded(found.gathering),
        writes_for_others=found.facilitates or bool(helper),
        values=values,
        errors=errors,
    )


def _words_page(
    request: WebRequest,
    found: Visit,
    session: SessionView,
    values: Values,
    errors: Mapping[str, str],
    status: int,
) -> Page:
    return page(
        request,
        "board/words.html",
        status=status,
        found=found,
        session=session,
        values=values,
        errors=errors,
    )


def _closed(request: WebRequest, found: Visit, values: Values, status: int) -> Page:
    return page(
        request,
        "board/offer_closed.html",
        status=status,
        found=found,
        view=found.view,
        opens=offers.offering_opens(found.view),
        over=found.view.ends_at <= datetime.now(UTC),
        values=values,
    )


routes = [show_offer, offer_now, show_words, change_words, withdraw]
