"""What the desk's pages about needs share: who may be here, and what is open to them now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gatherings.access.looks import WORKLIST, open_for
from gatherings.access.openers import opens_needs, sees_counts
from gatherings.access.worklist import today_at
from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import Page, WebRequest, page
from web.problems import NotAllowed

STALE = "Somebody else changed this. What you typed is below. Press the button again to keep it"


@dataclass(frozen=True)
class Visit:
    """Somebody of the team at one gathering. `opens` says whether they may open needs."""

    viewer: Viewer
    gathering: Gathering
    opens: bool
    now: datetime

    @property
    def today(self) -> date:
        """The date where the gathering meets."""
        return today_at(self.gathering, self.now)

    @property
    def over(self) -> bool:
        """Whether the gathering has ended."""
        return self.now >= self.gathering.ends_at

    @property
    def base(self) -> str:
        """The address above all pages about needs."""
        return f"/desk/g/{self.gathering.slug}/needs"

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Where these pages sit. A deputy has no page of the whole gathering."""
        desk = f"/desk/g/{self.gathering.slug}"
        organises = self.viewer.may(self.gathering.series, "organiser")
        return [("Desk", "/desk"), *([(self.gathering.name, desk)] if organises else [])]

    async def opened(self) -> set[int]:
        """The ids of the parties that this person has opened within the last half hour."""
        if not self.opens:
            return set()
        return await read(open_for, self.viewer.account_id, self.gathering.id, WORKLIST, self.now)


async def visit_counts(viewer: Viewer | None, slug: str) -> Visit:
    """For pages that show numbers alone: organisers see them, too."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    if not sees_counts(person, gathering):
        raise NotAllowed
    return Visit(person, gathering, opens_needs(person, gathering), datetime.now(UTC))


async def visit_needs(viewer: Viewer | None, slug: str) -> Visit:
    """For whatever opens or moves a need: access leads and deputies alone."""
    visit = await visit_counts(viewer, slug)
    if not visit.opens:
        raise NotAllowed
    return visit


def closed(request: WebRequest, visit: Visit, reference: str, then: str) -> Page:
    """The page before the button: it says nothing of what a party told us.

    `then` is where the button leads, below the pages about needs.
    """
    return page(
        request,
        "access/closed.html",
        g=visit.gathering,
        visit=visit,
        reference=reference,
        then=then,
    )
