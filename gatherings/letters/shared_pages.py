"""What the desk's pages about letters share."""

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import WebRequest, pages_of

WHO_SEES_LETTERS = ("organiser", "access_lead")


async def gathering_for_letters(
    viewer: Viewer | None, slug: str, *roles: str
) -> tuple[Viewer, Gathering]:
    """The gathering, when the viewer may read its letters, or holds one of these roles."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    return need_role(viewer, gathering.series, *(roles or WHO_SEES_LETTERS)), gathering


def mail_is_set_up(request: WebRequest) -> bool:
    """Whether this server sends e-mail."""
    return bool(pages_of(request).settings.smtp_host)
