"""Changing a booking after it was made: its people, how we reach them, and with how few."""

from dataclasses import asdict, dataclass
from datetime import datetime

from gatherings.access.consent import DETAILS, keep_consent, refuses_details
from gatherings.access.needs import keep_need
from gatherings.bookings.booking_history import note
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.places import open_to_change, places_for, settle
from gatherings.bookings.tables import WAYS, Booking, Person
from gatherings.bookings.telling import tell_of_own_change
from gatherings.bookings.undoing import can_be_undone
from gatherings.bookings.waiting_list import are_promised, fill, too_few
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import columns
from gatherings.planning.tables import Gathering
from web.problems import NotFound
from web.words import local

MOST_PEOPLE = 20
SAID_NO = "Tick the box first: so far the answer to keeping this was no"


@dataclass(frozen=True)
class PersonWords:
    """What may be changed about somebody."""

    name: str
    badge: str
    maybe: bool


@dataclass(frozen=True)
class Contact:
    """Whom we write to or ring, and how."""

    contact_name: str
    contact_way: str
    contact_detail: str


async def change_person(
    booking_id: int, position: int, words: PersonWords, at: datetime, account_id: int | None = None
) -> None:
    """Change a name, a badge, or whether a supporter comes."""
    await open_to_change(booking_id)
    person = await _person(booking_id, position)
    values = asdict(words)
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    if not changed:
        return
    async with can_be_undone(booking_id, "person changed", at):
        await Person.update(columns(values)).where(Person.id == person.id)
    await note(booking_id, "person changed", account_id, at, person_id=person.id)
    if "name" in changed or "maybe" in changed:
        await tell_of_own_change("changed", booking_id, at, account_id)


async def add_person(
    booking_id: int, answer: PersonAnswer, at: datetime, account_id: int | None = None
) -> None:
    """Let one more come with the party, if a place is there. Raises Refused.

    Places that others wait for are for an organiser to give.
    """
    if not answer.is_sound():
        raise ValueError("a person needs answers that we know")
    gathering, booking = await open_to_change(booking_id)
    if booking.state not in ("booked", "waiting"):
        raise Refused("", "Please answer our question about your place first")
    rows = await Person.select(Person.position, Person.role, Person.cancelled_at).where(
        Person.booking == booking_id
    )
    roles = [row["role"] for row in rows if row["cancelled_at"] is None]
    if len(roles) >= MOST_PEOPLE:
        raise Refused("", f"A party has at most {MOST_PEOPLE} people. Please ring us")
    places = places_for([*roles, answer.role], gathering.supporters_count)
    held = places if booking.state == "booked" else 0
    if account_id is None and held > booking.held and await are_promised(gathering):
        raise Refused("", "Other people wait for the places that are free. Please ring us")
    position = 1 + max(row["position"] for row in rows)
    async with can_be_undone(booking_id, "person added", at):
        if not await settle(booking, booking.state, held, places=places):
            raise Refused("", too_few(gathering.capacity - gathering.taken, places - booking.held))
        person_id = await _keep_person(gathering, booking, answer, position, at, account_id)
    await note(booking_id, "person added", account_id, at, person_id=person_id)
    await tell_of_own_change(
        "changed", booking_id, at, account_id, "Somebody was added to your party."
    )


async def remove_person(
    booking_id: int, position: int, at: datetime, account_id: int | None = None
) -> bool:
    """Let one of the party not come; the place goes to others. Raises Refused for the last one."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state not in ("booked", "waiting"):
        raise Refused("", "Please answer our question about your place first")
    person = await _person(booking_id, position)
    rows = await Person.select(Person.role).where(
        (Person.booking == booking_id) & Person.cancelled_at.is_null() & (Person.id != person.id)
    )
    roles = [row["role"] for row in rows]
    if "attending" not in roles:
        raise Refused("", "Nobody would be left who attends. Cancel the whole booking instead")
    places = min(booking.places, places_for(roles, gathering.supporters_count))
    held = places if booking.state == "booked" else 0
    fewer = booking.fewer if booking.fewer < places else 0
    async with can_be_undone(booking_id, "person removed", at):
        await Person.update({Person.cancelled_at: at}).where(Person.id == person.id)
        await settle(booking, booking.state, held, places=places, fewer=fewer)
    await note(booking_id, "person removed", account_id, at, person_id=person.id)
    await tell_of_own_change("changed", booking_id, at, account_id, "One of your party is out.")
    await fill(gathering.id, at)
    return True


async def change_contact(
    booking_id: int,
    contact: Contact,
    at: datetime,
    account_id: int | None = None,
    *,
    agreed: str = "",
) -> None:
    """Change whom we write to or ring. An e-mail address that was left is told so, too.

    Who said no to keeping it says yes first: `agreed` are the words. Raises Refused.
    """
    if contact.contact_way not in WAYS:
        raise ValueError(f"{contact.contact_way} is not a way to reach somebody")
    _, booking = await open_to_change(booking_id)
    values = asdict(contact)
    if all(getattr(booking, name) == value for name, value in values.items()):
        return
    if await refuses_details(booking_id):
        if not agreed:
            raise Refused("agree", SAID_NO)
        how = "web" if account_id is None else "phone"
        await keep_consent(booking_id, "yes", agreed, how, account_id, at=at, purpose=DETAILS)
    words = "We now reach you in another way."
    if booking.contact_way == "email":
        await tell_of_own_change("changed", booking_id, at, account_id, words)
    async with can_be_undone(booking_id, "contact changed", at):
        await Booking.update(columns(values)).where(Booking.id == booking_id)
    await note(booking_id, "contact changed", account_id, at)


async def change_fewer(
    booking_id: int, fewer: int, at: datetime, account_id: int | None = None
) -> None:
    """Say with how few a waiting party would also come; 0 means all or none."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state not in ("waiting", "lapsed") or not 0 <= fewer < booking.places:
        raise Refused("fewer", "Choose fewer people than you are")
    async with can_be_undone(booking_id, "fewer changed", at):
        await Booking.update({Booking.fewer: fewer}).where(Booking.id == booking_id)
    await note(booking_id, "fewer changed", account_id, at)
    await fill(gathering.id, at)


async def _person(booking_id: int, position: int) -> Person:
    person = await Person.objects().get(
        (Person.booking == booking_id)
        & (Person.position == position)
        & Person.cancelled_at.is_null()
    )
    if person is None:
        raise NotFound
    return person


async def _keep_person(
    gathering: Gathering,
    booking: Booking,
    answer: PersonAnswer,
    position: int,
    at: datetime,
    account_id: int | None,
) -> int:
    person = Person(
        booking=booking.id,
        position=position,
        role=answer.role,
        name=answer.name,
        maybe=answer.maybe,
        help=answer.answered_help(),
        badge=answer.badge,
        first_time=answer.first_time,
    )
    await person.save()
    day = local(gathering.starts_at, gathering.zone).date()
    for need in answer.needs_to_keep(""):
        await keep_need(person.id, need, day, source=booking.source, entered_by=account_id, at=at)
    return person.id
