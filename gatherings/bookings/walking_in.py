"""Somebody comes to the door without a booking: a name is enough."""

from datetime import datetime

from gatherings.access.consent import DETAILS, ToDetails, keep_consent
from gatherings.bookings.booking_history import note
from gatherings.bookings.booking_secret import secret_of
from gatherings.bookings.bookings import TRIES_FOR_A_FREE_REFERENCE
from gatherings.bookings.door import make_room
from gatherings.bookings.places import places_for, take
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from web.codes import spoken_reference
from web.crypto import hash_of, new_key, seal
from web.database import IntegrityError, violated, write
from web.problems import Overtaken


async def walk_in(
    gathering_id: int,
    name: str,
    account_id: int,
    at: datetime,
    *,
    supporter: bool = False,
    form_token: str = "",
    more: bool = False,
    details: ToDetails | None = None,
) -> str:
    """Let somebody in who has not booked, with a supporter or without. Gives the reference.

    They are here at once and get no letter: we know no address. A second press of the same
    form finds the first. Raises NoRoom when all places are taken and nobody said to make `more`.

    `details` is what they answered where names are kept by consent: after a no the name goes
    when the gathering is over.
    """
    token = hash_of(f"walk-in:{gathering_id}:{form_token or new_key()}")
    for _ in range(TRIES_FOR_A_FREE_REFERENCE):
        try:
            return await write(
                _make, gathering_id, name, supporter, token, account_id, at, more, details
            )
        except IntegrityError as error:
            if violated(error) != "booking_reference_key":
                raise
    raise RuntimeError("no free reference was found: the list of easy words is too short")


async def _make(
    gathering_id: int,
    name: str,
    supporter: bool,
    token: str,
    account_id: int,
    at: datetime,
    more: bool,
    details: ToDetails | None,
) -> str:
    await hold(Gathering, gathering_id)
    before = await Booking.objects().get(Booking.form_token == token)
    if before is not None:
        return before.reference
    gathering = await gathering_of(gathering_id)
    people = [("attending", name), ("supporting", "")][: 2 if supporter else 1]
    places = places_for((role for role, _ in people), gathering.supporters_count)
    await make_room(gathering, places, account_id, at, more=more)
    if not await take(gathering_id, places):
        raise Overtaken
    reference, secret = spoken_reference(), new_key()
    booking = Booking(
        gathering=gathering_id,
        reference=reference,
        secret_hash=hash_of(secret),
        sealed_secret=seal(secret, secret_of(reference)),
        form_token=token,
        state="booked",
        places=places,
        held=places,
        contact_name=name,
        contact_way="phone",
        source="day",
        entered_by=account_id,
        created_at=at,
    )
    await booking.save()
    await note(booking.id, "booked", account_id, at)
    if details:
        said = (booking.id, details.answer, details.words, "day", account_id)
        await keep_consent(*said, at=at, purpose=DETAILS)
    for position, (role, called) in enumerate(people, 1):
        person = Person(
            booking=booking.id, position=position, role=role, name=called, arrived_at=at
        )
        await person.save()
        await note(booking.id, "arrived", account_id, at, person_id=person.id)
    return reference
