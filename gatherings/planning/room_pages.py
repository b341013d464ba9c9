"""Rooms on the desk: adding, changing and removing one."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import FEATURE_GROUPS
from gatherings.planning.fact_words import known_count
from gatherings.planning.gate_pages import own_venue
from gatherings.planning.lookup import features_of, room_by_position
from gatherings.planning.refusals import seen_of
from gatherings.planning.rooms import FIELDS, RoomWords, add_room, change_room, remove_room
from gatherings.planning.saving_pages import form_page, show_what_changed, try_to
from gatherings.planning.tables import Room
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page

NAME, FLOOR, DIRECTIONS, MOST_PEOPLE = 60, 60, 200, 5000
FORM = "planning/room_form.html"


@get("/desk/venues/{slug:str}/add-room", name="add_room")
async def show_add_room(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for a new room."""
    _, venue = await own_venue(viewer, slug)
    return form_page(request, FORM, None, venue=venue, room=None, values={"for_sessions": "yes"})


@post("/desk/venues/{slug:str}/add-room", name="add_room_now")
async def add_room_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Add the room."""
    _, venue = await own_venue(viewer, slug)
    form = await read_form(request)
    words = _read_words(form)
    position = None if form.errors else await try_to(form, add_room, venue.id, words)
    if position is None:
        return form_page(request, FORM, form, venue=venue, room=None)
    return go(f"/desk/venues/{slug}/rooms/{position}")


@get("/desk/venues/{slug:str}/rooms/{position:int}", name="desk_room")
async def show_room(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
) -> Page:
    """A room with what is known of its access."""
    _, venue = await own_venue(viewer, slug)
    return await _room_page(request, venue.slug, await read(room_by_position, venue.id, position))


@get("/desk/venues/{slug:str}/rooms/{position:int}/about", name="room_about")
async def show_about(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
) -> Page:
    """The form for a room's words."""
    _, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    return form_page(request, FORM, None, venue=venue, room=room, values=_shown(room))


@post("/desk/venues/{slug:str}/rooms/{position:int}/about", name="room_about_now")
async def save_about(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
) -> Response[str] | Redirect:
    """Keep a room's words."""
    _, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    form = await read_form(request)
    words = _read_words(form)
    if not form.errors:
        await try_to(form, change_room, venue.id, position, words, form.typed("seen"))
    if form.errors:
        show_what_changed(form, _shown(await read(room_by_position, venue.id, position)))
        return form_page(request, FORM, form, venue=venue, room=room)
    return go(f"/desk/venues/{slug}/rooms/{position}")


@post("/desk/venues/{slug:str}/rooms/{position:int}/remove", name="remove_room")
async def remove_room_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
) -> Response[str] | Redirect:
    """Remove a room that no session is placed in."""
    _, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    form = await read_form(request)
    await try_to(form, remove_room, venue.id, position)
    if form.errors:
        return await _room_page(request, slug, room, form)
    return go(f"/desk/venues/{slug}")


async def _room_page(
    request: WebRequest, venue_slug: str, room: Room, form: Form | None = None
) -> Page:
    features = await read(features_of, room.id)
    return page(
        request,
        "planning/room_desk.html",
        status=422 if form else 200,
        venue_slug=venue_slug,
        room=room,
        errors=form.errors if form else {},
        groups=[(group, known_count(group.facts, features)) for group in FEATURE_GROUPS.values()],
    )


def _read_words(form: Form) -> RoomWords:
    return RoomWords(
        name=form.line("name", "the name of the room", most=NAME),
        floor=form.line("floor", "the floor that it is on", most=FLOOR),
        capacity=form.number("capacity", "how many people fit in", least=1, most=MOST_PEOPLE),
        directions=form.line("directions", "how to get there", most=DIRECTIONS, optional=True),
        for_sessions=form.choice("for_sessions", "what the room is for", ("yes", "no")) == "yes",
    )


def _shown(room: Room) -> dict[str, str]:
    return {
        "name": room.name,
        "floor": room.floor,
        "capacity": str(room.capacity),
        "directions": room.directions,
        "for_sessions": "yes" if room.for_sessions else "no",
        "seen": seen_of(room, FIELDS),
    }


routes = [show_add_room, add_room_now, show_room, show_about, save_about, remove_room_now]
