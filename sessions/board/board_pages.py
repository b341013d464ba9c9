"""The board on phones: now and next, every round, stars, and the page of one session."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.wording.glossary import glossary_of
from sessions.board import offers, stars
from sessions.board.binding import bounds_of
from sessions.board.clashes import at_the_same_time
from sessions.board.fitting_support import left_behind
from sessions.board.frames import plan_mark
from sessions.board.merge_questions import questions_for
from sessions.board.merging import merges_of, part_of
from sessions.board.offers import session_on_board
from sessions.board.shape import BoardView, RoundView, SessionView
from sessions.board.shared_pages import (
    ALL_AT_ONCE,
    Visit,
    by_script,
    keep_joiner,
    known_joiner,
    link_own_booking,
    make_joiner,
    renewed,
    renewing,
    visit,
)
from web.crypto import new_key
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import explainer

TURNS = ("It is your turn.", "You are next.", "You are next but one.")


@dataclass(frozen=True)
class Day:
    """The rounds as a phone shows them: what is on, what is next, and the rest."""

    now: RoundView | None
    next: RoundView | None
    later: list[RoundView]
    earlier: list[RoundView]
    turns_at: datetime | None

    @classmethod
    def at(cls, view: BoardView, moment: datetime) -> "Day":
        now, coming = view.running(moment), view.coming(moment)
        rest = [r for r in view.rounds if r not in (now, coming)]
        edges = [edge for r in view.rounds for edge in (r.starts_at, r.ends_at) if edge > moment]
        return cls(
            now=now,
            next=coming,
            later=[r for r in rest if r.starts_at > moment],
            earlier=[r for r in rest if r.starts_at <= moment],
            turns_at=min(edges, default=None),
        )


@get("/g/{gathering:str}/board", name="board")
async def show_board(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """The board for anybody with the address; no account."""
    if viewer is not None or request.cookies:
        return await _draw_board(request, viewer, gathering)
    # Those who have pressed nothing yet are shown the same page: drawn once for all who wait.
    key = ("board page", gathering, renewing(request))
    drawn = await ALL_AT_ONCE.do(key, partial(_draw_board, request, None, gathering))
    return Response(drawn.content, media_type=MediaType.HTML, headers=dict(drawn.headers))


async def _draw_board(request: WebRequest, viewer: Viewer | None, gathering: str) -> Page:
    found = await visit(gathering, viewer)
    now = datetime.now(UTC)
    own, mine = await own_numbers(request, found), await _starred(request, found)
    drawn = page(
        request,
        "board/board.html",
        renews=renewing(request),
        found=found,
        view=found.view,
        day_now=Day.at(found.view, now),
        now=now,
        mine=mine,
        beside=at_the_same_time(found.view, mine, now),
        own=own,
        turn=_turn(found.view, own),
        asked=await read(questions_for, known_joiner(request, found.gathering.id)) if own else [],
        offering=offers.offering_is_open(found.view, now),
        opens=offers.offering_opens(found.view),
        mark=plan_mark(found.view, "phones"),
    )
    return renewed(drawn, renewing(request))


@get("/g/{gathering:str}/sessions/{number:int}", name="session")
async def show_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
    new: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """One session: what, who, where and how to get there. One that was joined leads to both."""
    found = await visit(gathering, viewer)
    kept = 0 if found.view.session(number) else await read(part_of, found.gathering.id, number)
    if kept:
        return go(f"{found.path}/sessions/{kept}")
    session = await session_in(found, number)
    return page(
        request,
        "board/session.html",
        found=found,
        view=found.view,
        session=session,
        letters=explainer(await read(glossary_of, found.gathering.series)),
        mine=await _starred(request, found),
        own=await owns(request, found, session),
        together=session.number in await own_numbers(request, found),
        merges=await read(merges_of, found.gathering.id, number),
        left=await read(_left_behind, found.view, session) if found.facilitates else [],
        keeps_notes=viewer is not None and viewer.may(found.gathering.series, "note_keeper"),
        again_token=new_key(),
        new=new == "yes",
    )


@post("/g/{gathering:str}/sessions/{number:int}/star", name="star")
async def star_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Star a session, or take the star away. The first press gives the joiner's cookie."""
    found = await visit(gathering, viewer)
    form = await read_form(request)
    key, kept = make_joiner(request, found.gathering.id)
    verb = stars.unstar if form.typed("star") == "off" else stars.star
    await write(verb, found.gathering.id, number, kept)
    await link_own_booking(request, found.gathering.id, kept)
    answer: Response[str] | Redirect
    if by_script(request):
        mine = await read(stars.starred_by, found.gathering.id, kept)
        own = await read(offers.numbers_offered_by, found.gathering.id, kept)
        answer = page(
            request,
            "board/mine_alone.html",
            view=found.view,
            mine=mine,
            own=own,
            beside=at_the_same_time(found.view, mine, datetime.now(UTC)),
        )
    else:
        answer = go(_back_to(form.typed("from"), found.path, number))
    keep_joiner(request, answer, key)
    return answer


async def _left_behind(view: BoardView, session: SessionView) -> list[str]:
    """Who did not come along when others became part of the session, in words."""
    if not session.joined:
        return []
    return [words for _, words in left_behind(view, await bounds_of(view, []), session)]


async def session_in(found: Visit, number: int) -> SessionView:
    """The session with this number; NotFound says when it was withdrawn."""
    session = found.view.session(number)
    if session is None:
        await read(session_on_board, found.gathering.id, number)
        raise NotFound
    return session


async def owns(request: WebRequest, found: Visit, session: SessionView) -> bool:
    """Whether this browser offered the session."""
    kept = known_joiner(request, found.gathering.id)
    return bool(kept) and await read(offers.offered_from, session.id, kept)


async def _starred(request: WebRequest, found: Visit) -> Collection[int]:
    kept = known_joiner(request, found.gathering.id)
    return await read(stars.starred_by, found.gathering.id, kept) if kept else ()


async def own_numbers(request: WebRequest, found: Visit) -> Collection[int]:
    """The numbers of the sessions that this browser offered, or that one of its own became."""
    kept = known_joiner(request, found.gathering.id)
    return await read(offers.numbers_offered_by, found.gathering.id, kept) if kept else ()


def _turn(view: BoardView, own: Collection[int]) -> str:
    """What to say to somebody whose card is announced soon; board.js says the same."""
    if view.announced_now is None:
        return ""
    if view.announced_now.number in own:
        return TURNS[0]
    soon = [session.number in own for session in view.to_announce[:2]]
    return TURNS[soon.index(True) + 1] if True in soon else ""


def _back_to(origin: str, path: str, number: int) -> str:
    """Where the star was pressed: on the session's own page, or on the board."""
    session = f"{path}/sessions/{number}"
    return session if origin == "session" else f"{path}/board#star-{number}"


routes = [show_board, show_session, star_session]
