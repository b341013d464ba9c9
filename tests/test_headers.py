"""The same safe headers on every answer, and forms from our own pages alone."""

import json
import logging

import httpx
import pytest
from litestar import Litestar

from app import create_app
from tests.page_checks import PageClient, in_process
from web.headers import CSP
from web.settings import Settings

EVERY_PATH = [
    "/",
    "/sign-in",
    "/no-such-page",
    "/static/no-such-file.css",
    "/desk",
    "/calendar.ics",
]


def plain_client(app: Litestar, base_url: str = "http://testserver") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=in_process(app), base_url=base_url)


@pytest.mark.parametrize("path", EVERY_PATH)
async def test_every_answer_has_the_headers(app: Litestar, db: object, path: str) -> None:
    async with plain_client(app) as client:
        headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["permissions-policy"] == (
        "geolocation=(), microphone=(), payment=(), camera=(self)"
    )
    assert "strict-transport-security" not in headers


async def test_static_files_have_the_headers_and_a_year(app: Litestar, db: object) -> None:
    address = app.state.pages.environment.globals["static"]("page.js")
    async with plain_client(app) as client:
        headers = (await client.get(address)).headers
    assert headers["content-security-policy"] == CSP
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_https_adds_its_header_and_binds_the_cookie(db: object) -> None:
    app = create_app(Settings.from_environment({"BASE_URL": "https://meet.example.org"}))
    async with plain_client(app, "https://meet.example.org") as client:
        answer = await client.post("/sign-out", headers={"sec-fetch-site": "same-origin"})
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-sign-in=")
    parts = {part.strip().lower() for part in cookie.split(";")}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts


REFUSED = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"sec-fetch-site": "same-origin", "origin": "null"},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {},
]
ALLOWED = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://testserver"},
]


@pytest.mark.parametrize("headers", REFUSED)
async def test_a_form_from_elsewhere_is_refused(
    app: Litestar, db: object, headers: dict[str, str]
) -> None:
    async with plain_client(app) as client:
        answer = await client.post("/sign-out", headers=headers)
    assert answer.status_code == 403
    assert "sent from another website" in answer.text


@pytest.mark.parametrize("headers", ALLOWED)
async def test_our_own_form_is_taken(app: Litestar, db: object, headers: dict[str, str]) -> None:
    async with plain_client(app) as client:
        answer = await client.post("/sign-out", headers=headers)
    assert answer.status_code == 303


class _One(dict[str, str]):
    """Fills every place of a route with something that fits a number as well as a word."""

    def __missing__(self, key: str) -> str:
        return "1"


async def test_every_unsafe_route_refuses_a_form_from_elsewhere(app: Litestar, db: object) -> None:
    unsafe = [
        route.path_format
        for route in app.routes
        if {"POST", "PUT", "PATCH", "DELETE"} & set(getattr(route, "methods", ()))
    ]
    assert len(unsafe) > 3
    async with plain_client(app) as client:
        answers = [
            (await client.post(path.format_map(_One()), headers=REFUSED[0])) for path in unsafe
        ]
    assert {answer.status_code for answer in answers} == {403}


async def test_a_page_for_one_person_is_kept_by_no_cache(client: PageClient) -> None:
    assert (await client.get("/sign-in")).headers["cache-control"] == "no-store"


async def test_pages_are_compressed(app: Litestar, db: object) -> None:
    async with plain_client(app) as client:
        answer = await client.get("/sign-in", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


async def test_the_log_names_the_route_and_never_the_address(
    client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "gatherings.access"):
        await client.get("/sign-in/password/a-secret-key", status=404)
    lines = [json.loads(r.getMessage()) for r in caplog.records if r.name == "gatherings.access"]
    assert [(line["route"], line["status"]) for line in lines] == [("/sign-in/password/{key}", 404)]
    assert "a-secret-key" not in json.dumps(lines)
