"""The people who help with a series: adding one with a role, and taking a role away."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.access.deputies import end_deputy_of_series
from gatherings.people.roles import Viewer, grant
from gatherings.people.sign_in import account_by_email, make_password_link, open_account
from gatherings.people.tables import Account, Role
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.tables import Series

ROLE_WORDS = {
    "organiser": "Organiser",
    "access_lead": "Access lead",
    "facilitator": "Facilitator",
    "note_keeper": "Note-keeper",
    "door": "Door",
}
ROLE_ABOUT = {
    "organiser": "Plans gatherings, sees bookings, and adds helpers.",
    "access_lead": "Opens people’s access needs and arranges what helps.",
    "facilitator": "Places sessions on the board on the day.",
    "note_keeper": "Photographs flipcharts and types up what they say.",
    "door": "Welcomes people at the door.",
}


@dataclass(frozen=True)
class Helper:
    """A person and their roles in one series."""

    name: str
    email: str
    roles: tuple[str, ...]
    has_signed_in: bool


async def helpers_of(series_id: int) -> list[Helper]:
    """Everybody who helps with a series, by name."""
    rows = await Role.select(Role.account, Role.role).where(Role.series == series_id)
    roles: dict[int, list[str]] = {}
    for row in rows:
        roles.setdefault(row["account"], []).append(row["role"])
    accounts = await Account.objects().where(Account.id.is_in([0, *roles])).order_by(Account.name)
    order = list(ROLE_WORDS)
    return [
        Helper(a.name, a.email, tuple(sorted(roles[a.id], key=order.index)), bool(a.password_hash))
        for a in accounts
    ]


async def add_helper(viewer: Viewer, series_id: int, name: str, email: str, role: str) -> str:
    """Give somebody a role, making their account if need be.

    Gives the key of a one-time link to hand to them, or nothing when they can sign in already
    or when it is not this organiser's to give.
    """
    account_id = await open_account(email, name)
    await grant(account_id, series_id, role)
    account = await Account.objects().get(Account.id == account_id)
    if account is None or account.password_hash:
        return ""
    return await _link(viewer, account)


async def fresh_link(viewer: Viewer, series_id: int, email: str) -> str:
    """A new one-time link for a helper of this series who cannot sign in any more."""
    account = await account_by_email(email)
    helps = account is not None and await Role.exists().where(
        Role.account == account.id, Role.series == series_id
    )
    key = await _link(viewer, account) if account is not None and helps else ""
    if not key:
        raise Refused("", "You cannot make a link for this person, because they help others too")
    return key


async def remove_role(series_id: int, email: str, role: str) -> None:
    """Take a role away. A series keeps at least one organiser."""
    await hold(Series, series_id)
    account = await account_by_email(email)
    if account is None:
        return
    mine = (Role.account == account.id) & (Role.series == series_id) & (Role.role == role)
    others = await Role.exists().where(
        (Role.series == series_id) & (Role.role == "organiser") & (Role.account != account.id)
    )
    if role == "organiser" and not others:
        raise Refused("", "A series needs an organiser. Make somebody else an organiser first")
    await Role.delete().where(mine)
    held = await Role.select(Role.role).where(
        (Role.account == account.id) & (Role.series == series_id)
    )
    if not held or role == "access_lead":
        await end_deputy_of_series(series_id, account.id, datetime.now(UTC))


async def _link(viewer: Viewer, account: Account) -> str:
    """Whoever holds the link becomes this person here, so it opens no series but the viewer's."""
    rows = await Role.select(Role.series).where(Role.account == account.id)
    own = all(viewer.may(row["series"], "organiser") for row in rows)
    if account.id != viewer.account_id and (account.starts_series or not own):
        return ""
    return await make_password_link(account.id)
