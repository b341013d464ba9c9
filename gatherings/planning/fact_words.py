"""What is known about access, as answers that people can read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gatherings.planning.catalogue import Fact
from gatherings.planning.tables import RoomFeature, VenueFact
from web.words import day_of

ANSWER_WORDS = {"yes": "Yes", "no": "No", "unknown": "We have not checked this"}
HOW_WORDS = {
    "seen": "We saw it",
    "phoned": "We asked by phone",
    "website": "From the venue’s website or leaflet",
    "unknown": "",
}


Known = VenueFact | RoomFeature
"""A row about one fact of a venue or one feature of a room."""


@dataclass(frozen=True)
class Answer:
    """One fact as people read it. `checked` says when and how we know, in a few words."""

    label: str
    words: str
    value: str
    detail: str = ""
    checked: str = ""


def answers(facts: Iterable[Fact], known: Mapping[str, Known]) -> list[Answer]:
    """An answer for each fact, also for those that nobody has checked."""
    return [_answer(fact, known.get(fact.code)) for fact in facts]


def known_count(facts: Iterable[Fact], known: Mapping[str, Known]) -> int:
    """How many of the facts are yes or no."""
    return sum(fact.code in known and known[fact.code].value != "unknown" for fact in facts)


def _answer(fact: Fact, row: Known | None) -> Answer:
    if row is None or row.value == "unknown":
        return Answer(fact.label, ANSWER_WORDS["unknown"], "unknown", getattr(row, "detail", ""))
    how = HOW_WORDS[row.how]
    checked_on: date | None = row.checked_on
    when = day_of(checked_on) if checked_on else ""
    checked = f"{how}, {when}." if how and when else f"{how or f'Checked {when}'}."
    return Answer(
        fact.label,
        ANSWER_WORDS[row.value],
        row.value,
        getattr(row, "detail", ""),
        checked if how or when else "",
    )
