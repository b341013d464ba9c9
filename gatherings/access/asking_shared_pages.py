"""What the pages on which the team asks a party share: who asks whom."""

from dataclasses import dataclass
from typing import Any

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gatherings.access.need_shared_pages import Visit, visit_needs
from gatherings.bookings.booking_list import WAY_WORDS, BookingView, find_booking
from gatherings.people.roles import Viewer
from web.database import read
from web.forms import Form
from web.pages import Page, WebRequest, page
from web.problems import NotFound


@dataclass(frozen=True)
class Asking:
    """One of the team and the party that they ask."""

    visit: Visit
    booking: BookingView

    @property
    def base(self) -> str:
        """The address of these pages."""
        return f"{self.visit.base}/ask/{self.booking.reference}"

    def draw(self, request: WebRequest, template: str, form: Form | None, **context: Any) -> Page:
        """A page about asking this party."""
        errors = form.errors if form else {}
        return page(
            request,
            template,
            status=422 if errors else 200,
            g=self.visit.gathering,
            visit=self.visit,
            asking=self,
            booking=self.booking,
            way=WAY_WORDS[self.booking.contact_way],
            values=form.values if form else {},
            errors=errors,
            **context,
        )


Asked = NamedDependency[Asking]
"""The party of the address, for those who may open its needs, as the parameter `asking`."""


async def _asking(
    viewer: NamedDependency[Viewer | None], slug: FromPath[str], reference: FromPath[str]
) -> Asking:
    visit = await visit_needs(viewer, slug)
    booking = await read(find_booking, reference)
    if booking is None or booking.gathering_id != visit.gathering.id:
        raise NotFound
    return Asking(visit, booking)


def for_asking(*handlers: HTTPRouteHandler) -> Router:
    """Pages below /desk/g/<gathering>/needs/ask/<reference>, for access leads and deputies."""
    return Router("/", route_handlers=handlers, dependencies={"asking": Provide(_asking)})
