"""The desk's pages of interpreters, captioners, guides and others who come to support people."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.arrangements import arrangements_of
from gatherings.access.need_shared_pages import STALE, Visit, visit_counts
from gatherings.access.support import (
    ROLE_WORDS,
    STATE_WORDS,
    TONES,
    SupportView,
    SupportWords,
    add_support,
    change_support,
    support_by,
    support_of,
)
from gatherings.people.roles import Viewer
from gatherings.planning.lookup import rounds_of
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Round
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.words import clock

Answer = Response[str] | Redirect
LINE, CONTACT, REGISTER, WHOLE_DAY = 120, 254, 60, 600


@get("/desk/g/{slug:str}/support", name="support")
async def show_all(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """Everybody who was asked, and who is there in which round."""
    visit = await visit_counts(viewer, slug)
    return page(
        request,
        "access/support.html",
        g=visit.gathering,
        visit=visit,
        people=await read(support_of, visit.gathering.id),
        rounds=await read(rounds_of, visit.gathering.id),
        role_words=ROLE_WORDS,
        state_words=STATE_WORDS,
        tones=TONES,
    )


@get("/desk/g/{slug:str}/support/add", name="add_support")
async def show_add(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """The form for one more person."""
    return await _draw(request, await visit_counts(viewer, slug), None, None)


@post("/desk/g/{slug:str}/support/add", name="add_support_now")
async def add_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Write somebody down."""
    visit = await visit_counts(viewer, slug)
    form = await read_form(request)
    words = await _read(visit, form)
    if not form.errors:
        await write(add_support, visit.gathering.id, words, visit.now)
        return go(_base(visit))
    return await _draw(request, visit, None, form)


@get("/desk/g/{slug:str}/support/{handle:str}", name="support_person")
async def show_one(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """The form about one person."""
    visit = await visit_counts(viewer, slug)
    return await _draw(request, visit, await read(support_by, handle, visit.gathering.id), None)


@post("/desk/g/{slug:str}/support/{handle:str}", name="change_support")
async def change_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep what was changed."""
    visit = await visit_counts(viewer, slug)
    found = await read(support_by, handle, visit.gathering.id)
    form = await read_form(request)
    words = await _read(visit, form)
    if not form.errors:
        try:
            await write(change_support, handle, visit.gathering.id, words, form.typed("seen"))
        except Refused as refused:
            form.error(refused.field, refused.words)
        except Stale:
            form.error("", STALE)
            found = await read(support_by, handle, visit.gathering.id)
    return await _draw(request, visit, found, form) if form.errors else go(_base(visit))


async def _read(visit: Visit, form: Form) -> SupportWords:
    everybody = await read(support_of, visit.gathering.id)
    arrangements = await read(arrangements_of, visit.gathering.id)
    numbers = [str(one.number) for one in await read(rounds_of, visit.gathering.id)]
    longest = 0
    if form.typed("longest"):
        longest = form.number("longest", "the longest stretch", least=5, most=WHOLE_DAY)
    return SupportWords(
        role=form.choice("role", "what they do", ROLE_WORDS),
        name=form.line("name", "their name", most=LINE),
        organisation=form.line("organisation", "where they work", most=LINE, optional=True),
        contact=form.line("contact", "how to reach them", most=CONTACT, optional=True),
        languages=form.line("languages", "their languages", most=LINE, optional=True),
        register_number=form.line("register", "their number", most=REGISTER, optional=True),
        longest_minutes=longest,
        state=form.choice("state", "how far it is", STATE_WORDS),
        pair_with=form.choice("pair_with", "a pair", ["", *(one.handle for one in everybody)]),
        arrangement=form.choice(
            "arrangement", "an arrangement", ["", *(one.handle for one in arrangements)]
        ),
        rounds=tuple(int(number) for number in form.some("rounds", numbers)),
    )


async def _draw(
    request: WebRequest, visit: Visit, found: SupportView | None, form: Form | None
) -> Page:
    everybody = await read(support_of, visit.gathering.id)
    others = [one for one in everybody if found is None or one.handle != found.handle]
    arrangements = await read(arrangements_of, visit.gathering.id)
    rounds = await read(rounds_of, visit.gathering.id)
    return page(
        request,
        "access/support_person.html",
        status=422 if form and form.errors else 200,
        g=visit.gathering,
        visit=visit,
        found=found,
        roles=list(ROLE_WORDS.items()),
        states=list(STATE_WORDS.items()),
        pairs=[("", "Nobody"), *((one.handle, one.words.name) for one in others)],
        arrangements=[
            ("", "None of these"),
            *((a.handle, a.words.what) for a in arrangements),
        ],
        rounds=[_option(visit, one) for one in rounds],
        values=form.values if form else _values(found),
        errors=form.errors if form else {},
    )


def _option(visit: Visit, one: Round) -> tuple[str, str]:
    zone = visit.gathering.zone
    return str(one.number), f"{one.name}, {clock(one.starts_at, zone)}"


def _values(found: SupportView | None) -> dict[str, str | list[str]]:
    if found is None:
        return {"state": "asked"}
    words = found.words
    return {
        "role": words.role,
        "name": words.name,
        "organisation": words.organisation,
        "contact": words.contact,
        "languages": words.languages,
        "register": words.register_number,
        "longest": str(words.longest_minutes or ""),
        "state": words.state,
        "pair_with": words.pair_with,
        "arrangement": words.arrangement,
        "rounds": [str(number) for number in words.rounds],
        "seen": found.seen,
    }


def _base(visit: Visit) -> str:
    return f"/desk/g/{visit.gathering.slug}/support"


routes = [show_all, show_add, add_now, show_one, change_now]
