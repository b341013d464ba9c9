"""The desk's pages of arrangements: what is hired or booked, and which needs it meets."""

from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.arrangements import (
    KIND_WORDS,
    STATE_WORDS,
    TONES,
    ArrangementView,
    ArrangementWords,
    add_arrangement,
    arrange_served,
    arrangement_by,
    arrangements_of,
    change_arrangement,
    serve,
    served_by,
)
from gatherings.access.catalogue import catalogue
from gatherings.access.need_shared_pages import STALE, Visit, visit_counts, visit_needs
from gatherings.access.need_states import DESK_STATE_WORDS
from gatherings.access.needs import NeedView, needs_of_bookings
from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused, Stale
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

Answer = Response[str] | Redirect
WHAT, LINE, MOST_PENCE = 200, 120, 10_000_000


@get("/desk/g/{slug:str}/arrangements", name="arrangements")
async def show_all(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """Every arrangement with its state and cost, and the number of needs that it meets."""
    visit = await visit_counts(viewer, slug)
    found = await read(arrangements_of, visit.gathering.id)
    going_on = [one.words.cost_pence for one in found if one.words.state != "cancelled"]
    return page(
        request,
        "access/arrangements.html",
        g=visit.gathering,
        visit=visit,
        arrangements=found,
        total=sum(going_on),
        kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
        tones=TONES,
    )


@get("/desk/g/{slug:str}/arrangements/add", name="add_arrangement")
async def show_add(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """The form for one more."""
    return await _draw(request, await visit_needs(viewer, slug), None, None)


@post("/desk/g/{slug:str}/arrangements/add", name="add_arrangement_now")
async def add_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Write it down, and go on to choose what it meets."""
    visit = await visit_needs(viewer, slug)
    form = await read_form(request)
    words = _read(form)
    if form.errors:
        return await _draw(request, visit, None, form)
    try:
        handle = await write(add_arrangement, visit.gathering.id, words, visit.now)
    except Refused as refused:
        form.error(refused.field, refused.words)
        return await _draw(request, visit, None, form)
    return go(f"{_base(visit)}/{handle}")


@get("/desk/g/{slug:str}/arrangements/{handle:str}", name="arrangement")
async def show_one(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """One arrangement: what is written about it, and the needs that it meets, if they are open."""
    visit = await visit_needs(viewer, slug)
    return await _draw(request, visit, await read(arrangement_by, handle, visit.gathering.id), None)


@post("/desk/g/{slug:str}/arrangements/{handle:str}", name="change_arrangement")
async def change_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep what was changed, and which needs it meets."""
    visit = await visit_needs(viewer, slug)
    found = await read(arrangement_by, handle, visit.gathering.id)
    form = await read_form(request)
    words, shown = _read(form), [need.handle for need in await _open_needs(visit)]
    ticked = form.some("needs", shown)
    if not form.errors:
        try:
            await write(
                change_arrangement,
                handle,
                visit.gathering.id,
                words,
                visit.now,
                form.typed("seen"),
            )
            await write(serve, handle, visit.gathering.id, shown=shown, ticked=ticked)
        except Refused as refused:
            form.error(refused.field, refused.words)
        except Stale:
            form.error("", STALE)
            found = await read(arrangement_by, handle, visit.gathering.id)
    return await _draw(request, visit, found, form) if form.errors else go(_base(visit))


@post("/desk/g/{slug:str}/arrangements/{handle:str}/arranged", name="arrange_served")
async def arranged_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Move every need that waits for it to "arranged", in one press."""
    visit = await visit_needs(viewer, slug)
    found = await read(arrangement_by, handle, visit.gathering.id)
    form = await read_form(request)
    try:
        await write(arrange_served, handle, visit.gathering.id, visit.viewer.account_id, visit.now)
    except Refused as refused:
        form.error(refused.field, refused.words)
    except Stale:
        form.error("", "Somebody moved one of these needs just now. Press the button again")
    if form.errors:
        form.values |= _values(found)
        return await _draw(request, visit, found, form)
    return go(_base(visit))


def _read(form: Form) -> ArrangementWords:
    return ArrangementWords(
        kind=form.choice("kind", "what it is", KIND_WORDS),
        what=form.line("what", "what we arrange", most=WHAT),
        supplier=form.line("supplier", "who does it", most=WHAT, optional=True),
        supplier_reference=form.line(
            "supplier_reference", "their reference", most=LINE, optional=True
        ),
        cost_pence=form.pence("cost", "the cost", most=MOST_PENCE),
        state=form.choice("state", "how far it is", STATE_WORDS),
        claimed_on=_day(form, "claimed_on", "the day of the claim"),
        paid_on=_day(form, "paid_on", "the day of payment"),
    )


def _day(form: Form, field: str, label: str) -> date | None:
    """A day, or None when nothing was typed."""
    typed = any(form.typed(f"{field}_{part}") for part in ("day", "month", "year"))
    return form.day(field, label) if typed else None


def _shown_day(field: str, day: date | None) -> dict[str, str | list[str]]:
    if day is None:
        return {}
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{field}_{part}": str(number) for part, number in parts.items()}


async def _draw(
    request: WebRequest, visit: Visit, found: ArrangementView | None, form: Form | None
) -> Page:
    needs = await _open_needs(visit)
    kind = found.words.kind if found else ""
    values = form.values if form else _values(found)
    if found and (form is None or "needs" not in values):
        values = {**values, "needs": list(await read(served_by, found.handle, visit.gathering.id))}
    return page(
        request,
        "access/arrangement.html",
        status=422 if form and form.errors else 200,
        g=visit.gathering,
        visit=visit,
        found=found,
        kinds=list(KIND_WORDS.items()),
        states=list(STATE_WORDS.items()),
        needs=[_option(need) for need in sorted(needs, key=lambda one: not _fits(one, kind))],
        values=values,
        errors=form.errors if form else {},
    )


async def _open_needs(visit: Visit) -> list[NeedView]:
    needs = await read(needs_of_bookings, visit.gathering.id, await visit.opened())
    return [need for need in needs if need.state != "withdrawn"]


def _option(need: NeedView) -> tuple[str, str, str]:
    about = f"{need.words}. " if need.words else ""
    return need.handle, f"{need.label}, {need.person}", about + DESK_STATE_WORDS[need.state]


def _fits(need: NeedView, kind: str) -> bool:
    known = catalogue().need(need.code)
    return bool(kind) and (known.resource == kind or kind in known.room)


def _values(found: ArrangementView | None) -> dict[str, str | list[str]]:
    if found is None:
        return {"state": "wanted"}
    words = found.words
    pounds, pence = divmod(words.cost_pence, 100)
    return {
        "kind": words.kind,
        "what": words.what,
        "supplier": words.supplier,
        "supplier_reference": words.supplier_reference,
        "cost": f"{pounds}.{pence:02}" if words.cost_pence else "",
        "state": words.state,
        "seen": found.seen,
        **_shown_day("claimed_on", words.claimed_on),
        **_shown_day("paid_on", words.paid_on),
    }


def _base(visit: Visit) -> str:
    return f"/desk/g/{visit.gathering.slug}/arrangements"


routes = [show_all, show_add, add_now, show_one, change_now, arranged_now]
