"""Letters to one of the team: of no booking, so they hold nothing about anybody."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from gatherings.letters.drawing import draw
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from gatherings.people.tables import Account
from web.crypto import seal
from web.settings import settings

TRUE_FOR = timedelta(hours=20)
KEPT_FOR = timedelta(days=30)


async def write_to_account(
    kind: str, account_id: int, at: datetime, *, once: str, path: str, facts: Mapping[str, Any]
) -> bool:
    """Write a letter by e-mail, in the caller's transaction; False when its like was written.

    `path` is of the page to which its one link leads. `facts` go into the template as they are:
    counts, dates and names of gatherings, never what somebody told us.
    """
    account = await Account.objects().get(Account.id == account_id)
    if account is None or account.closed_at is not None:
        return False
    handle, link = secrets.token_urlsafe(12), f"{settings().base_url}{path}"
    drawn = draw(kind, name=account.name, link=link, site_name=settings().site_name, **facts)
    content = {
        "to": account.email,
        "name": account.name,
        "subject": drawn.subject,
        "text": drawn.text,
        "link": link,
        "calendar": False,
    }
    letter = Letter(
        handle=handle,
        once=once,
        account=account_id,
        kind=kind,
        way="email",
        sealed=seal(content, bound_to(handle)),
        written_at=at,
        next_try_at=at,
    )
    rows = await Letter.insert(letter).on_conflict(target=Letter.once, action="DO NOTHING")
    return bool(rows)


async def drop_old(at: datetime) -> None:
    """Let go of letters to the team after a month."""
    await Letter.delete().where(
        Letter.account.is_not_null()
        & Letter.booking.is_null()
        & (Letter.written_at < at - KEPT_FOR)
    )
