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


def _groups() -> dict[str, Group]:
    data = tomllib.loads((HERE / "venue_facts.toml").read_text())
    return {
        group["code"]: Group(
            group["code"], group["title"], tuple(Fact(**fact) for fact in group["facts"])
        )
        for group in data["groups"]
    }


GROUPS: Mapping[str, Group] = _groups()
FACTS: Mapping[str, Fact] = {fact.code: fact for group in GROUPS.values() for fact in group.facts}
SHORT_FACTS = tuple(fact for fact in FACTS.values() if fact.short)
FEATURES: Mapping[str, str] = tomllib.loads((HERE / "room_features.toml").read_text())["features"]
