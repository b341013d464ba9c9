"""Series: starting one and changing its words."""

from gatherings.people.roles import Viewer, grant
from gatherings.people.tables import Account, Role
from gatherings.planning.lookup import series_of
from gatherings.planning.refusals import must_be_as_seen
from gatherings.planning.rows import hold
from gatherings.planning.slugs import free_slug
from gatherings.planning.tables import Series
from web.problems import NotAllowed

FIELDS = ("name", "about")


async def start_series(viewer: Viewer, name: str, about: str) -> str:
    """Start a series. The viewer organises it, and leads on access until somebody else is named.

    The same name again finds the same series.
    """
    if not viewer.starts_series:
        raise NotAllowed("Ask the person who looks after this site to let you start a series.")
    await hold(Account, viewer.account_id)
    same = await Series.objects().get(
        (Series.name == name) & Series.id.is_in([0, *await _organised_by(viewer.account_id)])
    )
    if same is not None:
        return same.slug
    series = Series(slug=await free_slug(Series, Series.slug, name), name=name, about=about)
    await series.save()
    for role in ("organiser", "access_lead"):
        await grant(viewer.account_id, series.id, role)
    return series.slug


async def change_series(series_id: int, name: str, about: str, seen: str = "") -> None:
    """Change a series' words. Its address stays."""
    await hold(Series, series_id)
    must_be_as_seen(await series_of(series_id), FIELDS, seen)
    await Series.update({Series.name: name, Series.about: about}).where(Series.id == series_id)


async def _organised_by(account_id: int) -> list[int]:
    rows = await Role.select(Role.series).where(
        Role.account == account_id, Role.role == "organiser"
    )
    return [row["series"] for row in rows]
