"""Letting go of rows: needs with their notes, and everything that says who a party was."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from gatherings.access.tables import (
    ArrangementNeed,
    BadgeNumber,
    Consent,
    KeptNeeds,
    Look,
    Need,
    NeedEvent,
)
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingEvent,
    BookingUndo,
    Person,
)
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter
from gatherings.people.tables import Account
from gatherings.personal_data.tables import DataRequest, DataRequestEvent
from web.crypto import hash_of, new_key

NOBODY = 0
DELETED = "deleted-"
FORMER = "A former helper"


async def let_needs_go(people: Sequence[int], *, until: datetime | None = None) -> int:
    """Delete what these people told us about their needs, with its history. Gives how many needs.

    `until` leaves what they told us later. Whether they asked for anything goes, too.
    """
    theirs = Need.person.is_in([NOBODY, *people])
    whose = theirs if until is None else theirs & (Need.asked_at <= until)
    needs = Need.select(Need.id).where(whose)
    await ArrangementNeed.delete().where(ArrangementNeed.need.is_in(needs))
    await NeedEvent.delete().where(NeedEvent.need.is_in(needs))
    gone = await Need.delete().where(whose).returning(Need.id)
    left = Need.select(Need.person).where(Need.person.is_in([NOBODY, *people]))
    await Person.update({Person.help: "not_asked"}).where(
        Person.id.is_in([NOBODY, *people]) & Person.id.not_in(left)
    )
    return len(gone)


async def let_parties_go(bookings: Sequence[int]) -> None:
    """Take everything out of these bookings that says who they were.

    The rows stay as numbers: how many, how they booked, whether they came.
    """
    theirs = [NOBODY, *bookings]
    people = await Person.select(Person.id).where(Person.booking.is_in(theirs))
    ids = [row["id"] for row in people]
    await let_needs_go(ids)
    await BadgeNumber.delete().where(BadgeNumber.person.is_in([NOBODY, *ids]))
    for table, column in (
        (BookingUndo, BookingUndo.booking),
        (BookingAnswer, BookingAnswer.booking),
        (BookingEvent, BookingEvent.booking),
        (KeptNeeds, KeptNeeds.booking),
        (Look, Look.booking),
        (Letter, Letter.booking),
        (CalendarKey, CalendarKey.booking),
    ):
        await table.delete().where(column.is_in(theirs))
    asked = DataRequest.select(DataRequest.id).where(DataRequest.booking.is_in(theirs))
    await DataRequestEvent.update({DataRequestEvent.sealed_note: None}).where(
        DataRequestEvent.request.is_in(asked)
    )
    await Consent.update({Consent.helped_by: ""}).where(Consent.booking.is_in(theirs))
    await Person.update({Person.name: "", Person.badge: ""}).where(Person.booking.is_in(theirs))
    for booking_id in bookings:
        await _blank(booking_id)


async def let_accounts_go(ids: Sequence[int]) -> None:
    """What they did stays in the history, by a former helper."""
    for account_id in ids:
        await Account.update(
            {
                Account.name: FORMER,
                Account.email: f"{account_id}@closed.invalid",
                Account.password_hash: "",
            }
        ).where(Account.id == account_id)


async def _blank(booking_id: int) -> None:
    await Booking.update(
        {
            Booking.reference: DELETED + secrets.token_hex(8),
            Booking.secret_hash: hash_of(new_key()),
            Booking.sealed_secret: None,
            Booking.form_token: new_key(),
            Booking.asker_is: "",
            Booking.contact_name: "",
            Booking.contact_detail: "",
            Booking.entered_by: None,
        }
    ).where(Booking.id == booking_id)
