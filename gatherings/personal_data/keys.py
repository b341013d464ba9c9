"""Changing the keys that seal fields: a new first key, everything sealed anew, the old ones gone.

It works in small batches while the app runs, and goes on where it stopped when begun again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gatherings.personal_data.sealed_columns import SEALED, SealedColumn
from web.crypto import KEY_NAME_BYTES, NotOpened, key_file, key_names, keys_now, reseal
from web.database import leave_no_trace, read, write
from web.key_file import fresh_key, replace_keys
from web.settings import settings

AT_ONCE = 200
NAMES = """
SELECT substr("{sealed}", 1, {length}) AS name, COUNT(*) AS number
FROM "{table}" WHERE "{sealed}" IS NOT NULL GROUP BY 1
"""


NEW_FOR_SETTING = """The keys come from FIELD_KEYS, so this is for you to do:
1. Put this new key first in FIELD_KEYS, with a comma before the others:
   {key}
2. Start the app again.
3. Give this command again: litestar keys rotate"""
DONE = "Everything is sealed with the first key now. {number} values were sealed anew.\n"
LATER_FILE = """The old key is still in the key file, because older backups need it.
Copy the key file to its safe place now. When no backup from before today is left
(after 35 days): litestar keys remove-old"""
LATER_SETTING = """Older backups still need the old key. When none from before today is left
(after 35 days), take it out of FIELD_KEYS and start the app again."""
STOPPED = """{number} values were sealed anew. Some could not be opened with any key: {lost}.
Is a key missing from the list? Put it back behind the others, and try again.
Until then, take no key away."""


@dataclass(frozen=True)
class Rotated:
    """How many values were sealed anew, and those that no key of ours opens, by column."""

    resealed: int
    unopened: Mapping[str, int]


async def keys_in_use() -> dict[bytes, int]:
    """How many values each key seals, by the key's name; names that we do not have come along."""
    found = dict.fromkeys(key_names(), 0)
    for column in SEALED:
        for name, number in (await read(_names_in, column)).items():
            found[name] = found.get(name, 0) + number
    return found


async def needs_resealing() -> bool:
    """Whether something is still sealed with another key than the first."""
    first, used = key_names()[0], await keys_in_use()
    return any(number for name, number in used.items() if name != first)


async def rotate() -> str:
    """Change the key that seals, and seal everything with it. Gives what to tell the host.

    Begun again after it was stopped, it carries on and makes no further key.
    """
    if not await needs_resealing():
        if settings().field_keys:
            return NEW_FOR_SETTING.format(key=fresh_key())
        replace_keys(key_file(), [fresh_key(), *keys_now()])
    done = await reseal_everything()
    await leave_no_trace()
    if done.unopened:
        lost = ", ".join(f"{number} in {name}" for name, number in done.unopened.items())
        return STOPPED.format(number=done.resealed, lost=lost)
    later = LATER_SETTING if settings().field_keys else LATER_FILE
    return DONE.format(number=done.resealed) + later


async def reseal_everything() -> Rotated:
    """Seal every value with the first key, batch by batch."""
    resealed, unopened = 0, {}
    for column in SEALED:
        changed, lost = await _reseal_column(column)
        resealed += changed
        if lost:
            unopened[column.name] = lost
    return Rotated(resealed, unopened)


async def remove_old_keys() -> int:
    """Take the keys that seal nothing out of the key file. Gives how many went."""
    used, keys = await keys_in_use(), keys_now()
    names = key_names()
    kept = [
        key
        for position, (key, name) in enumerate(zip(keys, names, strict=True))
        if position == 0 or used[name]
    ]
    if len(kept) < len(keys):
        replace_keys(key_file(), kept)
    return len(keys) - len(kept)


async def _reseal_column(column: SealedColumn) -> tuple[int, int]:
    changed, lost, last = 0, 0, 0
    while True:
        rows = await read(_batch_after, column, last)
        if not rows:
            return changed, lost
        done, failed = await write(_reseal, column, [row["id"] for row in rows])
        changed, lost, last = changed + done, lost + failed, int(rows[-1]["id"])


async def _batch_after(column: SealedColumn, last: int) -> list[dict[str, int]]:
    table = column.table
    return await (
        table.select(table._meta.primary_key)
        .where(table._meta.primary_key > last)
        .order_by(table._meta.primary_key)
        .limit(AT_ONCE)
    )


async def _reseal(column: SealedColumn, ids: list[int]) -> tuple[int, int]:
    """Reseal these rows. A value that was changed meanwhile is left: it has the new key."""
    table, key = column.table, column.table._meta.primary_key
    changed, lost = 0, 0
    rows = await table.select(key, column.sealed, column.named_by).where(key.is_in(ids))
    for row in rows:
        before = row[column.sealed._meta.name]
        try:
            after = before and reseal(before, column.bound_to(row[column.named_by._meta.name]))
        except NotOpened:
            lost += 1
            continue
        if after:
            await table.update({column.sealed: after}).where(
                (key == row["id"]) & (column.sealed == before)
            )
            changed += 1
    return changed, lost


async def _names_in(column: SealedColumn) -> dict[bytes, int]:
    """Counted by the database: the values themselves need not be fetched."""
    table, sealed = column.table._meta.tablename, column.sealed._meta.name
    sql = NAMES.format(sealed=sealed, table=table, length=KEY_NAME_BYTES)
    return {bytes(row["name"]): int(row["number"]) for row in await column.table.raw(sql)}
