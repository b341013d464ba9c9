"""Going ahead in a room that lacks what somebody needs: with a reason, written down and told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.access.telling_leads import tell_leads
from gatherings.people.tables import Account
from sessions.board.feature_words import code_words
from sessions.board.shape import BoardView, Spot
from sessions.board.tables import Session, WentAhead
from web.words import clock

LONGEST_REASON = 300


@dataclass(frozen=True)
class AheadView:
    """One time that somebody went ahead. `lacks` is in words; it says nothing about people."""

    id: int
    title: str
    number: int
    where: str
    lacks: tuple[str, ...]
    reason: str
    who: str
    at: datetime
    told: bool


async def go_ahead(
    view: BoardView,
    session: Session,
    spot: Spot,
    codes: Collection[str],
    reason: str,
    account_id: int | None,
    *,
    tell: bool = True,
) -> None:
    """Write down why, and tell the access leads. Twice the same is written down once."""
    words = " ".join(sorted(codes))
    at = datetime.now(UTC)
    there = await WentAhead.exists().where(
        (WentAhead.session == session.id)
        & (WentAhead.round == spot[0])
        & (WentAhead.room == spot[1])
        & (WentAhead.codes == words)
    )
    if there:
        return
    row = WentAhead(
        session=session.id,
        round=spot[0],
        room=spot[1],
        codes=words,
        reason=reason,
        account_id=account_id,
        at=at,
    )
    await row.save()
    if tell:
        page = f"/g/{view.slug}/arrange/ahead"
        await tell_leads(view.gathering_id, f"went-ahead:{row.id}", page, at)


async def went_ahead_list(view: BoardView) -> list[AheadView]:
    """Every time that somebody went ahead at this gathering, the latest first."""
    ids = Session.select(Session.id).where(Session.gathering == view.gathering_id)
    rows = await (
        WentAhead.objects()
        .where(WentAhead.session.is_in(ids))
        .order_by(WentAhead.id, ascending=False)
    )
    accounts = await Account.select(Account.id, Account.name).where(
        Account.id.is_in([0, *(row.account_id for row in rows if row.account_id)])
    )
    names = {row["id"]: row["name"] for row in accounts}
    titles = {
        row["id"]: (row["number"], row["title"])
        for row in await Session.select(Session.id, Session.number, Session.title).where(
            Session.id.is_in([0, *(row.session for row in rows)])
        )
    }
    return [
        _ahead(view, row, titles[row.session], names.get(row.account_id or 0, "")) for row in rows
    ]


async def note_told(gathering_id: int, ahead_id: int, at: datetime) -> None:
    """An access lead has seen it. The first time counts."""
    ids = Session.select(Session.id).where(Session.gathering == gathering_id)
    await WentAhead.update({WentAhead.told_at: at}).where(
        (WentAhead.id == ahead_id) & WentAhead.session.is_in(ids) & WentAhead.told_at.is_null()
    )


def _ahead(view: BoardView, row: WentAhead, session: tuple[int, str], who: str) -> AheadView:
    number, title = session
    at = next((one for one in view.rounds if one.id == row.round), None)
    room = next((one for one in view.rooms if one.id == row.room), None)
    return AheadView(
        id=row.id,
        title=title,
        number=number,
        where=f"{room.name if room else 'A room'}, {clock(at.starts_at, view.zone) if at else ''}",
        lacks=tuple(code_words(code) for code in row.codes.split()),
        reason=row.reason,
        who=who or "Somebody",
        at=row.at,
        told=row.told_at is not None,
    )
