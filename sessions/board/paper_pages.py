"""The board on paper: cards, the whole board and door sheets to print, and cards typed up."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from sessions.board.day_helper_shared_pages import day_helper
from sessions.board.live_pages import tell
from sessions.board.paper import cards_in, offer_from_paper
from sessions.board.shared_pages import Visit, Visitor, facilitators_visit, visit
from sessions.board.wall_pages import short_address
from web.crypto import new_key
from web.database import write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page, pages_of
from web.pdf_pages import pdf_answer
from web.problems import NotFound
from web.tables_out import file_name

KINDS = {
    "cards": "Cards",
    "board": "The board",
    "doors": "Signs for the doors",
    "badges": "Badges",
}
BLANK_CARDS = 8
LONGEST_TEXT = 6000


@get("/g/{gathering:str}/arrange/paper", name="board_paper")
async def show_paper(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str], kind: FromQuery[str] = ""
) -> Page:
    """What there is to print; with a kind, a page that a browser prints."""
    found, _ = await facilitators_visit(gathering, viewer)
    if kind and kind not in KINDS:
        raise NotFound
    template = "board/paper_print.html" if kind else "board/paper.html"
    return page(request, template, **_on_paper(request, found, kind))


@get("/g/{gathering:str}/arrange/paper/{kind:str}", name="board_paper_pdf")
async def paper_as_pdf(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str], kind: FromPath[str]
) -> Response[bytes] | Page:
    """The same as a PDF file."""
    found, _ = await facilitators_visit(gathering, viewer)
    kind = kind.removesuffix(".pdf")
    if kind not in KINDS:
        raise NotFound
    return await pdf_answer(
        request,
        "board/paper_pdf.html",
        name=file_name(kind, found.gathering.slug, ending="pdf"),
        print_path=f"{found.path}/arrange/paper?kind={kind}",
        **_on_paper(request, found, kind),
    )


@get("/g/{gathering:str}/arrange/from-paper", name="from_paper")
async def show_from_paper(request: WebRequest, viewer: Visitor, gathering: FromPath[str]) -> Page:
    """A form for many cards that were written by hand."""
    found, _, _ = await _writers_visit(request, gathering, viewer)
    return _form_page(request, found, {"token": new_key()}, {}, 200)


@post("/g/{gathering:str}/arrange/from-paper", name="from_paper_now")
async def offer_them(
    request: WebRequest, viewer: Visitor, gathering: FromPath[str]
) -> Page | Redirect:
    """Offer each card for whoever wrote it."""
    found, account_id, name = await _writers_visit(request, gathering, viewer)
    form = await read_form(request)
    text = form.text("cards", "the cards", most=LONGEST_TEXT)
    cards, wrong = cards_in(text)
    if wrong and not form.errors:
        form.error("cards", wrong)
    if form.errors:
        return _form_page(request, found, form.values, form.errors, 422)
    token = form.typed("token") or new_key()
    board = found.gathering.id
    await write(offer_from_paper, board, cards, token, account_id, name)
    await tell(request, board)
    return go(
        f"{found.path}/{'arrange#tray-title' if found.facilitates else 'board#waiting-title'}"
    )


async def _writers_visit(
    request: WebRequest, gathering: str, viewer: Viewer | None
) -> tuple[Visit, int | None, str]:
    """The board for facilitators and for helpers of the day, with their account and name."""
    found = await visit(gathering, viewer)
    helper = "" if found.facilitates else await day_helper(request, found.gathering.id)
    if helper:
        return found, None, helper
    found, ben = await facilitators_visit(gathering, viewer)
    return found, ben.account_id, ben.name


def _form_page(
    request: WebRequest,
    found: Visit,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Page:
    template = "board/from_paper.html"
    return page(request, template, status=status, found=found, values=values, errors=errors)


def _on_paper(request: WebRequest, found: Visit, kind: str) -> dict[str, Any]:
    base = pages_of(request).settings.base_url
    return {
        "found": found,
        "view": found.view,
        "kind": kind,
        "kinds": KINDS,
        "blanks": BLANK_CARDS,
        "here": f"{base}{found.path}",
        "address": short_address(request, found),
    }


routes = [show_paper, paper_as_pdf, show_from_paper, offer_them]
