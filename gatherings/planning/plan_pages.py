"""The day plan on the desk: a usual day in one press, and adding, changing and removing parts."""

from collections.abc import Sequence

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.day_plan import (
    FIELDS,
    RoundWords,
    add_round,
    change_round,
    fill_usual_day,
    remove_round,
)
from gatherings.planning.gate_pages import own_gathering
from gatherings.planning.gathering_forms import read_times
from gatherings.planning.gathering_words import all_days, first_day, span, when
from gatherings.planning.lookup import round_by_number, rounds_of
from gatherings.planning.refusals import seen_of
from gatherings.planning.saving_pages import form_page, show_what_changed, try_to
from gatherings.planning.tables import ROUND_KINDS, Gathering, Round
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.words import day_of, local

NAME, ABOUT = 60, 500
KIND_WORDS = [
    ("open_space", "Open space", "People offer sessions, which run side by side in rooms."),
    ("fixed", "Fixed", "Everyone together, such as an opening, a talk or a closing."),
    ("break", "Break", "A pause or a meal."),
]
PLAN, PART = "planning/plan.html", "planning/part_form.html"


@get("/desk/g/{slug:str}/plan", name="day_plan")
async def show_plan(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The parts of the day, and the form for one more."""
    _, gathering = await own_gathering(viewer, slug)
    return await _draw_plan(request, None, gathering)


@post("/desk/g/{slug:str}/plan", name="add_part")
async def add_part(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Add a part of the day."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    words = _read_part(form, gathering)
    if words:
        await try_to(form, add_round, person, gathering.id, words)
    if form.errors:
        return await _draw_plan(request, form, gathering)
    return go(f"/desk/g/{slug}/plan")


@post("/desk/g/{slug:str}/plan/usual", name="usual_day")
async def fill_usual(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """Fill an empty plan with a usual day."""
    person, gathering = await own_gathering(viewer, slug)
    await write(fill_usual_day, person, gathering.id)
    return go(f"/desk/g/{slug}/plan")


@get("/desk/g/{slug:str}/plan/{number:int}", name="part")
async def show_part(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    number: FromPath[int],
) -> Page:
    """The form for one part of the day."""
    _, gathering = await own_gathering(viewer, slug)
    part = await read(round_by_number, gathering.id, number)
    return _draw_part(request, None, gathering, part, _shown(part, gathering))


@post("/desk/g/{slug:str}/plan/{number:int}", name="part_now")
async def save_part(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Keep a part of the day."""
    person, gathering = await own_gathering(viewer, slug)
    part = await read(round_by_number, gathering.id, number)
    form = await read_form(request)
    words = _read_part(form, gathering)
    if words:
        rest = (number, words, form.typed("seen"))
        await try_to(form, change_round, person, gathering.id, *rest)
    if form.errors:
        now = await read(round_by_number, gathering.id, number)
        show_what_changed(form, _shown(now, gathering))
        return _draw_part(request, form, gathering, part)
    return go(f"/desk/g/{slug}/plan")


@post("/desk/g/{slug:str}/plan/{number:int}/remove", name="remove_part")
async def remove_part(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Remove a part of the day that no session is placed in."""
    person, gathering = await own_gathering(viewer, slug)
    part = await read(round_by_number, gathering.id, number)
    form = await read_form(request)
    await try_to(form, remove_round, person, gathering.id, number, form.typed("seen"))
    if form.errors:
        form.values |= _shown(part, gathering)
        return _draw_part(request, form, gathering, part)
    return go(f"/desk/g/{slug}/plan")


async def _draw_plan(request: WebRequest, form: Form | None, gathering: Gathering) -> Page:
    parts = await read(rounds_of, gathering.id)
    return form_page(
        request,
        PLAN,
        form,
        gathering=gathering,
        parts_of_day=parts,
        kinds=KIND_WORDS,
        kind_words={kind: words for kind, words, _ in KIND_WORDS},
        when=when(gathering),
        spans={part.id: span(gathering, part.starts_at, part.ends_at) for part in parts},
        days=_days(gathering),
        values=_next_part(gathering, parts),
    )


def _draw_part(
    request: WebRequest,
    form: Form | None,
    gathering: Gathering,
    part: Round,
    values: dict[str, str] | None = None,
) -> Page:
    context = {
        "gathering": gathering,
        "part": part,
        "kinds": KIND_WORDS,
        "days": _days(gathering),
    }
    return form_page(request, PART, form, values=values, **context)


def _next_part(gathering: Gathering, parts: Sequence[Round]) -> dict[str, str]:
    """What most people would add next: open space, from where the plan ends."""
    from_here = parts[-1].ends_at if parts else gathering.starts_at
    free = from_here < gathering.ends_at
    here = local(from_here, gathering.zone)
    starts = f"{here:%H:%M}" if free and not (gathering.all_day and not parts) else ""
    return {"kind": "open_space", "starts": starts, "day": f"{here:%Y-%m-%d}"}


def _days(gathering: Gathering) -> list[tuple[str, str]]:
    """The days to choose from; empty when there is only one."""
    days = [(f"{day:%Y-%m-%d}", day_of(day)) for day in all_days(gathering)]
    return days if len(days) > 1 else []


def _read_part(form: Form, gathering: Gathering) -> RoundWords | None:
    name = form.line("name", "a name", most=NAME)
    kind = form.choice("kind", "what kind of part it is", ROUND_KINDS)
    about = form.line("about", "what happens in it", most=ABOUT, optional=True)
    starts, ends = form.clock("starts", "when it starts"), form.clock("ends", "when it ends")
    if starts is None or ends is None:
        return None
    days = {f"{day:%Y-%m-%d}": day for day in all_days(gathering)}
    on = days.get(form.choice("day", "a day", days)) if len(days) > 1 else first_day(gathering)
    if on is None:
        return None
    times = read_times(form, on, starts, ends, gathering.zone)
    return RoundWords(name, kind, *times, about) if times and not form.errors else None


def _shown(part: Round, gathering: Gathering) -> dict[str, str]:
    zone = gathering.zone
    day = {"day": f"{local(part.starts_at, zone):%Y-%m-%d}"} if _days(gathering) else {}
    return {
        "name": part.name,
        "kind": part.kind,
        "about": part.about,
        **day,
        "starts": f"{local(part.starts_at, zone):%H:%M}",
        "ends": f"{local(part.ends_at, zone):%H:%M}",
        "seen": seen_of(part, FIELDS),
    }


routes = [show_plan, add_part, fill_usual, show_part, save_part, remove_part]
