"""A wide ceiling on requests from one address: a whole venue may stand behind one Wi-Fi."""

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from web.limits import Limit
from web.origin import SAFE_METHODS
from web.problems import TooMany

READS_A_MINUTE, SENDS_A_MINUTE = 6_000, 1_200


class Ceiling(ASGIMiddleware):
    """Slows an address that asks for far more than a full hall would."""

    def __init__(self, reads: int = READS_A_MINUTE, sends: int = SENDS_A_MINUTE) -> None:
        self.reads, self.sends = Limit(reads, 60), Limit(sends, 60)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["type"] == ScopeType.HTTP:
            client = scope["client"]
            limit = self.reads if scope["method"] in SAFE_METHODS else self.sends
            wait = limit.try_now(client[0] if client else "")
            if wait:
                raise TooMany(wait=wait)
        await next_app(scope, receive, send)
