"""Breaks and walking time on a day plan: how long people sit, and how long they have to move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_WALK = 20
SHORTEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class Span:
    """A part of a day; a `pause` is a break or a meal."""

    starts_at: datetime
    ends_at: datetime
    pause: bool


def minutes_between(before: datetime, after: datetime) -> int:
    """Whole minutes from one moment to a later one."""
    return int((after - before).total_seconds() // 60)


def minutes_to_walk(ends_at: datetime, starts_at: datetime) -> int:
    """The minutes left free between two parts to go to another room; 0 when there are none.

    A longer time without a part is free time, not walking time.
    """
    minutes = minutes_between(ends_at, starts_at)
    return minutes if 0 < minutes <= LONGEST_WALK else 0


def without_break(day: Iterable[Span], most: int) -> list[Span]:
    """Stretches of more than so many minutes in which nobody has a break, in order.

    A few minutes to walk are no break; ten minutes or more in which nothing is on are one.
    """
    found: list[Span] = []
    for part in sorted(day, key=lambda one: one.starts_at):
        if part.pause:
            found.append(part)
        elif found and not found[-1].pause and part.starts_at - found[-1].ends_at < SHORTEST_PAUSE:
            found[-1] = Span(found[-1].starts_at, part.ends_at, pause=False)
        else:
            found.append(part)
    return [
        one for one in found if not one.pause and minutes_between(one.starts_at, one.ends_at) > most
    ]
