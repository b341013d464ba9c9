"""What a venue and a room may have for access, read from the data files beside this one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Fact:
    """One thing that may be known about a venue. `ask` says which detail helps; `short` facts
    also stand on the gathering's own page.

    `number` asks for a count or a measure in the `unit` (one, many): with `at_least` or `at_most`
    the number decides between yes and no. `zero` says what 0 means where it does not mean no.
    `better` is "yes", "no" where it is good to be without it, or "either".
    """

    code: str
    label: str
    ask: str = ""
    short: bool = False
    number: str = ""
    unit: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int = 0
    zero: str = ""
    better: str = "yes"

    def says(self, number: int) -> str:
        """Whether a number means yes or no."""
        if self.at_least or self.at_most:
            right = number >= self.at_least and (not self.at_most or number <= self.at_most)
            return "yes" if right else "no"
        return "yes" if number or self.zero else "no"


@dataclass(frozen=True)
class Group:
    """Facts that are asked for on one page."""

    code: str
    title: str
    facts: tuple[Fact, ...]


def _groups(file: str) -> dict[str, Group]:
    data = tomllib.loads((HERE / file).read_text())
    return {
        group["code"]: Group(
            group["code"], group["title"], tuple(_fact(fact) for fact in group["facts"])
        )
        for group in data["groups"]
    }


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(**row | {"unit": tuple(row.get("unit", ()))})


def _by_code(groups: Mapping[str, Group]) -> dict[str, Fact]:
    return {fact.code: fact for group in groups.values() for fact in group.facts}


FACT_GROUPS: Mapping[str, Group] = _groups("venue_facts.toml")
FACTS: Mapping[str, Fact] = _by_code(FACT_GROUPS)
SHORT_FACTS = tuple(fact for fact in FACTS.values() if fact.short)
FEATURE_GROUPS: Mapping[str, Group] = _groups("room_features.toml")
FEATURES: Mapping[str, Fact] = _by_code(FEATURE_GROUPS)
