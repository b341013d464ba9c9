"""Forgetting what we said we would forget: needs, answers, and drafts that ran out."""

from datetime import datetime, timedelta

from gatherings.access.tables import ArrangementNeed, Need, NeedEvent
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingQuestion,
    BookingUndo,
    Draft,
    Person,
)
from gatherings.planning.tables import Gathering

NEEDS_KEPT_FOR = timedelta(days=28)
AT_ONCE = 500


async def forget_what_is_due(now: datetime) -> int:
    """Delete drafts and undos that ran out, and needs 28 days after. Gives how many needs.

    Answers to an organiser's own question go on the day that people were told. The history of
    each need goes with it, and so does whether the person asked for anything.
    """
    await Draft.delete().where(Draft.expires_at <= now)
    await BookingUndo.delete().where(BookingUndo.ends_at <= now)
    due = BookingQuestion.select(BookingQuestion.id).where(BookingQuestion.forget_on <= now.date())
    await BookingAnswer.delete().where(BookingAnswer.question.is_in(due))
    over = Gathering.select(Gathering.id).where(Gathering.ends_at <= now - NEEDS_KEPT_FOR)
    bookings = Booking.select(Booking.id).where(Booking.gathering.is_in(over))
    asked = await Person.select(Person.id).where(
        Person.booking.is_in(bookings), Person.help != "not_asked"
    )
    people = [row["id"] for row in asked]
    return sum(
        [await _forget_needs_of(people[at : at + AT_ONCE]) for at in range(0, len(people), AT_ONCE)]
    )


async def _forget_needs_of(people: list[int]) -> int:
    needs = Need.select(Need.id).where(Need.person.is_in(people))
    await NeedEvent.delete().where(NeedEvent.need.is_in(needs))
    await ArrangementNeed.delete().where(ArrangementNeed.need.is_in(needs))
    gone = await Need.delete().where(Need.person.is_in(people)).returning(Need.id)
    await Person.update({Person.help: "not_asked"}).where(Person.id.is_in(people))
    return len(gone)
