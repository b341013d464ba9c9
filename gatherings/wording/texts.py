"""Everything the product says, gathered from templates and data: where it stands, and the words."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment

from gatherings.wording import wording

HOUSE = Path(__file__).parent.parent.parent
INLINE = (
    "a",
    "abbr",
    "b",
    "br",
    "em",
    "i",
    "kbd",
    "label",
    "small",
    "span",
    "strong",
    "svg",
    "use",
)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r"\b(?:title|aria-label|alt|placeholder)=\"([^\"]*)\"")
KEY = re.compile("[a-z0-9_.]*")
CODE = re.compile(r"[<>{}=]|\b(?:SELECT|UPDATE|INSERT|CREATE|DROP|PRAGMA|ROLLBACK|BETWEEN)\b")
FEWEST_WORDS = 3
DOCUMENTS = ("*.md", "docs/*.md", "static/*.js")
SOMETHING = "…"
END = "\n\n"
LANGUAGE = Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"]
)


@dataclass(frozen=True)
class Text:
    """Some words and where they stand. A title in Easy Read may have few words only.

    Of a `piece`, such as a label or a part of a sentence, only words that hurt are looked for.
    """

    where: str
    words: str
    easy: bool = False
    title: bool = False
    piece: bool = False

    def faults(self) -> list[str]:
        """What is not plain in it."""
        if self.piece:
            return wording.words_that_hurt(self.words)
        if self.title:
            return wording.title_faults(self.words)
        return wording.faults(self.words, easy=self.easy)


def everything(house: Path = HOUSE) -> Iterator[Text]:
    """Every text of templates, letters, catalogues, the example, scripts and documents."""
    for template in sorted((house / "templates").rglob("*.*")):
        where, source = str(template.relative_to(house)), template.read_text("utf-8")
        paper = template.suffix == ".md"
        yield from [Text(where, source, piece=True)] if paper else texts_of_template(where, source)
    for room in ("gatherings", "sessions", "web"):
        for data in sorted((house / room).rglob("*.toml")):
            if data.name != wording.WORDS.name:
                where = str(data.relative_to(house))
                yield from texts_of_data(where, tomllib.loads(data.read_text("utf-8")))
        for code in sorted((house / room).rglob("*.py")):
            if "piccolo_migrations" not in code.parts:
                yield from texts_of_code(str(code.relative_to(house)), code.read_text("utf-8"))
    for file in sorted(file for pattern in DOCUMENTS for file in house.glob(pattern)):
        yield Text(str(file.relative_to(house)), file.read_text("utf-8"), piece=True)


def texts_of_template(where: str, source: str) -> Iterator[Text]:
    """What a template says around its expressions, and the words inside them."""
    page, inside = "", ""
    for _, kind, token in LANGUAGE.lex(source):
        if kind == "data":
            page += token
        elif kind == "variable_begin":
            page += SOMETHING
        elif kind == "name" and token in ("else", "elif", "endif", "endfor", "for", "call"):
            page += END
        elif kind == "string":
            inside = unescape(TAG.sub(" ", token[1:-1]))
            if not KEY.fullmatch(inside):
                yield Text(where, inside, piece=len(inside.split()) < FEWEST_WORDS)
    markup = where.endswith((".html", ".svg"))
    yield Text(where, as_words(page) if markup else page)
    for spoken in SPOKEN.findall(page) if markup else ():
        yield Text(where, unescape(spoken))


def as_words(markup: str) -> str:
    """HTML as it is read: what stands in a block of its own ends there."""

    def meant(tag: re.Match[str]) -> str:
        return "" if (tag.group(2) or "").lower() in INLINE else END

    return unescape(TAG.sub(meant, markup))


def texts_of_data(where: str, data: Any, key: str = "") -> Iterator[Text]:
    """The words in a data file. A key that begins with `easy` holds Easy Read."""
    if isinstance(data, dict):
        for name, value in data.items():
            within = f"{key}.{name}" if key else name
            yield from texts_of_data(where, value, within)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of_data(where, value, key)
    elif isinstance(data, str) and not KEY.fullmatch(data):
        easy = "easy" in f"{where} {key}"
        piece = len(data.split()) < FEWEST_WORDS
        yield Text(f"{where} {key}", data, easy, easy and key.endswith("title"), piece)


def texts_of_code(where: str, source: str) -> Iterator[Text]:
    """Sentences that code says to people. What may be none is a piece: labels, docstrings, what
    is put together with other parts, and statements."""
    tree = ast.parse(source)
    silent = {id(node) for node in ast.walk(tree) if _is_silent(node) for node in ast.walk(node)}
    for node in ast.walk(tree):
        words = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
        if isinstance(words, str) and not KEY.fullmatch(words):
            piece = id(node) in silent or not _is_said(words)
            yield Text(f"{where}:{getattr(node, 'lineno', 0)}", words, piece=piece)


def _is_silent(node: ast.AST) -> bool:
    """Docstrings, and the parts of a text whose other parts are put in by code."""
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, ast.JoinedStr | ast.Raise)


def _is_said(words: str) -> bool:
    """Whether it reads like a sentence, and not like a statement for a database."""
    letters = [letter for letter in words if letter.isalpha()]
    shouted = sum(letter.isupper() for letter in letters) * 2 > len(letters)
    return len(words.split()) >= FEWEST_WORDS and not shouted and not CODE.search(words)
