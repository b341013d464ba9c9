"""A party's own page about its needs: how far each is, agreeing to it, and how it went."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.arrangements import claims_of
from gatherings.access.catering import ALLERGY, namings_of
from gatherings.access.looks import looks_at
from gatherings.access.need_history import Step, histories, last_cannot
from gatherings.access.need_states import OUTCOME_WORDS, STATE_WORDS, TONES, WENT_WRONG_WORDS
from gatherings.access.needs import NeedView
from gatherings.access.own_needs import answer_outcome
from gatherings.access.own_shared_pages import OwnVisit, try_own, visit_own
from gatherings.access.promises import agree_by_person
from gatherings.access.sharing import EVACUATION, sharing_of
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.words import clock, day

STATE_HELP = {
    "asked": "We have read it, or soon will. We tell you here how far we are.",
    "talking": "We are in touch with you, or soon will be.",
    "arranged": "Is it right? Please tell us with the button.",
    "agreed": "You need not do anything else.",
    "cannot": "We are sorry. Here is why, and what we offer instead.",
    "withdrawn": "You can ask for it again.",
}


@get("/b/{reference:str}/needs", name="own_needs")
async def show_needs(request: WebRequest, reference: FromPath[str]) -> Response[str]:
    """Each need with its state in plain words; after the gathering, how it went."""
    visit = await visit_own(request, reference)
    return await _draw(visit, None)


@post("/b/{reference:str}/needs/{handle:str}/agree", name="agree_need")
async def agree_now(
    request: WebRequest, reference: FromPath[str], handle: FromPath[str]
) -> Response[str] | Redirect:
    """Yes, this is right."""
    visit = await visit_own(request, reference)
    form = await read_form(request)
    booking = visit.own.booking.id
    await try_own(form, agree_by_person, handle, booking, seen=form.typed("seen"), at=visit.now)
    if form.errors:
        return await _draw(await visit_own(request, reference), form)
    return go(f"{visit.home}#need-{handle}")


@post("/b/{reference:str}/needs/outcomes", name="need_outcomes")
async def outcomes_now(request: WebRequest, reference: FromPath[str]) -> Response[str] | Redirect:
    """How it went, for each need that was answered."""
    visit = await visit_own(request, reference)
    form = await read_form(request)
    said = {need.handle: form.typed(f"outcome-{need.handle}") for need in _asked_about(visit)}
    answers = {handle: answer for handle, answer in said.items() if answer in OUTCOME_WORDS}
    if not answers:
        form.error("", "Choose an answer for at least one of them")
    for handle, answer in answers.items():
        booking, wrong = visit.own.booking.id, form.typed(f"wrong-{handle}")
        said = {"outcome": answer, "went_wrong": wrong}
        await try_own(form, answer_outcome, handle, booking, **said, at=visit.now)
    return await _draw(visit, form) if form.errors else go(f"{visit.home}?thanks=yes")


@get("/b/{reference:str}/looks", name="own_looks")
async def show_looks(request: WebRequest, reference: FromPath[str]) -> Response[str]:
    """Who has opened what this party told us, when, and on which screen."""
    visit = await visit_own(request, reference)
    zone = visit.own.gathering.zone
    looks = await read(looks_at, visit.own.booking.id)
    rows = [[f"{day(x.at, zone)}, {clock(x.at, zone)}", x.who, x.screen] for x in looks]
    return visit.draw("access/own_looks.html", rows=rows)


async def _draw(visit: OwnVisit, form: Form | None) -> Page:
    handles = [need.handle for need in visit.needs]
    found = await read(histories, handles)
    return visit.draw(
        "access/own_needs.html",
        form,
        needs=visit.needs,
        cannot={handle: last_cannot(steps) for handle, steps in found.items()},
        steps={
            handle: [(_line(visit, step), step) for step in steps]
            for handle, steps in found.items()
        },
        claims=await read(claims_of, handles),
        evacuation=EVACUATION,
        allergy=ALLERGY,
        namings=await read(namings_of, visit.own.booking.id),
        shares=await read(sharing_of, visit.own.booking.id),
        asked_about=_asked_about(visit) if visit.over else [],
        outcomes=list(OUTCOME_WORDS.items()),
        wrongs=[("", "I would rather not say"), *WENT_WRONG_WORDS.items()],
        outcome_values=_answers(visit, form),
        state_words=STATE_WORDS,
        state_help=STATE_HELP,
        tones=TONES,
        thanks="thanks" in visit.request.query_params,
    )


def _asked_about(visit: OwnVisit) -> list[NeedView]:
    """What we ask about afterwards."""
    return [need for need in visit.needs if visit.over and need.state != "withdrawn"]


def _answers(visit: OwnVisit, form: Form | None) -> dict[str, str]:
    """What they said, or have just typed."""
    kept: dict[str, str] = {}
    for need in visit.needs:
        kept |= {f"outcome-{need.handle}": need.outcome, f"wrong-{need.handle}": need.went_wrong}
    return {name: form.typed(name) for name in kept} if form else kept


def _line(visit: OwnVisit, step: Step) -> str:
    """One line of the history, as the person reads it."""
    zone = visit.own.gathering.zone
    what = STATE_WORDS[step.state]
    if step.by_person:
        what = {
            "asked": "You told us" if step.first else "You changed it, and it is open again",
            "withdrawn": "You no longer need this",
        }.get(step.state, what)
    return f"{day(step.at, zone)}, {clock(step.at, zone)}: {what}"


routes = [show_needs, agree_now, outcomes_now, show_looks]
