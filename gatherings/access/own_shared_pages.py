"""What a party's own pages about needs share: whose they are, and what may still be changed."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ParamSpec

from gatherings.access.needs import ALIVE, NeedView, needs_of_booking
from gatherings.bookings.own_booking import Locked, OwnBooking, open_own
from gatherings.bookings.own_secrets import cookie_of
from gatherings.planning.refusals import Refused, Stale
from web.cookies import cookie_key
from web.database import read, write
from web.forms import Form
from web.pages import Page, WebRequest, page

P = ParamSpec("P")
MEANWHILE = "We worked on this while you were looking. Read it again, then press the button again"


@dataclass(frozen=True)
class OwnVisit:
    """A browser that holds the booking's secret, and the party's needs."""

    request: WebRequest
    own: OwnBooking
    needs: list[NeedView]
    now: datetime

    @property
    def home(self) -> str:
        """The address above these pages."""
        return f"/b/{self.own.booking.reference}/needs"

    @property
    def begun(self) -> bool:
        """Whether the gathering has begun, so that changes are for talking about."""
        return self.now >= self.own.gathering.starts_at

    @property
    def over(self) -> bool:
        """Whether it has ended, so that we ask how it went."""
        return self.now >= self.own.gathering.ends_at

    @property
    def may_change(self) -> bool:
        """Whether needs can still be changed here."""
        alive = self.own.booking.state in ALIVE and self.own.gathering.state != "cancelled"
        return alive and not self.begun

    def draw(self, template: str, form: Form | None = None, **context: Any) -> Page:
        """A page about the party's needs."""
        errors = form.errors if form else {}
        values = form.values if form else context.pop("values", {})
        context.pop("values", None)
        return page(
            self.request,
            template,
            status=422 if errors else 200,
            g=self.own.gathering,
            booking=self.own.booking,
            visit=self,
            errors=errors,
            values=values,
            **context,
        )


async def visit_own(request: WebRequest, reference: str) -> OwnVisit:
    """The party's own pages, for the browser with its secret. Raises Locked."""
    now = datetime.now(UTC)
    secret = cookie_key(request, cookie_of(reference))
    own = await read(open_own, reference, secret, now) if secret else None
    if own is None:
        raise Locked
    return OwnVisit(request, own, await read(needs_of_booking, own.booking.id), now)


async def try_own(
    form: Form, verb: Callable[P, Coroutine[Any, Any, Any]], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Do it unless the form has errors. A refusal, or what happened meanwhile, is noted on it."""
    if form.errors:
        return
    try:
        await write(verb, *args, **kwargs)
    except Refused as refused:
        form.error(refused.field, refused.words)
    except Stale:
        form.error("", MEANWHILE)
