"""Who may open the pages about a gathering's bookings."""

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.database import read


async def organised(viewer: Viewer | None, slug: str) -> Gathering:
    """The gathering, when the viewer organises its series."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, "organiser")
    return gathering
