"""A need is a promise: the verbs that move it on, by the team and by the person themselves.

Every move is one row of history that is never changed. A move from a page that is out of date
raises Stale: nobody's move is lost under somebody else's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gatherings.access.bindings import note_bound_to
from gatherings.access.need_states import PERSON_MOVES, TEAM_HOW, TEAM_MOVES, WHY_NOT
from gatherings.access.needs import coming_to, mark_of
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings.tables import Person
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.rows import columns
from gatherings.planning.tables import Gathering
from web.crypto import new_key, seal
from web.problems import NotFound
from web.words import local

MOMENT = timedelta(microseconds=1)
TWICE = timedelta(seconds=20)


@dataclass(frozen=True)
class Move:
    """One step of a need. `said` is sealed into its history; `changes` go into its row."""

    to: str
    at: datetime
    account_id: int | None = None
    by_person: bool = False
    how: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


async def move_need(
    handle: str,
    gathering_id: int,
    *,
    seen: str,
    to: str,
    account_id: int,
    at: datetime,
    how: str = "",
    note: str = "",
    reason: str = "",
    alternative: str = "",
    told_on: date | None = None,
    why: str = "",
) -> None:
    """Move a need on, as one of the team. Raises Refused, Stale and NotFound.

    `agreed` and `withdrawn` are theirs to say, so they need `how` they said it; `cannot` needs a
    reason, its kind (`why`), what we offer instead, and the day on which they were told. A second
    press of the same button changes nothing.
    """
    need = await need_in(handle, gathering_id)
    if need.state == to and await _did_it_just_now(need, account_id, at):
        return
    if to not in TEAM_MOVES[need.state]:
        raise Refused("to", "This need has moved on. Choose again")
    if to in ("agreed", "withdrawn") and how not in TEAM_HOW:
        raise Refused("how", "Choose how they told you")
    said: dict[str, Any] = {"note": note} if note else {}
    if to == "cannot":
        if why not in WHY_NOT:
            raise Refused("why", "Choose what kind of reason it is")
        _must_be_told(reason, alternative, told_on, await _today(gathering_id, at))
        said |= {"reason": reason, "alternative": alternative, "told_on": str(told_on)}
    changes = {
        "agreed_how": how if to == "agreed" else "",
        "told_on": told_on if to == "cannot" else None,
    }
    if to == "cannot":
        changes["why_not"] = why
    how = how if how in TEAM_HOW else ""
    await step(need, seen, Move(to, at, account_id, how=how, said=said, changes=changes))


async def agree_by_person(handle: str, booking_id: int, *, seen: str, at: datetime) -> None:
    """The person says that what we arranged, or offered instead, is right."""
    need = await own_need(handle, booking_id)
    if (need.state, need.agreed_how) == ("agreed", "page"):
        return
    if "agreed" not in PERSON_MOVES[need.state]:
        raise Stale
    move = Move("agreed", at, by_person=True, how="page", changes={"agreed_how": "page"})
    await step(need, seen, move)


async def step(need: Need, seen: str, move: Move) -> None:
    """Make the move if the need is as it was seen, and write it down. Raises Stale."""
    if seen != mark_of(need.state_at):
        raise Stale
    at = max(move.at, need.state_at + MOMENT)
    moved = await (
        Need.update(columns({"why_not": "", **move.changes, "state": move.to, "state_at": at}))
        .where((Need.id == need.id) & (Need.state == need.state))
        .where(Need.state_at == need.state_at)
        .returning(Need.id)
    )
    if not moved:
        raise Stale
    handle = new_key()[:32]
    await NeedEvent(
        need=need.id,
        at=at,
        account_id=move.account_id,
        by_person=move.by_person,
        how=move.how,
        handle=handle,
        sealed_note=seal(move.said, note_bound_to(handle)) if move.said else None,
        from_state=need.state,
        to_state=move.to,
    ).save()


async def need_in(handle: str, gathering_id: int) -> Need:
    """The need of somebody who comes to this gathering, or NotFound."""
    people = Person.select(Person.id).where(coming_to(gathering_id))
    return _there(await Need.objects().get((Need.handle == handle) & Need.person.is_in(people)))


async def own_need(handle: str, booking_id: int) -> Need:
    """The need of somebody in this party, or NotFound."""
    people = Person.select(Person.id).where(
        (Person.booking == booking_id) & Person.cancelled_at.is_null()
    )
    return _there(await Need.objects().get((Need.handle == handle) & Need.person.is_in(people)))


async def _did_it_just_now(need: Need, account_id: int, at: datetime) -> bool:
    """Whether the last step was the same button, pressed twice."""
    last = await (
        NeedEvent.objects()
        .where(NeedEvent.need == need.id)
        .order_by(NeedEvent.id, ascending=False)
        .first()
    )
    mine = last is not None and last.account_id == account_id and last.to_state == need.state
    return bool(mine and at - need.state_at < TWICE)


def _must_be_told(reason: str, alternative: str, told_on: date | None, today: date) -> None:
    if not reason.strip():
        raise Refused("reason", "Enter why we cannot do this")
    if not alternative.strip():
        raise Refused("alternative", "Enter what we offer instead")
    if told_on is None:
        raise Refused("told_on", "Enter the day on which you told them")
    if told_on > today:
        raise Refused("told_on", "Tell them first: this day is still to come")


async def _today(gathering_id: int, at: datetime) -> date:
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    return local(at, gathering.zone).date() if gathering else at.date()


def _there(need: Need | None) -> Need:
    if need is None:
        raise NotFound
    return need
