"""Merging two sessions: a facilitator suggests it, both hosts answer on their phones."""

from collections.abc import Mapping
from functools import partial

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused
from sessions.board import merging
from sessions.board.board_pages import owns, session_in
from sessions.board.live_pages import tell
from sessions.board.placing import Lacks
from sessions.board.shared_pages import Visit, facilitators_visit, reason_typed, visit
from web.database import write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotAllowed

Answer = Response[str] | Redirect


@post("/g/{gathering:str}/sessions/{number:int}/merge", name="propose_merge")
async def propose(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Answer:
    """Ask both hosts. Nothing changes until both say yes."""
    found, _ = await facilitators_visit(gathering, viewer)
    form = await read_form(request)
    other = form.number("other", "the other session", least=1, most=10_000)
    try:
        if not form.errors:
            await write(merging.propose, found.gathering.id, number, other)
    except Refused as refused:
        form.error(refused.field, refused.words)
    if form.errors:
        return _refused(request, found, number, 422, form.errors)
    return go(f"{found.path}/sessions/{number}#merging")


@post("/g/{gathering:str}/sessions/{number:int}/merge/{handle:str}", name="answer_merge")
async def answer(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
    handle: FromPath[str],
) -> Answer:
    """A host's yes or no; a facilitator may say what a host told them."""
    found = await visit(gathering, viewer)
    session = await session_in(found, number)
    if not (found.facilitates or await owns(request, found, session)):
        raise NotAllowed("Only the hosts of the two sessions can answer this.")
    form = await read_form(request)
    account = viewer.account_id if viewer and found.facilitates else None
    yes = form.typed("answer") == "yes"
    why = reason_typed(form, "why they are joined")
    said = partial(merging.say, yes=yes, account_id=account, why=why)
    try:
        await write(said, found.gathering.id, handle, number)
    except Lacks as lacks:
        return page(
            request,
            "board/merge_why.html",
            status=409,
            found=found,
            session=session,
            handle=handle,
            problem=lacks,
            values={},
            errors=form.errors,
        )
    except Refused as refused:
        return _refused(request, found, number, 409, {refused.field: refused.words})
    await tell(request, found.gathering.id)
    return go(f"{found.path}/sessions/{number}#merging")


def _refused(
    request: WebRequest, found: Visit, number: int, status: int, errors: Mapping[str, str]
) -> Page:
    """Why not. The choice stands on the session's own page, so this one leads back there."""
    return page(
        request,
        "board/merge_refused.html",
        status=status,
        found=found,
        number=number,
        reasons=list(errors.values()),
    )


@post("/g/{gathering:str}/merges/{handle:str}/part", name="part_sessions")
async def part(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    handle: FromPath[str],
) -> Redirect:
    """Make two of one again."""
    found, ben = await facilitators_visit(gathering, viewer)
    await write(merging.part, found.gathering.id, handle, ben.account_id)
    await tell(request, found.gathering.id)
    return go(f"{found.path}/arrange")


routes = [propose, answer, part]
