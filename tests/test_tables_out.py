"""Tables for spreadsheets: whole, readable, and with no cell that runs."""

import csv
import io

import pytest
from openpyxl import load_workbook

from web.tables_out import CSV, TableOut, as_csv, as_file, as_xlsx, file_name, guarded

FORMULAS = (
    "=1+1",
    "+44 7700 900000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    '=HYPERLINK("https://evil.example","Click")',
)
PLAIN = ("Wren", "Zoë Ŵyn, O'Neill", 'She said "yes"', "a=b", "", "https://example.org", "12")


def _table(*cells: str | int) -> TableOut:
    return TableOut("Who: comes?", ("Name", "Number"), [(cell, 3) for cell in cells])


def _read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_becomes_words(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert _read_csv(as_csv(_table(cell)))[1] == [f"'{cell}", "3"]
    sheet = load_workbook(io.BytesIO(as_xlsx(_table(cell)))).worksheets[0]
    kept = sheet.cell(2, 1)
    assert kept.data_type == "s"
    assert str(kept.value).startswith("'")
    assert kept.hyperlink is None


def test_a_cell_that_is_no_formula_stays_as_it_is() -> None:
    table = _table(*PLAIN)
    assert [row[0] for row in _read_csv(as_csv(table))[1:]] == list(PLAIN)
    sheet = load_workbook(io.BytesIO(as_xlsx(table))).worksheets[0]
    read = [sheet.cell(row, 1).value or "" for row in range(2, len(PLAIN) + 2)]
    assert read == list(PLAIN)
    assert [sheet.cell(row, 1).data_type for row in (2, 8)] == ["s", "s"]


def test_numbers_stay_numbers_even_below_nothing() -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(_table(-7, 12)))).worksheets[0]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (2, 3)] == [
        (-7, "n"),
        (12, "n"),
    ]
    assert _read_csv(as_csv(_table(-7)))[1] == ["-7", "3"]


def test_the_sheet_is_ready_to_use() -> None:
    for table in (_table("Wren"), _table()):
        sheet = load_workbook(io.BytesIO(as_xlsx(table))).worksheets[0]
        assert sheet.title == "Who  comes"
        assert [cell.value for cell in sheet[1]] == ["Name", "Number"]
        assert sheet.freeze_panes == "A2"
        assert sheet.page_setup.orientation == "landscape"


def test_files_have_names_and_are_not_kept_by_caches() -> None:
    name = file_name("Door list", "What’s next?", "2027-03-03", ending="csv")
    assert name == "door-list-what-s-next-2027-03-03.csv"
    answer = as_file(b"x", CSV, name)
    assert answer.headers == {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
