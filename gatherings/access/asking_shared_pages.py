"""What the pages on which the team asks a party share: who asks whom."""

from dataclasses import dataclass
from typing import Any

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gatherings.access.looks import WORKLIST, note_look
from gatherings.access.need_shared_pages import Visit, closed, visit_needs
from gatherings.access.needs import NeedView, needs_of_booking, states_of_booking
from gatherings.bookings.booking_list import WAY_WORDS, BookingView, find_booking
from gatherings.people.roles import Viewer
from web.database import read, write
from web.forms import Form
from web.pages import Page, WebRequest, page
from web.problems import NotFound

SOURCES = (("phone", "By phone"), ("paper", "On paper"), ("day", "In person"))
LONGEST_HELPER = 120


@dataclass(frozen=True)
class Asking:
    """One of the team and the party that they ask."""

    visit: Visit
    booking: BookingView

    @property
    def base(self) -> str:
        """The address of these pages."""
        return f"{self.visit.base}/ask/{self.booking.reference}"

    async def needs(self) -> list[NeedView] | None:
        """What the party told us; None before a look at it was written down.

        Where they told us nothing there is nothing to open.
        """
        told = await read(states_of_booking, self.booking.id)
        if told and self.booking.id not in await self.visit.opened():
            return None
        return await read(needs_of_booking, self.booking.id)

    async def note(self) -> None:
        """Write down a look, for an answer that shows what they told us."""
        who = self.visit.viewer.account_id
        await write(note_look, self.booking.id, who, WORKLIST, self.visit.now)

    def closed(self, request: WebRequest, then: str) -> Page:
        """The button that opens what they told us, and leads on to one of these pages."""
        reference = self.booking.reference
        return closed(request, self.visit, reference, f"ask/{reference}/{then}")

    def nobody(self, request: WebRequest, status: int = 200) -> Page:
        """Nobody of this party asked for what a page is about."""
        return page(
            request,
            "access/ask_nobody.html",
            status=status,
            g=self.visit.gathering,
            asking=self,
            booking=self.booking,
        )

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
            sources=SOURCES,
            values=form.values if form else {},
            errors=errors,
            **context,
        )


def read_source(form: Form) -> str:
    """How they told us."""
    return form.choice("source", "how they told you", [value for value, _ in SOURCES])


def read_helper(form: Form) -> str:
    """Who helped them to decide; "" when nobody did."""
    return form.line("helped_by", "who helped them", most=LONGEST_HELPER, optional=True)


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
