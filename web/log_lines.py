"""Lines of the log. An error is told by where it happened and what kind it is, never in its words.

A database says the whole row that it refuses, and a conversion says what it could not read: names
and telephone numbers would stand in the log, which nobody erases.
"""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from types import TracebackType

SAFE = (OSError, sqlite3.Error)
"""Errors whose words name files, tables and columns alone."""
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogLines(logging.Formatter):
    """Formats an error without its words."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 (logging names it so)
        """The lines of code that led to it, and its kind."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""


def _told(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to:"
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    yield _kind(error)
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _told(one)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    words = str(error) if isinstance(error, SAFE) else getattr(error, "constraint_name", None)
    return f"{name}: {words}" if words else name
