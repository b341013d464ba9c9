"""Every error is a page in our look, in plain words, and repeats nothing that was sent."""

import sqlite3

import pytest
from litestar import Litestar, get
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from app import create_app
from tests.page_checks import PageClient
from web.database import DatabaseEngine
from web.problems import Busy, NotAllowed, NotFound, Overtaken, Problem, SignInNeeded, TooMany

pytestmark = pytest.mark.once

PLANTED = "<script>alert(1)</script>"
PROBLEMS: list[tuple[Exception, int]] = [
    (HTTPException(detail=PLANTED, status_code=400), 400),
    (SignInNeeded(), 401),
    (NotAllowed(), 403),
    (NotFound(), 404),
    (HTTPException(detail=PLANTED, status_code=405), 405),
    (Overtaken(), 409),
    (HTTPException(detail=PLANTED, status_code=413), 413),
    (HTTPException(detail=PLANTED, status_code=422), 422),
    (TooMany(wait=61), 429),
    (RuntimeError(PLANTED), 500),
    (Problem(), 500),
    (HTTPException(detail=PLANTED, status_code=500), 500),
    (Busy(), 503),
    (sqlite3.OperationalError("database is locked"), 503),
]


@pytest.fixture(scope="module")
def planted_app() -> Litestar:
    """An app of its own, with a route for each problem planted in it."""
    app = create_app()
    for number, (error, _) in enumerate(PROBLEMS):
        app.register(failing(f"/planted-{number}", error))
    return app


@pytest.fixture
def app(planted_app: Litestar, db: DatabaseEngine) -> Litestar:
    """The same on this test's database."""
    return planted_app


def failing(path: str, error: Exception) -> HTTPRouteHandler:
    @get(path, name=path)
    async def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("number", "status"),
    [(number, status) for number, (_, status) in enumerate(PROBLEMS)],
    ids=[f"{type(error).__name__}-{status}" for error, status in PROBLEMS],
)
async def test_each_problem_is_a_page(client: PageClient, number: int, status: int) -> None:
    answer = await client.get(f"/planted-{number}", status=status)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script>alert" not in client.text
    assert "Traceback" not in client.text
    assert client.soup.select_one("h1") is not None
    assert answer.headers["x-request-id"] in client.text


async def test_a_full_minute_and_a_busy_server_say_when_to_come_back(client: PageClient) -> None:
    statuses = [status for _, status in PROBLEMS]
    many = await client.get(f"/planted-{statuses.index(429)}", status=429)
    assert "You can try again in about 2 minutes." in client.words
    busy = await client.get(f"/planted-{statuses.index(503)}", status=503)
    assert (many.headers["retry-after"], busy.headers["retry-after"]) == ("61", "30")


async def test_an_unknown_address_is_a_page(client: PageClient) -> None:
    await client.get("/no-such-page", status=404)
    await client.get("/g/no-such-gathering", status=404)


async def test_a_wrong_method_is_a_page(client: PageClient) -> None:
    await client.post("/privacy", {}, status=405)


async def test_a_form_that_is_far_too_long_is_a_page(client: PageClient) -> None:
    await client.post("/sign-in", {"email": "x" * 1_100_000}, status=413)


@pytest.mark.parametrize("path", ["/schema", "/schema/openapi.json", "/schema/swagger", "/docs"])
async def test_there_is_no_schema_route(client: PageClient, path: str) -> None:
    await client.get(path, status=404)
