"""Bookings that may have been made twice: asked about or flagged, never refused.

Only the device that made the first booking is asked. Anybody else would learn who has booked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gatherings.bookings.tables import Booking
from web.crypto import hash_of

NUMBERS = ("phone", "text")
SAME_CONTACT = """
SELECT 1 FROM booking
WHERE gathering = {} AND id <> {} AND state <> 'cancelled' AND contact_detail <> ''
  AND LOWER(contact_detail) = LOWER({})
LIMIT 1
"""


@dataclass(frozen=True)
class Contact:
    """Whom we write to, in a form that can be compared."""

    name: str
    detail: str

    def may_be(self, other: "Contact") -> bool:
        """Whether the name or the address is the same."""
        return self.name == other.name or bool(self.detail and self.detail == other.detail)


def contact(name: str, way: str, detail: str) -> Contact:
    """A contact without what people type now this way and now that."""
    digits = "".join(character for character in detail if character.isdigit())
    if way in NUMBERS:
        return Contact(_plain(name), digits)
    return Contact(_plain(name), _plain(detail))


async def twins_of(gathering_id: int) -> dict[str, tuple[str, ...]]:
    """For the desk: each reference that may be booked twice, with the references of the others."""
    rows = await Booking.objects().where(
        (Booking.gathering == gathering_id) & (Booking.state != "cancelled")
    )
    known = [(row.reference, _contact_of(row)) for row in rows]
    by_name: dict[str, list[str]] = {}
    for reference, one in known:
        for key in _keys(one):
            by_name.setdefault(key, []).append(reference)
    found: dict[str, tuple[str, ...]] = {}
    for reference, one in known:
        others = sorted({other for key in _keys(one) for other in by_name[key]} - {reference})
        if others:
            found[reference] = tuple(others)
    return found


async def has_same_contact(booking: Booking) -> bool:
    """Whether another booking of the gathering is reached at the same address.

    Only for a letter to that address: nobody else may learn of it.
    """
    rows = await Booking.raw(
        SAME_CONTACT, booking.gathering, booking.id, booking.contact_detail.strip()
    )
    return bool(rows)


async def booked_here(
    gathering_id: int, secrets: Mapping[str, str], wanted: Contact
) -> tuple[str, ...]:
    """References of bookings that may be the same, among those that this device can open.

    `secrets` are the secrets that the device holds, by reference.
    """
    if not secrets:
        return ()
    rows = await Booking.objects().where(
        Booking.reference.is_in(list(secrets)),
        Booking.gathering == gathering_id,
        Booking.state != "cancelled",
    )
    opened = [row for row in rows if row.secret_hash == hash_of(secrets[row.reference])]
    return tuple(sorted(row.reference for row in opened if _contact_of(row).may_be(wanted)))


def _contact_of(row: Booking) -> Contact:
    return contact(row.contact_name, row.contact_way, row.contact_detail)


def _keys(one: Contact) -> Iterable[str]:
    return [f"name {one.name}", *([f"detail {one.detail}"] if one.detail else [])]


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
