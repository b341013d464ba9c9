"""The privacy page, in plain words and in Easy Read, said from what the code really does."""

from litestar import HttpMethod, route
from litestar.params import FromQuery

from gatherings.bookings.drafts import DRAFT_HOURS
from gatherings.personal_data import keeping
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.legal_basis import BASES, SPECIAL
from sessions.personal_data.papers import usual_need_days
from web.pages import Page, WebRequest, page, pages_of


@route("/privacy", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="privacy")
async def show_privacy(request: WebRequest, easy: FromQuery[str] = "") -> Page:
    """What we keep about people, why, and for how long."""
    chosen = pages_of(request).settings
    return page(
        request,
        "personal_data/privacy_easy.html" if easy == "yes" else "personal_data/privacy.html",
        private=False,
        easy=easy == "yes",
        rows=[(rule.what, rule.when.capitalize()) for rule in ALL_RULES],
        keeping=keeping,
        need_days=usual_need_days(),
        draft_hours=DRAFT_HOURS,
        basis=BASES[chosen.legal_basis],
        special=SPECIAL,
        contact=chosen.privacy_contact,
        by_mail=bool(chosen.smtp_host),
        backup_days=keeping.BACKUPS.days,
    )


routes = [show_privacy]
