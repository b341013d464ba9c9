"""The history of gatherings."""

from gatherings.planning.tables import GatheringEvent


async def note_event(
    gathering_id: int, account_id: int | None, what: str, fields: tuple[str, ...] = ()
) -> int:
    """Add a line of history: names of fields, never what was written in them. Gives its id."""
    event = GatheringEvent(
        gathering=gathering_id, account_id=account_id, what=what, fields=" ".join(fields)
    )
    await event.save()
    return event.id
