"""Numbers of a gathering for its organisers: on a page that prints, and as files."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.bookings.attendance import attendance_of, attendance_table
from gatherings.bookings.gate_pages import organised
from gatherings.people.roles import Viewer
from gatherings.planning.lookup import is_over
from web.database import read
from web.pages import Page, WebRequest, page
from web.tables_out import CSV, as_csv, as_file, file_name
from web.words import local


@get("/desk/g/{slug:str}/numbers", name="numbers")
async def show_numbers(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What is left to tell afterwards, without persons."""
    gathering = await organised(viewer, slug)
    so_far = not is_over(gathering)
    groups = await read(attendance_of, gathering.id, so_far=so_far)
    return page(request, "door/numbers.html", g=gathering, groups=groups, so_far=so_far)


@get("/desk/g/{slug:str}/numbers.csv", name="numbers_csv")
async def numbers_as_csv(
    slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[bytes]:
    """The same as plain text with commas."""
    gathering = await organised(viewer, slug)
    groups = await read(attendance_of, gathering.id, so_far=not is_over(gathering))
    date = f"{local(gathering.starts_at, gathering.zone):%Y-%m-%d}"
    return as_file(
        as_csv(attendance_table(groups)),
        CSV,
        file_name("numbers", gathering.slug, date, ending="csv"),
    )


routes = [show_numbers, numbers_as_csv]
