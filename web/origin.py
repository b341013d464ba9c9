"""Forms are taken from our own pages alone.

`Sec-Fetch-Site` says where a request comes from; older browsers send `Origin`. There is no
token, because one on a page that stays open all day goes stale.
"""

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from web.problems import NotAllowed

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class FromElsewhere(NotAllowed):
    """A form that was not sent from one of our own pages."""

    title = "We did not take that form"
    words = (
        "The form was sent from another website, so we did nothing with it. "
        "Open our page again and send it from there."
    )


class OwnForms(ASGIMiddleware):
    """Refuse every unsafe request that does not come from our own pages."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] not in SAFE_METHODS:
            headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
            if not from_our_pages(headers):
                raise FromElsewhere
        await next_app(scope, receive, send)


def from_our_pages(headers: dict[str, str]) -> bool:
    """Whether the browser says that the request was made by one of our own pages."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none") and headers.get("origin") != "null"
    origin = headers.get("origin", "")
    return origin.partition("://")[2] == headers.get("host") != ""
