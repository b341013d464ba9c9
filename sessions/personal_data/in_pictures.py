"""Letting go of who can be recognised in pictures, and saying what is held about it."""

from collections.abc import Sequence
from datetime import datetime

from gatherings.bookings.tables import Booking, Person
from gatherings.personal_data import keeping
from gatherings.personal_data.due import ended_before
from gatherings.personal_data.held_words import Entry
from gatherings.personal_data.letting_go import DELETED
from sessions.capture.tables import Sheet
from sessions.summaries.picture_people import people_of, pictures_of_party, withhold
from sessions.summaries.tables import PicturePerson

ANSWERS = {"": "Not asked yet", "yes": "Yes", "no": "No"}


async def due(now: datetime) -> list[int]:
    """People in pictures of long ago, and those whose booking was deleted."""
    over = await ended_before(now - keeping.CONTACTS)
    sheets = Sheet.select(Sheet.id).where(Sheet.gathering.is_in([0, *over]))
    gone = Booking.select(Booking.id).where(Booking.reference.like(f"{DELETED}%"))
    theirs = Person.select(Person.id).where(Person.booking.is_in(gone))
    rows = await PicturePerson.select(PicturePerson.id).where(
        PicturePerson.sheet.is_in(sheets) | PicturePerson.person.is_in(theirs)
    )
    return [row["id"] for row in rows]


async def let_go(ids: Sequence[int], now: datetime) -> None:
    """A picture to which somebody did not agree stays hidden, though nobody knows any more why."""
    rows = await PicturePerson.objects().where(PicturePerson.id.is_in([0, *ids]))
    people = await people_of({row.sheet for row in rows})
    await withhold([sheet for sheet, seen in people.items() if not all(p.agrees for p in seen)])
    await PicturePerson.delete().where(PicturePerson.id.is_in([0, *ids]))


async def erase_party(booking_id: int) -> None:
    """With a party goes its yes: the pictures that show somebody of it are shown no more."""
    people = await Person.select(Person.id).where(Person.booking == booking_id)
    mine = PicturePerson.person.is_in([0, *(row["id"] for row in people)])
    rows = await PicturePerson.select(PicturePerson.sheet).where(mine)
    await withhold([row["sheet"] for row in rows])
    await PicturePerson.delete().where(mine)


async def held(booking_id: int) -> list[Entry]:
    """The pictures in which somebody of the party is listed."""
    return [
        {
            "Who": one.called,
            "Picture": one.sheet.described or "Not described yet",
            "Your answer to this picture": ANSWERS[one.said],
            "May be shown": "Yes" if one.agrees and not one.sheet.withheld else "No",
        }
        for one in await pictures_of_party(booking_id)
    ]
