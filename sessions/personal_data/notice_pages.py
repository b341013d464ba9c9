"""The privacy page, in plain words and in Easy Read, said from what the code really does."""

from litestar import HttpMethod, route
from litestar.params import FromQuery

from gatherings.bookings.drafts import LASTS
from gatherings.personal_data import keeping
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from web.pages import Page, WebRequest, page, pages_of

BASIS_WORDS = {
    "duty": "The law asks us to make our gatherings open to disabled people (the Equality Act). "
    "For that we must keep who comes and what they need.",
    "interest": "We need it to run the gatherings that you book (legitimate interest).",
    "consent": "You agreed to it when you booked (consent).",
}


@route("/privacy", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="privacy")
async def show_privacy(request: WebRequest, easy: FromQuery[str] = "") -> Page:
    """What we keep about people, why, and for how long."""
    chosen = pages_of(request).settings
    default = Gathering.keep_needs_days._meta.params["default"]
    return page(
        request,
        "personal_data/privacy_easy.html" if easy == "yes" else "personal_data/privacy.html",
        private=False,
        easy=easy == "yes",
        rows=[(rule.what, rule.when.capitalize()) for rule in ALL_RULES],
        keeping=keeping,
        need_days=default,
        draft_hours=int(LASTS.total_seconds()) // 3600,
        basis=BASIS_WORDS[chosen.legal_basis],
        contact=chosen.privacy_contact,
        by_mail=bool(chosen.smtp_host),
        backup_days=keeping.BACKUPS.days,
    )


routes = [show_privacy]
