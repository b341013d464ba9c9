"""One need on the desk: what it is, how it got here, and every step that it may take."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.catalogue import ASK_ME, RATHER_TALK, catalogue
from gatherings.access.catering import is_serious, naming_of
from gatherings.access.looks import WORKLIST, note_look
from gatherings.access.need_history import Step, changed_by_them, history_of_need
from gatherings.access.need_shared_pages import Visit, closed, visit_needs
from gatherings.access.need_states import (
    DESK_STATE_WORDS,
    HOW_WORDS,
    TEAM_HOW,
    TEAM_MOVES,
    TONES,
    WHY_NOT,
)
from gatherings.access.needs import NeedView, mark_of, need_of_gathering
from gatherings.access.openers import openers_of
from gatherings.access.promises import move_need
from gatherings.access.sharing import asks_for_help, sharing_of
from gatherings.bookings.booking_list import WAY_WORDS, find_booking
from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused, Stale
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import clock, short_day

NOTE, SENTENCES = 1000, 600
STEP_TITLES = {
    "asked": "Back to the start",
    "talking": "We are talking to them",
    "arranged": "We have arranged it",
    "agreed": "They said it is right",
    "cannot": "We cannot do this",
    "withdrawn": "They no longer need this",
}
MEANWHILE = "Somebody was quicker. What you typed is still here. Look at the history, then choose"
WHICH_KIND = "Choose what kind of reason it is"
CALL_THEM = (ASK_ME, RATHER_TALK)


@get("/desk/g/{slug:str}/needs/{handle:str}", name="desk_need")
async def show_need(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Response[str]:
    """One need with its history, once it was opened."""
    visit = await visit_needs(viewer, slug)
    need = await _need(visit, handle)
    if need.booking_id not in await visit.opened():
        return closed(request, visit, need.booking, handle)
    return await _draw(request, visit, need, "access/need.html", None)


@get("/desk/g/{slug:str}/needs/{handle:str}/{to:str}", name="need_step")
async def show_step(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    to: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Response[str] | Redirect:
    """The form for one step."""
    visit = await visit_needs(viewer, slug)
    need = await _need(visit, handle)
    if to not in STEP_TITLES:
        raise NotFound
    if need.booking_id not in await visit.opened():
        return closed(request, visit, need.booking, handle)
    if to not in TEAM_MOVES[need.state]:
        return go(f"{visit.base}/{handle}")
    return await _draw(request, visit, need, "access/need_step.html", None, to=to)


@post("/desk/g/{slug:str}/needs/{handle:str}/{to:str}", name="move_need")
async def move_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    to: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Response[str] | Redirect:
    """Take the step, if the need stands where it was seen."""
    visit = await visit_needs(viewer, slug)
    need = await _need(visit, handle)
    if to not in STEP_TITLES:
        raise NotFound
    form = await read_form(request)
    seen = form.typed("seen")
    await _try(visit, need, to, form)
    if not form.errors:
        return go(f"{visit.base}#need-{handle}")
    await write(note_look, need.booking_id, visit.viewer.account_id, WORKLIST, visit.now)
    now = await _need(visit, handle)
    return await _draw(request, visit, now, "access/need_step.html", form, to=to, seen=seen)


async def _try(visit: Visit, need: NeedView, to: str, form: Form) -> None:
    """Move it, or note on the form why not."""
    cannot, told_on = to == "cannot", None
    if cannot and form.typed("why") not in WHY_NOT:
        form.error("why", WHICH_KIND)
    reason = form.text("reason", "why we cannot do this", most=SENTENCES, optional=not cannot)
    instead = form.text("alternative", "what we offer instead", most=SENTENCES, optional=not cannot)
    if cannot:
        told_on = form.day("told_on", "the day on which you told them")
    note = form.text("note", "the note", most=NOTE, optional=True)
    if form.errors:
        return
    try:
        await write(
            move_need,
            need.handle,
            visit.gathering.id,
            seen=form.typed("seen"),
            to=to,
            account_id=visit.viewer.account_id,
            at=visit.now,
            how=form.typed("how"),
            note=note,
            reason=reason,
            alternative=instead,
            told_on=told_on,
            why=form.typed("why"),
        )
    except Refused as refused:
        form.error("" if refused.field == "to" else refused.field, refused.words)
    except Stale:
        form.error("", MEANWHILE)


async def _draw(
    request: WebRequest,
    visit: Visit,
    need: NeedView,
    template: str,
    form: Form | None,
    *,
    to: str = "",
    seen: str = "",
) -> Page:
    steps = await read(history_of_need, need.handle)
    booking = await read(find_booking, need.booking)
    kind = catalogue().need(need.code)
    return page(
        request,
        template,
        status=422 if form and form.errors else 200,
        g=visit.gathering,
        visit=visit,
        need=need,
        to=to,
        title=STEP_TITLES.get(to, ""),
        booking=booking,
        way=WAY_WORDS[booking.contact_way] if booking else "",
        call_them=need.code in CALL_THEM,
        ask_about=kind.detail,
        asks_share=asks_for_help([need]),
        shares=await read(sharing_of, need.booking_id),
        asks_naming=is_serious(need),
        named=await read(naming_of, need.booking_id, need.position),
        steps=[(_line(visit, step), step) for step in steps],
        meanwhile=[_line(visit, step) for step in steps if seen and mark_of(step.at) > seen],
        changed=changed_by_them(steps),
        may=TEAM_MOVES[need.state],
        step_titles=STEP_TITLES,
        whys=list(WHY_NOT.items()),
        hows=[(how, HOW_WORDS[how]) for how in TEAM_HOW],
        owners=await read(openers_of, visit.gathering.id),
        state_words=DESK_STATE_WORDS,
        tones=TONES,
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


async def _need(visit: Visit, handle: str) -> NeedView:
    need = await read(need_of_gathering, visit.gathering.id, handle)
    if need is None:
        raise NotFound
    return need


def _line(visit: Visit, step: Step) -> str:
    zone = visit.gathering.zone
    when = f"{short_day(step.at, zone)}, {clock(step.at, zone)}"
    what = "They told us" if step.first else DESK_STATE_WORDS[step.state]
    if step.by_person and step.state == "asked" and not step.first:
        what = "Changed by them: it is open again"
    who = f", noted by {step.who}" if step.who else ""
    how = f" ({HOW_WORDS[step.how].lower()})" if step.how else ""
    return f"{when}: {what}{how}{who}"


routes = [show_need, show_step, move_now]
