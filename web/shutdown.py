"""Let the server stop at once although pages hold streams open."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType

from web.live import Hub

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def end_streams_at_sigterm(hub: Hub) -> Callable[[], None]:
    """End all streams when told to stop, then do what was to be done anyway. Gives its undoing.

    Call it at start-up: a server waits for open responses before it runs anything at shutdown.
    """
    if threading.current_thread() is not threading.main_thread():
        return lambda: None  # only the main thread can listen to signals
    loop = asyncio.get_running_loop()
    undoings = [chain(number, lambda: loop.call_soon_threadsafe(hub.close)) for number in SIGNALS]

    def undo() -> None:
        for restore in undoings:
            restore()

    return undo


def chain(number: signal.Signals, first: Callable[[], object]) -> Callable[[], None]:
    """Put a step before the present handler of a signal."""
    before = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        first()
        if callable(before):
            before(received, frame)
        elif before is not signal.SIG_IGN:
            signal.signal(received, signal.SIG_DFL)
            signal.raise_signal(received)

    def restore() -> None:
        if signal.getsignal(number) is handle:
            signal.signal(number, before)

    signal.signal(number, handle)
    return restore
