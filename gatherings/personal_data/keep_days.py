"""How many days a gathering keeps needs: fewer at any time, more only before anybody said yes."""

from datetime import UTC, datetime

from gatherings.access.consent import PURPOSE
from gatherings.access.tables import Consent
from gatherings.bookings.tables import Booking
from gatherings.people.roles import Viewer
from gatherings.personal_data.keeping import FEWEST_NEED_DAYS, MOST_NEED_DAYS
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering


async def set_keep_days(viewer: Viewer, gathering_id: int, days: int) -> None:
    """Keep needs so many days after the gathering. Raises Refused."""
    if not FEWEST_NEED_DAYS <= days <= MOST_NEED_DAYS:
        raise ValueError(f"needs are kept from {FEWEST_NEED_DAYS} to {MOST_NEED_DAYS} days")
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    if gathering.keep_needs_days == days:
        return
    if days > gathering.keep_needs_days and await _somebody_said_yes(gathering_id):
        raise Refused(
            "days",
            f"People said yes to {gathering.keep_needs_days} days. It can only be made shorter now",
        )
    await Gathering.update(
        {Gathering.keep_needs_days: days, Gathering.changed_at: datetime.now(UTC)}
    ).where(Gathering.id == gathering_id)
    await note_event(
        gathering_id, viewer.account_id, "days of keeping changed", ("keep_needs_days",)
    )


async def _somebody_said_yes(gathering_id: int) -> bool:
    bookings = Booking.select(Booking.id).where(Booking.gathering == gathering_id)
    return await Consent.exists().where(
        Consent.booking.is_in(bookings)
        & (Consent.purpose == PURPOSE)
        & (Consent.answer == "yes")
        & Consent.withdrawn_at.is_null()
    )
