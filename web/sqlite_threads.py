"""The threads behind the SQLite engine: one writer with group commit, some readers."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from contextvars import Context, ContextVar
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from sqlite3 import Connection, DatabaseError
from typing import Any

from web.units_of_work import Unit, run_in_thread

MOST_IN_ONE_COMMIT = 64

CurrentUnit = ContextVar[Unit | None]


@dataclass(slots=True)
class Work:
    """One call of write() or read(), and where its answer goes."""

    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    context: Context
    verb: Callable[[], Coroutine[Any, Any, Any]]


@dataclass(slots=True)
class Outcome:
    work: Work
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.work.future.done():  # the caller gave up
            return
        if self.error is None:
            self.work.future.set_result(self.result)
        else:
            self.work.future.set_exception(self.error)


Queue = SimpleQueue[Work | None]


class Worker(threading.Thread):
    """A thread that owns one connection and takes work from a queue, until it is given None."""

    writable = False

    def __init__(self, connection: Connection, queue: Queue, current: CurrentUnit) -> None:
        super().__init__(daemon=True, name=f"sqlite-{type(self).__name__.lower()}")
        self.connection = connection
        self.queue = queue
        self.current = current
        self.start()

    def run(self) -> None:
        while (work := self.queue.get()) is not None:
            deliver(self.do(work))
        self.connection.close()

    def do(self, work: Work) -> Sequence[Outcome]:
        raise NotImplementedError

    def call(self, work: Work) -> Any:
        """Run the verb with this connection's transaction as Piccolo's current one."""
        unit = Unit(self.connection, self.writable)
        result = work.context.run(self._call_inside, work, unit)
        unit.must_be_sound()
        return result

    def _call_inside(self, work: Work, unit: Unit) -> Any:
        token = self.current.set(unit)
        try:
            return run_in_thread(work.verb())
        finally:
            self.current.reset(token)
            unit.end()


class Reader(Worker):
    """Answers each read from one snapshot."""

    def do(self, work: Work) -> Sequence[Outcome]:
        if work.future.cancelled():
            return []
        try:
            self.connection.execute("BEGIN")
            try:
                return [Outcome(work, result=self.call(work))]
            finally:
                self.connection.execute("ROLLBACK")
        except BaseException as error:
            return [Outcome(work, error=error)]


class Writer(Worker):
    """Gathers the waiting writes in one transaction, so that they share one trip to the disk."""

    writable = True

    def do(self, work: Work) -> Sequence[Outcome]:
        return self._together([work, *self._others_waiting()])

    def _others_waiting(self) -> list[Work]:
        others: list[Work] = []
        while len(others) < MOST_IN_ONE_COMMIT - 1:
            try:
                work = self.queue.get_nowait()
            except Empty:
                break
            if work is None:
                self.queue.put(None)  # stop after this batch
                break
            others.append(work)
        return others

    def _together(self, batch: Sequence[Work]) -> Sequence[Outcome]:
        try:
            self._begin()
        except BaseException as error:
            return [Outcome(work, error=error) for work in batch]
        try:
            outcomes = [self._in_savepoint(work) for work in batch if not work.future.cancelled()]
            self.connection.execute("COMMIT")
            return outcomes
        except BaseException as error:
            with suppress(DatabaseError):  # if even this fails, the next _begin tries again
                self._roll_back()
            if len(batch) == 1:
                return [Outcome(batch[0], error=error)]
        # COMMIT refused them all (a deferred constraint, say): one by one shows whose fault it is.
        return [outcome for work in batch for outcome in self._together([work])]

    def _begin(self) -> None:
        self._roll_back()
        self.connection.execute("BEGIN IMMEDIATE")

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _in_savepoint(self, work: Work) -> Outcome:
        self.connection.execute("SAVEPOINT unit")
        try:
            outcome = Outcome(work, result=self.call(work))
        except BaseException as error:
            # This raises when SQLite has rolled back everything by itself: a full disk, say.
            self.connection.execute("ROLLBACK TO unit")
            outcome = Outcome(work, error=error)
        self.connection.execute("RELEASE unit")
        return outcome


def deliver(outcomes: Sequence[Outcome]) -> None:
    """Wake the callers, each in its own event loop."""
    for loop in {outcome.work.loop for outcome in outcomes}:
        mine = [outcome for outcome in outcomes if outcome.work.loop is loop]
        try:
            loop.call_soon_threadsafe(_settle_all, mine)
        except RuntimeError:  # that loop has closed: nobody waits any more
            continue


def _settle_all(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        outcome.settle()


class Crew:
    """The writer and the readers of one open database file."""

    def __init__(self, open_one: Callable[[bool], Connection], readers: int, current: CurrentUnit):
        self.writes: Queue = SimpleQueue()
        self.reads: Queue = SimpleQueue()
        # The writer opens first: it alone switches the file to WAL.
        self._writer = Writer(open_one(True), self.writes, current)
        self._readers = [Reader(open_one(False), self.reads, current) for _ in range(readers)]

    def stop(self) -> None:
        """Finish what waits, then close. The writer closes last: only it can fold the WAL in."""
        for _ in self._readers:
            self.reads.put(None)
        for reader in self._readers:
            reader.join()
        self.writes.put(None)
        self._writer.join()
