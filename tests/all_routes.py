"""Every route of the app, and a gathering in which each of them finds something to show."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from litestar import Litestar

from gatherings.access.arrangements import ArrangementWords, add_arrangement
from gatherings.access.needs import NeedAnswer
from gatherings.access.support import SupportWords, add_support
from gatherings.access.tables import Deputy, Need
from gatherings.bookings import bookings
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking, BookingQuestion
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.people.sign_in import make_password_link, open_account
from gatherings.people.tables import ROLES
from gatherings.personal_data.complaints import ComplaintWords, complain
from gatherings.personal_data.data_requests import Asked, note_request
from gatherings.personal_data.tables import Complaint
from gatherings.planning.copying import copy_gathering
from gatherings.planning.floor_plans import add_plan
from gatherings.planning.gathering_words import first_day
from gatherings.planning.gatherings import Telling, Terms, set_terms
from sessions.board import merging, offers, wishes
from sessions.board.day_helpers import add_helper
from sessions.summaries import points, publishing
from sessions.summaries.comments import say
from sessions.summaries.picture_people import list_person
from sessions.summaries.tables import PicturePerson, SummaryPoint
from tests.builders import Setting, build_gathering
from tests.sheet_rows import build_notes, floor_plan, picture_row
from web.crypto import new_key
from web.database import read, write
from web.static_files import StaticFiles

STREAMS = ("board_changes",)
PART = re.compile(r"{(\w+)(?::\w+)?}")


@dataclass(frozen=True)
class OneRoute:
    """A handler for one method. `template` is its address with {names} of what is filled in."""

    name: str
    method: str
    template: str

    def address(self, places: Mapping[str, str]) -> str:
        """The address with real parts: those of the route, of the place before it, or of all.

        So `places` may have "credit code", "points/handle" and "handle", the first first.
        """
        filled: list[str] = []
        for segment in self.template.split("/"):
            part = PART.match(segment)
            filled.append(
                self._part(part[1], filled, places) + segment[part.end() :] if part else segment
            )
        return "/".join(filled)

    def _part(self, part: str, before: list[str], places: Mapping[str, str]) -> str:
        keys = (f"{self.name} {part}", f"{before[-1]}/{part}", part)
        found = next((places[key] for key in keys if key in places), None)
        assert found is not None, f"tests/all_routes.py has no {keys} for {self.template}"
        return found


def every_route(app: Litestar) -> list[OneRoute]:
    """Every route of the app, for each method that people use."""
    found = {
        OneRoute(_name(route.path, handler), method, route.path)
        for route, handler in _handlers(app)
        for method in handler.http_methods - {"HEAD", "OPTIONS"}
    }
    return sorted(found, key=lambda one: (one.template, one.method))


def routes_of(app: Litestar) -> list[OneRoute]:
    """The same without the streams, which never end."""
    return [one for one in every_route(app) if one.name not in STREAMS]


def _name(template: str, handler: Any) -> str:
    """The handler's name; a page that parties and the desk share is two routes."""
    shared = len(handler.paths) > 1 and template.startswith("/desk")
    return f"desk {handler.name}" if shared else handler.name or ""


def _handlers(app: Litestar) -> Iterator[tuple[Any, Any]]:
    for route in app.routes:
        many = getattr(route, "route_handlers", None) or [getattr(route, "route_handler", None)]
        yield from ((route, handler) for handler in many if hasattr(handler, "http_methods"))


@dataclass(frozen=True)
class Markers:
    """Words that stand for each kind of what is personal, and occur nowhere else."""

    names: str = "Zebedeex"
    contact: str = "01632 960 977"
    needs: str = "Everyone to use a microphone"
    words: str = "Velvetwords"
    answers: str = "Saffronanswer"


MARKERS = Markers()
SECRET = "marked-secret-marked-secret-marked-secret-1"


@dataclass(frozen=True)
class Whole:
    """A gathering with something of everything, an account for each role, parts of addresses."""

    setting: Setting
    accounts: Mapping[str, int]
    places: Mapping[str, str]
    reference: str
    secret: str = SECRET


async def build_whole(pictures: Path) -> Whole:
    """Somebody has booked with a need and an answer; sheets, a published summary, a comment."""
    setting = await build_gathering()
    accounts = await write(_people, setting)
    gathering = setting.gathering
    question = await write(_question, gathering.id)
    booked = await write(bookings.book, gathering.id, _party(question), secret=SECRET)
    notes = await build_notes(gathering.id, accounts["note_keeper"])
    await write(points.bring, gathering.id, notes.question, notes.handles[:1])
    await write(publishing.publish, gathering.id, None)
    terms = Terms(
        capacity=gathering.capacity,
        cost_pence=500,
        contact_phone=gathering.contact_phone,
        postal_address=gathering.postal_address,
        go_word=gathering.go_word,
    )
    telling = Telling(everybody=True)
    told = await write(set_terms, setting.viewer, gathering.id, terms, telling=telling)
    on = first_day(gathering) + timedelta(weeks=13)
    copied = await write(copy_gathering, setting.viewer, gathering.id, "Next", on)
    comment = await write(say, gathering.id, "Eve", "Well said", "form-1")
    merge = await write(_merge, gathering.id)
    made = await read(_made)
    places = {
        "slug": gathering.slug,
        "gathering": gathering.slug,
        "reference": booked.reference,
        "told/event": str(told),
        "gathering_copied slug": copied,
        "person/key": "1",
        "to": "talking",
        "numbers/report": "venue",
        "people/report": "greeters",
        "form": "print",
        "history/version": "1",
        "change_letter change": "told",
        "series/slug": setting.series_slug,
        "venues/slug": setting.venue_slug,
        "secret": SECRET,
        "word": "spring",
        "number": "1",
        "plan/number": "3",
        "position": "1",
        "book/step": "who",
        "step": "help",
        "need/group": "hear",
        "facts/group": "arriving",
        "features/group": "moving",
        "state/change": "close",
        "static/name": _style(),
        "add/group": "hear",
        **await write(_arranged, gathering.id),
        "need_step to": "talking",
        "move_need to": "talking",
        "code": notes.codes[0],
        "credit code": notes.drawing,
        "change_credit code": notes.drawing,
        "comments/handle": comment,
        "merge/handle": merge,
        "merges/handle": merge,
        "wishes/handle": await write(wishes.ask, gathering.id, 1, "An earlier round"),
        "ahead": "1",
        **await write(_in_picture, gathering.id, notes.codes[1], booked.reference),
        "helper": "1",
        "help/key": await write(add_helper, gathering.id, "Hal", 1, datetime.now(UTC)),
        "paper/kind": "cards",
        "complaints/handle": await write(_complaint, gathering.series),
        "requests/reference": await write(_request, setting),
        "questions/handle": notes.question,
        **made,
        "floor-plans/key": await write(add_plan, gathering.venue, *floor_plan()),
        "password/key": await write(make_password_link, accounts["dee"]),
        "pictures/name": _picture(pictures),
        **await write(_feeds, accounts["facilitator"], booked.reference),
    }
    return Whole(setting, accounts, places, booked.reference)


async def _people(setting: Setting) -> dict[str, int]:
    series, team = setting.gathering.series, setting.team
    found = {"starter": team.ada, "facilitator": team.ben, "dee": team.dee}
    for role in ROLES:
        if role not in found:
            found[role] = await open_account(f"{role}@example.org", f"The {role}")
            await grant(found[role], series, role)
    found["deputy"] = await open_account("deputy@example.org", "The deputy")
    await grant(found["deputy"], series, "note_keeper")
    await Deputy(gathering=setting.gathering.id, account=found["deputy"]).save()
    return found


async def _in_picture(gathering_id: int, code: str, reference: str) -> dict[str, str]:
    """Somebody of the booking can be recognised on a sheet: not on the one of `_picture`."""
    await list_person(gathering_id, code, reference)
    handle = (await PicturePerson.objects())[0].handle
    return {"people/handle": handle, "pictures/handle": handle, "pictures/code": code}


async def _complaint(series_id: int) -> str:
    await complain("form", series_id, ComplaintWords("It was cold"), datetime.now(UTC))
    return str((await Complaint.objects())[0].handle)


async def _request(setting: Setting) -> str:
    today = datetime.now(UTC).date()
    asked = Asked("see", "phone", today, "Rang at noon", setting.gathering.series)
    return await note_request(setting.viewer, "form", asked, datetime.now(UTC))


async def _question(gathering_id: int) -> int:
    row = BookingQuestion(
        gathering=gathering_id, position=1, asks="Which train?", forget_on=date(2090, 1, 1)
    )
    await row.save()
    return int(row.id)


def _party(question: int) -> Party:
    need = NeedAnswer("hear.mic", MARKERS.words, "must")
    return Party(
        people=(PersonAnswer(MARKERS.names, help="yes", needs=(need,)),),
        contact_name=MARKERS.names,
        contact_way="phone",
        contact_detail=MARKERS.contact,
        consent="yes",
        extra=((question, (MARKERS.answers,)),),
    )


async def _merge(gathering_id: int) -> str:
    """The first session may become one with another."""
    words = ("Homes", "", "Host of Homes", new_key())
    other = await offers.offer(gathering_id, None, *words)
    return await merging.propose(gathering_id, 1, other.number)


async def _made() -> dict[str, str]:
    """Handles that were made on the way."""
    need, point = await Need.objects().first(), await SummaryPoint.objects().first()
    letter = await Letter.objects().first()
    assert need is not None
    assert point is not None
    assert letter is not None
    return {
        "needs/handle": need.handle,
        "points/handle": point.handle,
        "letters/handle": letter.handle,
    }


async def _arranged(gathering_id: int) -> dict[str, str]:
    """A loop that is hired, and somebody who interprets."""
    now = datetime.now(UTC)
    loop = ArrangementWords("hearing_loop", "A loop", "Loops Ltd", "", 0, "confirmed")
    return {
        "arrangements/handle": await add_arrangement(gathering_id, loop, now),
        "support/handle": await add_support(gathering_id, SupportWords("bsl", "Ina"), now),
    }


async def _feeds(facilitator: int, reference: str) -> dict[str, str]:
    """The secret addresses of a party's and of a facilitator's calendar."""
    now = datetime.now(UTC)
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    return {
        "feeds/name": f"{await make_key(Owner(booking=booking.id), now)}.ics",
        "feeds/key": await make_key(Owner(account=facilitator), now),
    }


def _picture(pictures: Path) -> str:
    """A file for the first sheet, which the published summary does not show."""
    pictures.mkdir(parents=True, exist_ok=True)
    name = f"{picture_row('first').key}-small.jpg"
    (pictures / name).write_bytes(b"a picture")
    return name


def _style() -> str:
    return StaticFiles().address("site.css").removeprefix("/static/")
