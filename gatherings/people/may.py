"""Who may open which route, and which personal fields may show there: the table of may.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gatherings.people.tables import ROLES

FILE = Path(__file__).with_name("may.toml")
FIELDS = ("names", "contact", "needs", "words", "answers")
AUDIENCES = ("everybody", "signed_in", "starter", "party", "host", "deputy", *ROLES)


@dataclass(frozen=True)
class Rule:
    """Who may use one route. `shows_to` has the fields that may show there, by audience."""

    to: frozenset[str]
    shows_to: Mapping[str, frozenset[str]]

    def lets(self, audiences: Iterable[str]) -> bool:
        """Whether somebody who belongs to these audiences may use it."""
        return not self.to.isdisjoint(audiences)

    def may_show(self, audiences: Iterable[str]) -> frozenset[str]:
        """The personal fields that somebody who belongs to these audiences may see there."""
        return frozenset().union(*(self.shows_to.get(one, frozenset()) for one in audiences))


@cache
def rules() -> Mapping[str, Rule]:
    """The rule of every route by its name. Raises ValueError for a table that is not sound."""
    found: dict[str, Rule] = {}
    for block in tomllib.loads(FILE.read_text())["pages"]:
        rule = _rule(block)
        for route in block["routes"]:
            if route in found:
                raise ValueError(f"{route} stands twice in {FILE.name}")
            found[route] = rule
    return found


def _rule(block: dict[str, Any]) -> Rule:
    to, shows = frozenset(block["to"]), frozenset(block.get("shows", ()))
    more = block.get("shows_to", {})
    rule = Rule(to, {one: shows | frozenset(more.get(one, ())) for one in to})
    fields = frozenset().union(*rule.shows_to.values())
    if not to <= set(AUDIENCES) or not set(more) <= to or not fields <= set(FIELDS):
        raise ValueError(f"{FILE.name} has words that are not known in the block of {block}")
    return rule
