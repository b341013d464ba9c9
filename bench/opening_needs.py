"""What it costs to open 1,000 needs for one page, and how much of that is unsealing them.

Run as `make bench`. It needs no database: what is measured comes after the rows are there. It
prints the cipher alone, unsealing, and making the page's views with and without it.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest import mock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gatherings.access import needs
from gatherings.access.needs import NeedAnswer, bound_to, sealed_answer, view_of
from gatherings.access.tables import Need
from web.crypto import NONCE_BYTES, unseal

MANY, TIMES, MOST = 1000, 15, 2.0
NONCE = b"n" * NONCE_BYTES
WORDS = "Please face me when you talk, and tell me when somebody else begins to speak"
PERSON = {"name": "Cal", "role": "attending", "position": 1, "booking": 1, "reference": "a-b-1"}


def main() -> int:
    """Measure, and say what came of it. It ends with 1 when unsealing alone takes too long."""
    rows = [_row(number) for number in range(MANY)]
    pairs = [(row.sealed, bound_to(row.handle)) for row in rows]
    opened = {bound: unseal(sealed, bound) for sealed, bound in pairs}
    key = AESGCM(AESGCM.generate_key(bit_length=256))
    locked = [
        (key.encrypt(NONCE, json.dumps(value).encode(), bound.encode()), bound.encode())
        for bound, value in opened.items()
    ]
    cipher = best(lambda: [key.decrypt(NONCE, *one) for one in locked])
    unsealed = best(lambda: [unseal(*pair) for pair in pairs])
    whole = best(lambda: [view_of(row, PERSON) for row in rows])
    with mock.patch.object(needs, "unseal", lambda _sealed, bound: opened[bound]):
        without = best(lambda: [view_of(row, PERSON) for row in rows])
    say(f"{MANY} needs of {len(rows[0].sealed)} bytes, the middle of the five quickest of {TIMES}")
    say(f"the cipher alone           {cipher:6.2f} ms")
    say(f"unsealing                  {unsealed:6.2f} ms, to be under {MOST:.0f}")
    say(f"views of the rows          {whole:6.2f} ms")
    say(f"the same without unsealing {without:6.2f} ms, ratio {whole / without:.2f}")
    return 0 if unsealed < MOST else 1


def _row(number: int) -> Need:
    handle, now = f"{number:032}", datetime.now(UTC)
    answer = NeedAnswer("hear.bsl", f"{WORDS} {number}", "must", "hear")
    sealed = sealed_answer(answer, handle)
    return Need(
        handle=handle,
        person=1,
        sealed=sealed,
        asked_at=now,
        due_on=date(2027, 1, 1),
        state_at=now,
        outcome_at=None,
    )


def best(work: Callable[[], Any]) -> float:
    """The middle of the five quickest runs, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(sorted(taken)[:5])


def say(line: str) -> None:
    """One line on the screen."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
