"""Thanking everybody who booked, with the link of the summary."""

from datetime import datetime

from gatherings.letters.tables import Letter
from gatherings.letters.writing import write_to_all
from sessions.summaries.publishing import NotReady, newest_version

ABOUT = "thank-you"
NOT_PUBLISHED = "Publish the summary first. Its link is in the letter"


async def thank_everybody(gathering_id: int, at: datetime) -> int:
    """Write a thank-you letter to each party that was booked, once; returns how many were new."""
    if await newest_version(gathering_id) is None:
        raise NotReady([NOT_PUBLISHED])
    return await write_to_all("thank_you", gathering_id, at, about=ABOUT, states=("booked",))


async def thanked(gathering_id: int) -> int:
    """How many parties a thank-you letter was written to."""
    written: int = await Letter.count().where(
        (Letter.gathering == gathering_id) & (Letter.kind == "thank_you")
    )
    return written
