"""Noting that the plan and the papers went to everybody who needs them before the day."""

from datetime import UTC, datetime

from gatherings.people.roles import Viewer
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering


async def papers_went(viewer: Viewer, gathering_id: int, at: datetime | None = None) -> None:
    """They have gone, to those who asked until now. Who asks later is not covered by it."""
    await hold(Gathering, gathering_id)
    await _keep(viewer, gathering_id, at or datetime.now(UTC), "papers sent")


async def papers_did_not_go(viewer: Viewer, gathering_id: int) -> None:
    """It was said too early. Saying it again changes nothing."""
    await hold(Gathering, gathering_id)
    if (await gathering_of(gathering_id)).papers_sent_at is not None:
        await _keep(viewer, gathering_id, None, "papers not sent")


async def _keep(viewer: Viewer, gathering_id: int, at: datetime | None, what: str) -> None:
    await Gathering.update({Gathering.papers_sent_at: at}).where(Gathering.id == gathering_id)
    await note_event(gathering_id, viewer.account_id, what)
