"""The ring around every answer: security headers, a request id, and one line in the log.

It wraps the whole app and not only its routes, so that errors, unknown addresses and
static files have the same headers as pages.
"""

import json
import logging
import secrets
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from web.long_answers import handed_over

log = logging.getLogger("gatherings.access")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(), payment=(), camera=(self)",
}
ONLY_SECURE = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


class Ring:
    """Wraps an ASGI app; `secure` adds the header that browsers heed over https alone."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        wanted = HEADERS | (ONLY_SECURE if secure else {})
        self.headers = [(name.encode(), value.encode()) for name, value in wanted.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        request_id = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._complete(list(message["headers"]), request_id)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
            if answer := handed_over(scope):
                await answer(scope, receive, send_with_headers)
        finally:
            log.info("%s", _line(scope, request_id, status, time.perf_counter() - began))

    def _complete(
        self, headers: list[tuple[bytes, bytes]], request_id: str
    ) -> list[tuple[bytes, bytes]]:
        there = {name.lower() for name, _ in headers}
        missing = [pair for pair in self.headers if pair[0] not in there]
        return [*headers, *missing, (b"x-request-id", request_id.encode())]


def _line(scope: Scope, request_id: str, status: int, seconds: float) -> str:
    """One line as JSON. The route's pattern, never the address: addresses hold references."""
    return json.dumps(
        {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "id": request_id,
            "method": scope.get("method", ""),
            "route": scope.get("path_template", "") or "unknown",
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
    )
