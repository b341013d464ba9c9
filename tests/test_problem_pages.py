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


@pytest.fixture
def app(db: DatabaseEngine) -> Litestar:
    """An app of its own, to plant routes in."""
    return create_app()


PLANTED = "<script>alert(1)</script>"


def failing(path: str, error: Exception) -> HTTPRouteHandler:
    @get(path, name=path)
    async def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (HTTPException(detail=PLANTED, status_code=400), 400),
        (SignInNeeded(), 401),
        (NotAllowed(), 403),
        (NotFound(), 404),
        (HTTPException(detail=PLANTED, status_code=405), 405),
        (Overtaken(), 409),
        (HTTPException(detail=PLANTED, status_code=413), 413),
        (HTTPException(detail=PLANTED, status_code=422), 422),
        (TooMany(wait=30), 429),
        (RuntimeError(PLANTED), 500),
        (Problem(), 500),
        (HTTPException(detail=PLANTED, status_code=500), 500),
        (Busy(), 503),
        (sqlite3.OperationalError("database is locked"), 503),
    ],
    ids=lambda value: value if isinstance(value, int) else type(value).__name__,
)
async def test_each_problem_is_a_page(
    app: Litestar, client: PageClient, error: Exception, status: int
) -> None:
    app.register(failing("/planted-problem", error))
    answer = await client.get("/planted-problem", status=status)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script>alert" not in client.text
    assert "Traceback" not in client.text
    assert client.soup.select_one("h1") is not None
    assert answer.headers["x-request-id"] in client.text


async def test_a_full_minute_and_a_busy_server_say_when_to_come_back(
    app: Litestar, client: PageClient
) -> None:
    app.register(failing("/planted-many", TooMany(wait=61)))
    app.register(failing("/planted-busy", Busy()))
    many = await client.get("/planted-many", status=429)
    assert "You can try again in about 2 minutes." in client.words
    busy = await client.get("/planted-busy", status=503)
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
