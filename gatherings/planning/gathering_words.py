"""What is to be said about a gathering in a few plain words."""

from datetime import UTC, date, datetime, timedelta

from gatherings.planning.tables import Gathering
from web.words import clock, count, days_of, local, money

FEW_PLACES = 10
ONE_EVENING = timedelta(hours=12)
STATE_WORDS = {
    "draft": ("Draft: only you see it", "plain"),
    "open": ("Open for booking", "good"),
    "closed": ("Booking is closed", "wait"),
    "cancelled": ("Cancelled", "bad"),
}


def first_day(gathering: Gathering) -> date:
    """The day on which it begins, on its own clocks."""
    return local(gathering.starts_at, gathering.zone).date()


def last_day(gathering: Gathering) -> date:
    """The day on which it ends. Who ends at midnight ends on the day before."""
    return local(gathering.ends_at - timedelta(microseconds=1), gathering.zone).date()


def lasts_days(gathering: Gathering) -> bool:
    """Whether it lasts several days. An evening that goes on past midnight does not."""
    long = gathering.all_day or gathering.ends_at - gathering.starts_at > ONE_EVENING
    return long and first_day(gathering) != last_day(gathering)


def all_days(gathering: Gathering) -> list[date]:
    """Every day of it, in order."""
    first = first_day(gathering)
    many = (last_day(gathering) - first).days + 1
    return [first + timedelta(days=number) for number in range(many)]


def span(gathering: Gathering, starts_at: datetime, ends_at: datetime) -> str:
    """ "10am to 11am" for a part of the day; of several days also on which it is."""
    zone = gathering.zone
    said = f"{clock(starts_at, zone)} to {clock(ends_at, zone)}"
    return f"{local(starts_at, zone):%A}, {said}" if lasts_days(gathering) else said


def dates(gathering: Gathering) -> str:
    """ "Thursday 4 February 2027", or "Saturday 6 to Sunday 7 March 2027"."""
    first = first_day(gathering)
    return days_of(first, last_day(gathering) if lasts_days(gathering) else first)


def times(gathering: Gathering) -> str:
    """ "10am to 4pm"; empty for an all-day gathering."""
    if gathering.all_day:
        return ""
    starts = clock(gathering.starts_at, gathering.zone)
    ends = clock(gathering.ends_at, gathering.zone)
    if not lasts_days(gathering):
        return f"{starts} to {ends}"
    first, last = first_day(gathering), last_day(gathering)
    return f"from {starts} on {first:%A} to {ends} on {last:%A}"


def when(gathering: Gathering) -> str:
    """ "Thursday 4 February 2027, 10am to 4pm"; of an all-day gathering the dates alone."""
    said = times(gathering)
    return f"{dates(gathering)}, {said}" if said else dates(gathering)


def cost(gathering: Gathering) -> str:
    """ "Free", or "£5. Ask us if that is too much." """
    words = gathering.cost_words
    return f"{money(gathering.cost_pence)}. {words}" if words else money(gathering.cost_pence)


def is_today(gathering: Gathering) -> bool:
    """Whether it is the day of the gathering, and it takes place and has not ended."""
    if gathering.state == "cancelled":
        return False
    now = datetime.now(UTC)
    hours_before = (gathering.starts_at - now).total_seconds() / 3600
    return hours_before < (0 if gathering.all_day else 12) and gathering.ends_at > now


def places_left(gathering: Gathering, promised: bool) -> str:
    """How many places there still are. `promised`: what is free is for those who wait already."""
    left = gathering.capacity - gathering.taken
    if promised and left > 0:
        return "Other people wait for the places that are free. You can join the waiting list."
    if left <= 0:
        return "All places are taken. You can join the waiting list."
    if left <= FEW_PLACES:
        return f"Only {count(left, 'place is', 'places are')} left."
    return f"{left} places are left."


def public_state(gathering: Gathering) -> tuple[str, str]:
    """A few words about the state, and their tone."""
    if gathering.state in ("open", "closed") and gathering.ends_at <= datetime.now(UTC):
        return "It has taken place", "plain"
    if gathering.state == "open" and gathering.taken >= gathering.capacity:
        return "Waiting list", "wait"
    return STATE_WORDS[gathering.state]
