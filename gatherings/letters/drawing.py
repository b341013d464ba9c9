"""Drawing the text of a letter from templates/letters. The first line is the subject."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import words

TEMPLATES = Path(__file__).parents[2] / "templates" / "letters"
LONGEST_SUBJECT = 150

# Plain text knows no markup to escape; what becomes a page or a web letter is escaped there.
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 (plain text)
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(
    day=words.day, short_day=words.short_day, clock=words.clock, count=words.count
)


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
