"""The morning letter about needs: one for each who looks after them, of counts and dates alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gatherings.access.light import SOON
from gatherings.access.need_states import OPEN_STATES
from gatherings.access.needs import coming_to
from gatherings.access.openers import openers_of
from gatherings.access.tables import Need
from gatherings.access.worklist import today_at
from gatherings.bookings.tables import Person
from gatherings.letters.to_account import drop_old, write_to_account
from gatherings.people.tables import Role
from gatherings.planning.tables import Gathering
from web.words import day_of, local

MORNING, TOO_LATE_TODAY = 7, 19


@dataclass(frozen=True)
class DueNeed:
    """A need that is late or due within seven days, without what it is."""

    due_on: date
    owner: int | None


@dataclass(frozen=True)
class DueAt:
    """What is due at one gathering, and who gets a letter about it."""

    gathering: Gathering
    today: date
    needs: list[DueNeed]
    leads: frozenset[int]
    openers: frozenset[int]

    def concerns(self, account_id: int) -> list[DueNeed]:
        """An access lead hears of all of them, anybody else of those that they look after."""
        if account_id in self.leads:
            return self.needs
        return [need for need in self.needs if need.owner == account_id]

    def readers(self) -> set[int]:
        """Access leads, and those who look after one and still open needs here."""
        owners = {need.owner for need in self.needs if need.owner is not None}
        return set(self.leads) | (owners & self.openers)


async def write_digests(now: datetime) -> int:
    """Write the letters that are due this morning; returns how many.

    It may be asked as often as anybody likes: there is one letter a day for each person, after
    seven in the morning where their first gathering meets, and none when nothing is due.
    """
    await drop_old(now)
    coming = await (
        Gathering.objects()
        .where((Gathering.ends_at > now) & Gathering.state.is_in(["open", "closed"]))
        .order_by(Gathering.starts_at, Gathering.id)
    )
    due = [one for gathering in coming if (one := await _due_at(gathering, now)).needs]
    readers = sorted({account_id for one in due for account_id in one.readers()})
    return sum([await _write(account_id, due, now) for account_id in readers])


async def _due_at(gathering: Gathering, now: datetime) -> DueAt:
    today = today_at(gathering, now)
    people = Person.select(Person.id).where(coming_to(gathering.id))
    rows = await Need.select(Need.due_on, Need.owner).where(
        Need.person.is_in(people)
        & Need.state.is_in(list(OPEN_STATES))
        & (Need.due_on <= today + SOON)
    )
    leads = await Role.select(Role.account).where(
        (Role.series == gathering.series) & (Role.role == "access_lead")
    )
    return DueAt(
        gathering,
        today,
        [DueNeed(row["due_on"], row["owner"]) for row in rows],
        frozenset(row["account"] for row in leads),
        frozenset(await openers_of(gathering.id)),
    )


async def _write(account_id: int, due: Iterable[DueAt], now: datetime) -> bool:
    mine = [one for one in due if account_id in one.readers()]
    here = local(now, mine[0].gathering.zone)
    if not MORNING <= here.hour < TOO_LATE_TODAY:
        return False
    said = [_said(one, account_id) for one in mine]
    path = f"/desk/g/{mine[0].gathering.slug}/needs" if len(mine) == 1 else "/desk"
    return await write_to_account(
        "digest",
        account_id,
        now,
        once=f"digest:{here.date()}:{account_id}",
        path=path,
        facts={
            "gatherings": said,
            "late": sum(one["late"] for one in said),
            "soon": sum(one["soon"] for one in said),
        },
    )


def _said(one: DueAt, account_id: int) -> dict[str, Any]:
    needs = one.concerns(account_id)
    days = sorted(need.due_on for need in needs)
    late = sum(day < one.today for day in days)
    return {
        "name": one.gathering.name,
        "on": day_of(local(one.gathering.starts_at, one.gathering.zone).date()),
        "late": late,
        "soon": len(days) - late,
        "first_due": day_of(days[0]),
        "last_due": day_of(days[-1]),
        "mine": sum(need.owner == account_id for need in needs),
        "nobodys": sum(need.owner is None for need in needs),
    }
