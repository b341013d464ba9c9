"""The desk's clock for what people ask about their data by phone, by post or in person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.personal_data.complaints import may_look_after
from gatherings.personal_data.data_request_views import (
    history_for,
    request_for,
    requests_for,
    today_at,
)
from gatherings.personal_data.data_requests import (
    Asked,
    answer_request,
    booking_to_ask_about,
    note_request,
    open_again,
    series_to_ask_about,
)
from gatherings.personal_data.erasures import is_erased
from gatherings.personal_data.held_words import REQUEST_KINDS, REQUEST_WAYS, STEP_WORDS
from gatherings.planning.refusals import Refused
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotAllowed

WAYS = [(way, words.capitalize()) for way, words in REQUEST_WAYS.items()]
LONGEST_NOTE, LONGEST_REFERENCE = 1000, 60
OLDEST = timedelta(days=366)
ERASED = "Everything about this booking was deleted. Leave this empty and say so in the note"
NO_BOOKING = "There is no booking with this reference in your series. It looks like maple-river-42"
WHO = "Enter who asked, or the reference of their booking"

Options = Sequence[tuple[int | None, str, str]]


@dataclass(frozen=True)
class About:
    """What a request is about: the ids of a series and a booking."""

    series: int | None = None
    booking: int | None = None


@get("/desk/requests", name="data_requests")
async def show_requests(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page:
    """What waits for an answer, the first that is due at the top."""
    person, today = _looks_after(viewer), _today()
    found = await read(requests_for, person)
    return page(
        request,
        "personal_data/data_requests.html",
        waiting=[(one, one.days_left(today)) for one in found if one.answered_on is None],
        answered=[one for one in found if one.answered_on is not None],
        kind_words=REQUEST_KINDS,
        way_words=REQUEST_WAYS,
    )


@get("/desk/requests/new", name="new_data_request")
async def show_new(
    request: WebRequest, viewer: NamedDependency[Viewer | None], booking: FromQuery[str] = ""
) -> Page:
    """Write down what somebody asked."""
    person = _looks_after(viewer)
    values = {"token": new_key(), "booking": booking[:LONGEST_REFERENCE]}
    return await _new(request, person, None, values | _day("arrived", _today()))


@post("/desk/requests/new", name="note_data_request")
async def note_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page | Redirect:
    """Keep it. Its clock begins on the day it arrived."""
    person = _looks_after(viewer)
    form = await read_form(request)
    options = await read(series_to_ask_about, person)
    asked = await _read_asked(form, person, options)
    if asked and not form.errors:
        token = form.typed("token") or new_key()
        try:
            kept = await write(note_request, person, token, asked, datetime.now(UTC))
            return go(f"/desk/requests/{kept}")
        except Refused as refused:
            form.error(refused.field, refused.words)
    return await _new(request, person, form, {})


@get("/desk/requests/{reference:str}", name="data_request")
async def show_request(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """One request: when it is due, how to answer it, and what happened to it."""
    values = _day("answered", _today())
    return await _show(request, _looks_after(viewer), reference, None, values)


@post("/desk/requests/{reference:str}/answered", name="answer_data_request")
async def answer_now(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page | Redirect:
    """Note on which day and in which way they were answered."""
    person = _looks_after(viewer)
    form = await read_form(request)
    on = form.day("answered", "the day of the answer")
    how = form.choice("how", "how you answered", REQUEST_WAYS)
    if on and not form.errors:
        try:
            await write(answer_request, person, reference, on, how, datetime.now(UTC))
        except Refused as refused:
            form.error(refused.field, refused.words)
    if form.errors:
        return await _show(request, person, reference, form, {})
    return go(f"/desk/requests/{reference}")


@post("/desk/requests/{reference:str}/open-again", name="open_data_request_again")
async def open_again_now(
    reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """The button was pressed by mistake."""
    await write(open_again, _looks_after(viewer), reference, datetime.now(UTC))
    return go(f"/desk/requests/{reference}")


async def _read_asked(form: Form, viewer: Viewer, options: Options) -> Asked | None:
    kind = form.choice("kind", "what they ask for", REQUEST_KINDS)
    arrived = form.day("arrived", "the day when it arrived")
    came_by = form.choice("came_by", "how it came", REQUEST_WAYS)
    reference = form.line(
        "booking", "the reference of their booking", most=LONGEST_REFERENCE, optional=True
    )
    note = form.text("note", "the note", most=LONGEST_NOTE, optional=True)
    if not reference and not note:
        form.error("note", WHO)
    if arrived and arrived < _today() - OLDEST:
        form.error("arrived", "Enter a day in the last twelve months")
    about = await _about(form, viewer, reference, options)
    if arrived is None or about is None:
        return None
    return Asked(kind, came_by, arrived, note, about.series, about.booking)


async def _about(form: Form, viewer: Viewer, reference: str, options: Options) -> About | None:
    """The booking says which series it is. Without one it is chosen, if there is a choice."""
    if reference:
        found = await read(booking_to_ask_about, viewer, reference)
        if found is None:
            erased = await read(is_erased, reference)
            form.error("booking", ERASED if erased else NO_BOOKING)
            return None
        booking, series = found
        return About(series, booking.id)
    if len(options) == 1:
        return About(options[0][0])
    chosen = form.choice("series", "which series it is about", [slug for _, slug, _ in options])
    return next((About(id_) for id_, slug, _ in options if slug == chosen), None)


async def _new(
    request: WebRequest, viewer: Viewer, form: Form | None, values: Mapping[str, str]
) -> Page:
    options = await read(series_to_ask_about, viewer)
    return page(
        request,
        "personal_data/data_request_form.html",
        status=422 if form else 200,
        kinds=list(REQUEST_KINDS.items()),
        ways=WAYS,
        series=[(slug, name) for _, slug, name in options],
        values=form.values if form else values,
        errors=form.errors if form else {},
    )


async def _show(
    request: WebRequest,
    viewer: Viewer,
    reference: str,
    form: Form | None,
    values: Mapping[str, str],
) -> Page:
    one = await read(request_for, viewer, reference)
    return page(
        request,
        "personal_data/data_request.html",
        status=422 if form else 200,
        one=one,
        left=one.days_left(_today()),
        steps=await read(history_for, viewer, reference),
        ways=WAYS,
        values=form.values if form else values,
        errors=form.errors if form else {},
        step_words=STEP_WORDS,
        kind_words=REQUEST_KINDS,
        way_words=REQUEST_WAYS,
    )


def _looks_after(viewer: Viewer | None) -> Viewer:
    person = signed_in(viewer)
    if not may_look_after(person):
        raise NotAllowed
    return person


def _today() -> date:
    return today_at(datetime.now(UTC))


def _day(field: str, on: date) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{field}_{part}": str(number) for part, number in parts.items()}


routes = [show_requests, show_new, note_now, show_request, answer_now, open_again_now]
