"""The day plan on the desk: a usual day in one press, and adding, changing and removing parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, zip_longest

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.schedule_needs import asked_of_plan, papers_by, papers_can_go
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
from gatherings.planning.pauses import LONGEST_WALK, minutes_to_walk
from gatherings.planning.refusals import removed_nothing, seen_of
from gatherings.planning.saving_pages import STALE, form_page, show_what_changed, try_to
from gatherings.planning.tables import POINTS, ROUND_KINDS, Gathering, Round
from gatherings.planning.walking import leave_time_to_walk
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.words import count, day_of, local

NAME, ABOUT, USUAL_WALK = 60, 500, 5
KIND_WORDS = [
    ("open_space", "Open space", "People offer sessions, which run side by side in rooms."),
    ("fixed", "Fixed", "Everyone together, such as an opening, a talk or a closing."),
    ("break", "Break", "A pause or a meal."),
]
POINT_CHOICES = [
    ("", "No, it may move"),
    ("arrive", "People arrive, and somebody meets them"),
    ("early", "The doors are open early, for a look round"),
    ("meal", "A meal"),
    ("online", "People join online"),
]
POINT_WORDS = {
    "arrive": "People are met when they arrive.",
    "early": "The doors are open for a look round.",
    "meal": "People count on this meal.",
    "online": "People join online.",
}
PLAN, PART = "planning/plan.html", "planning/part_form.html"


@dataclass(frozen=True)
class PlanRow:
    """A line of the plan. The time to walk is no `part` that can be changed."""

    times: str
    name: str
    about: str = ""
    open_space: bool = False
    part: Round | None = None


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


@post("/desk/g/{slug:str}/plan/walking", name="walking_time")
async def leave_walking_time(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Leave time to walk between parts that follow each other."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    minutes = form.number("minutes", "how many minutes", least=0, most=LONGEST_WALK)
    if not form.errors:
        await try_to(form, leave_time_to_walk, person, gathering.id, minutes)
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
    if form.errors.get("") == STALE:
        form.errors[""] = removed_nothing("the plan", part.name)
    if form.errors:
        form.values |= _shown(part, gathering)
        return _draw_part(request, form, gathering, part)
    return go(f"/desk/g/{slug}/plan")


async def _draw_plan(request: WebRequest, form: Form | None, gathering: Gathering) -> Page:
    """With two forms: a mistake in the one leaves what the other would begin with."""
    parts = await read(rounds_of, gathering.id)
    next_part = _next_part(gathering, parts)
    if form:
        form.values = {**next_part, **form.values}
    return form_page(
        request,
        PLAN,
        form,
        gathering=gathering,
        parts_of_day=parts,
        kinds=KIND_WORDS,
        rows=_rows(gathering, parts),
        asked=await read(asked_of_plan, gathering.id),
        walk=_walk(parts) or USUAL_WALK,
        papers_by=day_of(papers_by(gathering)),
        papers_can_go=papers_can_go(gathering, datetime.now(UTC)),
        when=when(gathering),
        days=_days(gathering),
        values=next_part,
    )


def _rows(gathering: Gathering, parts: Sequence[Round]) -> list[PlanRow]:
    """A line for each part, and one for the time to walk between two."""
    kinds = {kind: words for kind, words, _ in KIND_WORDS}
    found: list[PlanRow] = []
    for part, after in zip_longest(parts, parts[1:]):
        says = kinds[part.kind] if kinds[part.kind] != part.name else ""
        about = ". ".join(filter(None, (says, POINT_WORDS.get(part.point, ""))))
        times = span(gathering, part.starts_at, part.ends_at)
        found.append(PlanRow(times, part.name, about, part.kind == "open_space", part))
        minutes = minutes_to_walk(part.ends_at, after.starts_at) if after else 0
        if minutes:
            words = f"{count(minutes, 'minute', 'minutes')} to walk"
            found.append(PlanRow(span(gathering, part.ends_at, after.starts_at), words))
    return found


def _walk(parts: Sequence[Round]) -> int:
    """The minutes to walk that the plan leaves most often; 0 when it leaves none."""
    minutes = [minutes_to_walk(a.ends_at, b.starts_at) for a, b in pairwise(parts)]
    return max(filter(None, minutes), key=minutes.count, default=0)


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
        "points": POINT_CHOICES,
        "days": _days(gathering),
    }
    return form_page(request, PART, form, values=values, **context)


def _next_part(gathering: Gathering, parts: Sequence[Round]) -> dict[str, str]:
    """What most people would add next: open space, from where the plan ends."""
    from_here = parts[-1].ends_at if parts else gathering.starts_at
    if parts and parts[-1].kind == "open_space":
        from_here += timedelta(minutes=_walk(parts))
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
    point = form.choice("point", "what people count on", POINTS)
    starts, ends = form.clock("starts", "when it starts"), form.clock("ends", "when it ends")
    if starts is None or ends is None:
        return None
    days = {f"{day:%Y-%m-%d}": day for day in all_days(gathering)}
    on = days.get(form.choice("day", "a day", days)) if len(days) > 1 else first_day(gathering)
    if on is None:
        return None
    times = read_times(form, on, starts, ends, gathering.zone)
    return RoundWords(name, kind, *times, about, point) if times and not form.errors else None


def _shown(part: Round, gathering: Gathering) -> dict[str, str]:
    zone = gathering.zone
    day = {"day": f"{local(part.starts_at, zone):%Y-%m-%d}"} if _days(gathering) else {}
    return {
        "name": part.name,
        "kind": part.kind,
        "about": part.about,
        "point": part.point,
        **day,
        "starts": f"{local(part.starts_at, zone):%H:%M}",
        "ends": f"{local(part.ends_at, zone):%H:%M}",
        "seen": seen_of(part, FIELDS),
    }


routes = [show_plan, add_part, leave_walking_time, fill_usual, show_part, save_part, remove_part]
