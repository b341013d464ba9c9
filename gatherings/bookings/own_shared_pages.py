"""What the pages of one booking share: who is looking, from where, and what may be done.

The party itself comes by its secret under /b/<reference>. An organiser changes the same things
for somebody on the phone, on the same pages under /desk/g/<gathering>/bookings/<reference>.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ParamSpec

from litestar import Response
from litestar.response import Redirect

from gatherings.bookings.own_booking import OwnBooking, open_on_desk, unlocked
from gatherings.bookings.shared_pages import booking_secret
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug, is_over
from gatherings.planning.refusals import Refused
from web.database import read, write
from web.forms import Form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound

Answer = Response[str] | Redirect
P = ParamSpec("P")


@dataclass(frozen=True)
class Look:
    """Somebody who looks at a booking. `account_id` is the organiser's, None for the party."""

    request: WebRequest
    own: OwnBooking
    home: str
    account_id: int | None
    now: datetime

    @property
    def on_desk(self) -> bool:
        """Whether an organiser does it for the party."""
        return self.account_id is not None

    @property
    def may_change(self) -> bool:
        """Whether it is not too late, and the gathering still takes place."""
        return not is_over(self.own.gathering) and self.own.gathering.state != "cancelled"

    @property
    def may_change_party(self) -> bool:
        """Whether people may be added, changed and taken out."""
        return self.may_change and self.own.booking.state not in ("cancelled", "lapsed")

    def back(self) -> Redirect:
        """To the booking's page."""
        return go(self.home)

    def draw(self, template: str, form: Form | None = None, **context: Any) -> Page:
        """A page about this booking; with a form that has errors, what was typed stays."""
        own = self.own
        first = context.pop("values", {})
        values = first if form is None else form.values
        errors = {} if form is None else form.errors
        return page(
            self.request,
            f"booking/{template}",
            status=422 if errors else 200,
            g=own.gathering,
            booking=own.booking,
            undo=own.undo,
            home=self.home,
            on_desk=self.on_desk,
            values=values,
            errors=errors,
            **context,
        )


def both(tail: str) -> list[str]:
    """The two addresses of a page: the party's own, and the desk's."""
    return [f"/b/{{reference:str}}/{tail}", desk_only(tail)]


def desk_only(tail: str) -> str:
    """The desk's address of a page about one booking."""
    return f"/desk/g/{{slug:str}}/bookings/{{reference:str}}/{tail}"


async def look(request: WebRequest, viewer: Viewer | None) -> Look:
    """Who looks at the booking in the address. Raises Locked, SignInNeeded or NotAllowed."""
    reference, now = str(request.path_params["reference"]), datetime.now(UTC)
    if "slug" in request.path_params:
        return await look_on_desk(request, viewer, "organiser")
    secret = booking_secret(request, reference)
    own = await read(unlocked, reference, secret, now)
    return Look(request, own, f"/b/{own.booking.reference}", None, now)


async def look_on_desk(request: WebRequest, viewer: Viewer | None, *roles: str) -> Look:
    """The booking for one of the team in one of these roles."""
    reference, now = str(request.path_params["reference"]), datetime.now(UTC)
    signed_in(viewer)
    gathering = await read(gathering_by_slug, str(request.path_params["slug"]))
    person = need_role(viewer, gathering.series, *roles)
    own = await read(open_on_desk, reference, gathering.id, now)
    if own is None:
        raise NotFound
    home = f"/desk/g/{gathering.slug}/bookings/{own.booking.reference}"
    return Look(request, own, home, person.account_id, now)


async def try_to(
    form: Form, verb: Callable[P, Coroutine[Any, Any, Any]], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Do it unless the form has errors; a refusal is noted on the form."""
    if form.errors:
        return
    try:
        await write(verb, *args, **kwargs)
    except Refused as refused:
        form.error(refused.field, refused.words)
