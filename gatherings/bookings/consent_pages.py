"""What a party said to keeping its needs, and taking it back: by itself, or by ringing us."""

from litestar import get, post
from litestar.di import NamedDependency

from gatherings.access.consent import consent_of
from gatherings.bookings.booking_list import SOURCE_WORDS, names_of
from gatherings.bookings.own_shared_pages import Answer, Look, both, look, look_on_desk
from gatherings.people.roles import Viewer
from gatherings.personal_data.erasures import log_erasures, withdraw_consent
from web.database import leave_no_trace, read, write
from web.pages import Page, WebRequest, pages_of


@get(both("consent"), name="consent")
async def show_consent(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page:
    """The words that were shown, the answer, and one button to take a yes back."""
    seen = await _look(request, viewer)
    said = await read(consent_of, seen.own.booking.id)
    names = await read(names_of, [said.taken_by if said else None])
    return seen.draw("taken_back.html", said=said, names=names, source_words=SOURCE_WORDS)


@post(both("consent"), name="withdraw_consent_now")
async def withdraw_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Take the yes back: the needs go at once. Pressed again it changes nothing."""
    seen = await _look(request, viewer)
    by_whom = "team" if seen.on_desk else "person"
    await write(withdraw_consent, seen.own.booking.id, by_whom, seen.now, seen.account_id)
    await log_erasures(pages_of(request).settings.data_dir)
    await leave_no_trace()
    return seen.back()


async def _look(request: WebRequest, viewer: Viewer | None) -> Look:
    if "slug" in request.path_params:
        return await look_on_desk(request, viewer, "organiser", "access_lead")
    return await look(request, viewer)


routes = [show_consent, withdraw_now]
