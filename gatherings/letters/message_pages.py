"""Writing to some of those who booked: to whom and what, a preview with counts, sending."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.catalogue import NOTHING, catalogue
from gatherings.bookings.booking_list import WAY_WORDS
from gatherings.letters.messages import (
    PARTIES,
    STATE_WORDS,
    Audience,
    messages_of,
    reach_of,
    reached_by,
    send_message,
)
from gatherings.letters.shared_pages import gathering_for_letters, mail_is_set_up
from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

LONGEST_SUBJECT, LONGEST_WORDS = 120, 4000
TOKEN = 40


@get("/desk/g/{slug:str}/letters/write", name="write_message")
async def show_write(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """The form: to whom, subject and words."""
    person, gathering = await gathering_for_letters(viewer, slug)
    values: dict[str, str | list[str]] = {
        "states": ["booked"],
        "ways": list(WAY_WORDS),
        "party": "all",
        "groups": [],
    }
    return await _draw(request, person, gathering, values, {})


@post("/desk/g/{slug:str}/letters/write", name="preview_message")
async def preview(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What it says, and how many get it by e-mail, on paper, by text and by a call."""
    person, gathering = await gathering_for_letters(viewer, slug)
    form = await read_form(request)
    audience = _audience(form, person, gathering)
    subject, words = _words(form)
    bookings = [] if form.errors else await read(reached_by, gathering.id, audience)
    if not form.errors and not bookings:
        form.error("states", "Choose others: this reaches nobody")
    if form.errors or form.typed("back"):
        errors = {} if form.typed("back") else form.errors
        return await _draw(request, person, gathering, form.values, errors)
    return page(
        request,
        "letters/preview.html",
        g=gathering,
        mail=mail_is_set_up(request),
        reach=reach_of(bookings),
        audience=audience,
        subject=subject,
        words=words,
        token=form.typed("token") or new_key()[:TOKEN],
    )


@post("/desk/g/{slug:str}/letters/write/send", name="send_message")
async def send(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """Write the letters. A second press writes none."""
    person, gathering = await gathering_for_letters(viewer, slug)
    form = await read_form(request)
    audience = _audience(form, person, gathering)
    subject, words = _words(form)
    token = form.line("token", "the form again", most=TOKEN)
    if form.errors:
        return await _draw(request, person, gathering, form.values, form.errors)
    await write(
        send_message,
        gathering.id,
        audience,
        subject,
        words,
        to_whom=audience.in_words(WAY_WORDS),
        token=token,
        account_id=person.account_id,
        at=datetime.now(UTC),
    )
    return go(f"/desk/g/{slug}/letters")


def _audience(form: Form, person: Viewer, gathering: Gathering) -> Audience:
    opens_needs = person.may(gathering.series, "access_lead")
    audience = Audience(
        states=form.some("states", STATE_WORDS),
        ways=form.some("ways", WAY_WORDS),
        party=form.choice("party", "who comes with them", PARTIES),
        groups=form.some("groups", _groups()) if opens_needs else (),
    )
    if not audience.states:
        form.error("states", "Choose at least one")
    if not audience.ways:
        form.error("ways", "Choose at least one way")
    return audience


def _words(form: Form) -> tuple[str, str]:
    return (
        form.line("subject", "a subject", most=LONGEST_SUBJECT),
        form.text("words", "what you want to say", most=LONGEST_WORDS),
    )


def _groups() -> dict[str, str]:
    """The groups of needs by their words; the group of "nothing" is none."""
    known = catalogue()
    nothing = known.need(NOTHING).group
    return {code: group.label for code, group in known.groups.items() if code != nothing}


async def _draw(
    request: WebRequest,
    person: Viewer,
    gathering: Gathering,
    values: dict[str, str | list[str]],
    errors: dict[str, str],
) -> Page:
    return page(
        request,
        "letters/write.html",
        status=422 if errors else 200,
        g=gathering,
        values={"groups": []} | values,
        errors=errors,
        states=list(STATE_WORDS.items()),
        parties=list(PARTIES.items()),
        ways=list(WAY_WORDS.items()),
        groups=list(_groups().items()) if person.may(gathering.series, "access_lead") else [],
        messages=await read(messages_of, gathering.id),
        longest=LONGEST_WORDS,
    )


routes = [show_write, preview, send]
