"""Adding a photograph: its files and its row, both or neither. Called outside a unit of work."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sessions.capture import sheets
from web.database import read, write
from web.pictures import forget, keep, turn


@dataclass(frozen=True)
class Added:
    """The code of a picture; `again` when the same photograph was here already."""

    code: str
    again: bool


async def add_photograph(
    gathering_id: int, upload: bytes, folder: Path, account_id: int | None
) -> Added:
    """Keep a photograph of a sheet, made white and even. Raises NotKept."""
    return await _add(gathering_id, upload, folder, account_id, "sheet")


async def add_artwork(
    gathering_id: int, upload: bytes, folder: Path, account_id: int | None
) -> Added:
    """Keep a piece of artwork with its colours as they are. Raises NotKept."""
    return await _add(gathering_id, upload, folder, account_id, "artwork")


async def turn_picture(gathering_id: int, code: str, seen_key: str, folder: Path) -> None:
    """Turn a picture a quarter to the right. A second press of the same button does nothing."""
    sheet = await read(sheets.find_sheet, gathering_id, code)
    if sheet.picture != seen_key:
        return
    turned = await turn(seen_key, folder, 1)
    done = await write(sheets.change_picture, gathering_id, code, seen_key, turned)
    await asyncio.to_thread(forget, seen_key if done else turned.key, folder)


async def remove_picture(gathering_id: int, code: str, folder: Path) -> None:
    """Remove a sheet and its files."""
    key = await write(sheets.remove, gathering_id, code)
    await asyncio.to_thread(forget, key, folder)


async def _add(
    gathering_id: int, upload: bytes, folder: Path, account_id: int | None, kind: str
) -> Added:
    picture = await keep(upload, folder, whiten=kind == "sheet")
    try:
        sheet = await write(sheets.add, gathering_id, picture, kind, account_id)
    except BaseException:
        await asyncio.to_thread(forget, picture.key, folder)
        raise
    again = sheet.picture != picture.key
    if again:
        await asyncio.to_thread(forget, picture.key, folder)
    return Added(sheet.code, again)
