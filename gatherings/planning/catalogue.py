"""What a venue and a room may have for access, read from the data files beside this one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Fact:
    """One thing that may be known about a venue. `ask` says which detail helps; `short` facts
    also stand on the gathering's own page."""

    code: str
    label: str
    ask: str = ""
    short: bool = False


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
            group["code"], group["title"], tuple(Fact(**fact) for fact in group["facts"])
        )
        for group in data["groups"]
    }


def _by_code(groups: Mapping[str, Group]) -> dict[str, Fact]:
    return {fact.code: fact for group in groups.values() for fact in group.facts}


FACT_GROUPS: Mapping[str, Group] = _groups("venue_facts.toml")
FACTS: Mapping[str, Fact] = _by_code(FACT_GROUPS)
SHORT_FACTS = tuple(fact for fact in FACTS.values() if fact.short)
FEATURE_GROUPS: Mapping[str, Group] = _groups("room_features.toml")
FEATURES: Mapping[str, Fact] = _by_code(FEATURE_GROUPS)
