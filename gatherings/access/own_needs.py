"""What people change about their own needs: until the day, and what they answer after it."""

from datetime import datetime

from gatherings.access.catalogue import ASK_ME, NOTHING, OWN_WORDS, RATHER_TALK
from gatherings.access.consent import may_keep
from gatherings.access.need_states import NOT_WELL, PERSON_MOVES
from gatherings.access.needs import (
    ALIVE,
    STRENGTHS,
    NeedAnswer,
    keep_need,
    opened_answer,
    sealed_answer,
)
from gatherings.access.promises import Move, own_need, step
from gatherings.access.tables import OUTCOMES, WENT_WRONG, Need
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Gathering
from web.problems import NotFound
from web.words import local

MOST_NEEDS = 60
NEEDS_NO_CONSENT = (ASK_ME, RATHER_TALK)
NOT_AGREED = "Ask first whether we may keep it"
TOO_LATE = "The gathering has begun. Please speak to somebody at the door, or ring us"


async def change_need_by_person(
    handle: str,
    booking_id: int,
    *,
    words: str,
    strength: str,
    seen: str,
    at: datetime,
    arrives: str = "",
) -> None:
    """Change what a need says or its strength. It is open again, and the team sees that.

    What was withdrawn is asked for again. Saying the same as before changes nothing.
    """
    if strength not in STRENGTHS:
        raise ValueError(f"{strength} is not a strength")
    await _must_be_in_time(booking_id, at)
    need = await own_need(handle, booking_id)
    before = opened_answer(need)
    after = NeedAnswer(before.code, words, strength, before.group, arrives)
    if before == after and need.state != "withdrawn":
        return
    if before.code == OWN_WORDS and not words:
        raise Refused("words", "Enter what would help, in your own words")
    changes = {"sealed": sealed_answer(after, handle), "agreed_how": "", "told_on": None}
    told = {"words": before.words, "strength": before.strength, "arrives": before.arrives}
    said = {"before": told}
    move = Move("asked", at, by_person=True, how="page", said=said, changes=changes)
    await step(need, seen, move)


async def withdraw_need(handle: str, booking_id: int, *, seen: str, at: datetime) -> None:
    """The person no longer needs this. A second press changes nothing."""
    await _must_be_in_time(booking_id, at)
    need = await own_need(handle, booking_id)
    if "withdrawn" in PERSON_MOVES[need.state]:
        await step(need, seen, Move("withdrawn", at, by_person=True, how="page"))


async def add_need(
    booking_id: int,
    position: int,
    answer: NeedAnswer,
    at: datetime,
    *,
    source: str = "web",
    entered_by: int | None = None,
) -> str:
    """Add a need of the person at this position of the party. Gives its handle.

    Raises NotFound, and Refused, also when the yes to keeping it was taken back meanwhile.
    """
    gathering = await _must_be_in_time(booking_id, at)
    await hold(Booking, booking_id)
    if answer.code not in NEEDS_NO_CONSENT and not await may_keep(booking_id):
        raise Refused("code", NOT_AGREED)
    person = await _person_at(booking_id, position)
    if answer.code == NOTHING:
        raise NotFound
    if answer.code == OWN_WORDS and not answer.words:
        raise Refused("words", "Enter what would help, in your own words")
    await hold(Person, person.id)
    kept = await Need.objects().where((Need.person == person.id) & (Need.state != "withdrawn"))
    if len(kept) >= MOST_NEEDS:
        raise Refused("", "This is a long list. Please ring us about anything else")
    if answer.code != OWN_WORDS and answer.code in {opened_answer(one).code for one in kept}:
        raise Refused("code", "You told us this already. You can change it instead")
    await Person.update({Person.help: "yes"}).where(Person.id == person.id)
    day = local(gathering.starts_at, gathering.zone).date()
    return await keep_need(person.id, answer, day, source=source, entered_by=entered_by, at=at)


async def needs_nothing(booking_id: int, position: int, at: datetime) -> None:
    """Somebody who was asked needs nothing. Not for somebody who told us a need: withdraw it."""
    await _must_be_in_time(booking_id, at)
    person = await _person_at(booking_id, position)
    await hold(Person, person.id)
    if await Need.exists().where((Need.person == person.id) & (Need.state != "withdrawn")):
        raise Refused("code", "They told us something before. Say there that it is not needed")
    await Person.update({Person.help: "no"}).where(Person.id == person.id)


async def answer_outcome(
    handle: str, booking_id: int, *, outcome: str, at: datetime, went_wrong: str = ""
) -> None:
    """After the gathering: met, partly, not_met or not_needed, as the person says.

    `went_wrong` is what kind of thing was wrong; it is kept only where something was.
    """
    if went_wrong not in WENT_WRONG or outcome not in NOT_WELL:
        went_wrong = ""
    if outcome not in OUTCOMES or not outcome:
        raise ValueError(f"{outcome} is not an answer")
    need = await own_need(handle, booking_id)
    _, gathering = await _booking_and_gathering(booking_id)
    if at < gathering.ends_at:
        raise Refused("outcome", "We ask this after the gathering")
    if need.state == "withdrawn":
        raise Refused("outcome", "You no longer needed this")
    said = {"outcome": outcome, "outcome_at": at, "went_wrong": went_wrong}
    await Need.update(columns(said)).where(Need.id == need.id)


async def _person_at(booking_id: int, position: int) -> Person:
    person = await Person.objects().get(
        (Person.booking == booking_id)
        & (Person.position == position)
        & Person.cancelled_at.is_null()
    )
    if person is None:
        raise NotFound
    return person


async def _must_be_in_time(booking_id: int, at: datetime) -> Gathering:
    booking, gathering = await _booking_and_gathering(booking_id)
    if booking.state not in ALIVE or gathering.state == "cancelled":
        raise Refused("", "This booking is cancelled")
    if at >= gathering.starts_at:
        raise Refused("", TOO_LATE)
    return gathering


async def _booking_and_gathering(booking_id: int) -> tuple[Booking, Gathering]:
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        raise NotFound
    gathering = await Gathering.objects().get(Gathering.id == booking.gathering)
    if gathering is None:
        raise NotFound
    return booking, gathering
