"""Knowing a helper for the day by the cookie of their browser."""

from datetime import UTC, datetime

from sessions.board.day_helpers import helper_by
from web.cookies import cookie_key
from web.database import read
from web.pages import WebRequest

DAY_HELPER = "day-helper"


async def day_helper(request: WebRequest, gathering_id: int) -> str:
    """The name of whoever helps for the day in this browser; "" for anybody else."""
    key = cookie_key(request, DAY_HELPER)
    found = await read(helper_by, gathering_id, key, datetime.now(UTC)) if key else None
    return found.name if found else ""
