"""Rooms and needs: saying why a session stays where it is, and the list for access leads."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.openers import opens_needs
from gatherings.access.schedule_needs import needs_of_day
from gatherings.people.roles import Viewer, need_role, signed_in
from sessions.board import going_ahead
from sessions.board.binding import bounds_of
from sessions.board.board_pages import session_in
from sessions.board.fitting import why_not
from sessions.board.fitting_needs import cannot_enter
from sessions.board.placing import stay
from sessions.board.shape import SessionView
from sessions.board.shared_pages import Visit, facilitators_visit, visit
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotAllowed

STAY = "/g/{gathering:str}/sessions/{number:int}/stay"


@get(STAY, name="stay")
async def show_stay(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Page:
    """What is missing where the session is, and the form for why it stays."""
    found, _ = await facilitators_visit(gathering, viewer)
    return await _draw_stay(request, found, await session_in(found, number), None)


@post(STAY, name="stay_now")
async def stay_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Keep why it stays; the access lead is told."""
    found, ben = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    form = await read_form(request)
    why = form.line("why", "why it stays", most=going_ahead.LONGEST_REASON)
    if form.errors:
        return await _draw_stay(request, found, session, form)
    await write(stay, found.gathering.id, number, why, ben.account_id)
    return go(f"{found.path}/arrange#card-{number}")


@get("/g/{gathering:str}/arrange/ahead", name="went_ahead")
async def show_ahead(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """Every time that a session went where something is missing, and why."""
    found, leads = await _for_leads(gathering, viewer)
    return page(
        request,
        "board/went_ahead.html",
        found=found,
        view=found.view,
        ahead=await read(going_ahead.went_ahead_list, found.view),
        leads=leads,
    )


@post("/g/{gathering:str}/arrange/ahead/{ahead:int}", name="went_ahead_seen")
async def seen(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    ahead: FromPath[int],
) -> Redirect:
    """An access lead has seen it."""
    found, leads = await _for_leads(gathering, viewer)
    if not leads:
        raise NotAllowed
    await write(going_ahead.note_told, found.gathering.id, ahead, datetime.now(UTC))
    return go(f"{found.path}/arrange/ahead")


async def _for_leads(slug: str, viewer: Viewer | None) -> tuple[Visit, bool]:
    """The board for facilitators and for those who open needs; whether they are the latter."""
    found = await visit(slug, viewer)
    leads = opens_needs(signed_in(viewer), found.gathering)
    if not leads:
        need_role(viewer, found.gathering.series, "facilitator")
    return found, leads


async def _draw_stay(
    request: WebRequest, found: Visit, session: SessionView, form: Form | None
) -> Page:
    bounds = await read(bounds_of, found.view)
    spot = session.spot
    reasons = why_not(found.view, session, spot, bounds) if spot else []
    people = (await read(needs_of_day, found.gathering.id)).no_steps
    enter = list(cannot_enter(found.view, bounds, session, spot, people)) if spot else []
    beside = [s for s in found.view.sessions if s.room_id == session.room_id and s != session]
    return page(
        request,
        "board/stay.html",
        status=422 if form else 200,
        found=found,
        view=found.view,
        session=session,
        lacks=[*enter, *(reason for reason in reasons if reason.may_go_ahead)],
        beside=beside if enter else [],
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_stay, stay_now, show_ahead, seen]
