"""Booking a place: the verb that gives out places to a whole party, or none."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.access.consent import keep_consent, wording
from gatherings.access.needs import keep_need
from gatherings.bookings.booking_history import note
from gatherings.bookings.booking_secret import secret_of
from gatherings.bookings.extra_questions import keep_answers
from gatherings.bookings.parties import Extra, Party, PersonAnswer
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.twins import has_same_contact
from gatherings.bookings.uses import Said, about_themselves, keep_uses
from gatherings.letters.writing import write_letter_to
from gatherings.planning.tables import Gathering
from web.codes import spoken_reference
from web.crypto import hash_of, new_key, seal
from web.database import IntegrityError, violated, write
from web.problems import Problem
from web.words import local

TRIES_FOR_A_FREE_REFERENCE = 8
TAKE_PLACES = """
UPDATE gathering
SET taken = taken + CASE WHEN supporters_count THEN {everyone} ELSE {attending} END
WHERE id = {} AND state = 'open'
  AND taken + CASE WHEN supporters_count THEN {everyone} ELSE {attending} END <= capacity
  AND NOT EXISTS (
    SELECT 1 FROM booking
    WHERE booking.gathering = gathering.id AND booking.state = 'waiting'
      AND CASE WHEN booking.fewer > 0 THEN booking.fewer ELSE booking.places END
        <= gathering.capacity - gathering.taken
  )
RETURNING id
"""


class NotOpen(Problem):
    """The gathering takes no bookings now."""

    status = 409
    title = "Booking is not open"
    words = "This gathering takes no bookings just now."


@dataclass(frozen=True)
class Booked:
    """A booking that was made. `secret` opens its own page; we keep only its hash."""

    reference: str
    secret: str
    state: str


@dataclass(frozen=True)
class Entry:
    """How a booking reached us. `form_token` is the same for every press of one form's button."""

    form_token: str
    secret: str
    source: str
    entered_by: int | None
    at: datetime


async def book(
    gathering_id: int,
    party: Party,
    *,
    form_token: str = "",
    secret: str = "",
    source: str = "web",
    entered_by: int | None = None,
    at: datetime | None = None,
) -> Booked:
    """Book the whole party or, when its places are not there, put it on the waiting list.

    A second press with the same `form_token` finds the booking of the first.
    """
    party.check()
    entry = Entry(
        form_token=form_token or new_key(),
        secret=secret or new_key(),
        source=source,
        entered_by=entered_by,
        at=at or datetime.now(UTC),
    )
    for _ in range(TRIES_FOR_A_FREE_REFERENCE):
        try:
            return await write(_make, gathering_id, party, entry)
        except IntegrityError as error:
            if violated(error) == "booking_form_token_key":
                return await _booked_before(entry)
            if violated(error) != "booking_reference_key":
                raise
    raise RuntimeError("no free reference was found: the list of easy words is too short")


async def _make(gathering_id: int, party: Party, entry: Entry) -> Booked:
    booked = await _take_places(gathering_id, party)
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    if gathering is None or gathering.state != "open":
        raise NotOpen
    booking = await _keep_booking(gathering, party, entry, "booked" if booked else "waiting")
    people = await _keep_people(booking.id, gathering, party, entry)
    await keep_answers(booking.id, gathering.id, party.extra, people)
    if party.consent:
        await keep_consent(
            booking.id,
            party.consent,
            wording(gathering, party.variant),
            entry.source,
            entry.entered_by,
            variant=party.variant,
            helped_by=party.helped_by,
            at=entry.at,
        )
    await note(booking.id, booking.state, entry.entered_by, entry.at)
    twin = {"twin": "yes"} if await has_same_contact(booking) else None
    await write_letter_to(booking, gathering, booking.state, entry.at, facts=twin)
    return Booked(booking.reference, entry.secret, booking.state)


async def _take_places(gathering_id: int, party: Party) -> bool:
    """The first statement, and the only guard that is needed: no row means no room.

    Free places belong to those who wait for them. Mostly they have been offered already; close
    to the day somebody rings those who wait, and nobody new may be quicker.
    """
    sql = TAKE_PLACES.format("{}", everyone=len(party.people), attending=party.attending)
    return bool(await Gathering.raw(sql, gathering_id))


async def _keep_booking(gathering: Gathering, party: Party, entry: Entry, state: str) -> Booking:
    places = party.places(gathering.supporters_count)
    name = spoken_reference()
    booking = Booking(
        gathering=gathering.id,
        reference=name,
        secret_hash=hash_of(entry.secret),
        sealed_secret=seal(entry.secret, secret_of(name)),
        form_token=entry.form_token,
        state=state,
        places=places,
        held=places if state == "booked" else 0,
        fewer=min(party.fewer, places - 1),
        waiting_since=entry.at if state == "waiting" else None,
        for_whom=party.for_whom,
        asker_is=party.asker_is if party.for_whom == "other" else "",
        contact_name=party.contact_name,
        contact_way=party.contact_way,
        contact_detail=party.contact_detail,
        source=entry.source,
        entered_by=entry.entered_by,
        created_at=entry.at,
    )
    await booking.save()
    return booking


async def _keep_people(
    booking_id: int, gathering: Gathering, party: Party, entry: Entry
) -> dict[int, Extra]:
    """Keep each person with their needs. Gives what each, by id, answered to extra questions."""
    day = local(gathering.starts_at, gathering.zone).date()
    extra: dict[int, Extra] = {}
    for position, answer in enumerate(party.people, 1):
        person = _person(booking_id, position, answer)
        await person.save()
        extra[person.id] = answer.extra
        own = about_themselves(party.for_whom, position)
        about = Said(own, entry.source, entry.entered_by, party.variant, party.helped_by)
        await keep_uses(person, {}, about, entry.at)
        for need in answer.needs_to_keep(party.consent):
            await keep_need(
                person.id,
                need,
                day,
                source=entry.source,
                entered_by=entry.entered_by,
                at=entry.at,
            )
    return extra


def _person(booking_id: int, position: int, answer: PersonAnswer) -> Person:
    return Person(
        booking=booking_id,
        position=position,
        role=answer.role,
        name=answer.name,
        maybe=answer.maybe,
        help=answer.answered_help(),
        badge=answer.badge,
        photo=answer.photo,
        photo_web=answer.photo_web,
        photo_social=answer.photo_social,
        photo_print=answer.photo_print,
        named=answer.named,
        quoted=answer.quoted,
        first_time=answer.first_time,
    )


async def _booked_before(entry: Entry) -> Booked:
    booking = await Booking.objects().get(Booking.form_token == entry.form_token)
    if booking is None:
        raise NotOpen
    return Booked(booking.reference, entry.secret, booking.state)
