"""Telling access leads that something wants their eyes: a letter that says nothing of anybody."""

from datetime import datetime

from gatherings.letters.to_account import write_to_account
from gatherings.people.tables import Role
from gatherings.planning.lookup import gathering_of


async def tell_leads(gathering_id: int, once: str, path: str, at: datetime) -> int:
    """Write to every access lead of the series, once for this key; returns how many were new.

    `path` is of the page that tells the rest to those who are signed in.
    """
    gathering = await gathering_of(gathering_id)
    leads = await Role.select(Role.account).where(
        (Role.series == gathering.series) & (Role.role == "access_lead")
    )
    told = [
        await write_to_account(
            "went_ahead",
            row["account"],
            at,
            once=f"{once}:{row['account']}",
            path=path,
            facts={"gathering": gathering.name},
        )
        for row in leads
    ]
    return sum(told)
