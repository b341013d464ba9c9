"""Venues on the desk: adding one, its words, and the page that leads to its rooms and facts."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import FACT_GROUPS, FACTS, FEATURES
from gatherings.planning.fact_words import known_count
from gatherings.planning.gate_pages import own_series, own_venue
from gatherings.planning.lookup import (
    facts_of,
    features_of_rooms,
    rooms_of,
    series_of,
    venue_of,
)
from gatherings.planning.refusals import seen_of
from gatherings.planning.saving_pages import form_page, show_what_changed, try_to
from gatherings.planning.tables import Series, Venue
from gatherings.planning.venues import FIELDS, add_venue, change_venue
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

NAME, ADDRESS, DIRECTIONS = 120, 500, 2000
FORM = "planning/venue_form.html"


@get("/desk/series/{slug:str}/add-venue", name="add_venue")
async def show_add_venue(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    then: FromQuery[str] = "",
) -> Page:
    """The form for a new venue; `then=gathering` goes on to plan a gathering there."""
    _, series = await own_series(viewer, slug)
    return form_page(request, FORM, None, series=series, venue=None, values={"then": then})


@post("/desk/series/{slug:str}/add-venue", name="add_venue_now")
async def add_venue_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Add the venue."""
    _, series = await own_series(viewer, slug)
    form = await read_form(request)
    words = _read_words(form)
    venue = None if form.errors else await try_to(form, add_venue, series.id, *words)
    if venue is None:
        return form_page(request, FORM, form, series=series, venue=None)
    on_to_plan = form.typed("then") == "gathering"
    return go(f"/desk/series/{slug}/plan-gathering" if on_to_plan else f"/desk/venues/{venue}")


@get("/desk/venues/{slug:str}", name="desk_venue")
async def show_venue(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """A venue with its rooms and what is known of its access."""
    _, venue = await own_venue(viewer, slug)
    facts, rooms = await read(facts_of, venue.id), await read(rooms_of, venue.id)
    features = await read(features_of_rooms, [room.id for room in rooms])
    return page(
        request,
        "planning/venue_desk.html",
        venue=venue,
        series=await read(series_of, venue.series),
        rooms=[(room, known_count(FEATURES.values(), features[room.id])) for room in rooms],
        groups=[(group, known_count(group.facts, facts)) for group in FACT_GROUPS.values()],
        known=known_count(FACTS.values(), facts),
        all_facts=len(FACTS),
        all_features=len(FEATURES),
    )


@get("/desk/venues/{slug:str}/about", name="venue_about")
async def show_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for a venue's words."""
    _, venue = await own_venue(viewer, slug)
    return form_page(
        request, FORM, None, venue=venue, series=await _series(venue), values=_shown(venue)
    )


@post("/desk/venues/{slug:str}/about", name="venue_about_now")
async def save_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Keep a venue's words."""
    person, venue = await own_venue(viewer, slug)
    form = await read_form(request)
    words = _read_words(form)
    if not form.errors:
        rest = (*words, person.account_id, form.typed("seen"))
        await try_to(form, change_venue, venue.id, *rest)
    if form.errors:
        show_what_changed(form, _shown(await read(venue_of, venue.id)))
        return form_page(request, FORM, form, venue=venue, series=await _series(venue))
    return go(f"/desk/venues/{slug}")


async def _series(venue: Venue) -> Series:
    return await read(series_of, venue.series)


def _read_words(form: Form) -> tuple[str, str, str]:
    return (
        form.line("name", "the name of the venue", most=NAME),
        form.text("address", "its address", most=ADDRESS),
        form.text("directions", "how to get there", most=DIRECTIONS, optional=True),
    )


def _shown(venue: Venue) -> dict[str, str]:
    return {
        "name": venue.name,
        "address": venue.address,
        "directions": venue.directions,
        "seen": seen_of(venue, FIELDS),
    }


routes = [show_add_venue, add_venue_now, show_venue, show_about, save_about]
