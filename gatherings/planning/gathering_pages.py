"""Planning a gathering: the task list, what it is and when, places and booking."""

from dataclasses import asdict
from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.light import LIGHT_WORDS
from gatherings.access.worklist import overview, today_at
from gatherings.bookings.places import recount
from gatherings.bookings.waiting_list import to_phone
from gatherings.people.roles import Viewer
from gatherings.planning.desk_pages import desk_links
from gatherings.planning.gate_pages import own_gathering, own_series
from gatherings.planning.gathering_forms import (
    read_about,
    read_terms,
    shown_about,
    shown_terms,
    zones,
)
from gatherings.planning.gathering_words import first_day, is_today, public_state, when
from gatherings.planning.gatherings import (
    About,
    Telling,
    change_about,
    is_moved,
    plan_gathering,
    set_terms,
)
from gatherings.planning.lookup import (
    gathering_by_slug,
    gatherings_of,
    is_over,
    series_of,
    venue_of,
    venues_of,
)
from gatherings.planning.move_pages import move_address, told_address
from gatherings.planning.recorded import RECORDED_CHOICES
from gatherings.planning.saving_pages import form_page, show_what_changed, try_to
from gatherings.planning.tables import Gathering, Series, Venue
from gatherings.planning.tasks import tasks_of
from gatherings.planning.telling import last_told, must_be_told, reach_of, reach_words
from web.database import read
from web.forms import read_form
from web.pages import Page, WebRequest, go, page

ABOUT_FORM, PLACES_FORM = "planning/gathering_form.html", "planning/places_form.html"


@get("/desk/series/{slug:str}/plan-gathering", name="plan_gathering")
async def show_plan(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """The form for a new gathering. Without a venue there is nowhere to meet: that comes first."""
    _, series = await own_series(viewer, slug)
    venues = await read(venues_of, series.id)
    if not venues:
        return go(f"/desk/series/{slug}/add-venue?then=gathering")
    values = {"zone": "Europe/London", "starts": "10:00", "ends": "16:00"}
    return form_page(request, ABOUT_FORM, None, values=values, **_new_context(series, venues))


@post("/desk/series/{slug:str}/plan-gathering", name="plan_gathering_now")
async def plan_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Begin the gathering as a draft. A second press leads to the same one."""
    person, series = await own_series(viewer, slug)
    venues = await read(venues_of, series.id)
    form = await read_form(request)
    planned, made = read_about(form, venues), None
    if planned:
        made = await try_to(form, plan_gathering, person, series.id, *planned)
    if made is None:
        context = {
            "series": series,
            "gathering": None,
            "venues": venues,
            "zones": zones(),
            "reach": [],
        }
        return form_page(request, ABOUT_FORM, form, **context)
    return go(f"/desk/g/{made}")


@get("/desk/g/{slug:str}", name="desk_gathering")
async def show_gathering(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The task list of a gathering, and everything else that its organisers open."""
    person, gathering = await own_gathering(viewer, slug)
    said, counted = await read(recount, gathering.id)
    return page(
        request,
        "planning/gathering_desk.html",
        places_said=said,
        places_counted=counted,
        phone_these=len(await read(to_phone, gathering, datetime.now(UTC))),
        gathering=gathering,
        series=await read(series_of, gathering.series),
        venue=await read(venue_of, gathering.venue),
        tasks=await read(tasks_of, gathering),
        links=desk_links(person, gathering)[1:],
        when=when(gathering),
        state=public_state(gathering),
        today=is_today(gathering),
        over=is_over(gathering),
        seen=await read(overview, gathering.id, today_at(gathering, datetime.now(UTC))),
        light_words=LIGHT_WORDS,
        last_told=await read(last_told, gathering.id),
    )


@get("/desk/g/{slug:str}/about", name="gathering_about")
async def show_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for what it is, when and where."""
    _, gathering = await own_gathering(viewer, slug)
    values = shown_about(gathering, await read(venue_of, gathering.venue))
    context = await _about_context(gathering)
    return form_page(request, ABOUT_FORM, None, values=values, **context)


@post("/desk/g/{slug:str}/about", name="gathering_about_now")
async def save_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Keep what it is, when and where. What people count on moves only after another look."""
    person, gathering = await own_gathering(viewer, slug)
    venues = await read(venues_of, gathering.series)
    form = await read_form(request)
    changed = read_about(form, venues, first_day(gathering))
    event, moves = None, False
    if changed:
        about, venue_id = changed
        moves = is_moved(gathering, asdict(about) | {"venue": venue_id})
        if moves and must_be_told(gathering, datetime.now(UTC)):
            about, venue_id = _not_yet_moved(about, gathering), gathering.venue
        seen, telling = form.typed("seen"), Telling(form.ticked("tell"))
        rest = (about, venue_id, seen)
        event = await try_to(form, change_about, person, gathering.id, *rest, telling=telling)
    if form.errors:
        now = await read(gathering_by_slug, slug)
        show_what_changed(form, shown_about(now, await read(venue_of, now.venue)))
        return form_page(request, ABOUT_FORM, form, **await _about_context(gathering))
    if moves and must_be_told(gathering, datetime.now(UTC)):
        return go(move_address(slug, form))
    return go(told_address(slug, event))


@get("/desk/g/{slug:str}/places", name="gathering_places")
async def show_places(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for places, cost and contacts; a new one is prefilled from the gathering before."""
    _, gathering = await own_gathering(viewer, slug)
    values = shown_terms(gathering)
    if gathering.capacity == 0:
        values = await _as_before(gathering)
    context = await _places_context(gathering)
    return form_page(request, PLACES_FORM, None, values=values, **context)


@post("/desk/g/{slug:str}/places", name="gathering_places_now")
async def save_places(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Keep places, cost, contacts and what is recorded."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    terms = read_terms(form)
    event = None
    if not form.errors:
        seen, telling = form.typed("seen"), Telling(form.ticked("tell"))
        rest = (gathering.id, terms, seen)
        event = await try_to(form, set_terms, person, *rest, telling=telling)
    if form.errors:
        show_what_changed(form, shown_terms(await read(gathering_by_slug, slug)))
        return form_page(request, PLACES_FORM, form, **await _places_context(gathering))
    return go(told_address(slug, event))


def _new_context(series: Series, venues: list[Venue]) -> dict[str, object]:
    return {
        "series": series,
        "gathering": None,
        "venues": venues,
        "zones": zones(),
        "reach": [],
    }


async def _about_context(gathering: Gathering) -> dict[str, object]:
    return {
        "series": await read(series_of, gathering.series),
        "gathering": gathering,
        "venues": await read(venues_of, gathering.series),
        "zones": zones(),
        "reach": await _reach(gathering),
    }


async def _places_context(gathering: Gathering) -> dict[str, object]:
    return {
        "gathering": gathering,
        "reach": await _reach(gathering),
        "recorded_choices": RECORDED_CHOICES,
    }


async def _reach(gathering: Gathering) -> list[str]:
    """How those would be told who booked; empty when there is nobody to tell."""
    if not must_be_told(gathering, datetime.now(UTC)):
        return []
    return reach_words(await read(reach_of, gathering.id))


def _not_yet_moved(about: About, old: Gathering) -> About:
    """The new words at the old time."""
    return About(*(about.name, about.about, old.starts_at, old.ends_at, old.zone, old.all_day))


async def _as_before(gathering: Gathering) -> dict[str, str]:
    """Contacts and costs of the series' last gathering that has them, to save typing."""
    others = [g for g in await read(gatherings_of, gathering.series) if g.capacity > 0]
    if not others:
        return {**shown_terms(gathering), "supporters_count": "yes"}
    now = shown_terms(gathering)
    of_this_day = {field: now[field] for field in ("recorded", "recorded_words", "seen")}
    return {**shown_terms(others[-1]), **of_this_day}


routes = [
    *(show_plan, plan_now, show_gathering),
    *(show_about, save_about, show_places, save_places),
]
