"""My data: a party sees, takes away and deletes all that we hold about it. So can it by phone."""

import json
from datetime import UTC, datetime

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.own_booking import open_on_desk
from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.personal_data.erasures import log_erasures
from gatherings.personal_data.held import as_file
from gatherings.planning.lookup import gathering_by_slug
from sessions.board.telling import Teller
from sessions.personal_data.all_rules import erase_everywhere
from sessions.personal_data.held_on_the_day import everything_held
from sessions.shared_pages import Theirs, party_of
from web.codes import qr_svg
from web.cookies import give_cookie
from web.database import leave_no_trace, read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import NotFound

TICK = "Tick the box to say that all of this should go"


@get("/b/{reference:str}/my-data", name="my_data")
async def show_my_data(request: WebRequest, reference: FromPath[str]) -> Page:
    """Everything that we hold about the party."""
    own = await party_of(request, reference)
    sections = await read(everything_held, own.booking.id, own.gathering.zone)
    return page(
        request,
        "personal_data/my_data.html",
        g=own.gathering,
        booking=own.booking,
        home=own.home,
        sections=[section for section in sections if section.entries],
        nothing=[section.title for section in sections if not section.entries],
    )


@get("/b/{reference:str}/my-data.json", name="my_data_file")
async def my_data_file(request: WebRequest, reference: FromPath[str]) -> Response[bytes]:
    """The same as a file that other programs can read."""
    own = await party_of(request, reference)
    sections = await read(everything_held, own.booking.id, own.gathering.zone)
    text = json.dumps(as_file(sections), ensure_ascii=False, indent=2)
    name = f"my-data-{own.booking.reference}.json"
    return Response(
        text.encode(),
        media_type=MediaType.JSON,
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
        },
    )


@get("/b/{reference:str}/delete", name="delete_everything")
async def ask_to_delete(request: WebRequest, reference: FromPath[str]) -> Page:
    """What goes and what stays, and a button."""
    return _ask(request, await party_of(request, reference), {}, on_desk=False)


@post("/b/{reference:str}/delete", name="remove_everything_now")
async def delete_now(request: WebRequest, reference: FromPath[str]) -> Page | Redirect:
    """Delete it all, at once and for good."""
    own = await party_of(request, reference)
    form = await read_form(request)
    if not form.ticked("sure"):
        return _ask(request, own, {"sure": TICK}, on_desk=False)
    await _erase(request, own, "person")
    answer = go(own.home)
    give_cookie(request, answer, cookie_of(own.booking.reference), "", 0)
    return answer


@get("/desk/g/{slug:str}/bookings/{reference:str}/delete", name="desk_delete_everything")
async def ask_on_desk(
    request: WebRequest,
    slug: FromPath[str],
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """The same for somebody who rang or wrote."""
    return _ask(request, await _on_desk(viewer, slug, reference), {}, on_desk=True)


@post("/desk/g/{slug:str}/bookings/{reference:str}/delete", name="desk_remove_everything_now")
async def delete_on_desk(
    request: WebRequest,
    slug: FromPath[str],
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page | Redirect:
    """Delete all about a party that asked us to."""
    theirs = await _on_desk(viewer, slug, reference)
    form = await read_form(request)
    if not form.ticked("sure"):
        return _ask(request, theirs, {"sure": TICK}, on_desk=True)
    await _erase(request, theirs, "team")
    return go(f"/desk/g/{slug}/bookings")


async def _on_desk(viewer: Viewer | None, slug: str, reference: str) -> Theirs:
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, "organiser")
    found = await read(open_on_desk, reference, gathering.id, datetime.now(UTC))
    if found is None:
        raise NotFound
    home = f"/desk/g/{slug}/bookings/{found.booking.reference}"
    return Theirs(found.booking, gathering, home)


async def _erase(request: WebRequest, theirs: Theirs, by_whom: str) -> None:
    await write(erase_everywhere, theirs.booking.id, by_whom, datetime.now(UTC))
    await log_erasures(pages_of(request).settings.data_dir)
    await leave_no_trace()
    qr_svg.cache_clear()  # it may hold their private link
    teller: Teller = request.app.state.teller
    await teller.tell(theirs.gathering.id)


def _ask(request: WebRequest, theirs: Theirs, errors: dict[str, str], *, on_desk: bool) -> Page:
    return page(
        request,
        "personal_data/delete.html",
        status=422 if errors else 200,
        g=theirs.gathering,
        booking=theirs.booking,
        home=theirs.home,
        on_desk=on_desk,
        over=theirs.gathering.ends_at <= datetime.now(UTC),
        values={},
        errors=errors,
    )


routes = [
    *(show_my_data, my_data_file, ask_to_delete, delete_now),
    *(ask_on_desk, delete_on_desk),
]
