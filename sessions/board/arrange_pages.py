"""The facilitators' board: a tray of cards, the grid of spots, and the ways to move a card."""

from collections.abc import Awaitable
from datetime import UTC, datetime

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.access.schedule_needs import needs_of_day
from gatherings.people.roles import Viewer
from sessions.board import frames, placing, stars
from sessions.board.binding import bounds_of
from sessions.board.board_pages import session_in
from sessions.board.bounds import Bounds
from sessions.board.changes import EVERYTHING_SEEN, Change, changes_since
from sessions.board.clashes import NO_STARS, choosing, people_words, wanted_together
from sessions.board.fitting import next_free, why_not
from sessions.board.live_pages import tell
from sessions.board.locking import lock
from sessions.board.merging import merges_that_wait
from sessions.board.preferring import fits_best
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView, Spot
from sessions.board.shared_pages import (
    Visit,
    by_script,
    facilitators_visit,
    number_asked,
    reason_typed,
)
from sessions.board.undoing import fresh_changes
from sessions.board.view import board_view
from sessions.board.watching import watch
from sessions.board.wishes import wishes_that_wait
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import Overtaken

Answer = Response[str] | Redirect


@get("/g/{gathering:str}/arrange", name="arrange")
async def show_arrange(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    card: FromQuery[str] = "",
) -> Page:
    """Every card and every spot. With a card in hand, each spot takes it or says why not."""
    found, ben = await facilitators_visit(gathering, viewer)
    number = number_asked(card)
    chosen = found.view.session(number) if number is not None else None
    return await arrange_page(request, found, ben, chosen)


async def arrange_page(
    request: WebRequest,
    found: Visit,
    ben: Viewer,
    chosen: SessionView | None,
    errors: dict[str, str] | None = None,
) -> Page:
    """The board for facilitators, with the card that is in hand and what was wrong, if anything."""
    now = datetime.now(UTC)
    bounds = await read(bounds_of, found.view)
    wanted = await read(wanted_together, found.view) if chosen else NO_STARS
    reasons = _reasons(found.view, chosen, bounds) if chosen else {}
    free = [spot for spot, against in reasons.items() if not against]
    ahead = found.view.rounds_ahead(now)
    return page(
        request,
        "board/arrange.html",
        status=422 if errors else 200,
        errors=errors or {},
        ahead=ahead,
        fits=_by_round(found.view, ahead, free),
        found=found,
        view=found.view,
        mark=frames.plan_mark(found.view, "arrange"),
        chosen=chosen,
        reasons=reasons,
        best=fits_best(found.view, chosen, free, bounds, wanted) if chosen else frozenset(),
        choose=choosing(found.view, chosen, wanted) if chosen else {},
        watch=watch(found.view, bounds, await read(needs_of_day, found.gathering.id), now),
        wishes=await read(wishes_that_wait, found.gathering.id),
        merges=await read(merges_that_wait, found.gathering.id),
        fresh=await read(fresh_changes, found.gathering.id, ben.account_id),
    )


def _reasons(view: BoardView, session: SessionView, bounds: Bounds) -> dict[Spot, list[Reason]]:
    """For each spot of the board, why this session cannot go there."""
    spots = [(r.id, room.id) for r in view.open_rounds for room in view.rooms]
    return {spot: why_not(view, session, spot, bounds) for spot in spots}


def _by_round(
    view: BoardView, rounds: list[RoundView], free: list[Spot]
) -> list[tuple[RoundView, list[RoomView]]]:
    """The rounds in which a card fits, each with the rooms that take it."""
    found = [(at, [room for room in view.rooms if (at.id, room.id) in free]) for at in rounds]
    return [(at, rooms) for at, rooms in found if rooms]


@get("/g/{gathering:str}/sessions/{number:int}/move", name="move_session")
async def show_move(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Page:
    """The form that moves a card; also shown inside the board."""
    found, _ = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    return await _move_page(request, found, session, {}, {}, 200)


@post("/g/{gathering:str}/sessions/{number:int}/place", name="place_session")
async def place_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Answer:
    """Put a card into a spot: the same for the form, the keyboard and the drag."""
    found, ben = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    form = await read_form(request)
    spot = _chosen_spot(form, found.view)
    if spot is None:
        return await _move_page(request, found, session, form.values, form.errors, 422)
    board, seen, why = found.gathering.id, seen_version(form), reason_typed(form)
    move = write(placing.place, board, number, *spot, seen, ben.account_id, why)
    return await _after(request, found, number, move, form)


@post("/g/{gathering:str}/sessions/{number:int}/unplace", name="unplace_session")
async def unplace_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Answer:
    """Take a card off the board."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    board, seen = found.gathering.id, seen_version(form)
    move = write(placing.unplace, board, number, seen, ben.account_id)
    return await _after(request, found, number, move)


@post("/g/{gathering:str}/sessions/{number:int}/lock", name="lock_session")
async def lock_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Answer:
    """Lock a card where it is, or let it move again."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    locked = form.typed("locked") == "yes"
    move = write(lock, found.gathering.id, number, locked=locked, account_id=ben.account_id)
    return await _after(request, found, number, move)


@post("/g/{gathering:str}/sessions/{number:int}/swap", name="swap_sessions")
async def swap_sessions(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Answer:
    """Let two cards change places."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    other = form.number("other", "the other session", least=1, most=10_000)
    board, seen = found.gathering.id, seen_version(form)
    move = write(placing.swap, board, number, other, seen, ben.account_id, reason_typed(form))
    return await _after(request, found, number, move, form)


def seen_version(form: Form) -> int:
    """The version that the form was drawn from; without one, nothing newer was seen."""
    typed = form.typed("seen")
    return min(int(typed[:15]), EVERYTHING_SEEN) if typed.isascii() and typed.isdigit() else 0


def _chosen_spot(form: Form, view: BoardView) -> Spot | None:
    rounds = {str(r.number): r.id for r in view.open_rounds}
    rooms = {str(r.number): r.id for r in view.open_rooms}
    at = form.choice("round", "a round", rounds)
    room = form.choice("room", "a room", rooms)
    return (rounds[at], rooms[room]) if at and room else None


async def _after(
    request: WebRequest,
    found: Visit,
    number: int,
    move: Awaitable[int],
    form: Form | None = None,
) -> Answer:
    """The board after the move or, when somebody was quicker, what can be done now."""
    try:
        version = await move
    except Overtaken as problem:
        return await _choice(request, found, number, problem, form)
    return await _moved(request, found, number, version)


async def _moved(request: WebRequest, found: Visit, number: int, version: int) -> Answer:
    """The board with the card in sight; to our script, only the cells that changed."""
    board = found.gathering.id
    await tell(request, board)
    if not by_script(request):
        return go(f"{found.path}/arrange#card-{number}")
    view, changes = await read(_board_since, board, version - 1)
    own = changes[:1]
    return Response(
        frames.changed(pages_of(request), view, own, "arrange") if own else "",
        media_type=MediaType.HTML,
        status_code=200,
        headers={"cache-control": "no-store"},
    )


async def _board_since(gathering_id: int, version: int) -> tuple[BoardView, list[Change]]:
    return await board_view(gathering_id), await changes_since(gathering_id, version)


async def _choice(
    request: WebRequest, found: Visit, number: int, problem: Overtaken, form: Form | None
) -> Page:
    """What happened meanwhile, or what is missing there, and what can be done now."""
    view = await read(board_view, found.gathering.id)
    session = view.session(number)
    other = view.session(problem.other) if isinstance(problem, placing.SpotTaken) else None
    wanted = getattr(problem, "spot", None)
    bounds = await read(bounds_of, view)
    likes = await read(wanted_together, view)
    now = datetime.now(UTC)
    free = next_free(view, session, wanted, now, bounds, likes) if session and wanted else None
    lacks = problem if isinstance(problem, placing.Lacks) else None
    return page(
        request,
        "board/choice.html",
        status=409,
        found=found,
        view=view,
        session=session,
        other=other,
        free=_round_and_room(view, free),
        lacks=lacks,
        ahead=_round_and_room(view, lacks.spot) if lacks else None,
        problem=problem,
        inline=by_script(request),
        values={},
        errors=form.errors if form and lacks else {},
    )


def _round_and_room(view: BoardView, spot: Spot | None) -> tuple[RoundView, RoomView] | None:
    places = ((r, room) for r in view.open_rounds for room in view.rooms)
    return next((place for place in places if (place[0].id, place[1].id) == spot), None)


async def _move_page(
    request: WebRequest,
    found: Visit,
    session: SessionView,
    values: dict[str, str | list[str]],
    errors: dict[str, str],
    status: int,
) -> Page:
    starred = await read(stars.star_count, session.id)
    return page(
        request,
        "board/move.html",
        status=status,
        found=found,
        view=found.view,
        session=session,
        starred=people_words(starred) if starred else "",
        choose=choosing(found.view, session, await read(wanted_together, found.view)),
        inline=by_script(request),
        values=values,
        errors=errors,
    )


routes = [show_arrange, show_move, place_session, unplace_session, lock_session, swap_sessions]
