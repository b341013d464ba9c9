"""The door's list on paper and as files, and the list of bookings as files."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from gatherings.bookings.booking_list import bookings_of
from gatherings.bookings.bookings_table import bookings_table
from gatherings.bookings.door_list import DoorList, door_list
from gatherings.bookings.door_pages import AtDoor, for_the_door
from gatherings.bookings.door_sheet import door_table, sheet_lines
from gatherings.bookings.gate_pages import organised
from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import Page, WebRequest, page
from web.pdf_pages import pdf_answer
from web.tables_out import CSV, XLSX, TableOut, as_csv, as_file, as_xlsx, file_name
from web.words import local

File = Response[bytes]
LINES_FOR_WALK_INS = 8


@get("/desk/g/{slug:str}/door/list", name="door_sheet")
async def show_sheet(
    request: WebRequest, found: AtDoor, viewer: NamedDependency[Viewer | None]
) -> Page:
    """The list to print. It is what the door works with when there is no network."""
    return page(request, "door/list.html", **await _on_paper(found, viewer))


@get("/desk/g/{slug:str}/door/list.pdf", name="door_pdf")
async def door_as_pdf(
    request: WebRequest, found: AtDoor, viewer: NamedDependency[Viewer | None]
) -> File | Page:
    """The same as a PDF file."""
    parties = await _on_paper(found, viewer)
    return await pdf_answer(
        request,
        "door/list_paper.html",
        name=_name(found, "Door list", "pdf"),
        print_path=f"/desk/g/{found.slug}/door/list",
        **parties,
    )


@get("/desk/g/{slug:str}/door/list.csv", name="door_csv")
async def door_as_csv(found: AtDoor, viewer: NamedDependency[Viewer | None]) -> File:
    """The list as plain text with commas."""
    parties = await _everybody(found, viewer)
    return _csv(found, door_table(parties, found.zone))


@get("/desk/g/{slug:str}/door/list.xlsx", name="door_xlsx")
async def door_as_xlsx(found: AtDoor, viewer: NamedDependency[Viewer | None]) -> File:
    """The list as a spreadsheet."""
    parties = await _everybody(found, viewer)
    return _xlsx(found, door_table(parties, found.zone))


@get("/desk/g/{slug:str}/bookings.csv", name="bookings_csv")
async def bookings_as_csv(slug: FromPath[str], viewer: NamedDependency[Viewer | None]) -> File:
    """Every booking with its contact, as plain text with commas."""
    gathering = await organised(viewer, slug)
    bookings = await read(bookings_of, gathering.id)
    return _csv(gathering, bookings_table(bookings, gathering.zone))


@get("/desk/g/{slug:str}/bookings.xlsx", name="bookings_xlsx")
async def bookings_as_xlsx(slug: FromPath[str], viewer: NamedDependency[Viewer | None]) -> File:
    """Every booking with its contact, as a spreadsheet."""
    gathering = await organised(viewer, slug)
    bookings = await read(bookings_of, gathering.id)
    return _xlsx(gathering, bookings_table(bookings, gathering.zone))


async def _everybody(gathering: Gathering, viewer: Viewer | None) -> DoorList:
    return await read(door_list, gathering.id, signed_in(viewer).account_id, datetime.now(UTC))


async def _on_paper(gathering: Gathering, viewer: Viewer | None) -> dict[str, Any]:
    parties = await _everybody(gathering, viewer)
    return {
        "g": gathering,
        "all": parties,
        "lines": sheet_lines(parties.expected),
        "waiting": sheet_lines([one for one in parties.waiting if one.coming]),
        "now": datetime.now(UTC),
        "walk_ins": LINES_FOR_WALK_INS,
    }


def _csv(gathering: Gathering, table: TableOut) -> File:
    return as_file(as_csv(table), CSV, _name(gathering, table.title, "csv"))


def _xlsx(gathering: Gathering, table: TableOut) -> File:
    return as_file(as_xlsx(table), XLSX, _name(gathering, table.title, "xlsx"))


def _name(gathering: Gathering, title: str, ending: str) -> str:
    date = f"{local(gathering.starts_at, gathering.zone):%Y-%m-%d}"
    return file_name(title, gathering.slug, date, ending=ending)


routes: list[ControllerRouterHandler] = [
    for_the_door(show_sheet, door_as_pdf, door_as_csv, door_as_xlsx),
    *(bookings_as_csv, bookings_as_xlsx),
]
