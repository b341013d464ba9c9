"""What the booking pages share: a visit, where it belongs, and the cookie of a booking."""

from dataclasses import dataclass

from litestar import Response
from litestar.response import Redirect

from gatherings.bookings.answers import Answers
from gatherings.bookings.drafts import LASTS, find_draft
from gatherings.bookings.extra_questions import Question, questions_of
from gatherings.bookings.journey import DAY, FIRST, LAST, first_missing, may_open
from gatherings.bookings.own_secrets import COOKIE, cookie_of
from gatherings.people.roles import Viewer
from gatherings.planning.lookup import gathering_to_show, is_over
from gatherings.planning.tables import Gathering
from web.cookies import cookie_key, cookie_keys, give_cookie
from web.database import read
from web.pages import Page, WebRequest, go, page, pages_of

Answer = Response[str] | Redirect
BOOKING_OPENS_FOR = 30 * 24 * 60 * 60
RECEIPT_OPENS_FOR = 60 * 60
WHO_ENTERS = ("organiser", "access_lead")


@dataclass
class Visit:
    """Somebody on a booking page. `answers` is None when nothing was written, or too long ago."""

    request: WebRequest
    gathering: Gathering
    viewer: Viewer | None
    key: str
    answers: Answers | None
    changing: bool = False

    @property
    def base(self) -> str:
        """The address above all pages of this booking."""
        return f"/g/{self.gathering.slug}/book"

    @property
    def enters(self) -> bool:
        """Whether somebody of the team may be writing down what a person told them."""
        return self.viewer is not None and self.viewer.may(self.gathering.series, *WHO_ENTERS)

    @property
    def full(self) -> bool:
        """Whether the last place is taken."""
        return self.gathering.taken >= self.gathering.capacity

    @property
    def being_written(self) -> Answers:
        """The answers so far; none after a booking was made, so that another can begin."""
        return self.answers if self.answers and not self.answers.booked else Answers()

    async def questions(self, step: str) -> list[Question]:
        """The organisers' own questions, for the pages that show them."""
        return await read(questions_of, self.gathering.id) if step in (DAY, LAST) else []

    def go(self, step: str, *, late: bool = False) -> Redirect:
        """On to another page; who changes an answer still does so on the pages it leads to."""
        asked = "?late=yes" if late else "?change=yes" if self.changing and step != LAST else ""
        return go(f"{self.base}/{step}{asked}")


async def visit_of(request: WebRequest, slug: str, viewer: Viewer | None) -> Visit:
    """The visit that a request belongs to; a draft gathering is there for its planners alone."""
    gathering = await read(gathering_to_show, slug, viewer)
    key = cookie_key(request, _cookie(gathering))
    answers = await read(find_draft, key, gathering.id) if key else None
    return Visit(request, gathering, viewer, key, answers)


def _cookie(gathering: Gathering) -> str:
    """Each gathering has its own, so that two bookings side by side never mix."""
    return f"draft-{gathering.slug}"


def elsewhere(visit: Visit, step: str, status: int = 200) -> Answer | None:
    """Where somebody belongs who cannot be on this page; None when they can."""
    state = "over" if is_over(visit.gathering) else visit.gathering.state
    if state != "open":
        return not_open(visit, state, status)
    if step == FIRST:
        return None
    if visit.answers is None:
        return visit.go(FIRST, late=True)
    if visit.answers.booked:
        made = visit.answers
        return to_booking(visit, made.booked, made.secret, made.source or "web")
    return None if may_open(step, visit.answers) else visit.go(first_missing(visit.answers))


def not_open(visit: Visit, state: str, status: int) -> Page:
    """Why booking is not open, and what to do."""
    return page(
        visit.request, "booking/not_open.html", status=status, g=visit.gathering, state=state
    )


def to_booking(visit: Visit, reference: str, secret: str, source: str) -> Redirect:
    """On to the booking's own page, which this browser may open.

    Whoever wrote it down for somebody sees the receipt, and does not keep the key to it.
    """
    answer = go(f"/b/{reference}")
    lasts = BOOKING_OPENS_FOR if source == "web" else RECEIPT_OPENS_FOR
    give_booking_cookie(visit.request, answer, reference, secret, lasts)
    return answer


def draft_code(visit: Visit) -> str:
    """The code with which this draft can be found again, as far as this browser knows."""
    return cookie_key(visit.request, _code_cookie(visit.gathering))


def with_code(visit: Visit, code: str, answer: Redirect) -> Redirect:
    """The answer with the code for this browser to show; we do not keep it."""
    lasts = int(LASTS.total_seconds()) if code else 0
    give_cookie(visit.request, answer, _code_cookie(visit.gathering), code, lasts)
    return answer


def _code_cookie(gathering: Gathering) -> str:
    return f"code-{gathering.slug}"


def with_draft(visit: Visit, key: str, answer: Redirect) -> Redirect:
    """The answer with the key to the draft, for another 48 hours."""
    give_cookie(visit.request, answer, _cookie(visit.gathering), key, int(LASTS.total_seconds()))
    return answer


def give_booking_cookie(
    request: WebRequest,
    answer: Response[object],
    reference: str,
    secret: str,
    lasts: int = BOOKING_OPENS_FOR,
) -> None:
    """Open the booking's page on this device for so many seconds; "" for the secret closes it."""
    give_cookie(request, answer, cookie_of(reference), secret, lasts if secret else 0)


def by_consent(request: WebRequest) -> bool:
    """Whether this site keeps names and contacts only where somebody said yes to it."""
    return pages_of(request).settings.legal_basis == "consent"


def bookings_here(request: WebRequest) -> dict[str, str]:
    """The secrets of all bookings that this device can open, by reference."""
    return cookie_keys(request, COOKIE)


def booking_secret(request: WebRequest, reference: str) -> str:
    """The secret that this device has for the booking, or an empty string."""
    return cookie_key(request, cookie_of(reference))
