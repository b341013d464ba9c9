"""Complaints: made by anybody without an account, sealed, acknowledged within 30 days."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from gatherings.people.roles import Viewer
from gatherings.personal_data.tables import Complaint
from gatherings.planning.lookup import series_in
from web.crypto import hash_of, seal, unseal
from web.problems import NotAllowed, NotFound

ACKNOWLEDGED_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class ComplaintWords:
    """What somebody told us. A name and a way to answer are theirs to give."""

    words: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class ComplaintView:
    """One opened complaint. `series` is "" for one that names none."""

    handle: str
    series: str
    said: ComplaintWords
    made_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None

    def days_left(self, now: datetime) -> int | None:
        """Days in which to acknowledge it, below 0 when late; None once it is done."""
        if self.acknowledged_at is not None or self.closed_at is not None:
            return None
        return ((self.made_at + ACKNOWLEDGED_WITHIN).date() - now.date()).days


async def complain(
    form_token: str, series_id: int | None, said: ComplaintWords, at: datetime
) -> None:
    """Keep a complaint, sealed. A second press with the same token changes nothing."""
    handle = hash_of(form_token)[:32]
    row = Complaint(
        handle=handle,
        series=series_id,
        sealed=seal(asdict(said), bound_to(handle)),
        made_at=at,
    )
    await Complaint.insert(row).on_conflict(target=Complaint.handle, action="DO NOTHING")


async def complaints_for(viewer: Viewer) -> list[ComplaintView]:
    """What this viewer looks after, opened: the oldest that waits first, closed ones last."""
    mine = await series_in(organised(viewer))
    names = {series.id: series.name for series in mine}
    rows = await Complaint.objects().order_by(Complaint.made_at, Complaint.id)
    views = [_open(row, names) for row in rows if sees(viewer, row.series)]
    return sorted(views, key=lambda view: (view.closed_at is not None, view.made_at))


async def waiting_for(viewer: Viewer) -> int:
    """How many complaints wait for an answer from this viewer. Opens nothing."""
    rows = await Complaint.objects().where(
        Complaint.acknowledged_at.is_null() & Complaint.closed_at.is_null()
    )
    return sum(sees(viewer, row.series) for row in rows)


async def acknowledge(viewer: Viewer, handle: str, at: datetime) -> None:
    """Note that we have told them that we have it. The first moment stays."""
    await _own(viewer, handle)
    await Complaint.update(
        {Complaint.acknowledged_at: at, Complaint.acknowledged_by: viewer.account_id}
    ).where((Complaint.handle == handle) & Complaint.acknowledged_at.is_null())


async def close(viewer: Viewer, handle: str, at: datetime) -> None:
    """Note that it is done: we have told them what we found and what we do."""
    await _own(viewer, handle)
    await Complaint.update({Complaint.closed_at: at}).where(
        (Complaint.handle == handle) & Complaint.closed_at.is_null()
    )


def may_look_after(viewer: Viewer) -> bool:
    """Whether complaints can reach this viewer at all."""
    return viewer.starts_series or bool(organised(viewer))


def sees(viewer: Viewer, series_id: int | None) -> bool:
    """What is about no series in particular goes to those who may start one."""
    return viewer.starts_series if series_id is None else viewer.may(series_id, "organiser")


def organised(viewer: Viewer) -> Iterable[int]:
    """The series whose complaints and requests reach this viewer."""
    return [series_id for series_id, role in viewer.roles if role == "organiser"]


def bound_to(handle: str) -> str:
    """What ties a sealed complaint to its row."""
    return f"complaint:{handle}"


async def _own(viewer: Viewer, handle: str) -> None:
    row = await Complaint.objects().get(Complaint.handle == handle)
    if row is None:
        raise NotFound
    if not sees(viewer, row.series):
        raise NotAllowed


def _open(row: Complaint, names: Mapping[int, str]) -> ComplaintView:
    return ComplaintView(
        handle=row.handle,
        series=names.get(row.series, ""),
        said=ComplaintWords(**unseal(row.sealed, bound_to(row.handle))),
        made_at=row.made_at,
        acknowledged_at=row.acknowledged_at,
        closed_at=row.closed_at,
    )
