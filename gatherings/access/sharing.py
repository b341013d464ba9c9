"""Whether the venue may know who needs help to get out: a yes of its own, to exact words."""

from collections.abc import Iterable
from datetime import datetime

from gatherings.access.consent import consent_of, keep_consent, may_keep
from gatherings.access.needs import NeedView, needs_of_booking
from gatherings.planning.refusals import Refused

NAME_FOR_VENUE = "name for the venue"
EVACUATION = "safe.evacuate"
WORDING = (
    "May we tell the venue the names of those in your booking who need help to get out if there "
    "is a fire? Only the person who looks after fire safety gets them, for that day. If you say "
    "no, they know how many people need help, and not who."
)


async def keep_sharing(
    booking_id: int,
    answer: str,
    how: str,
    taken_by: int | None,
    at: datetime,
    *,
    helped_by: str = "",
) -> None:
    """Keep a yes or a no. A later one replaces it. Raises Refused where there is nothing to say."""
    if not await may_keep(booking_id) or not asks_for_help(await needs_of_booking(booking_id)):
        raise Refused("", "Nobody in this booking asks for help to get out")
    await keep_consent(
        *(booking_id, answer, WORDING, how, taken_by),
        helped_by=helped_by,
        at=at,
        purpose=NAME_FOR_VENUE,
    )


async def sharing_of(booking_id: int) -> str:
    """What they said last: "yes", "no", or "" when nobody has asked."""
    said = await consent_of(booking_id, NAME_FOR_VENUE)
    if said is None or said.withdrawn_at is not None:
        return ""
    return said.answer


def asks_for_help(needs: Iterable[NeedView]) -> bool:
    """Whether one of these is help to get out, still wanted."""
    return any(one.code == EVACUATION and one.state != "withdrawn" for one in needs)
