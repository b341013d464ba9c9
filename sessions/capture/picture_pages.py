"""The files of pictures: published ones and floor plans for everybody, others for the team."""

import asyncio
from hmac import compare_digest

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.roles import Viewer
from gatherings.planning.floor_plans import plan_by_picture
from gatherings.planning.lookup import gathering_of, venue_of
from sessions.capture.sheets import sheet_by_picture
from sessions.capture.tables import Sheet
from sessions.summaries.picture_people import parties_in
from sessions.summaries.publishing import is_published
from web.cookies import cookie_key
from web.crypto import hash_of
from web.database import read
from web.pages import WebRequest
from web.picture_forms import picture_folder
from web.pictures import file_of
from web.problems import NotFound

HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
}


@get("/pictures/{name:str}", name="picture")
async def show_picture(
    request: WebRequest, viewer: NamedDependency[Viewer | None], name: FromPath[str]
) -> Response[bytes]:
    """One size of one picture, under a name of ours."""
    key, _, size = name.removesuffix(".jpg").partition("-")
    path = file_of(key, size, picture_folder(request))
    if (
        path is None
        or name != f"{key}-{size}.jpg"
        or not await read(_may_see, key, viewer, request)
    ):
        raise NotFound
    headers = HEADERS | {"content-disposition": f'inline; filename="{name}"'}
    content = await asyncio.to_thread(path.read_bytes)
    return Response(content, media_type="image/jpeg", headers=headers)


async def _may_see(key: str, viewer: Viewer | None, request: WebRequest) -> bool:
    plan = await plan_by_picture(key)
    if plan is not None:
        return bool(plan.described) or await _plans_at(plan.venue, viewer)
    sheet = await sheet_by_picture(key)
    if sheet is None:
        return False
    gathering = await gathering_of(sheet.gathering)
    if viewer is not None and viewer.may(gathering.series, "note_keeper"):
        return True
    return await is_published(sheet) or await _shows_party(sheet, request)


async def _shows_party(sheet: Sheet, request: WebRequest) -> bool:
    """Whether this browser has the secret of somebody who can be recognised in the picture."""
    return any(
        compare_digest(
            booking.secret_hash, hash_of(cookie_key(request, cookie_of(booking.reference)))
        )
        for booking in await parties_in(sheet.id)
    )


async def _plans_at(venue_id: int, viewer: Viewer | None) -> bool:
    venue = await venue_of(venue_id)
    return viewer is not None and viewer.may(venue.series, "organiser")


routes = [show_picture]
