"""Helpers for the day, let in by a link: they write cards for others until the day ends."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gatherings.planning.lookup import gathering_of
from sessions.board.tables import DayHelper
from web.crypto import hash_of, new_key
from web.words import local, moment_of

LONGEST_NAME = 60


@dataclass(frozen=True)
class HelperView:
    """A helper for the day. `ended` when a facilitator ended it or the day is over."""

    id: int
    name: str
    ends_at: datetime
    ended: bool


async def add_helper(gathering_id: int, name: str, made_by: int, at: datetime) -> str:
    """Let somebody help until the end of the gathering's last day. Gives the key of the link."""
    gathering = await gathering_of(gathering_id)
    last = local(gathering.ends_at, gathering.zone).date()
    key = new_key()
    await DayHelper(
        key_hash=_hash(gathering_id, key),
        gathering=gathering_id,
        name=name,
        made_by=made_by,
        made_at=at,
        ends_at=moment_of(last + timedelta(days=1), time(0), gathering.zone),
    ).save()
    return key


async def helper_by(gathering_id: int, key: str, now: datetime) -> HelperView | None:
    """Who helps with this key; None when it was never given out or has ended."""
    row = await DayHelper.objects().get(
        (DayHelper.key_hash == _hash(gathering_id, key)) & (DayHelper.gathering == gathering_id)
    )
    found = _view(row, now) if row is not None else None
    return found if found is not None and not found.ended else None


async def helpers_of_the_day(gathering_id: int, now: datetime) -> list[HelperView]:
    """Everybody who was let in, the latest first."""
    rows = await (
        DayHelper.objects()
        .where(DayHelper.gathering == gathering_id)
        .order_by(DayHelper.id, ascending=False)
    )
    return [_view(row, now) for row in rows]


async def end_helper(gathering_id: int, helper_id: int, at: datetime) -> None:
    """Take a link back; again changes nothing more."""
    await DayHelper.update({DayHelper.ended_at: at}).where(
        (DayHelper.id == helper_id)
        & (DayHelper.gathering == gathering_id)
        & DayHelper.ended_at.is_null()
    )


def _hash(gathering_id: int, key: str) -> str:
    return hash_of(f"day-helper:{gathering_id}:{key}")


def _view(row: DayHelper, now: datetime) -> HelperView:
    ended = row.ended_at is not None or row.ends_at <= now
    return HelperView(row.id, row.name, row.ends_at, ended)
