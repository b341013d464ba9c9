"""The history of a need as a timeline: when it was asked for, and every step since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.access.bindings import note_bound_to
from gatherings.access.tables import Need, NeedEvent
from gatherings.people.tables import Account
from web.crypto import unseal


@dataclass(frozen=True)
class Step:
    """One line. `who` is a helper's name; empty when the person did it themselves.

    `before` is what they had said until they changed it.
    """

    at: datetime
    state: str
    who: str = ""
    by_person: bool = False
    how: str = ""
    note: str = ""
    reason: str = ""
    alternative: str = ""
    told_on: str = ""
    before: str = ""
    first: bool = False


async def histories(handles: Iterable[str]) -> dict[str, list[Step]]:
    """The timelines of these needs by handle, the oldest line first. It opens their notes."""
    needs = await Need.objects().where(Need.handle.is_in(["", *handles]))
    events = await (
        NeedEvent.objects()
        .where(NeedEvent.need.is_in([0, *(need.id for need in needs)]))
        .order_by(NeedEvent.id)
    )
    ids = {event.account_id or 0 for event in events} | {need.entered_by or 0 for need in needs}
    names = await _names(ids)
    lines = {need.id: [_first(need, names)] for need in needs}
    for event in events:
        lines[event.need].append(_step(event, names))
    return {need.handle: lines[need.id] for need in needs}


async def history_of_need(handle: str) -> list[Step]:
    """The timeline of one need."""
    return (await histories([handle])).get(handle, [])


def last_cannot(steps: Iterable[Step]) -> Step | None:
    """What we said when we could not do it, and offered instead, unless they asked anew since."""
    found = None
    for one in steps:
        found = one if one.state == "cannot" else None if one.state == "asked" else found
    return found


def changed_by_them(steps: list[Step]) -> bool:
    """Whether the last thing that happened is that they asked for something else."""
    return not steps[-1].first and steps[-1].by_person and steps[-1].state == "asked"


def _first(need: Need, names: dict[int, str]) -> Step:
    who = names.get(need.entered_by, "A former helper") if need.entered_by else ""
    return Step(need.asked_at, "asked", who=who, by_person=not need.entered_by, first=True)


def _step(event: NeedEvent, names: dict[int, str]) -> Step:
    said: dict[str, Any] = {}
    if event.sealed_note is not None:
        said = unseal(event.sealed_note, note_bound_to(event.handle))
    return Step(
        at=event.at,
        state=event.to_state,
        who="" if event.by_person else names.get(event.account_id, "A former helper"),
        by_person=event.by_person,
        how=event.how,
        note=said.get("note", ""),
        reason=said.get("reason", ""),
        alternative=said.get("alternative", ""),
        told_on=said.get("told_on", ""),
        before=_before(said.get("before")),
    )


def _before(said: dict[str, str] | None) -> str:
    if said is None:
        return ""
    strength = "I cannot come without it" if said["strength"] == "must" else "It would help"
    arrives = said.get("arrives")
    strength += f", to arrive about {arrives}" if arrives else ""
    return f"{said['words']} ({strength})" if said["words"] else strength


async def _names(account_ids: Iterable[int]) -> dict[int, str]:
    wanted = [0, *account_ids]
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}
