"""What is known about access, as answers that people can read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gatherings.planning.catalogue import Fact
from gatherings.planning.tables import RoomFeature, VenueFact
from web.words import count, day_of

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
    """One fact as people read it. `value` is yes, no or unknown, also where a number says so.

    `checked` says how, when and by whom we know, in a few words. `lacks` is true for what people
    miss, as a step-free way in; being without a height barrier is nothing to miss.
    """

    label: str
    words: str
    value: str
    detail: str = ""
    checked: str = ""
    lacks: bool = False


def answers(facts: Iterable[Fact], known: Mapping[str, Known]) -> list[Answer]:
    """An answer for each fact, also for those that nobody has checked."""
    return [_answer(fact, known.get(fact.code)) for fact in facts]


def known_count(facts: Iterable[Fact], known: Mapping[str, Known]) -> int:
    """How many of the facts are known."""
    return sum(fact.code in known and known[fact.code].value != "unknown" for fact in facts)


def meaning_of(fact: Fact, row: Known) -> str:
    """Yes, no or unknown, also where a number says so."""
    number = number_of(row)
    return row.value if number is None else fact.says(number)


def number_of(row: Known) -> int | None:
    """The number of a venue's fact; rooms have none."""
    return row.number if isinstance(row, VenueFact) else None


def _answer(fact: Fact, row: Known | None) -> Answer:
    detail: str = getattr(row, "detail", "")
    if row is None or row.value == "unknown":
        return Answer(fact.label, ANSWER_WORDS["unknown"], "unknown", detail)
    value = meaning_of(fact, row)
    lacks = value != fact.better and fact.better != "either"
    return Answer(fact.label, _words(fact, row, value), value, detail, checked_words(row), lacks)


def _words(fact: Fact, row: Known, value: str) -> str:
    number = number_of(row)
    if number is None:
        return ANSWER_WORDS[value]
    if number == 0 and fact.zero:
        return fact.zero
    measured = count(number, fact.unit[0], fact.unit[-1])
    return f"{ANSWER_WORDS[value]}: {measured}" if fact.at_least or fact.at_most else measured


def checked_words(row: Known) -> str:
    """How, when and by whom it was checked: "We saw it, Tuesday 5 January 2027, Ada."."""
    checked_on: date | None = row.checked_on
    how, when = HOW_WORDS[row.how], day_of(checked_on) if checked_on else ""
    parts = [how or (when and "Checked"), when, row.checked_by]
    return ", ".join(part for part in parts if part) + "." if any(parts) else ""
