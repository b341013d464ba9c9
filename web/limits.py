"""Limits on how often something may be tried, kept in memory and forgotten as time passes."""

import time
from collections import deque
from collections.abc import Callable

FORGET_EVERY = 10_000


class Limit:
    """At most `times` in `seconds` for each key, such as an account or a hashed e-mail."""

    def __init__(
        self, times: int, seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.times, self.seconds, self.now = times, seconds, now
        self._tries: dict[str, deque[float]] = {}
        self._counted = 0

    def wait(self, key: str) -> int:
        """Seconds until this key may try again; 0 when it may try now."""
        tries = self._fresh(key)
        if len(tries) < self.times:
            return 0
        return max(1, round(tries[0] + self.seconds - self.now()))

    def count(self, key: str) -> None:
        """Note a try."""
        self._fresh(key).append(self.now())
        self._counted += 1
        if self._counted % FORGET_EVERY == 0:
            self._forget_old_keys()

    def try_now(self, key: str) -> int:
        """Note a try if it is allowed; else the seconds to wait."""
        wait = self.wait(key)
        if not wait:
            self.count(key)
        return wait

    def forget(self, key: str) -> None:
        """Start this key afresh, after a success."""
        self._tries.pop(key, None)

    def _fresh(self, key: str) -> deque[float]:
        tries = self._tries.setdefault(key, deque(maxlen=self.times))
        while tries and tries[0] <= self.now() - self.seconds:
            tries.popleft()
        return tries

    def _forget_old_keys(self) -> None:
        for key in list(self._tries):
            if not self._fresh(key):
                del self._tries[key]
