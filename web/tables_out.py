"""Tables that leave the product, as CSV and XLSX. No cell of theirs can become a formula."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from litestar import Response

Cell = str | int
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9
LONGEST_CELL = 32_000
WIDEST_COLUMN = 48
NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\']")
NOT_IN_A_FILES_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class TableOut:
    """A table with a title. Each row has as many cells as there are heads."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def guarded(cell: Cell) -> Cell:
    """The cell with an apostrophe before it where a spreadsheet might run it. Numbers stay."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def as_csv(table: TableOut) -> bytes:
    """The table as CSV in UTF-8, with the mark by which Excel knows it."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in (table.heads, *table.rows):
        writer.writerow([guarded(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: TableOut) -> bytes:
    """The table as a sheet that is ready to read, to filter and to print on A4."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(NOT_IN_A_SHEETS_NAME.sub(" ", table.title)[:31].strip())
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for number, row in enumerate((table.heads, *table.rows)):
            for column, cell in enumerate(row):
                _put(sheet, number, column, guarded(cell), plain if number else bold)
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
        _ready_to_use(sheet, table)
    return written.getvalue()


def _put(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, look: object
) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, cell[:LONGEST_CELL], look)


def _widths(table: TableOut) -> list[int]:
    """Each column as wide as its longest line, within reason."""
    columns = zip(table.heads, *table.rows, strict=True)
    longest = [max(len(line) for cell in c for line in str(cell).split("\n")) for c in columns]
    return [min(max(length + 2, 8), WIDEST_COLUMN) for length in longest]


def _ready_to_use(sheet: xlsxwriter.worksheet.Worksheet, table: TableOut) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{table.title.replace('&', '&&')}&RPage &P of &N")


def as_file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """An answer that the browser saves under this name, and that no cache keeps."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
        },
    )


def file_name(*parts: str, ending: str) -> str:
    """A name for a file from words: "door-list-spring-gathering-2027-03-03.csv"."""
    words = NOT_IN_A_FILES_NAME.sub("-", " ".join(parts).lower()).strip("-")
    return f"{words}.{ending}"
