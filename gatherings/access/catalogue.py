"""The catalogue of access needs: what people can tick, in which groups, and by when it is due."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

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
    do, `venue` what the venue counts and makes ready; each may be nothing.
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
        return [n for n in self.needs.values() if n.group == group and n.code != NOTHING]

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
    """The catalogue in use."""
    with FILE.open("rb") as file:
        kept = tomllib.load(file)
    groups = [Group(**row) for row in kept["group"]]
    needs = [_need_type(row) for row in kept["need"]]
    return Catalogue(
        version=kept["version"],
        groups={group.code: group for group in groups},
        needs={need.code: need for need in needs},
        resources={row["code"]: Resource(**row) for row in kept["resource"]},
    )


def _need_type(row: dict[str, Any]) -> NeedType:
    said = {"door": "", "room_card": "", "venue": "", **row}
    kept = {field.name: said[field.name] for field in fields(NeedType)}
    return NeedType(**kept | {"act": tuple(row["act"]), "room": tuple(row["room"])})
