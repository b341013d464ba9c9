"""What changed on the board, for everybody, and what is new since this browser last looked."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect

from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.news import news
from sessions.board.shared_pages import JOINER_LASTS, Visit, Visitor, visit
from web.cookies import cookie_key, give_cookie
from web.database import read
from web.forms import read_form
from web.pages import Page, WebRequest, go, page

LOOKED = "looked"
NEVER = -1


@get("/g/{gathering:str}/board/news", name="board_news")
async def show_news(request: WebRequest, viewer: Visitor, gathering: FromPath[str]) -> Page:
    """The newest first."""
    found = await visit(gathering, viewer)
    seen, lines = _looked(request, found), await read(news, found.view)
    return page(
        request,
        "board/news.html",
        found=found,
        view=found.view,
        lines=lines,
        seen=seen,
        never=seen == NEVER,
        fresh=sum(line.version > seen for line in lines),
    )


@post("/g/{gathering:str}/board/news", name="board_news_seen")
async def note_looked(request: WebRequest, viewer: Visitor, gathering: FromPath[str]) -> Redirect:
    """Remember in this browser alone up to which change somebody has read."""
    found = await visit(gathering, viewer)
    form = await read_form(request)
    version = form.number("version", "the version", least=0, most=EVERYTHING_SEEN)
    answer = go(f"{found.path}/board/news")
    if not form.errors:
        kept = f"{found.gathering.slug}.{version}"
        give_cookie(request, answer, LOOKED, kept, JOINER_LASTS)
    return answer


def _looked(request: WebRequest, found: Visit) -> int:
    slug, _, version = cookie_key(request, LOOKED).rpartition(".")
    known = slug == found.gathering.slug and version.isascii() and version[:9].isdigit()
    return int(version[:9]) if known else NEVER


routes = [show_news, note_looked]
