"""Drawing the text of a letter from templates/letters. The first line is the subject."""

from dataclasses import dataclass
from typing import Any

from gatherings.planning.recorded import what_is_recorded
from web import words
from web.plain_text import plain_templates

LONGEST_SUBJECT = 150

_environment = plain_templates("letters")
_environment.globals.update(
    day=words.day, short_day=words.short_day, clock=words.clock, count=words.count
)
_environment.globals.update(what_is_recorded=what_is_recorded)


@dataclass(frozen=True)
class Drawn:
    """A letter's subject, on one line, and its text."""

    subject: str
    text: str


def draw(kind: str, **context: Any) -> Drawn:
    """The letter of this kind. A value that the template needs and does not get is an error."""
    drawn = _environment.get_template(f"{kind}.txt").render(context)
    subject, _, text = drawn.partition("\n\n")
    return Drawn(_one_line(subject)[:LONGEST_SUBJECT], _calm(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _calm(text: str) -> str:
    """No spaces at the ends of lines, and never more than one empty line."""
    kept: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept) + "\n"
