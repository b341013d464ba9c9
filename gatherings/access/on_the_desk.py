"""The first thing on the desk for access leads and deputies: promises to keep, by gathering."""

from dataclasses import dataclass
from datetime import datetime

from gatherings.access.worklist import Overview, overview, today_at
from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering


@dataclass(frozen=True)
class Promises:
    """One gathering with its numbers. Nothing of it is opened."""

    gathering: Gathering
    seen: Overview

    @property
    def hurry(self) -> int:
        """How many are late or due within seven days."""
        return self.seen.late + self.seen.soon


async def promises_on_desk(viewer: Viewer, now: datetime) -> list[Promises]:
    """Every gathering still to come whose needs they open: those with late needs first."""
    leads = [one for one in viewer.series_ids() if viewer.may(one, "access_lead")]
    gatherings = await (
        Gathering.objects()
        .where(Gathering.ends_at > now)
        .where(Gathering.state.is_in(["open", "closed"]))
        .where(Gathering.series.is_in([0, *leads]) | Gathering.id.is_in([0, *viewer.deputy_of]))
        .order_by(Gathering.starts_at, Gathering.id)
    )
    found = [
        Promises(one, await overview(one.id, today_at(one, now), viewer.account_id))
        for one in gatherings
    ]
    return sorted(found, key=lambda one: (not one.seen.late, not one.seen.soon))
