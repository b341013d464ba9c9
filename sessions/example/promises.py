"""How far the example's access needs have got: every state, with its history and who keeps it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle

from gatherings.access.catalogue import ASK_ME, RATHER_TALK
from gatherings.access.deputies import name_deputy
from gatherings.access.looks import WORKLIST, note_looks
from gatherings.access.needs import NeedView, bookings_with_needs, needs_of_gathering
from gatherings.access.own_needs import answer_outcome, change_need_by_person, withdraw_need
from gatherings.access.promises import agree_by_person, move_need
from gatherings.access.worklist import give_need
from gatherings.planning.tables import Gathering
from web.database import read, write

HALF_AN_HOUR = timedelta(minutes=30)
# What happens to one need after the other. A capital letter begins what the person does.
STORIES = (
    ("talking", "arranged", "agreed"),
    ("talking", "arranged", "Agree"),
    ("talking", "arranged"),
    ("talking", "cannot"),
    ("agreed",),
    ("talking",),
    ("arranged", "Change"),
    ("talking", "arranged", "agreed"),
    ("Withdraw",),
    (),
)
NOTES = {"talking": "We asked what would work best.", "arranged": "It is booked and confirmed."}
OUTCOMES = ("met", "met", "partly", "met", "not_met", "", "not_needed")


async def keep_promises(gathering: Gathering, account_id: int, deputy_id: int) -> None:
    """Live through the story of each need, arrange some things, and ask how it went."""
    handles = [need.handle for need in await read(needs_of_gathering, gathering.id)]
    for place, (handle, story) in enumerate(zip(handles, cycle(STORIES), strict=False)):
        need = await _need(gathering, handle)
        for happened in story if need.code not in (ASK_ME, RATHER_TALK) else story[:1]:
            await _happen(gathering, handle, happened, account_id)
        if story and place % 4 != 3:
            now = datetime.now(UTC)
            owner = account_id if place % 3 else deputy_id
            if owner == deputy_id:
                await write(name_deputy, gathering.id, deputy_id, account_id, now)
            await write(give_need, need.handle, gathering.id, seen=None, to=owner, at=now)
    opened = await read(bookings_with_needs, gathering.id)
    looked = min(datetime.now(UTC), gathering.starts_at) - timedelta(hours=4)
    await write(note_looks, opened, account_id, WORKLIST, looked)
    if gathering.ends_at < datetime.now(UTC):
        await _say_how_it_went(gathering)


async def _happen(gathering: Gathering, handle: str, what: str, account_id: int) -> None:
    need = await _need(gathering, handle)
    at = (need.asked_at or datetime.now(UTC)) + HALF_AN_HOUR
    if what == "Agree":
        await write(agree_by_person, handle, need.booking_id, seen=need.mark, at=at)
    elif what == "Withdraw":
        await write(withdraw_need, handle, need.booking_id, seen=need.mark, at=at)
    elif what == "Change":
        await write(
            change_need_by_person,
            handle,
            need.booking_id,
            words=f"{need.words}. Only in the morning" if need.words else "Only in the morning",
            strength=need.strength,
            seen=need.mark,
            at=at,
        )
    else:
        await _move(gathering, need, what, account_id, at)


async def _move(
    gathering: Gathering, need: NeedView, to: str, account_id: int, at: datetime
) -> None:
    cannot = to == "cannot"
    await write(
        move_need,
        need.handle,
        gathering.id,
        seen=need.mark,
        to=to,
        account_id=account_id,
        at=at,
        how="phone" if to == "agreed" else "",
        note=NOTES.get(to, ""),
        reason="Nobody who does this is free on the day." if cannot else "",
        alternative="A helper stays with you all day and does it with you." if cannot else "",
        told_on=at.date() if cannot else None,
        why="nobody" if cannot else "",
    )


async def _say_how_it_went(gathering: Gathering) -> None:
    answers: Iterator[str] = cycle(OUTCOMES)
    for need in await read(needs_of_gathering, gathering.id):
        outcome = next(answers)
        if outcome and need.state != "withdrawn":
            await write(
                answer_outcome,
                need.handle,
                need.booking_id,
                outcome=outcome,
                at=gathering.ends_at + timedelta(hours=2),
            )


async def _need(gathering: Gathering, handle: str) -> NeedView:
    found = await read(needs_of_gathering, gathering.id)
    return next(need for need in found if need.handle == handle)
