"""The catalogue of access needs: what people can tick, in which groups, and by when it is due."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gatherings.access.local_catalogue import DEFAULTS, local_needs
from web.settings import settings

FILE = Path(__file__).with_name("catalogue.toml")
TIMED = ("arrive_window", "open_early")
NOTHING, OWN_WORDS, ASK_ME, RATHER_TALK = "any.none", "any.other", "any.ask_me", "any.private"


@dataclass(frozen=True)
class Group:
    """Needs that are asked on one page."""

    code: str
    label: str
    hint: str
    easy: str


@dataclass(frozen=True)
class NeedType:
    """One kind of need. `detail` is what we would like to know about it, if anything.

    `door` is what somebody at the door should do, `room_card` what whoever runs a session should
    do, `venue` what the venue counts and makes ready; each may be nothing. Retired on `retired_at`
    it is offered to nobody, and instead of it the need with the code `successor`, if there is one.
    """

    code: str
    group: str
    label: str
    easy: str
    act: tuple[str, ...]
    room: tuple[str, ...]
    resource: str
    schedule: str
    lead_days: int
    detail: str
    symbol: str
    door: str
    room_card: str
    venue: str
    retired_at: date | None
    successor: str

    @property
    def asks_time(self) -> bool:
        """Whether we need to know about when they arrive."""
        return self.schedule in TIMED

    def due_on(self, day: date) -> date:
        """When it should be agreed, for a gathering on this day."""
        return day - timedelta(days=self.lead_days)


@dataclass(frozen=True)
class Resource:
    """Whom or what we book: one and many of it. Only what is `public` is told to everybody."""

    code: str
    one: str
    many: str
    public: bool


@dataclass(frozen=True)
class Catalogue:
    """One version of the list. The order of groups and needs is the order on the form."""

    version: int
    groups: dict[str, Group]
    needs: dict[str, NeedType]
    resources: dict[str, Resource]

    def in_group(self, group: str) -> list[NeedType]:
        """What can be ticked on the page of a group."""
        return [n for n in self.offered() if n.group == group and n.code != NOTHING]

    def offered(self) -> list[NeedType]:
        """What people may still choose, in the order of the form."""
        return [need for need in self.needs.values() if need.retired_at is None]

    def offered_again(self, code: str) -> str:
        """The code to offer to somebody who had this one; "" where nothing follows it."""
        while code and self.needs[code].retired_at:
            code = self.needs[code].successor
        return code

    def asks_time(self, group: str) -> bool:
        """Whether the page of a group asks about when people arrive."""
        return any(need.asks_time for need in self.in_group(group))

    def need(self, code: str) -> NeedType:
        """The need with this code; "something else" for one that this version does not know."""
        return self.needs.get(code) or self.needs[OWN_WORDS]

    def label_of(self, code: str, group: str = "") -> str:
        """The need in words. Own words are named after the group in which they were written."""
        if code == OWN_WORDS and group in self.groups and group != "any":
            return f"{self.groups[group].label}: own words"
        return self.need(code).label


@cache
def catalogue() -> Catalogue:
    """The catalogue in use. It is read once: a changed file counts from the next start."""
    return read_catalogue(settings().data_dir)


def read_catalogue(folder: Path) -> Catalogue:
    """What comes with the product, and what the host of this data folder adds to its groups.

    ValueError says in a sentence what is wrong with the host's file.
    """
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = {row["code"]: Group(**row) for row in kept["group"]}
    order = list(groups)
    rows = sorted(
        [*kept["need"], *local_needs(folder, kept)], key=lambda row: order.index(row["group"])
    )
    needs = {row["code"]: _need_type(row) for row in rows}
    resources = {row["code"]: Resource(**row) for row in kept["resource"]}
    for need in needs.values():
        _check_successor(need, needs)
    return Catalogue(kept["version"], groups, needs, resources)


def _check_successor(need: NeedType, needs: dict[str, NeedType]) -> None:
    if need.successor and need.retired_at is None:
        raise ValueError(f"The need {need.code} has a successor, but no day in retired_at.")
    passed, code = {need.code}, need.successor
    while code:
        if code in passed or code not in needs:
            raise ValueError(f"The need {need.code} has a successor that cannot follow it: {code}.")
        passed.add(code)
        code = needs[code].successor


def _need_type(row: dict[str, Any]) -> NeedType:
    said = DEFAULTS | row
    kept = {field.name: said[field.name] for field in fields(NeedType)}
    return NeedType(**kept | {"act": tuple(row["act"]), "room": tuple(row["room"])})
