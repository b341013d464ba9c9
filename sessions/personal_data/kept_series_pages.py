"""The desk's page of what is still kept of a whole series, and of the backups."""

import asyncio
from datetime import UTC, datetime

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.personal_data import keeping
from gatherings.planning.lookup import series_by_slug
from sessions.personal_data.backups import usual_folder
from sessions.personal_data.kept_series import backups_kept, kept_of_series
from web.database import read
from web.pages import Page, WebRequest, page


@get("/desk/series/{slug:str}/kept", name="series_kept")
async def show_kept_of_series(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What is there now and until when: of those who came, the team, this site, and backups."""
    signed_in(viewer)
    series = await read(series_by_slug, slug)
    person = need_role(viewer, series.id, "organiser", "access_lead")
    kept = await read(kept_of_series, series.id)
    return page(
        request,
        "personal_data/kept_series.html",
        series=series,
        organises=person.may(series.id, "organiser"),
        people=[(one.what, str(one.number), one.until) for one in kept.people if one.number],
        nothing=[one.what for one in (*kept.people, *kept.team) if not one.number],
        team=[(one.what, str(one.number), one.until) for one in kept.team if one.number],
        gatherings=kept.gatherings,
        zone=kept.gatherings[0].gathering.zone if kept.gatherings else "UTC",
        backups=await asyncio.to_thread(backups_kept, usual_folder(), datetime.now(UTC)),
        backup_days=keeping.BACKUPS.days,
        kept_for=keeping.BACKUPS,
    )


routes = [show_kept_of_series]
