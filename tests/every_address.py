"""Every address that can be opened, with real parameters from one loaded setting.

A new route with a new kind of parameter needs a line in `fillings`, or its test fails.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any, cast

from litestar import Litestar
from litestar.routes import HTTPRoute

from gatherings.access.arrangements import ArrangementWords, add_arrangement
from gatherings.access.catalogue import catalogue
from gatherings.access.making_reports import make_report
from gatherings.access.needs import NeedAnswer
from gatherings.access.support import SupportWords, add_support
from gatherings.access.tables import Need
from gatherings.bookings import asking, bookings, cancelling, changing
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.letters.private_links import private_link
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, make_password_link
from gatherings.personal_data.data_requests import Asked, note_request
from gatherings.planning.catalogue import FACT_GROUPS, FEATURE_GROUPS
from gatherings.planning.floor_plans import add_plan
from gatherings.planning.lookup import rooms_of
from gatherings.planning.tables import Gathering, GatheringEvent
from sessions.board.day_helpers import add_helper
from sessions.capture.tables import Sheet
from sessions.summaries.tables import SummaryPoint
from tests.booking_rows import with_needs
from tests.booking_walk import walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.sheet_rows import build_published, floor_plan
from tests.waiting_rows import again, booked
from web.database import read, write
from web.settings import settings

Filling = tuple[str, str, str]
READING = ("GET", "HEAD")


@dataclass(frozen=True)
class Loaded:
    """Addresses' parameters by (prefix, name), and the cookies of each kind of person."""

    fillings: tuple[Filling, ...]
    cookies: Mapping[str, Mapping[str, str]]


class NotFilled(Exception):
    """An address has a parameter for which the setting holds nothing."""


def readable_routes(app: Litestar) -> Iterator[str]:
    """The pattern of every route that answers GET or HEAD, and of every mounted handler."""
    for route in app.routes:
        methods = getattr(route, "methods", READING)
        if not isinstance(route, HTTPRoute) or set(methods) & set(READING):
            yield route.path_format


def filled(pattern: str, fillings: tuple[Filling, ...]) -> str:
    """The address, each parameter from the longest prefix that knows it. May raise NotFilled."""

    def value(found: re.Match[str]) -> str:
        known = [
            (len(prefix), given)
            for prefix, parameter, given in fillings
            if parameter == found[1] and pattern.startswith(prefix)
        ]
        if not known:
            raise NotFilled(f"nothing is known for {{{found[1]}}} of {pattern}")
        return max(known)[1]

    return re.sub(r"\{(\w+)\}", value, pattern)


async def load(app: Litestar, setting: Setting, browser: PageClient) -> Loaded:
    """Fill the setting with one of everything, and write down where it is."""
    gathering, team, now = setting.gathering, setting.team, datetime.now(UTC)
    booking = await _party_of_two(gathering, now)
    await write(changing.remove_person, booking.id, 2, now)
    need = await Need.objects().first()
    assert need is not None
    offered = await booked(gathering, 1, "Dot")
    assert await write(cancelling.cancel, offered.id, at=now)
    notes = await build_published(gathering.id)
    sheet = await Sheet.objects().order_by(Sheet.id).first()
    assert sheet is not None
    _give_it_a_file(_picture_name(sheet))
    await write(_became_a_copy, gathering.id)
    await write(asking.add_question, setting.viewer, gathering.id, _tea(gathering))
    for role in ("access_lead", "note_keeper", "facilitator", "door"):
        await write(grant, team.ada, gathering.series, role)
    for report in ("venue", "caterer"):
        await write(make_report, gathering.id, report, team.ada, "The venue", now)
    feed = await write(make_key, Owner(account=team.ada), now)
    letter, event = await Letter.objects().first(), await GatheringEvent.objects().first()
    room = (await read(rooms_of, gathering.venue))[0]
    point = await SummaryPoint.objects().first()
    assert letter is not None
    assert point is not None
    assert event is not None
    await walk_to_check(browser, gathering.slug)
    secret = private_link(booking).rpartition("/")[2]
    draft = f"draft-{gathering.slug}"
    loop = ArrangementWords("hearing_loop", "A loop", "", "", 0, "asked")
    arranged = (gathering.id, loop, now)
    supported = (gathering.id, SupportWords("bsl", "Ines"), now)
    group = next(iter(catalogue().groups))
    script: str = app.state.pages.environment.globals["static"]("page.js")
    asked = (Asked("see", "phone", now.date(), "Rang", gathering.series), now)
    fillings = (
        *(("/g/", name, gathering.slug) for name in ("slug", "gathering")),
        *(("/desk/g/", name, gathering.slug) for name in ("slug", "gathering")),
        *((f"{area}/series/", "slug", setting.series_slug) for area in ("", "/desk")),
        ("/desk/venues/", "slug", setting.venue_slug),
        ("/desk/venues/", "position", str(room.position)),
        ("/desk/venues/", "key", await write(add_plan, gathering.venue, *floor_plan())),
        ("/desk/venues/{slug}/facts/", "group", next(iter(FACT_GROUPS))),
        ("/desk/venues/{slug}/rooms/{position}/features/", "group", next(iter(FEATURE_GROUPS))),
        ("/go/", "word", "spring"),
        ("/g/", "kind", "cards"),
        ("/sign-in/password/", "key", await write(make_password_link, team.dee)),
        ("/g/{slug}/book/", "step", "who"),
        ("/g/{slug}/book/", "group", group),
        ("/g/{slug}/book/person/", "key", "1"),
        ("/g/{slug}/book/person/", "step", "help"),
        ("/desk/g/{slug}/plan/", "number", "1"),
        ("/desk/g/{slug}/questions/", "number", "1"),
        ("/desk/g/{slug}/promises/", "form", "csv"),
        ("/desk/g/{slug}/told/", "event", str(event.id)),
        ("/desk/g/{slug}/letters/", "handle", letter.handle),
        *((area, "reference", booking.reference) for area in ("/b/", "/desk/g/")),
        *((area, "position", "1") for area in ("/b/", "/g/", "/desk/g/")),
        ("/b/", "secret", secret),
        ("/b/{reference}/needs/add/", "group", group),
        ("/b/{reference}/needs/", "handle", need.handle),
        ("/desk/g/{slug}/needs/", "handle", need.handle),
        ("/desk/g/{slug}/arrangements/", "handle", await write(add_arrangement, *arranged)),
        ("/desk/g/{slug}/support/", "handle", await write(add_support, *supported)),
        ("/desk/requests/", "reference", await write(note_request, setting.viewer, "form", *asked)),
        ("/desk/g/{slug}/needs/{handle}/", "to", "talking"),
        ("/desk/g/", "form", "csv"),
        ("/desk/g/{slug}/reports/numbers/", "report", "venue"),
        ("/desk/g/{slug}/reports/people/", "report", "caterer"),
        ("/g/{gathering}/sessions/", "number", "1"),
        ("/g/{gathering}/help/", "key", await write(add_helper, gathering.id, "Hal", 1, now)),
        ("/feeds/", "name", f"{feed}.ics"),
        ("/feeds/", "key", feed),
        ("/g/{gathering}/capture/", "code", notes.codes[0]),
        ("/g/{gathering}/capture/{code}/credit", "code", notes.drawing),
        ("/n/", "code", notes.codes[0]),
        ("/pictures/", "name", _picture_name(sheet)),
        ("/desk/g/{gathering}/summary/pictures/", "code", notes.codes[0]),
        ("/desk/g/{gathering}/summary/questions/", "handle", notes.question),
        ("/desk/g/{gathering}/summary/points/", "handle", point.handle),
        ("/static/", "name", script.rpartition("/")[2]),
    )
    theirs = {f"booking-{booking.reference}": secret, draft: browser.cookie(draft)}
    cookies = {
        "a stranger": {},
        "an attendee": theirs,
        "an organiser": {"sign-in": await write(begin_sign_in, team.ada)},
    }
    return Loaded(fillings, cookies)


async def _party_of_two(gathering: Gathering, at: datetime) -> Booking:
    """One of the two has told us a need."""
    told = with_needs(NeedAnswer("hear.bsl"))
    people = (*told.people, PersonAnswer(name="Dot", help="no"))
    mine = replace(told, people=people, for_whom="us")
    made = await write(bookings.book, gathering.id, mine, at=at)
    return await again(made.reference)


def _tea(gathering: Gathering) -> asking.QuestionWords:
    return asking.QuestionWords(
        kind="yes_no",
        asks="Tea?",
        why="To buy enough.",
        choices="",
        each_person=False,
        audience="team",
        forget_on=asking.usual_forget_on(gathering),
    )


def _picture_name(sheet: Sheet) -> str:
    return f"{sheet.picture}-small.jpg"


def _give_it_a_file(name: str) -> None:
    folder = settings().pictures
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"")


async def _became_a_copy(gathering_id: int) -> None:
    await Gathering.update({Gathering.copied_from: gathering_id}).where(
        Gathering.id == gathering_id
    )


async def answer_of(
    app: Litestar, method: str, address: str, cookies: Mapping[str, str]
) -> tuple[int, dict[str, str]]:
    """The status and the headers. The browser goes away as soon as it has them: streams end."""
    jar: SimpleCookie = SimpleCookie()
    for name, value in cookies.items():
        jar[name] = value
    cookie = jar.output(header="", sep=";").strip()
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode())],
        "client": ("10.9.8.7", 1),
        "server": ("testserver", 80),
    }
    started: dict[str, Any] = {}
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.update(message)

    await app(cast(Any, scope), cast(Any, receive), cast(Any, send))
    headers = {name.decode().lower(): value.decode() for name, value in started["headers"]}
    return started["status"], headers
