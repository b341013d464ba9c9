"""Forgetting what is due, rule by rule, with a receipt that names nobody."""

import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gatherings.personal_data.rules import Rule
from gatherings.personal_data.tables import ForgettingReceipt
from web.database import leave_no_trace, read, write

log = logging.getLogger("gatherings.errors")

AT_ONCE = 200


@dataclass(frozen=True)
class Receipt:
    """What went on one day: how many of each kind. `at` is the last time that something did."""

    at: datetime
    counts: dict[str, int]


async def what_is_due(rules: Iterable[Rule], now: datetime) -> dict[str, int]:
    """How many of each kind would go now. Changes nothing."""
    return {rule.kind: len(await read(_due, rule, now)) for rule in rules}


async def forget(rules: Iterable[Rule], now: datetime) -> dict[str, int]:
    """Let go of all that is due, in small transactions. Gives how many of each kind went.

    A rule that fails is told in the log, and does not keep the others from theirs.
    """
    counts = {rule.kind: await _apply(rule, now) for rule in rules}
    gone = {kind: number for kind, number in counts.items() if number}
    if gone:
        await write(_keep_receipt, now, gone)
        await leave_no_trace()
    return gone


async def receipts(most: int) -> list[Receipt]:
    """The newest receipts."""
    rows = await (
        ForgettingReceipt.objects().order_by(ForgettingReceipt.id, ascending=False).limit(most)
    )
    return [Receipt(row.at, json.loads(row.counts)) for row in rows]


async def _apply(rule: Rule, now: datetime) -> int:
    gone = 0
    try:
        ids = await read(_due, rule, now)
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            await write(_let_go, rule, some, now)
            gone += len(some)
    except Exception:
        log.exception("forgetting %s failed", rule.kind)
    return gone


async def _due(rule: Rule, now: datetime) -> list[int]:
    return await rule.due(now)


async def _let_go(rule: Rule, ids: list[int], now: datetime) -> None:
    await rule.let_go(ids, now)


async def _keep_receipt(now: datetime, gone: dict[str, int]) -> None:
    """One for each day: what went since its last run is added."""
    last = await ForgettingReceipt.objects().order_by(ForgettingReceipt.id, ascending=False).first()
    if last is None or last.at.date() != now.date():
        await ForgettingReceipt(at=now, counts=json.dumps(gone)).save()
        return
    counts = dict(Counter(json.loads(last.counts)) + Counter(gone))
    await ForgettingReceipt.update(
        {ForgettingReceipt.at: now, ForgettingReceipt.counts: json.dumps(counts)}
    ).where(ForgettingReceipt.id == last.id)
