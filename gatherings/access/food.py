"""What people wrote about food, as words that a kitchen counts. What was written never leaves."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("food.toml")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Known:
    """What was recognised, in the order of the list. `more` says that something was left over."""

    labels: tuple[str, ...]
    more: bool


def diets_in(words: str) -> Known:
    """The diets that somebody's words name."""
    return _found(words, "diet")


def allergens_in(words: str) -> Known:
    """The allergens that somebody's words name."""
    return _found(words, "allergen")


@cache
def _lists() -> tuple[dict[str, list[tuple[str, re.Pattern[str]]]], frozenset[str]]:
    kept = tomllib.loads(FILE.read_text())
    patterns = {
        kind: [(row["label"], _pattern(row["match"])) for row in kept[kind]]
        for kind in ("diet", "allergen")
    }
    return patterns, frozenset(kept["ignored"])


def _pattern(match: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, match))})(?:e?s|n)?\b", re.IGNORECASE)


def _found(words: str, kind: str) -> Known:
    patterns, ignored = _lists()
    labels = tuple(label for label, pattern in patterns[kind] if pattern.search(words))
    rest = words
    for _, pattern in patterns[kind]:
        rest = pattern.sub(" ", rest)
    left_over = {word.casefold().replace("’", "'") for word in WORD.findall(rest)} - ignored
    return Known(labels, bool(left_over) or not labels)
