"""Whether words are plain: none that hurt, no unexplained letters, no sentence that is too long."""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words.toml"
MOST_WORDS = 25
MOST_WORDS_EASY = 15
MOST_WORDS_EASY_TITLE = 8
ENDS = re.compile(r"(?<=[.!?…:;])[\"”’)]*\s+|\n\s*\n")
WORD = re.compile(r"[\w£€'’@./+-]*\w")
HYPHENS = re.compile("[\u2010-\u2015\u2212]")
ACRONYM = re.compile(r"(?<![\w@./#&-])[A-Z](?:[A-Z0-9]*[A-Z])[A-Z0-9]*(?=s?\b)")


@dataclass(frozen=True)
class Banned:
    """Words not to use, and what to say instead."""

    pattern: re.Pattern[str]
    say: str


@dataclass(frozen=True)
class Rules:
    """What is banned, and which letters are explained: letters and their long form."""

    banned: tuple[Banned, ...]
    glossary: dict[str, str]


@cache
def rules() -> Rules:
    """The rules that come with the product."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    banned = tuple(
        Banned(re.compile(rf"\b(?:{one['never']})\b", re.IGNORECASE), one["say"])
        for one in data["banned"]
    )
    return Rules(banned, data["glossary"])


def faults(text: str, *, easy: bool = False, also: Collection[str] = ()) -> list[str]:
    """What is not plain in a text, a sentence for each. `also` are letters explained elsewhere.

    An Easy Read text may have shorter sentences only.
    """
    known = {*rules().glossary, *also}
    return [
        *_banned_in(text),
        *_unexplained_in(text, known),
        *_too_long(text, MOST_WORDS_EASY if easy else MOST_WORDS),
    ]


def title_faults(title: str) -> list[str]:
    """What is not plain in an Easy Read title."""
    return [
        *_banned_in(title),
        *_unexplained_in(title, rules().glossary),
        *_too_long(title, MOST_WORDS_EASY_TITLE),
    ]


def words_that_hurt(text: str) -> list[str]:
    """Which words in it are banned, a sentence for each, also where a line ends between them."""
    return list(_banned_in(text))


def _banned_in(text: str) -> Iterator[str]:
    on_one_line = " ".join(HYPHENS.sub("-", text).split())
    for one in rules().banned:
        for found in one.pattern.finditer(on_one_line):
            yield f"“{found.group()}”: say “{one.say}”"


def _unexplained_in(text: str, known: Collection[str]) -> Iterator[str]:
    for letters in sorted({found.group() for found in ACRONYM.finditer(text)} - set(known)):
        yield f"“{letters}” is not in the glossary: write it out, or explain it there"


def _too_long(text: str, most: int) -> Iterator[str]:
    for sentence in ENDS.split(text):
        number = len(WORD.findall(sentence))
        if number > most:
            shown = " ".join(sentence.split())[:90]
            yield f"a sentence of {number} words, at most {most}: “{shown}”"
