"""Time zones as calendars read them: written as rules, which stay right for years to come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Timezone

LONDON = "Europe/London"
LONDON_RULES = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def london() -> Timezone:
    """The rules of clocks in the United Kingdom."""
    rules = Timezone.from_ical(LONDON_RULES.replace("\n", "\r\n"))
    if not isinstance(rules, Timezone):
        raise TypeError("The rules of London's clocks are not one time zone")
    return rules


def for_calendar(moment: datetime, zone: str, *, all_day: bool = False) -> datetime | date:
    """The moment as a calendar should say it: on London's clocks with its rules, or in UTC.

    For all-day entries it is the date alone, which is the same day everywhere.
    """
    if all_day:
        return moment.astimezone(ZoneInfo(zone)).date()
    return moment.astimezone(ZoneInfo(LONDON if zone == LONDON else "UTC"))
