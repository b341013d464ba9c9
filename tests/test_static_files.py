"""Static files: an address names its content, so a second visit fetches nothing."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest
from litestar import Litestar

from tests.page_checks import in_process
from web.static_files import FROM_PACKAGES, StaticFiles, takes

STYLE = "body { margin: 0 }\n" * 50
FONT = b"wOF2 and a few bytes"
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site.css").write_text(STYLE)
    (tmp_path / "page.js").write_text("const a = 1\n")
    (tmp_path / "quiet.woff2").write_bytes(FONT)
    (tmp_path / ".hidden").write_text("not to be served")
    return tmp_path


@pytest.fixture
def files(folder: Path) -> StaticFiles:
    return StaticFiles([folder], {"other.js": folder / "page.js"})


@pytest.fixture
async def browser(files: StaticFiles) -> AsyncIterator[httpx.AsyncClient]:
    app = Litestar([files.handler], openapi_config=None)
    transport = in_process(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as browser:
        yield browser


def test_an_address_names_the_content(folder: Path, files: StaticFiles) -> None:
    before = files.address("site.css")
    assert re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", before)
    assert StaticFiles([folder], {}).address("site.css") == before
    (folder / "site.css").write_text(STYLE + "p { margin: 0 }")
    assert StaticFiles([folder], {}).address("site.css") != before


async def test_a_file_is_kept_for_a_year(browser: httpx.AsyncClient, files: StaticFiles) -> None:
    answer = await browser.get(files.address("site.css"), headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert answer.text == STYLE
    assert answer.headers["cache-control"] == YEAR
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("zebra", None),
    ],
)
async def test_the_smallest_accepted_body_is_sent(
    browser: httpx.AsyncClient, files: StaticFiles, accepted: str, encoding: str | None
) -> None:
    headers = {"accept-encoding": accepted}
    async with browser.stream("GET", files.address("site.css"), headers=headers) as answer:
        body = b"".join([chunk async for chunk in answer.aiter_raw()])
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == len(body)
    assert unpack(body).decode() == STYLE


async def test_a_font_is_sent_as_it_is(browser: httpx.AsyncClient, files: StaticFiles) -> None:
    answer = await browser.get(files.address("quiet.woff2"))
    assert answer.content == FONT
    assert answer.headers["content-type"] == "font/woff2"
    assert "vary" not in answer.headers
    assert "content-encoding" not in answer.headers


async def test_head_answers_like_get_without_a_body(
    browser: httpx.AsyncClient, files: StaticFiles
) -> None:
    answer = await browser.head(files.address("page.js"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == YEAR
    assert answer.content == b""


@pytest.mark.parametrize(
    "address",
    [
        "/static/site.css",
        "/static/site.000000000000.css",
        "/static/.hidden",
        "/static/..%2fpyproject.toml",
    ],
)
async def test_an_unknown_address_is_not_found(browser: httpx.AsyncClient, address: str) -> None:
    assert (await browser.get(address)).status_code == 404


@pytest.mark.parametrize("named", ["quiet.woff2", '"quiet.woff2"', " 'quiet.woff2' "])
async def test_a_style_sheet_leads_to_the_hashed_address(folder: Path, named: str) -> None:
    (folder / "site.css").write_text(f"@font-face {{ src: url({named}) }}")
    files = StaticFiles([folder], {})
    transport = in_process(Litestar([files.handler], openapi_config=None))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as browser:
        answer = await browser.get(files.address("site.css"))
    assert answer.text == f'@font-face {{ src: url("{files.address("quiet.woff2")}") }}'


def test_a_changed_font_changes_the_address_of_its_style_sheet(folder: Path) -> None:
    (folder / "site.css").write_text("@font-face { src: url(quiet.woff2) }")
    before = StaticFiles([folder], {}).address("site.css")
    (folder / "quiet.woff2").write_bytes(b"wOF2 and others")
    assert StaticFiles([folder], {}).address("site.css") != before


def test_a_style_sheet_that_asks_for_a_missing_file_is_noticed_at_start(folder: Path) -> None:
    (folder / "site.css").write_text("@font-face { src: url(loud.woff2) }")
    with pytest.raises(RuntimeError, match=r"site\.css asks for loud\.woff2"):
        StaticFiles([folder], {})


def test_missing_front_end_packages_are_told_in_plain_words(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="Run make setup"):
        StaticFiles([folder], {"htmx.js": folder / "nowhere.js"})


def test_our_own_files_and_the_front_end_packages_are_there() -> None:
    files = StaticFiles()
    for name in ("site.css", *FROM_PACKAGES):
        assert files.address(name).startswith(f"/static/{Path(name).stem}.")


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [("br", True), ("gzip, br;q=0.5", True), ("br; q=0.000", False), ("brown", False), ("", False)],
)
def test_what_an_accept_encoding_header_takes(accepted: str, taken: bool) -> None:
    assert takes(accepted, "br") is taken
