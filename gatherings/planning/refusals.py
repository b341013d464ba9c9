"""What a rule answers when it will not do something, for the page to show beside the field."""

import hashlib
import json

from piccolo.table import Table


class Refused(Exception):
    """The rule will not do this. `words` are plain; `field` says where they belong on the form."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


class Stale(Exception):
    """Somebody else changed it after the form was opened."""


def seen_of(row: Table, fields: tuple[str, ...]) -> str:
    """A short mark of what a form showed; it differs as soon as one of the fields does."""
    shown = json.dumps([str(getattr(row, field)) for field in fields])
    return hashlib.sha256(shown.encode()).hexdigest()[:20]


def must_be_as_seen(row: Table, fields: tuple[str, ...], seen: str) -> None:
    """Raise Stale unless the row still is what the form showed; an empty mark asks for nothing."""
    if seen and seen != seen_of(row, fields):
        raise Stale


def removed_nothing(changed: str, shown: str) -> str:
    """After a stale press of Remove: what stands there now may be another one."""
    return (
        f"We removed nothing just now: {changed} changed while your page was open. "
        "If you pressed the button twice, the first press worked. "
        f"This page now shows {shown}. Look before you remove it"
    )
