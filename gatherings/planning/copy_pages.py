"""Planning the next one like this: choose a date, then see what was taken along."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.bookings.extra_questions import Question, questions_of
from gatherings.people.roles import Viewer
from gatherings.planning.copying import copy_gathering, usual_next
from gatherings.planning.gate_pages import own_gathering
from gatherings.planning.gathering_forms import NAME, read_first_day
from gatherings.planning.gathering_words import cost, when
from gatherings.planning.lookup import gathering_of, rounds_of, venue_of
from gatherings.planning.recorded import SAY_AGAIN, what_is_recorded
from gatherings.planning.saving_pages import form_page, try_to
from gatherings.planning.tables import Gathering, Round
from web.database import read
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import clock, count, day, day_of

COPY = "planning/copy.html"
REMINDERS = (("remind_14", 14), ("remind_3", 3), ("remind_day", 0))
Row = tuple[str, str, str, str]
"""What it is, how it was, how it is now, and where to change it."""


@get("/desk/g/{slug:str}/copy", name="gathering_copy")
async def show_copy(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for the next gathering: its name and its date."""
    _, gathering = await own_gathering(viewer, slug)
    on = usual_next(gathering)
    values = {"name": gathering.name}
    values |= {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}
    context = {"gathering": gathering, "when": when(gathering), "values": values}
    return form_page(request, COPY, None, **context)


@post("/desk/g/{slug:str}/copy", name="gathering_copy_now")
async def copy_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Make the draft. A second press leads to the same one."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    name = form.line("name", "the name of the gathering", most=NAME)
    on, made = read_first_day(form), None
    if on is not None and not form.errors:
        made = await try_to(form, copy_gathering, person, gathering.id, name, on)
    if made is None:
        return form_page(request, COPY, form, gathering=gathering, when=when(gathering))
    return go(f"/desk/g/{made}/copied")


@get("/desk/g/{slug:str}/copied", name="gathering_copied")
async def show_copied(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """What was taken along from the gathering before, with both dates."""
    _, gathering = await own_gathering(viewer, slug)
    if gathering.copied_from is None:
        raise NotFound
    old = await read(gathering_of, gathering.copied_from)
    plans = await read(rounds_of, old.id), await read(rounds_of, gathering.id)
    return page(
        request,
        "planning/copied.html",
        gathering=gathering,
        old=old,
        when=when(gathering),
        about=await _about_rows(old, gathering),
        parts_of_day=list(_part_rows(old, gathering, *plans)),
        dates=[*_date_rows(old, gathering), *await _question_rows(old, gathering)],
    )


async def _about_rows(old: Gathering, new: Gathering) -> list[Row]:
    about, places = f"/desk/g/{new.slug}/about", f"/desk/g/{new.slug}/places"
    venues = [(await read(venue_of, one.venue)).name for one in (old, new)]
    seats = [count(one.capacity, "place", "places") for one in (old, new)]
    return [
        ("When", when(old), when(new), about),
        ("Where", venues[0], venues[1], about),
        ("Places", seats[0], seats[1], places),
        ("Cost", cost(old), cost(new), places),
        ("Phone", old.contact_phone, new.contact_phone, places),
        ("What is recorded", *_recorded(old, new), places),
    ]


def _recorded(old: Gathering, new: Gathering) -> tuple[str, str]:
    """What was said of the one before, and what is said of the new one: it is asked again."""
    return (
        what_is_recorded(old) if old.recorded else "Not said",
        what_is_recorded(new) if new.recorded else SAY_AGAIN,
    )


def _part_rows(
    old: Gathering, new: Gathering, before: Sequence[Round], after: Sequence[Round]
) -> Iterator[Row]:
    """Parts with the same name belong together, in their order."""
    was = defaultdict(list)
    for part in before:
        was[part.name].append(_span(part, old.zone))
    for part in after:
        then = was[part.name].pop(0) if was[part.name] else ""
        where = f"/desk/g/{new.slug}/plan/{part.number}"
        yield part.name, then, _span(part, new.zone), where


def _date_rows(old: Gathering, new: Gathering) -> Iterator[Row]:
    """Reminders, and the last day on which free places are offered by themselves."""
    desk = f"/desk/g/{new.slug}"
    for field, days in REMINDERS:
        if getattr(new, field):
            words = f"Reminder, {days} days before" if days else "Reminder, on the morning"
            yield words, *_before(old, new, days), ""
    stops = new.fill_stops_days
    yield "Free places go by themselves until", *_before(old, new, stops), f"{desk}/places"


async def _question_rows(old: Gathering, new: Gathering) -> list[Row]:
    """When the answers to each of the organiser's own questions go."""
    before: dict[str, Question] = {q.asks: q for q in await read(questions_of, old.id)}
    rows = []
    for asked in await read(questions_of, new.id):
        was = before.get(asked.asks)
        then = day_of(was.forget_on) if was else ""
        words = f"Answers to “{asked.asks}” go on"
        rows.append((words, then, day_of(asked.forget_on), f"/desk/g/{new.slug}/questions"))
    return rows


def _before(old: Gathering, new: Gathering, days: int) -> tuple[str, str]:
    """The day so many days before each of the two."""
    by = timedelta(days=days)
    return day(old.starts_at - by, old.zone), day(new.starts_at - by, new.zone)


def _span(part: Round, zone: str) -> str:
    times = f"{clock(part.starts_at, zone)} to {clock(part.ends_at, zone)}"
    return f"{day(part.starts_at, zone)}, {times}"


routes = [show_copy, copy_now, show_copied]
