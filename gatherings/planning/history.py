"""The history of gatherings."""

from gatherings.planning.tables import GatheringEvent


async def note_event(
    gathering_id: int, account_id: int | None, what: str, fields: tuple[str, ...] = ()
) -> None:
    """Add a line of history: names of fields, never what was written in them."""
    await GatheringEvent(
        gathering=gathering_id, account_id=account_id, what=what, fields=" ".join(fields)
    ).save()
