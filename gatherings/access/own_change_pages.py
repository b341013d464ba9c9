"""A party changes its own needs until the day: other words, one more, one fewer."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.access.arrival_forms import read_arrival
from gatherings.access.catalogue import ASK_ME, OWN_WORDS, Group, catalogue
from gatherings.access.consent import EASY, PLAIN, may_keep, wording
from gatherings.access.needs import STRENGTHS, NeedAnswer, NeedView, needs_of_booking
from gatherings.access.own_needs import (
    NEEDS_NO_CONSENT,
    add_need,
    change_need_by_person,
    withdraw_need,
)
from gatherings.access.own_shared_pages import OwnVisit, try_own, visit_own
from gatherings.personal_data.erasures import keep_answer, log_erasures
from web.database import leave_no_trace, read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, pages_of
from web.problems import NotFound

Answer = Response[str] | Redirect
LONGEST_WORDS = 1000


@get("/b/{reference:str}/needs/{handle:str}", name="own_need")
async def show_need(request: WebRequest, reference: FromPath[str], handle: FromPath[str]) -> Answer:
    """The form to change one need."""
    visit = await visit_own(request, reference)
    need = _need(visit, handle)
    return _draw_need(visit, need, None) if visit.may_change else go(visit.home)


@post("/b/{reference:str}/needs/{handle:str}", name="change_need")
async def change_now(
    request: WebRequest, reference: FromPath[str], handle: FromPath[str]
) -> Answer:
    """Keep other words or another strength; the need is open again."""
    visit = await visit_own(request, reference)
    _need(visit, handle)
    form = await read_form(request)
    words = form.text("words", "what would help", most=LONGEST_WORDS, optional=True)
    strength = form.choice("strength", "how much it matters", STRENGTHS)
    arrives = read_arrival(form)
    await try_own(
        form,
        change_need_by_person,
        handle,
        visit.own.booking.id,
        words=words,
        strength=strength,
        arrives=arrives,
        seen=form.typed("seen"),
        at=visit.now,
    )
    return await _after(request, visit, handle, form)


@post("/b/{reference:str}/needs/{handle:str}/withdraw", name="withdraw_need")
async def withdraw_now(
    request: WebRequest, reference: FromPath[str], handle: FromPath[str]
) -> Answer:
    """I no longer need this."""
    visit = await visit_own(request, reference)
    need = _need(visit, handle)
    form = await read_form(request)
    seen, booking = form.typed("seen"), visit.own.booking.id
    await try_own(form, withdraw_need, handle, booking, seen=seen, at=visit.now)
    form.values |= _values(need)
    return await _after(request, visit, handle, form)


@get("/b/{reference:str}/needs/add", name="add_need")
async def show_groups(request: WebRequest, reference: FromPath[str]) -> Answer:
    """What it is about, and whose it is."""
    visit = await visit_own(request, reference)
    if not visit.may_change:
        return go(visit.home)
    return visit.draw("access/own_groups.html", groups=catalogue().groups.values())


@get("/b/{reference:str}/needs/add/{group:str}", name="add_need_of")
async def show_add(
    request: WebRequest,
    reference: FromPath[str],
    group: FromPath[str],
    person: FromQuery[str] = "",
) -> Answer:
    """The form for one more need. Before the first, we ask whether we may keep it."""
    visit = await visit_own(request, reference)
    known = _group(group)
    if not visit.may_change:
        return go(visit.home)
    if not await read(may_keep, visit.own.booking.id):
        return go(f"{visit.home}/consent?group={known.code}")
    return _draw_add(visit, known, None, person=person)


@post("/b/{reference:str}/needs/add/{group:str}", name="add_need_now")
async def add_now(request: WebRequest, reference: FromPath[str], group: FromPath[str]) -> Answer:
    """Keep one more need."""
    visit = await visit_own(request, reference)
    known = _group(group)
    form = await read_form(request)
    code = form.choice("code", "what would help", [code for code, _ in _types(known)])
    words = form.text("words", "what you wrote", most=LONGEST_WORDS, optional=True)
    strength = form.choice("strength", "how much it matters", STRENGTHS)
    position = _whose(form, _people(visit))
    if code and not await read(may_keep, visit.own.booking.id) and code not in NEEDS_NO_CONSENT:
        return go(f"{visit.home}/consent?group={known.code}")
    answer = NeedAnswer(code, words, strength, known.code, read_arrival(form))
    booking = visit.own.booking.id
    await try_own(form, add_need, booking, int(position or 0), answer, visit.now)
    return _draw_add(visit, known, form) if form.errors else go(visit.home)


@get("/b/{reference:str}/needs/consent", name="needs_consent")
async def show_consent(
    request: WebRequest, reference: FromPath[str], group: FromQuery[str] = ""
) -> Answer:
    """May we keep what you tell us? Nothing is chosen before."""
    visit = await visit_own(request, reference)
    if not visit.may_change:
        return go(visit.home)
    return _draw_consent(visit, group, None)


@post("/b/{reference:str}/needs/consent", name="needs_consent_now")
async def consent_now(request: WebRequest, reference: FromPath[str]) -> Answer:
    """Keep the answer. After a no we keep only that we should ask."""
    visit = await visit_own(request, reference)
    if not visit.may_change:
        return go(visit.home)
    form = await read_form(request)
    answer, group = form.choice("consent", "yes or no", ("yes", "no")), form.typed("group")
    if form.errors:
        return _draw_consent(visit, group, form)
    booking, variant = visit.own.booking, EASY if form.typed("variant") == EASY else PLAIN
    words = wording(visit.own.gathering, variant)
    await write(keep_answer, booking.id, answer, words, "web", visit.now, variant=variant)
    if answer == "no":
        await log_erasures(pages_of(request).settings.data_dir)
        await leave_no_trace()
    if answer == "yes":
        return go(f"{visit.home}/add/{group}" if group in catalogue().groups else visit.home)
    left = await read(needs_of_booking, booking.id)
    if not any(need.code in NEEDS_NO_CONSENT for need in left):
        first = visit.own.booking.people[0].position
        await try_own(form, add_need, booking.id, first, NeedAnswer(ASK_ME), visit.now)
    return go(visit.home)


async def _after(request: WebRequest, visit: OwnVisit, handle: str, form: Form) -> Answer:
    """Back to the list; or the form again, as the need stands now."""
    if not form.errors:
        return go(f"{visit.home}#need-{handle}")
    now = await visit_own(request, visit.own.booking.reference)
    return _draw_need(now, _need(now, handle), form)


def _draw_need(visit: OwnVisit, need: NeedView, form: Form | None) -> Page:
    kind = catalogue().need(need.code)
    return visit.draw("access/own_need.html", form, need=need, kind=kind, values=_values(need))


def _values(need: NeedView) -> dict[str, str]:
    return {"words": need.words, "strength": need.strength, "arrives": need.arrives}


def _whose(form: Form, people: Sequence[tuple[str, str]]) -> str:
    """Who it is for. Where one person is left there is nobody to choose, and we say who it is."""
    if len(people) == 1 and form.typed("person") != people[0][0]:
        form.error("", f"It is now for {people[0][1]}. Press the button again if that is right")
        return ""
    return form.choice("person", "who it is for", [value for value, _ in people])


def _draw_add(visit: OwnVisit, group: Group, form: Form | None, *, person: str = "") -> Page:
    people = _people(visit)
    one = people[0][0] if len(people) == 1 else ""
    return visit.draw(
        "access/own_add.html",
        form,
        group=group,
        types=_types(group),
        asks_time=catalogue().asks_time(group.code),
        people=people,
        values={"person": person or one},
    )


def _draw_consent(visit: OwnVisit, group: str, form: Form | None) -> Page:
    asked = visit.request.query_params.get("easy", form.typed("variant") if form else "")
    easy = asked in ("yes", EASY)
    words = wording(visit.own.gathering, EASY if easy else PLAIN)
    return visit.draw(
        "access/own_consent.html", form, wording=words, easy=easy, group=group, values={}
    )


def _types(group: Group) -> list[tuple[str, str]]:
    """What can be chosen about a group; own words belong to each."""
    own = "Something else, in my own words"
    listed = [(one.code, one.label) for one in catalogue().in_group(group.code)]
    return [*(pair for pair in listed if pair[0] != OWN_WORDS), (OWN_WORDS, own)]


def _people(visit: OwnVisit) -> list[tuple[str, str]]:
    return [(str(one.position), one.words) for one in visit.own.booking.people]


def _need(visit: OwnVisit, handle: str) -> NeedView:
    found: dict[str, Any] = {need.handle: need for need in visit.needs}
    if handle not in found:
        raise NotFound
    need: NeedView = found[handle]
    return need


def _group(code: str) -> Group:
    if code not in catalogue().groups:
        raise NotFound
    return catalogue().groups[code]


routes = [
    *(show_need, change_now, withdraw_now, show_groups, show_add, add_now),
    *(show_consent, consent_now),
]
