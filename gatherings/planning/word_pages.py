"""Pages of words: accessibility and security; and how machines ask after us."""

from litestar import HttpMethod, MediaType, Response, route

from gatherings.planning.tables import Series
from web.database import read
from web.pages import Page, WebRequest, page
from web.problems import Busy

READING = [HttpMethod.GET, HttpMethod.HEAD]


@route("/accessibility", http_method=READING, name="accessibility", sync_to_thread=False)
def show_accessibility(request: WebRequest) -> Page:
    """How these pages are made to work for everyone, and what to do when they do not."""
    return page(request, "words/accessibility.html", private=False)


@route("/security", http_method=READING, name="security", sync_to_thread=False)
def show_security(request: WebRequest) -> Page:
    """How what people tell us is kept safe, and how to report a weakness."""
    return page(request, "words/security.html", private=False)


@route("/health/live", http_method=READING, name="health_live", sync_to_thread=False)
def answer_live() -> Response[str]:
    """The program runs. Asks nothing of the database."""
    return _plain("live")


@route("/health/ready", http_method=READING, name="health_ready")
async def answer_ready() -> Response[str]:
    """The database answers and its tables are there."""
    try:
        await read(_ask_database)
    except Exception as error:
        raise Busy from error
    return _plain("ready")


async def _ask_database() -> None:
    await Series.exists()


def _plain(word: str) -> Response[str]:
    return Response(word, media_type=MediaType.TEXT, headers={"cache-control": "no-store"})


routes = [
    *(show_accessibility, show_security),
    *(answer_live, answer_ready),
]
