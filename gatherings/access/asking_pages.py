"""The team asked somebody what would help, and writes down what they said: a need, or nothing."""

from litestar import Response, get, post
from litestar.response import Redirect

from gatherings.access.arrival_forms import read_arrival
from gatherings.access.asking_shared_pages import (
    Asked,
    Asking,
    for_asking,
    read_helper,
    read_source,
)
from gatherings.access.catalogue import NOTHING, OWN_WORDS, catalogue
from gatherings.access.consent import may_keep, wording
from gatherings.access.needs import STRENGTHS, NeedAnswer
from gatherings.access.own_needs import NEEDS_NO_CONSENT, NOT_AGREED, add_need, needs_nothing
from gatherings.personal_data.erasures import keep_answer, log_erasures
from gatherings.planning.refusals import Refused
from web.database import leave_no_trace, read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, pages_of

Answer = Response[str] | Redirect
LONGEST_WORDS = 1000


@get("/desk/g/{slug:str}/needs/ask/{reference:str}", name="ask_party")
async def show_asking(request: WebRequest, asking: Asked) -> Page:
    """How to reach them, and the form for what they said. It opens nothing that was said."""
    return await _draw(request, asking, None)


@post("/desk/g/{slug:str}/needs/ask/{reference:str}", name="ask_party_now")
async def keep_now(request: WebRequest, asking: Asked) -> Answer:
    """Keep a need that they told us, or that they need nothing."""
    form = await read_form(request)
    position = form.choice("person", "who it is about", [value for value, _ in _people(asking)])
    code = form.choice("code", "what they said", [code for code, _ in _types()])
    words = form.text("words", "what they said", most=LONGEST_WORDS, optional=True)
    source = read_source(form)
    arrives = read_arrival(form, "they")
    strength = "helps"
    if code != NOTHING:
        strength = form.choice("strength", "how much it matters", STRENGTHS)
    free = not code or code in (NOTHING, *NEEDS_NO_CONSENT)
    if not free and not await read(may_keep, asking.booking.id):
        form.error("code", NOT_AGREED)
    if not form.errors:
        group = "any" if code == OWN_WORDS else ""
        answer = NeedAnswer(code, words, strength, group, arrives)
        await _try(asking, form, int(position), answer, source)
    return await _draw(request, asking, form) if form.errors else go(asking.visit.base)


@get("/desk/g/{slug:str}/needs/ask/{reference:str}/consent", name="ask_consent")
async def show_consent(request: WebRequest, asking: Asked) -> Page:
    """The words to read out, and nothing else. Nothing is chosen before."""
    return _draw_consent(request, asking, None)


@post("/desk/g/{slug:str}/needs/ask/{reference:str}/consent", name="ask_consent_now")
async def consent_now(request: WebRequest, asking: Asked) -> Answer:
    """Keep what they answered to the words that were read out."""
    form = await read_form(request)
    answer = form.choice("consent", "yes or no", ("yes", "no"))
    how, helped_by = read_source(form), read_helper(form)
    if form.errors:
        return _draw_consent(request, asking, form)
    words, who = wording(asking.visit.gathering), asking.visit.viewer.account_id
    said = (asking.booking.id, answer, words, how, asking.visit.now, who)
    await write(keep_answer, *said, helped_by=helped_by)
    if answer == "no":
        await log_erasures(pages_of(request).settings.data_dir)
        await leave_no_trace()
    return go(asking.base if answer == "yes" else asking.visit.base)


async def _try(asking: Asking, form: Form, position: int, answer: NeedAnswer, source: str) -> None:
    who = asking.visit.viewer.account_id
    booking, now = asking.booking.id, asking.visit.now
    try:
        if answer.code == NOTHING:
            await write(needs_nothing, booking, position, now)
        else:
            await write(add_need, booking, position, answer, now, source=source, entered_by=who)
    except Refused as refused:
        form.error(refused.field, refused.words)


async def _draw(request: WebRequest, asking: Asking, form: Form | None) -> Page:
    return asking.draw(
        request,
        "access/ask.html",
        form,
        may_keep=await read(may_keep, asking.booking.id),
        people=_people(asking),
        types=_types(),
    )


def _draw_consent(request: WebRequest, asking: Asking, form: Form | None) -> Page:
    words = wording(asking.visit.gathering)
    return asking.draw(request, "access/ask_consent.html", form, wording=words)


def _people(asking: Asking) -> list[tuple[str, str]]:
    return [(str(one.position), one.words) for one in asking.booking.people]


def _types() -> list[tuple[str, str]]:
    """Nothing is an answer. After it come all needs in the order of the form."""
    known = catalogue()
    listed = [
        (one.code, f"{known.groups[one.group].label}: {one.label}")
        for one in known.offered()
        if one.code not in (NOTHING, OWN_WORDS)
    ]
    return [(NOTHING, "They need nothing"), (OWN_WORDS, "In their own words"), *listed]


routes = [for_asking(show_asking, keep_now, show_consent, consent_now)]
