"""The desk: where the people who run gatherings begin, with what to do next."""

from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import get
from litestar.di import NamedDependency

from gatherings.access.light import LIGHT_WORDS
from gatherings.access.on_the_desk import promises_on_desk
from gatherings.access.openers import opens_needs
from gatherings.people.roles import Viewer, signed_in, works_door
from gatherings.people.tables import ROLES
from gatherings.personal_data.complaints import may_look_after, waiting_for
from gatherings.personal_data.data_request_views import today_at, waiting_requests
from gatherings.planning.gathering_words import is_today, public_state, when
from gatherings.planning.gatherings import what_is_missing
from gatherings.planning.listing import Listed, coming, gatherings_in, past
from gatherings.planning.lookup import is_over, series_in
from gatherings.planning.tables import Gathering, Series
from web.database import read
from web.pages import Page, WebRequest, page

MOST_PAST = 8
NEEDS = "Access needs"
DOOR, CAPTURE = "The door", "Photograph flipcharts"
SUMMARY, NUMBERS, KEPT = "Summary", "Numbers", "What is still kept"
WAITING, ROOM_CARDS = "Waiting list", "Room cards"
QUESTIONS, ANSWERS = "Your own questions", "Answers to your own questions"
BEFORE_THE_DAY = (CAPTURE, SUMMARY, NUMBERS, KEPT)
BEFORE_PUBLISHING = (
    *BEFORE_THE_DAY,
    "Bookings",
    WAITING,
    NEEDS,
    ANSWERS,
    DOOR,
    "Arrange the board",
)
UNTIL_IT_IS_OVER = (WAITING, ROOM_CARDS, DOOR)


@dataclass(frozen=True)
class OnTheDesk:
    """A gathering with what the viewer may open, and what to do next."""

    listed: Listed
    when: str
    state: tuple[str, str]
    next_step: str
    links: list[tuple[str, str]]


@get("/desk", name="desk")
async def show_desk(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page:
    """The series and gatherings that the viewer helps with."""
    person = signed_in(viewer)
    series = await read(series_in, person.series_ids())
    listed = await read(gatherings_in, person.series_ids())
    return page(
        request,
        "planning/desk.html",
        series=[(one, person.may(one.id, "organiser")) for one in series],
        coming=[on_the_desk(person, one) for one in coming(listed)],
        past=[on_the_desk(person, one) for one in past(listed)[:MOST_PAST]],
        doors=[
            one.gathering
            for one in coming(listed)
            if is_today(one.gathering) and works_door(person, one.gathering)
        ],
        what_next=_what_next(person, series, listed),
        promises=await read(promises_on_desk, person, datetime.now(UTC)),
        light_words=LIGHT_WORDS,
        hears_complaints=may_look_after(person),
        complaints=await read(waiting_for, person),
        requests=await read(waiting_requests, person, today_at(datetime.now(UTC))),
    )


def on_the_desk(viewer: Viewer, listed: Listed) -> OnTheDesk:
    """One gathering for one viewer."""
    gathering = listed.gathering
    organises = viewer.may(gathering.series, "organiser")
    return OnTheDesk(
        listed,
        when(gathering),
        public_state(gathering),
        _next_step(gathering) if organises else "",
        useful_now(gathering, desk_links(viewer, gathering)),
    )


def desk_links(viewer: Viewer, gathering: Gathering) -> list[tuple[str, str]]:
    """What the viewer may open of a gathering: words and addresses."""
    desk, public = f"/desk/g/{gathering.slug}", f"/g/{gathering.slug}"
    links = [
        (("organiser",), "Set up", desk),
        (("organiser", "access_lead"), "Bookings", f"{desk}/bookings"),
        (("organiser", "access_lead"), WAITING, f"{desk}/waiting"),
        (("organiser", "access_lead"), "Letters", f"{desk}/letters"),
        (("organiser", "access_lead"), NEEDS, f"{desk}/needs"),
        (("organiser", "access_lead"), "Reports", f"{desk}/reports"),
        (("facilitator",), ROOM_CARDS, f"{desk}/room-cards"),
        (("organiser",), QUESTIONS, f"{desk}/questions"),
        (ROLES, ANSWERS, f"{desk}/answers"),
        (("door",), DOOR, f"{desk}/door"),
        (("facilitator",), "Arrange the board", f"{public}/arrange"),
        (("note_keeper",), CAPTURE, f"{public}/capture"),
        (("organiser", "access_lead"), KEPT, f"{desk}/kept"),
        (("organiser",), SUMMARY, f"{desk}/summary"),
        (("organiser",), NUMBERS, f"{desk}/numbers"),
    ]
    mine = [
        (words, path)
        for roles, words, path in links
        if viewer.may(gathering.series, *roles)
        or (words == NEEDS and opens_needs(viewer, gathering))
    ]
    return [*mine, ("Its public page", public)]


def useful_now(gathering: Gathering, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of all that may be opened, what makes sense at this stage: the rest is on its own page."""
    too_early = BEFORE_PUBLISHING if gathering.state == "draft" else BEFORE_THE_DAY
    if is_today(gathering):
        hidden: tuple[str, ...] = ()
    else:
        hidden = UNTIL_IT_IS_OVER if is_over(gathering) else too_early
    return [(words, path) for words, path in links if words not in (QUESTIONS, *hidden)]


def _next_step(gathering: Gathering) -> str:
    """The next thing to do for a draft, in one sentence."""
    if gathering.state != "draft":
        return ""
    missing = what_is_missing(gathering)
    return f"{missing[0]}." if missing else "Everything needed is there. You can publish it."


def _what_next(viewer: Viewer, series: list[Series], listed: list[Listed]) -> str:
    """What to do first on a desk that is still empty: a word that the template knows."""
    if not series:
        return "start" if viewer.starts_series else "wait"
    organises = any(viewer.may(one.id, "organiser") for one in series)
    return "plan" if organises and not listed else ""


routes = [show_desk]
