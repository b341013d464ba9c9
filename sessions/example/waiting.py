"""The example's waiting list: an offer, one that ran out, a party too large for what is free."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gatherings.bookings import answering, bookings, cancelling
from gatherings.bookings.booking_list import bookings_of
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.people.roles import Viewer
from gatherings.planning import gatherings
from gatherings.planning.lookup import gathering_of
from gatherings.planning.tables import Gathering
from web.database import read, write

LEFT_FREE = 2


async def build_waiting_list(gathering: Gathering, ada: Viewer) -> None:
    """Fill the gathering; let people wait, be offered places, and cancel."""
    now = datetime.now(UTC)
    await _set_capacity(gathering.id, ada, 0, now - timedelta(days=6))
    lapses = ("Perry",)
    await _book(gathering.id, _party("email", lapses), now - timedelta(days=5))
    await _set_capacity(gathering.id, ada, 1, now - timedelta(days=4))
    await write(answering.lapse_due, now - timedelta(hours=20))
    await _set_capacity(gathering.id, ada, 0, now - timedelta(hours=19))
    hafsas = _party("email", ("Hafsa", "Imran", "Zara"), fewer=2)
    await _book(gathering.id, hafsas, now - timedelta(hours=18))
    sians = _party("phone", ("Siân", "Owen", "Mali", "Dewi", "Elin"))
    await _book(gathering.id, sians, now - timedelta(hours=16))
    await _set_capacity(gathering.id, ada, 2, now - timedelta(hours=2))
    booked = [one for one in await read(bookings_of, gathering.id) if one.state == "booked"]
    await write(cancelling.cancel, booked[-1].id, at=now - timedelta(hours=1))
    await _set_capacity(gathering.id, ada, LEFT_FREE, now)


async def _book(gathering_id: int, party: Party, at: datetime) -> None:
    await write(bookings.book, gathering_id, party, at=at)


def _party(way: str, names: tuple[str, ...], fewer: int = 0) -> Party:
    detail = f"{names[0].lower()}@people.example" if way == "email" else "07700 900077"
    return Party(
        people=tuple(PersonAnswer(name=name, help="no") for name in names),
        contact_name=names[0],
        contact_way=way,
        contact_detail=detail,
        for_whom="us" if len(names) > 1 else "me",
        fewer=fewer,
    )


async def _set_capacity(gathering_id: int, ada: Viewer, free: int, at: datetime) -> None:
    """As many places as are taken, and so many more."""
    now = await read(gathering_of, gathering_id)
    kept = {field: getattr(now, field) for field in gatherings.Terms.__dataclass_fields__}
    terms = replace(gatherings.Terms(**kept), capacity=now.taken + free)
    await write(gatherings.set_terms, ada, gathering_id, terms, at=at)
