"""Deputies: helpers of the series whom an access lead lets open needs of one gathering."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gatherings.access.tables import Deputy, Need
from gatherings.bookings.tables import Person
from gatherings.people.tables import Account, Role
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from web.problems import NotFound


@dataclass(frozen=True)
class DeputyView:
    """Somebody who is or was a deputy. `ended_at` is None for one who still is."""

    account_id: int
    name: str
    named_by: str
    named_at: datetime
    ended_at: datetime | None


async def name_deputy(gathering_id: int, account_id: int, named_by: int, at: datetime) -> None:
    """Let a helper of the series open the needs of this gathering. Naming them again is no harm."""
    if account_id not in await may_be_deputy(gathering_id):
        raise Refused("account", "Choose one of the helpers")
    named = Deputy.exists().where(
        (Deputy.gathering == gathering_id)
        & (Deputy.account == account_id)
        & Deputy.ended_at.is_null()
    )
    if not await named:
        await Deputy(
            gathering=gathering_id, account=account_id, named_by=named_by, named_at=at
        ).save()


async def end_deputy(gathering_id: int, account_id: int, at: datetime) -> None:
    """From now on they open nothing. NotFound when they are no deputy."""
    ended = (
        await Deputy.update({Deputy.ended_at: at})
        .where(
            (Deputy.gathering == gathering_id)
            & (Deputy.account == account_id)
            & Deputy.ended_at.is_null()
        )
        .returning(Deputy.id)
    )
    if not ended:
        raise NotFound
    await release([gathering_id], account_id)


async def end_deputy_of_series(series_id: int, account_id: int, at: datetime) -> None:
    """Somebody opens no more needs in the series: they are no deputy, and look after none."""
    rows = await Gathering.select(Gathering.id).where(Gathering.series == series_id)
    gatherings = [0, *(row["id"] for row in rows)]
    await Deputy.update({Deputy.ended_at: at}).where(
        (Deputy.account == account_id)
        & Deputy.gathering.is_in(gatherings)
        & Deputy.ended_at.is_null()
    )
    await release(gatherings, account_id)


async def release(gathering_ids: Collection[int], account_id: int) -> None:
    """Needs that this account looked after are nobody's again, so that somebody takes them."""
    people = Person.select(Person.id).where(Person.booking.gathering.is_in(list(gathering_ids)))
    await Need.update({Need.owner: None}).where(
        (Need.owner == account_id) & Need.person.is_in(people)
    )


async def deputies_of(gathering_id: int) -> list[DeputyView]:
    """Everybody who is or was a deputy, in the order in which they were named."""
    rows = await Deputy.objects().where(Deputy.gathering == gathering_id).order_by(Deputy.id)
    ids = {row.account for row in rows} | {row.named_by for row in rows if row.named_by}
    accounts = await Account.select(Account.id, Account.name).where(Account.id.is_in([0, *ids]))
    names = {row["id"]: row["name"] for row in accounts}
    return [
        DeputyView(
            row.account,
            names.get(row.account, "A former helper"),
            names.get(row.named_by, "a former helper"),
            row.named_at,
            row.ended_at,
        )
        for row in rows
    ]


async def may_be_deputy(gathering_id: int) -> dict[int, str]:
    """Names by account id of the series' helpers who are no access leads themselves."""
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    if gathering is None:
        raise NotFound
    rows = await Role.select(Role.account, Role.role).where(Role.series == gathering.series)
    leads = {row["account"] for row in rows if row["role"] == "access_lead"}
    helpers = {row["account"] for row in rows} - leads
    accounts = await (
        Account.select(Account.id, Account.name)
        .where(Account.id.is_in([0, *helpers]) & Account.closed_at.is_null())
        .order_by(Account.name, Account.id)
    )
    return {row["id"]: row["name"] for row in accounts}
