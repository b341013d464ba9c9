"""Facilitators say whose booking a host has who did not offer from a phone."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused
from sessions.board import known_hosts
from sessions.board.board_pages import session_in
from sessions.board.known_hosts import HostOfCard, hosts_of_card
from sessions.board.shape import SessionView
from sessions.board.shared_pages import Visit, facilitators_visit
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

HOSTS = "/g/{gathering:str}/sessions/{number:int}/hosts"
LONGEST_REFERENCE = 60


@get(HOSTS, name="known_hosts")
async def show_hosts(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Page:
    """The hosts of a card, and whether their booking is known. Never which, or what it needs."""
    found, _ = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    hosts = await read(hosts_of_card, found.gathering.id, number)
    return _draw(request, found, session, hosts, None)


@post(HOSTS, name="know_hosts")
async def keep_hosts(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Keep the references that were typed; fields left empty change nothing."""
    found, _ = await facilitators_visit(gathering, viewer)
    session = await session_in(found, number)
    hosts = await read(hosts_of_card, found.gathering.id, number)
    form = await read_form(request)
    typed = {one.position: _reference(form, one) for one in hosts if not one.known}
    references = {position: words for position, words in typed.items() if words}
    if not form.errors:
        try:
            await write(known_hosts.know_hosts, found.gathering.id, number, references)
        except Refused as refused:
            form.error(refused.field, refused.words)
    if form.errors:
        return _draw(request, found, session, hosts, form)
    return go(f"{found.path}/sessions/{number}/hosts")


@post(f"{HOSTS}/{{position:int}}/forget", name="know_host_no_more")
async def forget_host(
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    number: FromPath[int],
    position: FromPath[int],
) -> Redirect:
    """Know the host by name alone again."""
    found, _ = await facilitators_visit(gathering, viewer)
    await write(known_hosts.know_host_no_more, found.gathering.id, number, position)
    return go(f"{found.path}/sessions/{number}/hosts")


def _reference(form: Form, host: HostOfCard) -> str:
    field = f"reference-{host.position}"
    return form.line(field, "the reference", most=LONGEST_REFERENCE, optional=True)


def _draw(
    request: WebRequest,
    found: Visit,
    session: SessionView,
    hosts: list[HostOfCard],
    form: Form | None,
) -> Page:
    return page(
        request,
        "board/known_hosts.html",
        status=422 if form else 200,
        found=found,
        session=session,
        hosts=hosts,
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_hosts, keep_hosts, forget_host]
