"""What a unit of work may do, the same on SQLite and PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from types import coroutine as generator_coroutine
from typing import Any, ParamSpec, TypeVar

from piccolo.engine.exceptions import TransactionError

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[P, Coroutine[Any, Any, T]]

ONLY_THE_DATABASE = (
    "A unit of work may await only the database: "
    "do anything slow before write() or read(), or after it has returned."
)
SWALLOWED = (
    "A query failed in this unit of work and the unit carried on. "
    "Put the part that may fail in a nested write(), and catch the error around that."
)
WRITE_IN_READ = "A read() cannot write: call write() instead."
STRAY_QUERY = (
    "A query left its unit of work: start no task in it, and keep none of its coroutines for later."
)


class OutsideTheDatabaseError(TransactionError):
    """A unit of work waited for something that is not the database."""


class SwallowedError(TransactionError):
    """A unit of work carried on after one of its queries had failed."""


class Unit:
    """One open transaction, as Piccolo and our engines see it."""

    __slots__ = ("_asks", "_ended", "_owner", "_savepoints", "connection", "failed", "writable")

    def __init__(self, connection: Any, writable: bool) -> None:
        self.connection = connection
        self.writable = writable
        self.failed: Exception | None = None
        self._owner = _whose_turn()
        self._asks = 0
        self._ended = False
        self._savepoints = 0

    @property
    def asks(self) -> bool:
        """Whether a query of this unit is under way."""
        return self._asks > 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Surround every query, so that we know what is awaited and what failed."""
        if self._ended or self._owner != _whose_turn():
            raise TransactionError(STRAY_QUERY)
        self._asks += 1
        try:
            yield
        except Exception as error:
            self.failed = error
            raise
        finally:
            self._asks -= 1

    @contextmanager
    def one_part(self) -> Iterator[str]:
        """Surround a nested write: its failure is its own. Gives a new name for a savepoint."""
        before, self.failed = self.failed, None
        self._savepoints += 1
        try:
            yield f"part_{self._savepoints}"
        finally:
            self.failed = before

    def must_be_sound(self) -> None:
        """Refuse to commit after a failed query: PostgreSQL would throw everything away unsaid."""
        if self.failed is not None:
            raise SwallowedError(SWALLOWED) from self.failed

    def must_be_writable(self) -> None:
        """Refuse a write inside a read."""
        if not self.writable:
            raise TransactionError(WRITE_IN_READ)

    def end(self) -> None:
        """After this, no query may use the unit."""
        self._ended = True


def _whose_turn() -> tuple[int, object]:
    try:
        return threading.get_ident(), asyncio.current_task()
    except RuntimeError:  # a database thread has no event loop
        return threading.get_ident(), None


def run_in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run a unit of work to its end in a thread without an event loop."""
    try:
        work.send(None)
    except StopIteration as finished:
        result: T = finished.value
        return result
    except RuntimeError as error:
        if "event loop" in str(error):
            raise OutsideTheDatabaseError(ONLY_THE_DATABASE) from error
        raise
    raise _refused(work)


@generator_coroutine
def run_in_loop(work: Coroutine[Any, Any, T], unit: Unit) -> Generator[Any, Any, T]:
    """Run a unit of work in the event loop, refusing every pause that is not for a query."""
    answer: Any = None
    error: BaseException | None = None
    while True:
        try:
            awaited = work.send(answer) if error is None else work.throw(error)
        except StopIteration as finished:
            result: T = finished.value
            return result
        if not unit.asks:
            raise _refused(work)
        answer = error = None
        try:
            answer = yield awaited
        except BaseException as thrown:
            error = thrown


def _refused(work: Coroutine[Any, Any, Any]) -> OutsideTheDatabaseError:
    """Throw inside the work, so that the traceback names the line which waited."""
    refusal = OutsideTheDatabaseError(ONLY_THE_DATABASE)
    try:
        work.throw(refusal)
    except BaseException:
        work.close()  # whatever it did with the refusal, the refusal stands
    else:
        work.close()
    return refusal
