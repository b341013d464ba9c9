"""Reading the forms about a gathering: what it is and when, its places, cost and contacts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

from gatherings.planning.gathering_words import first_day, last_day
from gatherings.planning.gatherings import (
    ABOUT_FIELDS,
    TERMS_FIELDS,
    About,
    Terms,
)
from gatherings.planning.recorded import LONGEST_RECORDED
from gatherings.planning.refusals import seen_of
from gatherings.planning.tables import RECORDED, Gathering, Venue
from web.forms import Form
from web.words import local, moment_of

NAME, ABOUT, COST_WORDS, PHONE, EMAIL, POST = 120, 5000, 300, 40, 254, 500
PAYS = 1000
MOST_PLACES, MOST_PENCE, MOST_DAYS, MOST_STOP_DAYS = 5000, 100_000, 14, 60
WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EMAIL_SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
LONDON = "Europe/London"
ZONES = (LONDON, *sorted(z for z in available_timezones() if "/" in z and z != LONDON))
NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/")


def zones() -> list[tuple[str, str]]:
    """Every time zone by its city, the United Kingdom's first."""
    named = [(zone, zone.replace("_", " ").replace("/", ", ")) for zone in ZONES[1:]]
    kept = [(zone, words) for zone, words in named if not zone.startswith(NOT_PLACES)]
    return [(LONDON, "United Kingdom time"), *kept]


@dataclass(frozen=True)
class When:
    """When and where a form says that a gathering is. Moments are in UTC."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    all_day: bool
    venue_id: int


def read_about(
    form: Form, venues: Iterable[Venue], planned: date | None = None
) -> tuple[About, int] | None:
    """What a gathering is and when, with its venue's id; None when something is wrong.

    `planned` is the date that it has already: that one may stay, even when it is past.
    """
    name = form.line("name", "the name of the gathering", most=NAME)
    about = form.text("about", "what it is about", most=ABOUT, optional=True)
    when = read_when(form, venues, planned)
    if when is None or form.errors:
        return None
    return About(name, about, when.starts_at, when.ends_at, when.zone, when.all_day), when.venue_id


def read_when(form: Form, venues: Iterable[Venue], planned: date | None = None) -> When | None:
    """When and where it is; None when something is wrong."""
    by_slug = {venue.slug: venue for venue in venues}
    venue = by_slug.get(form.choice("venue", "a venue", by_slug))
    zone = form.choice("zone", "a time zone", ZONES)
    on, last = _read_days(form, planned)
    all_day = form.ticked("all_day")
    starts = None if all_day else form.clock("starts", "when it starts")
    ends = None if all_day else form.clock("ends", "when it ends")
    if on is None or last is None or not zone or venue is None or form.errors:
        return None
    if all_day:
        times = whole_days(on, last, zone)
    elif starts is None or ends is None:
        return None
    else:
        found = read_times(form, on, starts, ends, zone, last)
        if found is None:
            return None
        times = found
    return When(*times, zone, all_day, venue.id)


def read_first_day(form: Form, planned: date | None = None) -> date | None:
    """The date, not past unless it was `planned`; None when something is wrong."""
    on = form.day("on", "the date")
    if on is not None and on != planned and on < datetime.now(UTC).date():
        form.error("on", "Enter a date that is not in the past")
    if on is not None and on.year > datetime.now(UTC).year + 10:
        form.error("on", "Enter a date within the next 10 years")
    return on


def _read_days(form: Form, planned: date | None) -> tuple[date | None, date | None]:
    """The first and the last day. Without a last day it is the first."""
    on = read_first_day(form, planned)
    if on is None or not any(form.typed(f"last_{part}") for part in ("day", "month", "year")):
        return on, on
    last = form.day("last", "the last day")
    if last is not None and last < on:
        form.error("last", "Enter a last day that is not before the first")
    if last is not None and (last - on).days >= MOST_DAYS:
        form.error("last", f"Enter a last day within {MOST_DAYS} days")
    return on, last


def whole_days(on: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """From midnight to midnight, the last day included, as moments in UTC."""
    after = moment_of(last + timedelta(days=1), time(), zone)
    return moment_of(on, time(), zone).astimezone(UTC), after.astimezone(UTC)


def read_times(
    form: Form, on: date, starts: time, ends: time, zone: str, last: date | None = None
) -> tuple[datetime, datetime] | None:
    """Two times of day as moments in UTC, the second after the first, `last` for another day."""
    starts_at, ends_at = moment_of(on, starts, zone), moment_of(last or on, ends, zone)
    for field, moment in (("starts", starts_at), ("ends", ends_at)):
        if not _clocks_show(moment):
            form.error(field, "Clocks go forward on this day and leave this time out")
    if (last or on) == on and ends <= starts:
        form.error("ends", "Enter an end that is after the start")
    if "starts" in form.errors or "ends" in form.errors:
        return None
    return starts_at.astimezone(UTC), ends_at.astimezone(UTC)


def read_terms(form: Form) -> Terms:
    """Places, cost, contacts and what is recorded."""
    terms = Terms(
        capacity=form.number("capacity", "how many places there are", least=1, most=MOST_PLACES),
        supporters_count=form.choice(
            "supporters_count", "whether supporters take a place", ("yes", "no")
        )
        == "yes",
        fill_stops_days=form.number(
            "fill_stops_days", "a number of days", least=0, most=MOST_STOP_DAYS
        ),
        cost_pence=form.pence("cost", "what it costs", most=MOST_PENCE),
        cost_words=form.line("cost_words", "words about costs", most=COST_WORDS, optional=True),
        pays=form.text("pays", "what you pay to people", most=PAYS, optional=True),
        contact_phone=form.line("contact_phone", "a phone number", most=PHONE),
        contact_email=form.line("contact_email", "an e-mail address", most=EMAIL, optional=True),
        postal_address=form.text("postal_address", "a postal address", most=POST),
        go_word=form.line("go_word", "a short word", most=30, optional=True).lower(),
        recorded=form.choice("recorded", "whether anything is recorded", RECORDED),
        recorded_words=form.line(
            "recorded_words", "your own words", most=LONGEST_RECORDED, optional=True
        ),
    )
    _check_contacts(form, terms)
    return terms


def shown_about(gathering: Gathering, venue: Venue) -> dict[str, str]:
    """The form as it would show the gathering now."""
    first, last = first_day(gathering), last_day(gathering)
    return {
        "name": gathering.name,
        "about": gathering.about,
        "venue": venue.slug,
        **_shown_day("on", first),
        **_shown_day("last", last if last != first else None),
        "all_day": "yes" if gathering.all_day else "",
        "starts": _shown_clock(gathering, gathering.starts_at),
        "ends": _shown_clock(gathering, gathering.ends_at),
        "zone": gathering.zone,
        "seen": seen_of(gathering, ABOUT_FIELDS),
    }


def _shown_clock(gathering: Gathering, moment: datetime) -> str:
    return "" if gathering.all_day else f"{local(moment, gathering.zone):%H:%M}"


def _shown_day(field: str, day: date | None) -> dict[str, str]:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    names = (f"{field}_day", f"{field}_month", f"{field}_year")
    return {name: str(part) for name, part in zip(names, parts, strict=True)}


def shown_terms(gathering: Gathering) -> Mapping[str, str]:
    """The form of places and booking as it would show the gathering now."""
    pounds, pence = divmod(gathering.cost_pence, 100)
    return {
        "capacity": str(gathering.capacity or ""),
        "supporters_count": "yes" if gathering.supporters_count else "no",
        "fill_stops_days": str(gathering.fill_stops_days),
        "cost": (f"{pounds}.{pence:02}" if pence else str(pounds)) if gathering.cost_pence else "",
        "cost_words": gathering.cost_words,
        "pays": gathering.pays,
        "contact_phone": gathering.contact_phone,
        "contact_email": gathering.contact_email,
        "postal_address": gathering.postal_address,
        "go_word": gathering.go_word,
        "recorded": gathering.recorded,
        "recorded_words": gathering.recorded_words,
        "seen": seen_of(gathering, TERMS_FIELDS),
    }


def _clocks_show(moment: datetime) -> bool:
    """Whether clocks ever show this time: an hour is left out in spring."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(
        tzinfo=None
    )


def _check_contacts(form: Form, terms: Terms) -> None:
    if terms.contact_phone and sum(c.isdigit() for c in terms.contact_phone) < 5:
        form.error("contact_phone", "Enter a phone number, such as 0161 496 0000")
    if terms.contact_email and not EMAIL_SHAPE.fullmatch(terms.contact_email):
        form.error("contact_email", "Enter an e-mail address, such as name@example.org")
    if terms.go_word and not (WORD.fullmatch(terms.go_word) and len(terms.go_word) > 1):
        form.error("go_word", "Enter a short word of letters and digits, such as spring")
