"""Pages on which a party, or an organiser for it, changes who comes and how we reach them."""

from collections.abc import Mapping
from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.access.consent import details_question, details_wording, refuses_details
from gatherings.bookings.booking_forms import DETAILS
from gatherings.bookings.booking_list import PersonView
from gatherings.bookings.changing import (
    Contact,
    PersonWords,
    add_person,
    change_contact,
    change_fewer,
    change_person,
    remove_person,
)
from gatherings.bookings.own_shared_pages import Answer, Look, both, look, try_to
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import PERSON_ROLES, WAYS
from gatherings.bookings.waiting_list import are_promised
from gatherings.people.roles import Viewer
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest
from web.problems import NotFound

LONGEST_NAME, LONGEST_BADGE = 200, 60
COMING = ("yes", "maybe", "no")


@get(both("people/{position:int}"), name="change_person")
async def show_person(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """What we know about one of the party."""
    seen = await look(request, viewer)
    person = person_in(seen, position)
    return _draw_person(seen, person, None) if seen.may_change_party else seen.back()


@post(both("people/{position:int}"), name="change_person_now")
async def keep_person(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Keep what was changed. A supporter who does not come is taken out."""
    seen = await look(request, viewer)
    person = person_in(seen, position)
    if not seen.may_change_party:
        return seen.back()
    form = await read_form(request)
    coming = form.choice("coming", "whether they come", COMING) if person.supporting else "yes"
    words = _read_person(form, person, maybe=coming == "maybe")
    if coming == "no":
        form.errors.clear()
        await try_to(form, remove_person, *_change(seen, position))
    else:
        booking_id, position, now, account_id = _change(seen, position)
        await try_to(form, change_person, booking_id, position, words, now, account_id)
    return _draw_person(seen, person, form) if form.errors else seen.back()


@get(both("people/{position:int}/remove"), name="remove_person")
async def ask_to_remove(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Ask once more before one of the party is taken out."""
    seen = await look(request, viewer)
    person = person_in(seen, position)
    return seen.draw("remove_person.html", person=person) if _can_remove(seen) else seen.back()


@post(both("people/{position:int}/remove"), name="remove_person_now")
async def remove_now(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Take one of the party out; the place goes to others."""
    seen = await look(request, viewer)
    if not _can_remove(seen) or not any(p.position == position for p in seen.own.booking.people):
        return seen.back()
    form = await read_form(request)
    await try_to(form, remove_person, *_change(seen, position))
    person = person_in(seen, position)
    return seen.draw("remove_person.html", form, person=person) if form.errors else seen.back()


@get(both("add"), name="add_person")
async def show_add(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Somebody more for the party, and how many places are free."""
    seen = await look(request, viewer)
    return await _draw_add(seen, None) if _can_remove(seen) else seen.back()


@post(both("add"), name="add_person_now")
async def add_now(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Let somebody more come, if a place is there."""
    seen = await look(request, viewer)
    if not _can_remove(seen):
        return seen.back()
    form = await read_form(request)
    role = form.choice("role", "whether they take part or support somebody", PERSON_ROLES)
    answer = PersonAnswer(
        name=form.line(
            "name", "their full name", most=LONGEST_NAME, optional=role != PERSON_ROLES[0]
        ),
        role=role or PERSON_ROLES[0],
        help=form.choice("help", "whether they need anything", ("no", "ask")) or "no",
    )
    await try_to(form, add_person, seen.own.booking.id, answer, seen.now, seen.account_id)
    return await _draw_add(seen, form) if form.errors else seen.back()


@get(both("contact"), name="change_contact")
async def show_contact(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Whom we write to or ring, and how."""
    seen = await look(request, viewer)
    booking = seen.own.booking
    values = {
        "contact_name": booking.contact_name,
        "way": booking.contact_way,
        f"detail-{booking.contact_way}": booking.contact_detail,
    }
    return await _draw_contact(seen, None, values) if seen.may_change else seen.back()


@post(both("contact"), name="change_contact_now")
async def keep_contact(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Keep how we reach them."""
    seen = await look(request, viewer)
    if not seen.may_change:
        return seen.back()
    form = await read_form(request)
    name = form.line("contact_name", "the name of the person we write to", most=LONGEST_NAME)
    way = form.choice("way", "how we can reach you", WAYS)
    contact = Contact(name, way, DETAILS[way](form) if way else "")
    agreed = _agree_to(seen) if form.ticked("agree") else ""
    change = (seen.own.booking.id, contact, seen.now, seen.account_id)
    await try_to(form, change_contact, *change, agreed=agreed)
    return await _draw_contact(seen, form, {}) if form.errors else seen.back()


@get(both("fewer"), name="change_fewer")
async def show_fewer(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """With how few a waiting party would also come."""
    seen = await look(request, viewer)
    return (
        seen.draw("fewer.html", values={"fewer": seen.own.booking.fewer})
        if (_can_wait_with_fewer(seen))
        else seen.back()
    )


@post(both("fewer"), name="change_fewer_now")
async def keep_fewer(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Answer:
    """Keep it; there may be a place for fewer at once."""
    seen = await look(request, viewer)
    if not _can_wait_with_fewer(seen):
        return seen.back()
    form = await read_form(request)
    numbers = [str(number) for number in range(seen.own.booking.places)]
    fewer = form.choice("fewer", "one of the answers", numbers)
    await try_to(
        form, change_fewer, seen.own.booking.id, int(fewer or 0), seen.now, seen.account_id
    )
    return seen.draw("fewer.html", form) if form.errors else seen.back()


async def _draw_contact(seen: Look, form: Form | None, values: Mapping[str, str]) -> Page:
    """Who said no to keeping how to reach them is asked again before anything is kept."""
    refused = await read(refuses_details, seen.own.booking.id)
    asks = _agree_to(seen) if refused else ""
    return seen.draw("contact.html", form, values=values, agree_to=asks)


def _agree_to(seen: Look) -> str:
    words = details_question if seen.on_desk else details_wording
    return words(seen.own.gathering)


def _change(seen: Look, position: int) -> tuple[int, int, datetime, int | None]:
    return seen.own.booking.id, position, seen.now, seen.account_id


def person_in(seen: Look, position: int) -> PersonView:
    """The one at this position in the party."""
    found = [person for person in seen.own.booking.people if person.position == position]
    if not found:
        raise NotFound("This person is no longer in the party.")
    return found[0]


def _can_remove(seen: Look) -> bool:
    """Who was offered a place says first who of them takes it."""
    return seen.may_change and seen.own.booking.state in ("booked", "waiting")


def _can_wait_with_fewer(seen: Look) -> bool:
    return (
        seen.may_change
        and seen.own.booking.state in ("waiting", "lapsed")
        and seen.own.booking.places > 1
    )


def _read_person(form: Form, person: PersonView, *, maybe: bool) -> PersonWords:
    label = "their full name"
    return PersonWords(
        name=form.line("name", label, most=LONGEST_NAME, optional=person.supporting),
        badge=form.line("badge", "the name on the badge", most=LONGEST_BADGE, optional=True),
        maybe=maybe,
    )


def _draw_person(seen: Look, person: PersonView, form: Form | None) -> Page:
    values = {
        "name": person.name,
        "badge": person.badge,
        "coming": "maybe" if person.maybe else "yes",
    }
    others = [one for one in seen.own.booking.people if one != person]
    removable = _can_remove(seen) and any(not one.supporting for one in others)
    return seen.draw("person.html", form, values=values, person=person, removable=removable)


async def _draw_add(seen: Look, form: Form | None) -> Page:
    gathering = seen.own.gathering
    kept = not seen.on_desk and await read(are_promised, gathering)
    free = 0 if kept else gathering.capacity - gathering.taken
    return seen.draw("add_person.html", form, free=free)


routes = [
    *(show_person, keep_person, ask_to_remove, remove_now, show_add, add_now),
    *(show_contact, keep_contact, show_fewer, keep_fewer),
]
