"""Who may open the desk's pages: the organisers of the series, and nobody else."""

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug, series_by_slug, venue_by_slug
from gatherings.planning.tables import Gathering, Series, Venue
from web.database import read


async def own_series(viewer: Viewer | None, slug: str) -> tuple[Viewer, Series]:
    """The series, when the viewer organises it."""
    person = signed_in(viewer)
    series = await read(series_by_slug, slug)
    return need_role(person, series.id, "organiser"), series


async def own_venue(viewer: Viewer | None, slug: str) -> tuple[Viewer, Venue]:
    """The venue, when the viewer organises its series."""
    person = signed_in(viewer)
    venue = await read(venue_by_slug, slug)
    return need_role(person, venue.series, "organiser"), venue


async def own_gathering(viewer: Viewer | None, slug: str) -> tuple[Viewer, Gathering]:
    """The gathering, when the viewer organises its series."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    return need_role(person, gathering.series, "organiser"), gathering
