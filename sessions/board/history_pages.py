"""What changed on a board: who moved what, what is new since one last looked, and undo."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from sessions.board import undoing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.live_pages import tell
from sessions.board.news import spot_words
from sessions.board.placing import Lacks
from sessions.board.shape import BoardView
from sessions.board.shared_pages import Visit, facilitators_visit, number_asked
from sessions.board.undoing import PastChange
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import Overtaken

BY_HAND = "To put it there all the same, move it by hand and say why"
WHAT_WORDS = {
    "offered": "offered",
    "placed": "placed",
    "swapped": "swapped",
    "unplaced": "took off the board",
    "changed": "put the words right of",
    "withdrawn": "withdrew",
    "locked": "locked",
    "unlocked": "unlocked",
    "merged": "merged",
    "parted": "parted",
}
BOARD_WORDS = {
    "announced": "went on with the announcing",
    "phase": "changed the morning or the wall",
    "added": "added space",
}


@get("/g/{gathering:str}/arrange/history", name="board_history")
async def show_history(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    before: FromQuery[str] = "",
) -> Page:
    """The newest changes first; a link leads on to those before."""
    found, ben = await facilitators_visit(gathering, viewer)
    version = number_asked(before)
    start = EVERYTHING_SEEN if version is None else version
    return await _draw(request, found, ben, {}, 200, start)


@post("/g/{gathering:str}/arrange/history/{version:int}/undo", name="undo_move")
async def undo_move(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    version: FromPath[int],
) -> Response[str] | Redirect:
    """Take a move back, as a new change."""
    found, ben = await facilitators_visit(gathering, viewer)
    try:
        await write(undoing.undo, found.gathering.id, version, ben.account_id)
    except Lacks as problem:
        return await _draw(request, found, ben, {"": f"{problem.words} {BY_HAND}"}, 409)
    except Overtaken as problem:
        return await _draw(request, found, ben, {"": problem.words.rstrip(".")}, 409)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/arrange/history")


@post("/g/{gathering:str}/arrange/history/seen", name="board_seen")
async def note_seen(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Redirect:
    """Note that this facilitator has seen what the page showed."""
    found, ben = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    version = form.number("version", "the version", least=0, most=EVERYTHING_SEEN)
    await write(undoing.look_up_to, found.gathering.id, ben.account_id, version)
    return go(f"{found.path}/arrange/history")


async def _draw(
    request: WebRequest,
    found: Visit,
    ben: Viewer,
    errors: dict[str, str],
    status: int,
    before: int = EVERYTHING_SEEN,
) -> Page:
    here, who, one_more = found.gathering.id, ben.account_id, undoing.MOST_SHOWN + 1
    past = await read(undoing.history, here, who, before, one_more)
    shown = past[: undoing.MOST_SHOWN]
    return page(
        request,
        "board/history.html",
        status=status,
        found=found,
        view=found.view,
        lines=[(one, _sentence(found.view, one)) for one in shown],
        newest=before == EVERYTHING_SEEN,
        earlier=shown[-1].version if past[len(shown) :] else 0,
        fresh=await read(undoing.fresh_changes, here, who),
        errors=errors,
    )


def _sentence(view: BoardView, one: PastChange) -> str:
    if not one.titles:
        return f"{one.who} {BOARD_WORDS.get(one.what, 'changed the board')}."
    titles = " and ".join(f"“{title}”" for title in one.titles)
    words = f"{one.who} {WHAT_WORDS.get(one.what, 'changed')} {titles}"
    words += _whereto(view, one)
    if one.ahead:
        words += ", with a reason although something is missing there"
    return f"{words}{f' (takes back change {one.undoes})' if one.undoes else ''}."


def _whereto(view: BoardView, one: PastChange) -> str:
    """Where the cards of a move went, and where they were."""
    if one.what == "swapped":
        return ": " + " and ".join(spot_words(view, spot) for _, spot in sorted(one.after.items()))
    after, before = next(iter(one.after.values()), None), next(iter(one.before.values()), None)
    words = f": {spot_words(view, after)}" if one.what == "placed" else ""
    return words + (f", before {spot_words(view, before)}" if before and before != after else "")


routes = [show_history, undo_move, note_seen]
