"""Who may do what. A role is held in one series."""

from dataclasses import dataclass

from gatherings.access.tables import Deputy
from gatherings.people.tables import ROLES, Account, Role
from gatherings.planning.tables import Gathering
from web.problems import NotAllowed, SignInNeeded


@dataclass(frozen=True)
class Viewer:
    """A signed-in person and the roles they hold, as (series id, role).

    `deputy_of` holds the ids of gatherings whose needs they may open for the access lead.
    """

    account_id: int
    name: str
    email: str
    starts_series: bool
    roles: frozenset[tuple[int, str]]
    deputy_of: frozenset[int] = frozenset()

    def may(self, series_id: int, *roles: str) -> bool:
        """Whether they hold one of the roles in the series; an organiser holds the team's roles.

        An access lead's role is never implied: needs open only for those who were named.
        """
        held = {role for series, role in self.roles if series == series_id}
        if "organiser" in held:
            held |= {"facilitator", "note_keeper", "door"}
        return not held.isdisjoint(roles)

    def series_ids(self) -> list[int]:
        """Every series in which they hold a role."""
        return sorted({series for series, _ in self.roles})


def signed_in(viewer: Viewer | None) -> Viewer:
    """The viewer, or SignInNeeded."""
    if viewer is None:
        raise SignInNeeded
    return viewer


def need_role(viewer: Viewer | None, series_id: int, *roles: str) -> Viewer:
    """The viewer when they hold one of the roles; else SignInNeeded or NotAllowed."""
    person = signed_in(viewer)
    if not person.may(series_id, *roles):
        raise NotAllowed
    return person


def works_door(viewer: Viewer | None, gathering: Gathering) -> bool:
    """Whether they let people in at this gathering; organisers may, too."""
    return viewer is not None and viewer.may(gathering.series, "door")


async def grant(account_id: int, series_id: int, role: str) -> None:
    """Give an account a role in a series; giving it again changes nothing."""
    if role not in ROLES:
        raise ValueError(f"{role} is not a role")
    held = await Role.exists().where(
        Role.account == account_id, Role.series == series_id, Role.role == role
    )
    if not held:
        await Role(account=account_id, series=series_id, role=role).save()


async def viewer_of_account(account_id: int) -> Viewer | None:
    """The account as a viewer; None when it is closed or gone."""
    account = await Account.objects().get(Account.id == account_id)
    if account is None or account.closed_at is not None:
        return None
    rows = await Role.select(Role.series, Role.role).where(Role.account == account_id)
    deputy = await Deputy.select(Deputy.gathering).where(
        (Deputy.account == account_id) & Deputy.ended_at.is_null()
    )
    return Viewer(
        account_id=account_id,
        name=account.name,
        email=account.email,
        starts_series=account.starts_series,
        roles=frozenset((row["series"], row["role"]) for row in rows),
        deputy_of=frozenset(row["gathering"] for row in deputy),
    )
