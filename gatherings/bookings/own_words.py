"""What a booking's own page says about people, answers and changes, in plain words."""

from collections.abc import Iterable

from gatherings.bookings.booking_list import WAY_WORDS, PersonView
from gatherings.bookings.extra_questions import AnswerView
from gatherings.bookings.own_booking import OwnBooking
from gatherings.bookings.uses import lines_of
from gatherings.planning.lookup import is_over

__all__ = ["UNDO_WORDS", "WAY_WORDS", "answer_rows", "party_rows", "stands_as"]

Row = tuple[str, str | list[str], str, str]

UNDO_WORDS = {
    "person changed": "An answer was changed.",
    "person added": "Somebody was added.",
    "person removed": "Somebody was taken out.",
    "contact changed": "How we reach you was changed.",
    "fewer changed": "With how few you would come was changed.",
    "cancelled": "The booking was cancelled.",
    "accepted": "You said yes. The booking is made.",
    "booked in": "You were booked in.",
    "declined": "You said no.",
    "joined again": "You are on the waiting list again.",
}


def stands_as(own: OwnBooking) -> str:
    """What its page says first: its state, or that the gathering is "called off" or "over"."""
    if own.booking.state == "cancelled":
        return "cancelled"
    if own.gathering.state == "cancelled":
        return "called off"
    return "over" if is_over(own.gathering) else own.booking.state


def party_rows(own: OwnBooking, base: str) -> list[Row]:
    """Each person with what they said, and where to change it; without `base` there is no link."""
    return [
        (
            person.words,
            _about(person),
            f"{base}/people/{person.position}" if base else "",
            f"what we know about {person.words}",
        )
        for person in own.booking.people
    ]


def _about(person: PersonView) -> list[str]:
    lines = [f"On the badge: {person.badge}"] if person.badge else []
    told = [line for line in lines_of(person) if not line.endswith(": no")]
    return [*lines, *(told or ["No photographs, and nothing published"])]


def answer_rows(answers: Iterable[AnswerView]) -> list[tuple[str, list[str]]]:
    """What the organisers asked, and what the party answered."""
    return [
        (f"{one.asks} ({one.person})" if one.person else one.asks, list(one.lines))
        for one in answers
    ]
