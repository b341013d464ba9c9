"""What is to be said about a gathering in a few plain words."""

from datetime import UTC, datetime

from gatherings.planning.tables import Gathering
from web.words import clock, count, day, money

FEW_PLACES = 10
STATE_WORDS = {
    "draft": ("Draft: only you see it", "plain"),
    "open": ("Open for booking", "good"),
    "closed": ("Booking is closed", "wait"),
    "cancelled": ("Cancelled", "bad"),
}


def times(gathering: Gathering) -> str:
    """ "10am to 4pm"."""
    starts_at, ends_at, zone = gathering.starts_at, gathering.ends_at, gathering.zone
    return f"{clock(starts_at, zone)} to {clock(ends_at, zone)}"


def when(gathering: Gathering) -> str:
    """ "Thursday 4 February 2027, 10am to 4pm"."""
    return f"{day(gathering.starts_at, gathering.zone)}, {times(gathering)}"


def cost(gathering: Gathering) -> str:
    """ "Free", or "£5. Ask us if that is too much." """
    words = gathering.cost_words
    return f"{money(gathering.cost_pence)}. {words}" if words else money(gathering.cost_pence)


def is_today(gathering: Gathering) -> bool:
    """Whether it is the day of the gathering and it has not ended."""
    now = datetime.now(UTC)
    hours_before = (gathering.starts_at - now).total_seconds() / 3600
    return hours_before < 12 and gathering.ends_at > now


def places_left(gathering: Gathering) -> str:
    """How many places there still are."""
    left = gathering.capacity - gathering.taken
    if left <= 0:
        return "All places are taken. You can join the waiting list."
    if left <= FEW_PLACES:
        return f"Only {count(left, 'place is', 'places are')} left."
    return f"{left} places are left."


def public_state(gathering: Gathering) -> tuple[str, str]:
    """A few words about the state, and their tone."""
    if gathering.state == "open" and gathering.ends_at <= datetime.now(UTC):
        return "It has taken place", "plain"
    if gathering.state == "open" and gathering.taken >= gathering.capacity:
        return "Waiting list", "wait"
    return STATE_WORDS[gathering.state]
