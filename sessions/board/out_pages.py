"""The board to take away: as JSON, as a table, and as a calendar."""

import json

from litestar import HttpMethod, Response, route
from litestar.params import FromPath

from gatherings.calendars.calendar_files import MEDIA_TYPE, calendar_file
from sessions.board.feeds import feed_of_board
from sessions.board.out import board_data, board_table
from sessions.board.shared_pages import Visitor, visit
from web.database import read
from web.freshness import file_answer
from web.pages import WebRequest, pages_of
from web.tables_out import CSV, as_csv, as_file, file_name

READING = [HttpMethod.GET, HttpMethod.HEAD]


@route("/g/{gathering:str}/board.json", http_method=READING, name="board_json")
async def show_json(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str]
) -> Response[bytes]:
    """Rounds, rooms and sessions, as the phones show them."""
    found = await visit(gathering, viewer)
    content = json.dumps(board_data(found.view), ensure_ascii=False, indent=1).encode()
    return file_answer(request, content, "application/json")


@route("/g/{gathering:str}/board.csv", http_method=READING, name="board_csv")
async def show_csv(viewer: Visitor, gathering: FromPath[str]) -> Response[bytes]:
    """One row for each session."""
    found = await visit(gathering, viewer)
    name = file_name("board", found.gathering.slug, ending="csv")
    return as_file(as_csv(board_table(found.view)), CSV, name)


@route("/g/{gathering:str}/board.ics", http_method=READING, name="board_calendar")
async def show_calendar(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str]
) -> Response[bytes]:
    """The rounds and placed sessions, to subscribe to."""
    found = await visit(gathering, viewer)
    base = pages_of(request).settings.base_url
    feed = await read(feed_of_board, found.gathering.id, base)
    return file_answer(request, calendar_file(feed.entries, feed.name), MEDIA_TYPE)


routes = [show_json, show_csv, show_calendar]
