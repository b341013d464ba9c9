"""Who may open people's needs: access leads of the series, and deputies named for a gathering."""

from gatherings.access.tables import Deputy
from gatherings.people.roles import Viewer
from gatherings.people.tables import Account, Role
from gatherings.planning.tables import Gathering


def opens_needs(viewer: Viewer | None, gathering: Gathering) -> bool:
    """Whether this person may open what people need at this gathering."""
    return viewer is not None and (
        viewer.may(gathering.series, "access_lead") or gathering.id in viewer.deputy_of
    )


def sees_counts(viewer: Viewer | None, gathering: Gathering) -> bool:
    """Whether they may see how many needs there are and how far they have got."""
    return opens_needs(viewer, gathering) or (
        viewer is not None and viewer.may(gathering.series, "organiser")
    )


async def openers_of(gathering_id: int) -> dict[int, str]:
    """The names, by account id, of all who may open and look after needs of a gathering."""
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    if gathering is None:
        return {}
    leads = Role.select(Role.account).where(
        (Role.series == gathering.series) & (Role.role == "access_lead")
    )
    deputies = Deputy.select(Deputy.account).where(
        (Deputy.gathering == gathering_id) & Deputy.ended_at.is_null()
    )
    rows = await (
        Account.select(Account.id, Account.name)
        .where(Account.closed_at.is_null() & (Account.id.is_in(leads) | Account.id.is_in(deputies)))
        .order_by(Account.name, Account.id)
    )
    return {row["id"]: row["name"] for row in rows}
