"""PDF files: tagged, in our language and typeface, and nothing is fetched for them."""

import io
import os
from ctypes.util import find_library
from pathlib import Path
from typing import cast

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from web import pdf

needs_pango = pytest.mark.skipif(
    not find_library("pangoft2-1.0") and not os.environ.get("CI"), reason="needs Pango"
)
pytestmark = needs_pango

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A try</title>
<link rel="stylesheet" href="paper.css">{head}</head><body><h1>A try</h1>{body}</body></html>"""


async def read(head: str = "", body: str = "") -> PdfReader:
    return PdfReader(io.BytesIO(await pdf.pdf_of(PAGE.format(head=head, body=body))))


async def test_a_pdf_is_tagged_titled_and_in_english() -> None:
    read_back = await read(body="<p>Siân Ŵyn said: yes.</p>" + "<p>More.</p>" * 60)
    root = read_back.root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en-GB"
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert "'/DisplayDocTitle': True" in str(root["/ViewerPreferences"])
    assert read_back.metadata is not None
    assert read_back.metadata.title == "A try"
    assert len(read_back.pages) > 1
    assert "Siân Ŵyn said: yes." in read_back.pages[0].extract_text()
    fonts = str(fonts_of(read_back.pages[0]))
    assert fonts.count("/BaseFont") == fonts.count("Atkinson") > 0


def fonts_of(page: PageObject) -> list[PdfObject | None]:
    resources = cast(DictionaryObject, page["/Resources"])
    fonts = cast(DictionaryObject, resources["/Font"])
    return [font.get_object() for font in fonts.values()]


async def test_nothing_is_fetched_from_files_or_the_network(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    read_back = await read(
        head=f'<link rel="attachment" href="file://{secret}">'
        f'<link rel="stylesheet" href="file://{secret}">',
        body='<img alt="x" src="https://example.org/x.png">'
        f'<img alt="y" src="file://{secret}"><a href="https://example.org/">a link may stay</a>',
    )
    assert read_back.attachments == {}
    everything = "".join(str(one.get_object()) for one in read_back.pages)
    assert "secret" not in everything


async def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.01)
    with pytest.raises(pdf.NoPdf, match="could not be made"):
        await pdf.pdf_of(PAGE.format(head="", body=""))


async def test_without_pango_the_words_say_what_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "pdf_worker.py").write_text(f"import sys\nsys.exit({pdf.NO_PANGO})\n")
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    with pytest.raises(pdf.NoPdf, match="sudo apt-get install libpangoft2"):
        await pdf.pdf_of(PAGE.format(head="", body=""))
