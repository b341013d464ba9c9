"""Telling everybody who booked that a gathering moved, changed or is off, each in their own way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.bookings.tables import WAYS, Booking
from gatherings.letters.tables import Letter
from gatherings.letters.writing import EVERYBODY, NOT_GONE, write_to_all
from gatherings.planning.gathering_words import when
from gatherings.planning.recorded import recorded_says
from gatherings.planning.tables import Gathering, Venue
from web.words import count, money

BY_WAY = {
    "email": ("by e-mail", "by e-mail"),
    "phone": ("by phone", "by phone"),
    "text": ("by text message", "by text message"),
    "post": ("by post", "by post"),
    "supporter": ("through a supporter", "through their supporters"),
}
SAID = {
    "name": "It is now called {}.",
    "cost_pence": "It now costs {} for each person.",
    "cost_words": "About costs: {}",
    "contact_phone": "Our phone number is now {}.",
    "contact_email": "Our e-mail address is now {}.",
    "postal_address": "Our postal address is now:\n{}",
    "recorded": "{}",
    "recorded_words": "About what is recorded: {}",
}
PUBLIC = ("open", "closed")
KINDS_OF_EVENTS = ("gathering_moved", "gathering_changed", "gathering_cancelled")
OVERTAKEN = {
    "gathering_moved": ("gathering_moved",),
    "gathering_cancelled": ("gathering_moved", "gathering_changed"),
}
LONGEST_WORDS = 500


@dataclass(frozen=True)
class Told:
    """One party and how far we are with telling it. `by_hand`: somebody must ring or write."""

    handle: str
    reference: str
    name: str
    detail: str
    way: str
    state: str

    @property
    def by_hand(self) -> bool:
        return self.way != "email" or self.state in ("by_hand", "failed")


def must_be_told(gathering: Gathering, at: datetime) -> bool:
    """Whether anybody may count on the gathering: it is public, not off and not over."""
    return gathering.state in PUBLIC and gathering.ends_at > at


async def reach_of(gathering_id: int) -> list[tuple[str, int]]:
    """In which ways those who booked or wait are reached, and how many parties in each."""
    rows = await Booking.select(Booking.contact_way).where(
        (Booking.gathering == gathering_id) & Booking.state.is_in(list(EVERYBODY))
    )
    ways = [row["contact_way"] for row in rows]
    return [(way, ways.count(way)) for way in WAYS if way in ways]


def reach_words(reach: Iterable[tuple[str, int]]) -> list[str]:
    """ "12 parties by e-mail", "1 party by phone"."""
    return [f"{count(many, 'party', 'parties')} {BY_WAY[way][many > 1]}" for way, many in reach]


async def tell_everybody(
    kind: str, gathering_id: int, event_id: int, at: datetime, sentences: Iterable[str]
) -> None:
    """Write a letter of this kind to every party that booked or waits, once for each event.

    What has not gone yet of an earlier event, and is no longer true, does not go any more.
    """
    await Letter.update({Letter.state: "dropped"}).where(
        (Letter.gathering == gathering_id)
        & Letter.kind.is_in(["", *OVERTAKEN.get(kind, ())])
        & Letter.state.is_in(list(NOT_GONE))
    )
    words = "\n\n".join(sentence for sentence in sentences if sentence)
    facts = {"words": words} if words else {}
    await write_to_all(kind, gathering_id, at, about=f"event:{event_id}", facts=facts)


async def last_told(gathering_id: int) -> int | None:
    """The last event of which those who booked were told."""
    rows = await (
        Letter.select(Letter.about)
        .where((Letter.gathering == gathering_id) & Letter.kind.is_in(list(KINDS_OF_EVENTS)))
        .order_by(Letter.id, ascending=False)
        .limit(1)
    )
    return int(rows[0]["about"].removeprefix("event:")) if rows else None


async def told_of(event_id: int) -> list[Told]:
    """Every party that an event's letters go to, in the order of names."""
    letters = await Letter.select(Letter.handle, Letter.booking, Letter.way, Letter.state).where(
        Letter.about == f"event:{event_id}"
    )
    ids = [letter["booking"] for letter in letters]
    found = await Booking.objects().where(Booking.id.is_in([0, *ids]))
    bookings = {booking.id: booking for booking in found}
    told = [_told(bookings[letter["booking"]], letter) for letter in letters]
    return sorted(told, key=lambda one: (one.name.casefold(), one.reference))


def was_to_be(old: Gathering, venue: Venue) -> str:
    """When and where people believe that it is."""
    return f"It was to be on {when(old)}, at {venue.name}."


def what_is_new(old: Gathering, new: Mapping[str, Any]) -> list[str]:
    """The changes that people who booked may need to know, as sentences."""
    changed = {f: value for f, value in new.items() if f in SAID and value != getattr(old, f)}
    shown = {field: _shown(field, value) for field, value in changed.items()}
    said = [SAID[field].format(words) for field, words in shown.items() if words]
    return [*said, "It is free now."] if changed.get("cost_pence") == 0 else said


def _shown(field: str, value: Any) -> str:
    """The value in words; empty where it says nothing."""
    if field == "recorded":
        return recorded_says(value)
    return money(value) if value and field == "cost_pence" else str(value or "")


def _told(booking: Booking, letter: Mapping[str, Any]) -> Told:
    return Told(
        handle=letter["handle"],
        reference=booking.reference,
        name=booking.contact_name,
        detail=booking.contact_detail,
        way=letter["way"],
        state=letter["state"],
    )
