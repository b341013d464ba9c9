"""A message to some of those who booked: whom it reaches, how, and sending it once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatherings.access.catalogue import catalogue
from gatherings.access.needs import bound_to
from gatherings.access.tables import Need
from gatherings.bookings.tables import Booking, Person
from gatherings.letters.tables import Letter, Message
from gatherings.letters.writing import EVERYBODY, write_to_these
from web.crypto import unseal

STATE_WORDS = {
    "booked": "Those who are booked",
    "offered": "Those who were offered a place",
    "waiting": "Those on the waiting list",
}
PARTIES = {
    "all": "All of them",
    "supporting": "Only those who come with a supporter",
    "alone": "Only those who come without a supporter",
}
SOME = "Some of those who booked"


@dataclass(frozen=True)
class Audience:
    """Whom a message is for. Empty `groups` means whatever people need, or nothing."""

    states: Sequence[str]
    ways: Sequence[str]
    party: str = "all"
    groups: Sequence[str] = ()

    def in_words(self, way_words: Mapping[str, str]) -> str:
        """What we keep of the choice. A choice by needs would tell what the readers need."""
        if self.groups:
            return SOME
        parts = [STATE_WORDS[state] for state in self.states]
        if self.party != "all":
            parts.append(PARTIES[self.party])
        if len(self.ways) < len(way_words):
            parts.append(", ".join(way_words[way] for way in self.ways))
        return ". ".join(parts)[:300]


@dataclass(frozen=True)
class Reach:
    """How many parties a message reaches, by how it gets there."""

    by_mail: int
    by_post: int
    by_text: int
    by_call: int

    @property
    def all(self) -> int:
        """Every party."""
        return self.by_mail + self.by_post + self.by_text + self.by_call


async def reached_by(gathering_id: int, audience: Audience) -> list[Booking]:
    """The bookings that the audience means, in the order in which they came."""
    found = await (
        Booking.objects()
        .where(
            (Booking.gathering == gathering_id)
            & Booking.state.is_in([s for s in audience.states if s in EVERYBODY] or [""])
            & Booking.contact_way.is_in(list(audience.ways) or [""])
        )
        .order_by(Booking.id)
    )
    if audience.party != "all":
        with_supporter = await _with_supporter(gathering_id)
        wanted = audience.party == "supporting"
        found = [one for one in found if (one.id in with_supporter) == wanted]
    if audience.groups:
        who_need = await _who_need(gathering_id, audience.groups)
        found = [one for one in found if one.id in who_need]
    return found


def reach_of(bookings: Sequence[Booking]) -> Reach:
    """How these parties are reached."""
    ways = [one.contact_way for one in bookings]
    return Reach(
        by_mail=ways.count("email"),
        by_post=ways.count("post"),
        by_text=ways.count("text"),
        by_call=ways.count("phone") + ways.count("supporter"),
    )


async def send_message(
    gathering_id: int,
    audience: Audience,
    subject: str,
    words: str,
    *,
    to_whom: str,
    token: str,
    account_id: int,
    at: datetime,
) -> int:
    """Write it to everybody it is for; returns how many. A second press with one token: none."""
    bookings = await reached_by(gathering_id, audience)
    if await Letter.exists().where((Letter.gathering == gathering_id) & (Letter.about == token)):
        return 0
    facts = {"subject": subject, "words": words}
    written = await write_to_these("message", gathering_id, bookings, at, about=token, facts=facts)
    if written:
        await Message(
            gathering=gathering_id,
            account_id=account_id,
            subject=subject,
            words=words,
            to_whom=to_whom,
            written_at=at,
        ).save()
    return written


async def messages_of(gathering_id: int) -> list[Message]:
    """What was written so far, the newest first."""
    return await (
        Message.objects()
        .where(Message.gathering == gathering_id)
        .order_by(Message.id, ascending=False)
    )


async def _with_supporter(gathering_id: int) -> set[int]:
    bookings = Booking.select(Booking.id).where(Booking.gathering == gathering_id)
    rows = await Person.select(Person.booking).where(
        Person.booking.is_in(bookings)
        & (Person.role == "supporting")
        & Person.cancelled_at.is_null()
    )
    return {row["booking"] for row in rows}


async def _who_need(gathering_id: int, groups: Sequence[str]) -> set[int]:
    """The bookings with a need of these groups. It opens needs: for access leads alone."""
    bookings = Booking.select(Booking.id).where(Booking.gathering == gathering_id)
    people = await Person.select(Person.id, Person.booking).where(
        Person.booking.is_in(bookings) & Person.cancelled_at.is_null()
    )
    booking_of = {row["id"]: row["booking"] for row in people}
    needs = await Need.objects().where(
        Need.person.is_in([0, *booking_of]) & (Need.state != "withdrawn")
    )
    return {booking_of[need.person] for need in needs if _group_of(need) in groups}


def _group_of(need: Need) -> str:
    content = unseal(need.sealed, bound_to(need.handle))
    return content.get("group") or catalogue().need(content["code"]).group
