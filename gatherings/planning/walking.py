"""Time to walk from room to room, between parts of a day that follow each other."""

from datetime import timedelta
from itertools import pairwise

from gatherings.people.roles import Viewer
from gatherings.planning.history import note_event
from gatherings.planning.lookup import rounds_of
from gatherings.planning.pauses import LONGEST_WALK, minutes_between
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering, Round
from gatherings.planning.usual_day import SHORTEST_ROUND


async def leave_time_to_walk(viewer: Viewer, gathering_id: int, minutes: int) -> None:
    """End each part so many minutes before the round that follows it, and each round likewise.

    Breaks stay as they are: people walk in them. The same minutes again change nothing more.
    """
    await hold(Gathering, gathering_id)
    changed = False
    for part, after in pairwise(await rounds_of(gathering_id)):
        ends_at = after.starts_at - timedelta(minutes=minutes)
        if not _people_walk_between(part, after) or ends_at == part.ends_at:
            continue
        if minutes_between(part.starts_at, ends_at) < SHORTEST_ROUND:
            words = f"{part.name} would be shorter than {SHORTEST_ROUND} minutes"
            raise Refused("minutes", words)
        await Round.update({Round.ends_at: ends_at}).where(Round.id == part.id)
        changed = True
    if changed:
        await note_event(gathering_id, viewer.account_id, "walking time changed")


def _people_walk_between(part: Round, after: Round) -> bool:
    """Whether people change rooms there without a break, and nothing longer lies between."""
    kinds = {part.kind, after.kind}
    near = minutes_between(part.ends_at, after.starts_at) <= LONGEST_WALK
    return near and "break" not in kinds and "open_space" in kinds
