"""Reading a posted form: every problem at once, in plain words, with what was typed kept."""

import unicodedata
from collections.abc import Iterable
from datetime import date, time

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile

from web.words import time_of

PLAIN_FORM = "application/x-www-form-urlencoded"
YEAR_DIGITS = 4
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mn")
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Form:
    """A posted form. Each reader returns a value, or notes one error for its field.

    `values` holds what was typed, to show again; `errors` maps a field to its sentence.
    A label fits into "Enter ..." or "Choose ...": "your full name".
    """

    def __init__(self, data: FormMultiDict) -> None:
        self.data = data
        self.errors: dict[str, str] = {}
        self.values: dict[str, str | list[str]] = {}
        for name in data:
            typed = [clean(value) for value in data.getall(name) if isinstance(value, str)]
            if typed:
                self.values[name] = typed[-1]

    def error(self, field: str, sentence: str) -> None:
        """Note a problem; the first one of a field stays."""
        self.errors.setdefault(field, sentence)

    def typed(self, field: str) -> str:
        """What was typed, tidied, without any check."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else ""

    def text(self, field: str, label: str, *, most: int, optional: bool = False) -> str:
        """One or more lines of text of at most `most` characters."""
        value = self.typed(field)
        if not value and not optional:
            self.error(field, f"Enter {label}")
        if len(value) > most:
            self.error(
                field,
                f"Make {label} shorter: at most {most} characters. It now has {len(value)}",
            )
        return value

    def line(self, field: str, label: str, *, most: int, optional: bool = False) -> str:
        """Text on one line: line breaks and runs of spaces become one space."""
        self.values[field] = " ".join(self.typed(field).split())
        return self.text(field, label, most=most, optional=optional)

    def choice(self, field: str, label: str, choices: Iterable[str]) -> str:
        """One of the choices."""
        value = self.typed(field)
        if value not in set(choices):
            self.error(field, f"Choose {label}")
            return ""
        return value

    def some(self, field: str, choices: Iterable[str]) -> list[str]:
        """Any of the choices; whatever else was sent is left out."""
        known = set(choices)
        ticked = [v for v in self.data.getall(field, []) if isinstance(v, str) and v in known]
        self.values[field] = ticked
        return ticked

    def ticked(self, field: str) -> bool:
        """Whether a lone checkbox is ticked."""
        return self.typed(field) not in ("", "no", "0", "false")

    def number(self, field: str, label: str, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.typed(field).replace(",", "")
        if not value:
            self.error(field, f"Enter {label}")
        elif not value.isascii() or not value.isdigit():
            self.error(field, f"Enter {label} as a whole number, such as {least}")
        elif not least <= int(value[:12]) <= most:
            self.error(field, f"Enter {label} from {least} to {most}")
        else:
            return int(value)
        return least

    def day(self, field: str, label: str) -> date | None:
        """A date from three fields: <field>_day, <field>_month, <field>_year."""
        parts = [self.typed(f"{field}_{part}") for part in ("day", "month", "year")]
        if not any(parts):
            self.error(field, f"Enter {label}")
            return None
        if parts[2].isdecimal() and len(parts[2]) < YEAR_DIGITS:
            self.error(field, f"Write the year of {label} with all its digits, such as 2027")
            return None
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except (ValueError, OverflowError):
            self.error(field, f"Enter {label} as a real date, such as 27 3 2027")
            return None

    def clock(self, field: str, label: str) -> time | None:
        """A time of day such as 10:00, 10.30, 2pm or 2:30 pm."""
        value = self.typed(field)
        if not value:
            self.error(field, f"Enter {label}")
            return None
        found = time_of(value)
        if found is None:
            self.error(field, f"Enter {label} as a time, such as 10:00 or 2:30pm")
        return found

    def pence(self, field: str, label: str, *, most: int) -> int:
        """An amount in pounds, such as 5 or 5.50; empty means free."""
        value = self.typed(field).lstrip("£").replace(",", "").strip()
        pounds, _, rest = value.partition(".")
        if not (pounds or "0").isdecimal() or not (rest or "0").isdecimal() or len(rest) > 2:
            self.error(field, f"Enter {label} in pounds, such as 5 or 5.50")
            return 0
        total = int((pounds or "0")[:9]) * 100 + int(rest.ljust(2, "0") or "0")
        if total > most:
            self.error(field, f"Enter {label} of at most £{most // 100}")
        return total

    def files(self, field: str) -> list[UploadFile]:
        """The files that were chosen; an empty file field gives none."""
        found = [value for value in self.data.getall(field, []) if isinstance(value, UploadFile)]
        return [file for file in found if file.filename]


async def read_form(request: Request) -> Form:  # type: ignore[type-arg]
    """The form that was posted."""
    return Form(await request.form())


async def typed_pairs(request: Request) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    """The names and values of a posted form without files; of any other request none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method != "POST" or kind != PLAIN_FORM:
        return []
    return [(name, value) for name, value in (await request.form()).multi_items()]


def clean(value: str) -> str:
    """Tidy text: one form of each letter, no control characters, no spaces at the ends.

    Direction controls go too: one left open would turn the rest of a page around. What leaves no
    mark at all is empty, or a name might look like nothing.
    """
    composed = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        c
        for c in composed
        if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cs") or c in BIDI_CONTROLS)
    )
    text = "".join(kept).strip()
    return text if any(_is_seen(c) for c in text) else ""


def _is_seen(c: str) -> bool:
    """Whether a character leaves a mark. A joiner between two signs of an emoji does not."""
    return unicodedata.category(c) not in UNSEEN and c not in BLANK_LETTERS
