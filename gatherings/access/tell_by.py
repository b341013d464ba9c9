"""By when people should tell us what takes long to arrange, as everybody may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gatherings.access.catalogue import NeedType, catalogue

LONG = 21
OWN = "any"


@dataclass(frozen=True)
class TellBy:
    """What should be known by a day. `late` says that the day is past: we still try."""

    day: date
    late: bool
    labels: tuple[str, ...]


def tell_by(gathering_day: date, today: date) -> list[TellBy]:
    """Everything that takes three weeks or more to arrange, what takes longest first."""
    return [
        TellBy(day, day < today, tuple(need.label for need in needs))
        for day, needs in groupby(_longest_first(), lambda need: need.due_on(gathering_day))
    ]


def _longest_first() -> Iterator[NeedType]:
    slow = (need for need in catalogue().offered() if need.lead_days >= LONG and need.group != OWN)
    yield from sorted(slow, key=lambda need: -need.lead_days)
