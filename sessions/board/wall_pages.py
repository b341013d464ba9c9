"""The projector's view: one round a screen, read from the back of the room."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from gatherings.people.roles import Viewer
from gatherings.planning.room_map import Floor, pages_of_map, room_map
from sessions.board.board_pages import Day
from sessions.board.clashes import SHOWN_ON_WALL_FROM, Clash, largest_clashes, wanted_together
from sessions.board.frames import plan_mark
from sessions.board.shape import BoardView, RoomView, RoundView
from sessions.board.shared_pages import Visit, renewed, renewing, visit
from sessions.board.wall_fitting import fit_of, where_it_fits
from web.database import read
from web.pages import Page, WebRequest, page, pages_of

SIZES = range(5, 9)
USUAL_SIZE = 6
MOST_ROOMS = 6
MOST_ROOMS_OF_SIZE = {7: 4, 8: 3}
FEWEST_ROOMS = 2
MOST_CLASHES = 1
ROOMS_BESIDE_CLASHES = 4


@dataclass(frozen=True)
class Screen:
    """What the wall shows: a round, some of its rooms, and a size in percent of the height."""

    path: str
    round: str
    size: int
    page: int
    rooms: int
    again: str = ""

    @property
    def rooms_each(self) -> int:
        """How many rooms fit on one screen at this size."""
        return min(self.rooms, MOST_ROOMS_OF_SIZE.get(self.size, MOST_ROOMS))

    def address(self, **changed: object) -> str:
        """The wall's address with something changed; what is usual is left out."""
        usual = {"round": "now", "size": USUAL_SIZE, "page": 1, "rooms": MOST_ROOMS, "again": ""}
        asked = {
            "round": self.round,
            "size": self.size,
            "page": self.page,
            "rooms": self.rooms,
            "again": self.again,
        }
        wanted = [(k, v) for k, v in (asked | changed).items() if v != usual[k]]
        return self.path + ("?" if wanted else "") + "&".join(f"{k}={v}" for k, v in wanted)


@get("/g/{gathering:str}/wall", name="wall")
async def show_wall(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    round: FromQuery[str] = "now",
    size: FromQuery[str] = "",
) -> Page:
    """The wall. Everything is chosen by links, so that it works without script."""
    found = await visit(gathering, viewer)
    now = datetime.now(UTC)
    view = found.view
    asked, clashes = request.query_params, await _clashes(view, now)
    most = ROOMS_BESIDE_CLASHES if clashes else MOST_ROOMS
    screen = Screen(
        path=f"{found.path}/wall",
        round=round if chosen_round(view, round, now) else "now",
        size=within(size, SIZES[0], SIZES[-1], USUAL_SIZE),
        page=within(asked.get("page", ""), 1, 99, 1),
        rooms=within(asked.get("rooms", ""), FEWEST_ROOMS, most, most),
        again="yes" if renewing(request) else "",
    )
    shown = _shown(request, found, screen, now) | {"clashes": clashes}
    if view.morning.phase == "arriving":
        shown |= map_of_page(await read(room_map, found.gathering.id), screen)
    drawn = page(request, "board/wall.html", renews=renewing(request), **shown)
    return renewed(drawn, renewing(request))


async def _clashes(view: BoardView, now: datetime) -> list[Clash]:
    """The largest clashes, while they are talked through."""
    if view.morning.phase != "market":
        return []
    wanted = await read(wanted_together, view)
    return largest_clashes(view, wanted, now, SHOWN_ON_WALL_FROM)[:MOST_CLASHES]


def _shown(request: WebRequest, found: Visit, screen: Screen, now: datetime) -> dict[str, Any]:
    view, day = found.view, Day.at(found.view, now)
    at = chosen_round(view, screen.round, now)
    rooms, pages = rooms_of_page(view, screen)
    before, after = beside(view, at)
    address = short_address(request, found)
    return {
        "found": found,
        "view": view,
        "screen": screen,
        "at": at,
        "before": before,
        "after": after,
        "rooms": rooms,
        "fits": {room.id: fit_of(view, at, room) for room in rooms if at},
        "where_it_fits": where_it_fits(view, now),
        "page_number": min(screen.page, pages),
        "pages": pages,
        "day_now": day,
        "now": now,
        "floors": [],
        "mark": plan_mark(view, "wall"),
        "address": address,
        "address_parts": address_parts(address),
    }


def chosen_round(view: BoardView, asked: str, now: datetime) -> RoundView | None:
    """The round to show: now (or, between rounds, next), next, or the one with this number.

    While rounds are being filled, "now" is the one that a facilitator shows.
    """
    running, coming = view.running(now), view.coming(now)
    filling = next((r for r in view.open_rounds if r.number == view.morning.filling), None)
    if asked == "now" and filling:
        return filling
    if asked == "now":
        here = running if running and running.open else None
        return here or coming or next(reversed(view.open_rounds), None)
    if asked == "next":
        return coming
    return next((r for r in view.open_rounds if str(r.number) == asked), None)


def beside(view: BoardView, at: RoundView | None) -> tuple[RoundView | None, RoundView | None]:
    """The open rounds before and after this one."""
    if at is None:
        return None, None
    before = (r for r in reversed(view.open_rounds) if r.starts_at < at.starts_at)
    after = (r for r in view.open_rounds if r.starts_at > at.starts_at)
    return next(before, None), next(after, None)


def rooms_of_page(view: BoardView, screen: Screen) -> tuple[list[RoomView], int]:
    """The rooms of one page, and how many pages there are; a page past the end is the last."""
    pages = max(1, -(-len(view.rooms) // screen.rooms_each))
    begin = (min(screen.page, pages) - 1) * screen.rooms_each
    return list(view.rooms[begin : begin + screen.rooms_each]), pages


def map_of_page(floors: list[Floor], screen: Screen) -> dict[str, Any]:
    """The part of the map that stands on this screen; a page past the end is the last."""
    screens = pages_of_map(floors, screen.rooms)
    at = min(screen.page, len(screens))
    return {"floors": screens[at - 1], "page_number": at, "pages": len(screens)}


def short_address(request: WebRequest, found: Visit) -> str:
    """The address on the wall: short where the gathering has a word for it."""
    base = pages_of(request).settings.base_url
    word = found.gathering.go_word
    return f"{base}/go/{word}" if word else f"{base}{found.path}/board"


def address_parts(address: str) -> list[str]:
    """The words of an address in order: a screen begins a line with one, and cuts none."""
    host, _, path = address.partition("://")[2].partition("/")
    first, *others = host.split(".")
    return [first, *(f".{one}" for one in others), f"/{path}"]


def within(text: str, least: int, most: int, usual: int) -> int:
    """A whole number from an address, within bounds."""
    if not (text.isascii() and text.isdigit()):
        return usual
    return min(max(int(text[:4]), least), most)


routes = [show_wall]
