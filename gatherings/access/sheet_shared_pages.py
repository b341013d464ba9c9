"""A sheet as an answer: a page to print, a PDF, a spreadsheet, or plain text with commas."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response

from gatherings.access.report_paper import Sheet
from gatherings.planning.gathering_words import when
from gatherings.planning.listing import listed_of
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import WebRequest, page
from web.pdf_pages import pdf_answer
from web.tables_out import CSV, XLSX, as_csv, as_file, as_xlsx, file_name
from web.words import local

FORMS = ("print", "pdf", "xlsx", "csv")
Answer = Response[bytes] | Response[str]


async def sheet_answer(
    request: WebRequest,
    gathering: Gathering,
    sheet: Sheet,
    form: str,
    address: str,
    back: tuple[str, str],
    *,
    recipient: str = "",
) -> Answer:
    """The sheet in one of the `FORMS`. `address` with the form behind it leads to each."""
    date = f"{local(gathering.starts_at, gathering.zone):%Y-%m-%d}"
    name = file_name(sheet.title, gathering.slug, date, ending=form)
    if form == "csv":
        return as_file(as_csv(sheet.as_table()), CSV, name)
    if form == "xlsx":
        return as_file(as_xlsx(sheet.as_table()), XLSX, name)
    listed = await read(listed_of, gathering.id)
    shown: dict[str, Any] = {
        "g": gathering,
        "venue": listed.venue,
        "when": when(gathering),
        "sheet": sheet,
        "recipient": recipient,
        "now": datetime.now(UTC),
    }
    if form == "pdf":
        print_path = f"{address}/print"
        return await pdf_answer(
            request, "access/sheet_paper.html", name=name, print_path=print_path, **shown
        )
    return page(request, "access/sheet.html", address=address, back_to=back, **shown)
