"""The secret addresses of calendar feeds: made by a button, seen again, and ended by a new one."""

from dataclasses import dataclass
from datetime import datetime

from piccolo.columns.combination import Where

from gatherings.bookings.tables import Booking
from gatherings.calendars.tables import CalendarKey
from gatherings.people.tables import Account
from gatherings.planning.rows import hold
from web.crypto import hash_of, new_key, seal, unseal


@dataclass(frozen=True)
class Owner:
    """Whose feed it is: the id of a booking, or of an account. The other one is None."""

    booking: int | None = None
    account: int | None = None


async def make_key(owner: Owner, at: datetime, *, anew: bool = False) -> str:
    """The key of the feed's address, made at the first press. A new one ends the one before."""
    await _hold(owner)
    now = await _row_of(owner)
    if now is not None and not anew:
        return _shown(now)
    await CalendarKey.update({CalendarKey.ended_at: at}).where(
        _is_of(owner) & CalendarKey.ended_at.is_null()
    )
    key = new_key()
    await CalendarKey(
        key_hash=hash_of(key),
        sealed_key=seal(key, bound_to(hash_of(key))),
        booking=owner.booking,
        account=owner.account,
        made_at=at,
    ).save()
    return key


async def key_of(owner: Owner) -> str:
    """The key of the feed's address as it is now; "" when none was made."""
    row = await _row_of(owner)
    return _shown(row) if row else ""


async def owner_of(key: str) -> Owner | None:
    """Whose feed a key opens; None for a key that never was, or was ended."""
    row = await CalendarKey.objects().get(
        (CalendarKey.key_hash == hash_of(key)) & CalendarKey.ended_at.is_null()
    )
    return Owner(row.booking, row.account) if row else None


async def _hold(owner: Owner) -> None:
    """Two presses at once come one after the other."""
    if owner.booking is not None:
        await hold(Booking, owner.booking)
    if owner.account is not None:
        await hold(Account, owner.account)


async def _row_of(owner: Owner) -> CalendarKey | None:
    return await (
        CalendarKey.objects()
        .where(_is_of(owner) & CalendarKey.ended_at.is_null())
        .order_by(CalendarKey.id, ascending=False)
        .first()
    )


def _is_of(owner: Owner) -> Where:
    return (
        CalendarKey.booking == owner.booking
        if owner.booking is not None
        else CalendarKey.account == owner.account
    )


def _shown(row: CalendarKey) -> str:
    key: str = unseal(row.sealed_key, bound_to(row.key_hash))
    return key


def bound_to(key_hash: str) -> str:
    """What ties a sealed key to its row."""
    return f"calendar-key:{key_hash}"
