"""The facilitators' page of the morning: its parts, announcing, quiet, and more space."""

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused
from sessions.board import announcing, overflow, phases
from sessions.board.live_pages import tell
from sessions.board.shared_pages import Visit, facilitators_visit
from sessions.board.tables import PHASES
from web.crypto import new_key
from web.database import write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.words import moment_of

Answer = Response[str] | Redirect
PHASE_WORDS = {
    "auto": ("By the clock", "The wall shows now and next."),
    "arriving": ("Arriving", "A large square to join, the short address and the rooms."),
    "opening": ("Opening circle", "The theme and the principles, large. Phones are silent."),
    "calling": ("Call for sessions", "“What do you want to talk about?” and how many so far."),
    "announcing": ("Announcing", "One card very large, with a gentle clock."),
    "placing": ("Placing", "The round that is being filled, and where the card in hand fits."),
    "market": ("Marketplace", "A round, and what many want at the same time."),
    "sessions": ("Sessions", "Now and next, and the minutes left."),
    "closing": ("Closing circle", "The wall is blank."),
}
LONGEST_ROUND, MOST_IN_A_CORNER = 240, 200
MORNING = "/g/{gathering:str}/arrange/morning"


@get(MORNING, name="morning")
async def show_morning(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Page:
    """Where the morning is, and every button that a facilitator needs while standing."""
    found, _ = await facilitators_visit(gathering, viewer)
    return _draw(request, found, None)


@post(f"{MORNING}/phase", name="set_phase")
async def set_phase(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """Go on to another part of the morning."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    phase = form.choice("phase", "a part of the morning", PHASES)
    if form.errors:
        return _draw(request, found, form)
    return await _done(
        request, found, write(phases.set_phase, found.gathering.id, phase, ben.account_id)
    )


@post(f"{MORNING}/wall", name="set_wall")
async def set_wall(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """Blank the wall or show it again; hide the stars or show them."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    here, who = found.gathering.id, ben.account_id
    if form.typed("stars"):
        hidden = form.typed("stars") == "hide"
        return await _done(
            request, found, write(phases.hide_stars, here, hidden=hidden, account_id=who)
        )
    quiet = form.typed("quiet") == "yes"
    return await _done(request, found, write(phases.keep_quiet, here, quiet=quiet, account_id=who))


@post(f"{MORNING}/theme", name="set_theme")
async def set_theme(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """What the day is about."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    theme = form.line("theme", "the theme", most=phases.LONGEST_THEME, optional=True)
    if form.errors:
        return _draw(request, found, form)
    return await _done(
        request, found, write(phases.set_theme, found.gathering.id, theme, ben.account_id)
    )


@post(f"{MORNING}/announce", name="announce")
async def announce(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """The next card, the same card later, or one that somebody came back for."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    here, who, now = found.gathering.id, ben.account_id, datetime.now(UTC)
    shown = form.typed("shown")
    seen = int(shown[:9]) if shown.isascii() and shown.isdigit() else None
    if form.typed("press") == "skip":
        return await _done(request, found, write(announcing.skip, here, who, now, seen))
    if form.typed("number"):
        number = form.number("number", "a session", least=1, most=10_000)
        return await _done(request, found, write(announcing.bring_up, here, number, who, now))
    return await _done(request, found, write(announcing.announce_next, here, who, now, seen))


@post(f"{MORNING}/corner", name="add_corner")
async def add_corner(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """Another place to sit together."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    name = form.line("name", "the name of the corner", most=overflow.LONGEST_CORNER)
    holds = form.number("holds", "how many fit there", least=1, most=MOST_IN_A_CORNER)
    try:
        if not form.errors:
            await write(overflow.add_corner, found.gathering.id, name, holds, ben.account_id)
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await _done(request, found, form=form)


@post(f"{MORNING}/round", name="add_board_round")
async def add_round(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Answer:
    """Another round of open space."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    at = form.clock("starts", "when the round begins")
    minutes = form.number("minutes", "how long it lasts in minutes", least=5, most=LONGEST_ROUND)
    try:
        if at is not None and not form.errors:
            starts = moment_of(overflow.day_for(found.view, datetime.now(UTC)), at, found.view.zone)
            await write(
                overflow.add_one_round, ben, found.gathering.id, starts.astimezone(UTC), minutes
            )
    except Refused as refused:
        form.error("starts", refused.words)
    return await _done(request, found, form=form)


@post("/g/{gathering:str}/sessions/{number:int}/repeat", name="repeat_session")
async def repeat_session(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Redirect:
    """Offer a session a second time."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    token = form.typed("token") or new_key()
    again = await write(overflow.repeat, found.gathering.id, number, token, ben.account_id)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/arrange#card-{again.number}")


def next_phase(phase: str) -> str:
    """The part of the morning that usually follows; "" after the last."""
    after = (*PHASE_WORDS, "")
    return after[after.index(phase) + 1]


async def _done(
    request: WebRequest,
    found: Visit,
    change: Awaitable[int] | None = None,
    *,
    form: Form | None = None,
) -> Answer:
    """Tell everybody, and show the morning again."""
    if form is not None and form.errors:
        return _draw(request, found, form)
    if change is not None:
        await change
    await tell(request, found.gathering.id)
    return go(f"{found.path}/arrange/morning")


def _draw(request: WebRequest, found: Visit, form: Form | None) -> Page:
    values: dict[str, Any] = {"theme": found.view.morning.theme, "minutes": "45", "holds": "12"}
    return page(
        request,
        "board/morning.html",
        status=422 if form else 200,
        found=found,
        view=found.view,
        phase_words=PHASE_WORDS,
        next_phase=next_phase(found.view.morning.phase),
        values=values | (form.values if form else {}),
        errors=form.errors if form else {},
    )


routes = [
    show_morning,
    set_phase,
    set_wall,
    set_theme,
    announce,
    add_corner,
    add_round,
    repeat_session,
]
