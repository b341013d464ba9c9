"""Moments and money in plain words. Moments are UTC; `zone` is an IANA name."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of the zone."""
    return moment.astimezone(ZoneInfo(zone))


def day(moment: datetime, zone: str) -> str:
    """ "Wednesday 3 March 2027"."""
    return day_of(local(moment, zone).date())


def day_of(value: date) -> str:
    """The same for a date without a time."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def days_of(first: date, last: date) -> str:
    """ "Saturday 6 to Sunday 7 March 2027"; one day alone is the same as `day_of`."""
    if first == last:
        return day_of(first)
    month = "" if (first.month, first.year) == (last.month, last.year) else f" {first:%B}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%A} {first.day}{month}{year} to {day_of(last)}"


def short_day(moment: datetime, zone: str) -> str:
    """ "3 March"."""
    here = local(moment, zone)
    return f"{here.day} {here:%B}"


def clock(moment: datetime, zone: str) -> str:
    """ "10am", "10:30am", "midday"."""
    here = local(moment, zone)
    if (here.hour, here.minute) == (12, 0):
        return "midday"
    if (here.hour, here.minute) == (0, 0):
        return "midnight"
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"


def easy_clock(moment: datetime, zone: str) -> str:
    """For Easy Read: "10 o'clock in the morning", "half past 2 in the afternoon"."""
    here = local(moment, zone)
    if (here.hour % 12, here.minute) == (0, 0):
        return "12 o’clock midday" if here.hour else "12 o’clock midnight"
    part = "morning" if here.hour < 12 else "afternoon" if here.hour < 18 else "evening"
    return f"{_hands(here.hour, here.minute)} in the {part}"


def _hands(hour: int, minute: int) -> str:
    """What the hands of a clock show."""
    if minute == 0:
        return f"{hour % 12 or 12} o’clock"
    to = minute > 30
    away = 60 - minute if to else minute
    named = {15: "quarter", 30: "half"}.get(away, f"{away}" if away % 5 == 0 else f"{away} minutes")
    return f"{named} {'to' if to else 'past'} {(hour + to) % 12 or 12}"


def money(pence: int) -> str:
    """ "Free", "£5", "£5.50"."""
    if pence == 0:
        return "Free"
    pounds, rest = divmod(pence, 100)
    return f"£{pounds}.{rest:02}" if rest else f"£{pounds}"


def count(number: int, one: str, many: str) -> str:
    """ "1 place", "5 places"."""
    return f"{number} {one if number == 1 else many}"


def folded(words: str) -> str:
    """Words to search in and sort by: without capitals and accents."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def time_of(value: str) -> time | None:
    """A time of day as people write it, or None."""
    text = value.lower().replace(" ", "").replace(".", ":")
    half = text[-2:] if text[-2:] in ("am", "pm") else ""
    hours, _, minutes = text.removesuffix(half).partition(":")
    if not (hours.isdecimal() and hours.isascii()) or not (minutes or "0").isdecimal():
        return None
    hour, minute = int(hours[:3]), int((minutes or "0")[:3])
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def said_time(at: time) -> str:
    """A time of day as `time_of` reads it again: "9:30am", "12pm"."""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment when clocks in the zone show this day and time."""
    return datetime.combine(day, at, ZoneInfo(zone))


def explainer(glossary: Mapping[str, str]) -> Callable[[str], Markup]:
    """For one page: a function that explains letters in its texts.

    `glossary` maps letters, such as BSL, to what they stand for. Where the page says letters for
    the first time their meaning stands behind them; after that it is in <abbr> alone. So it is
    where the text says the meaning itself: "British Sign Language (BSL)".
    """
    longest_first = sorted(glossary, key=len, reverse=True)
    known = "|".join(re.escape(letters) for letters in longest_first)
    seen: set[str] = set()

    def explained(text: str) -> Markup:
        drawn = Markup("")
        parts = re.split(rf"(?<![\w-])({known})(?![\w-])", text) if known else [text]
        for place, part in enumerate(parts):
            if place % 2:
                said = parts[place - 1].casefold().endswith(f"{glossary[part]} (".casefold())
                drawn += _abbreviated(part, glossary[part], again=said or part in seen)
                seen.add(part)
            else:
                drawn += escape(part)
        return drawn

    return explained


def _abbreviated(letters: str, meaning: str, *, again: bool) -> Markup:
    short = Markup('<abbr title="{}">{}</abbr>').format(meaning, letters)
    return short if again else short + Markup(" ({})").format(meaning)
