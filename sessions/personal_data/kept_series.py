"""What is still kept of a whole series, of its team and of this site, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatherings.people.tables import Account, PasswordLink, Role, SignIn
from gatherings.personal_data import keeping
from gatherings.personal_data.letting_go import FORMER
from gatherings.personal_data.tables import (
    Complaint,
    DataRequest,
    DataRequestEvent,
    Erasure,
    ForgettingReceipt,
)
from gatherings.planning.tables import Gathering
from sessions.personal_data.backups import backups_in, last_drill
from sessions.personal_data.kept import Kept, kept_of, together

ANSWERS = "Answers to your own questions"
EACH_DAY = "On the day that each question names"


@dataclass(frozen=True)
class OfGathering:
    """A gathering of the series, and how many things are still kept of it."""

    gathering: Gathering
    number: int


@dataclass(frozen=True)
class Backups:
    """How many backups are in the folder, the moments of the oldest and newest, and of the last
    drill; None where there is none. `late` says that a drill is due."""

    number: int
    oldest: datetime | None
    newest: datetime | None
    drilled: datetime | None
    late: bool


@dataclass(frozen=True)
class KeptOfSeries:
    """What is kept: of all who came, gathering by gathering, and of the team and this site."""

    people: list[Kept]
    gatherings: list[OfGathering]
    team: list[Kept]


async def kept_of_series(series_id: int) -> KeptOfSeries:
    """What is there now. It opens nothing and names nobody."""
    rows = await (
        Gathering.objects()
        .where(Gathering.series == series_id)
        .order_by(Gathering.starts_at, ascending=False)
    )
    each = {row.id: await kept_of(row) for row in rows}
    return KeptOfSeries(
        _by_kind([one for kept in each.values() for one in kept]),
        [OfGathering(row, sum(one.number for one in each[row.id])) for row in rows],
        [*await _of_the_team(series_id), *await _of_this_site()],
    )


def backups_kept(folder: Path, now: datetime) -> Backups:
    """What is in the folder where this app puts its backups."""
    made = [moment for _, moment in backups_in(folder)]
    drilled = last_drill()
    late = bool(made) and (drilled is None or drilled <= now - keeping.BACKUPS)
    return Backups(len(made), min(made, default=None), max(made, default=None), drilled, late)


def _by_kind(parts: Sequence[Kept]) -> list[Kept]:
    """The questions of all gatherings are one line: each has its own page."""
    found: dict[tuple[str, ...], list[Kept]] = {}
    for one in parts:
        found.setdefault(one.kinds, []).append(one)
    kinds = [together(some) for some in found.values()]
    return [
        Kept(ANSWERS, one.number, one.kinds, when=EACH_DAY) if one.kinds == ("answers",) else one
        for one in kinds
    ]


async def _of_the_team(series_id: int) -> list[Kept]:
    team = Role.select(Role.account).where(Role.series == series_id)
    complaints = (Complaint.series == series_id) | Complaint.series.is_null()
    requests = (DataRequest.series == series_id) | DataRequest.series.is_null()
    return [
        Kept(
            "Accounts of the team",
            await Account.count().where(Account.id.is_in(team) & Account.closed_at.is_null()),
            (),
            when="Their account is closed",
        ),
        Kept(
            "Sign-ins of the team",
            await SignIn.count().where(SignIn.account.is_in(team)),
            ("sign-ins",),
            when=f"{keeping.SIGN_INS.days} days after each ran out",
        ),
        Kept(
            "Links to choose a password",
            await PasswordLink.count().where(PasswordLink.account.is_in(team)),
            ("password links",),
            when=f"{keeping.SIGN_INS.days} days after each ran out",
        ),
        Kept(
            "Complaints about this series, or about no series",
            await Complaint.count().where(complaints),
            ("complaints",),
            when="12 months after each was closed",
        ),
        Kept(
            "Requests about personal data",
            await DataRequest.count().where(requests),
            ("requests",),
            when=f"{keeping.YEARS_OF_PROOF} years after each was answered, without a name",
        ),
        Kept(
            "What was noted of them, line by line",
            await DataRequestEvent.count().where(
                DataRequestEvent.request.is_in(DataRequest.select(DataRequest.id).where(requests))
            ),
            ("request notes",),
            when="12 months after each was answered",
        ),
    ]


async def _of_this_site() -> list[Kept]:
    closed = Account.closed_at.is_not_null() & (Account.name != FORMER)
    return [
        Kept(
            "Closed accounts of helpers, in all series",
            await Account.count().where(closed),
            ("closed accounts",),
            when=f"{keeping.MONTHS_OF_CONTACTS} months after each was closed",
        ),
        Kept(
            "That a booking was deleted, without a name, in all series",
            await Erasure.count(),
            ("erasures",),
            when=f"{keeping.YEARS_OF_PROOF} years after each",
        ),
        Kept(
            "Receipts of what was forgotten, without persons",
            await ForgettingReceipt.count(),
            (),
            when="No day: they stay",
        ),
    ]
