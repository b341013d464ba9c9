"""Who may photograph, type up and compile: note-keepers, and organisers with them."""

from collections.abc import Iterable

from gatherings.people.roles import Viewer, need_role
from gatherings.people.tables import Account
from gatherings.planning.lookup import gathering_to_show
from gatherings.planning.tables import Gathering


async def gathering_for_note_keepers(slug: str, viewer: Viewer | None) -> Gathering:
    """The gathering, for its note-keepers alone."""
    gathering = await gathering_to_show(slug, viewer)
    need_role(viewer, gathering.series, "note_keeper")
    return gathering


async def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of accounts by id."""
    wanted = [0, *(one for one in account_ids if one is not None)]
    accounts = await Account.objects().where(Account.id.is_in(wanted))
    return {account.id: account.name for account in accounts}
