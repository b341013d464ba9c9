"""The map of the rooms: each with how many fit in, how to get there, and whether with steps."""

from litestar import HttpMethod, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.people.roles import Viewer
from gatherings.planning.floor_plans import shown_plans
from gatherings.planning.lookup import gathering_to_show, venue_of
from gatherings.planning.room_map import room_map
from web.database import read
from web.pages import Page, WebRequest, page


@route("/g/{slug:str}/rooms", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="gathering_rooms")
async def show_rooms(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The floors from the ground up, for phones and to print."""
    gathering = await read(gathering_to_show, slug, viewer)
    return page(
        request,
        "public/rooms.html",
        private=gathering.state == "draft",
        gathering=gathering,
        venue=await read(venue_of, gathering.venue),
        floors=await read(room_map, gathering.id),
        plans=await read(shown_plans, gathering.venue),
    )


routes = [show_rooms]
