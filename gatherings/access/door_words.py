"""What the door should do for somebody: an instruction without a story, and nothing else."""

from collections.abc import Iterable

from gatherings.access.catalogue import catalogue
from gatherings.access.consent import PURPOSE
from gatherings.access.needs import bound_to
from gatherings.access.tables import Consent, Need
from gatherings.bookings.tables import Person
from web.crypto import unseal

NOT_NOW = ("cannot", "withdrawn")


async def door_words(booking_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Instructions by person id, for the parties that let us keep their needs.

    They come from the catalogue: neither what was written nor how the need is called leaves.
    """
    agreed = await with_consent(sorted(set(booking_ids)))
    if not agreed:
        return {}
    people = Person.select(Person.id).where(Person.booking.is_in(agreed))
    needs = await (
        Need.objects()
        .where(Need.person.is_in(people) & Need.state.not_in(list(NOT_NOW)))
        .order_by(Need.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for need in needs:
        code = unseal(need.sealed, bound_to(need.handle))["code"]
        words, before = catalogue().need(code).door, found.get(need.person, ())
        if words and words not in before:
            found[need.person] = (*before, words)
    return found


async def with_consent(booking_ids: list[int], purpose: str = PURPOSE) -> list[int]:
    """Of these bookings, those whose last answer was yes, and who have not taken it back."""
    if not booking_ids:
        return []
    rows = await (
        Consent.select(Consent.booking, Consent.answer, Consent.withdrawn_at)
        .where(Consent.booking.is_in(booking_ids) & (Consent.purpose == purpose))
        .order_by(Consent.id)
    )
    last = {row["booking"]: row for row in rows}
    return [
        booking
        for booking, row in last.items()
        if row["answer"] == "yes" and row["withdrawn_at"] is None
    ]
