"""A gathering to book into, and parties to book, as plain rows: for tests of bookings and needs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gatherings.access.needs import NeedAnswer
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.planning.tables import Gathering, Series, Venue
from web.crypto import new_key
from web.database import write


async def make_gathering(**changes: Any) -> Gathering:
    """An open gathering in sixty days with five places, in a series and a venue of its own."""
    return await write(_gathering, changes)


async def _gathering(changes: dict[str, Any]) -> Gathering:
    word = new_key()[:8].lower().replace("_", "x").replace("-", "x")
    series = Series(slug=f"series-{word}", name="Changing the story", about="")
    await series.save()
    venue = Venue(slug=f"venue-{word}", series=series.id, name="Meeting House", address="1 Long St")
    await venue.save()
    starts = (datetime.now(UTC) + timedelta(days=60)).replace(hour=10, minute=0, second=0)
    row: dict[str, Any] = {
        "slug": f"spring-{word}",
        "series": series.id,
        "venue": venue.id,
        "name": "Spring gathering",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=6),
        "capacity": 5,
        "contact_phone": "01632 960 001",
        "postal_address": "The team\n1 Long Street",
        "state": "open",
        "uid": word,
    }
    gathering = Gathering(**(row | changes))
    await gathering.save()
    return gathering


def one_person(name: str = "Cal", **changes: Any) -> Party:
    """Somebody who comes alone and needs nothing."""
    kept: dict[str, Any] = {
        "people": (PersonAnswer(name=name, help="no"),),
        "contact_name": name,
        "contact_way": "phone",
        "contact_detail": "01632 960 002",
    }
    return Party(**(kept | changes))


def with_supporter(name: str = "Cal") -> Party:
    """Somebody who comes with a supporter whose name we do not know."""
    return one_person(
        name, people=(PersonAnswer(name=name, help="no"), PersonAnswer(role="supporting"))
    )


def with_needs(*needs: NeedAnswer, consent: str = "yes", name: str = "Cal") -> Party:
    """Somebody who told us what would help."""
    return one_person(
        name, people=(PersonAnswer(name=name, help="yes", needs=needs),), consent=consent
    )


async def taken_of(gathering: Gathering) -> int:
    """How many places are taken now."""
    row = await Gathering.select(Gathering.taken).where(Gathering.id == gathering.id).first()
    return int(row["taken"]) if row else -1
