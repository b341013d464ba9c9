"""What the board and the summary know of people, and letting go of it."""

from collections.abc import Sequence
from datetime import datetime

from piccolo.columns.combination import Where

from gatherings.bookings.tables import Booking
from gatherings.personal_data import keeping
from gatherings.personal_data.due import ended_before
from gatherings.personal_data.letting_go import DELETED
from sessions.board.offers import LONGEST_NAME
from sessions.board.tables import DayHelper, HostPlace, Joiner, Session, SessionHost, SessionWish
from sessions.summaries.tables import Comment
from web.crypto import hash_of, new_key

SOMEBODY = "Somebody"


async def joiners_due(now: datetime) -> list[int]:
    """Whoever joined a board long ago, or whose booking was deleted."""
    over = await ended_before(now - keeping.CONTACTS)
    gone = Booking.select(Booking.id).where(Booking.reference.like(f"{DELETED}%"))
    rows = await Joiner.select(Joiner.id).where(
        Joiner.booking.is_in(gone)
        | (
            Joiner.gathering.is_in([0, *over])
            & ((Joiner.name != "") | Joiner.booking.is_not_null() | Joiner.feed_hash.is_not_null())
        )
    )
    return [row["id"] for row in rows]


async def hosts_due(now: datetime) -> list[int]:
    """Sessions of long ago that still name who offered them."""
    over = await ended_before(now - keeping.CONTACTS)
    rows = await Session.select(Session.id).where(
        Session.gathering.is_in([0, *over])
        & ((Session.host_name != SOMEBODY) | (Session.written_by != ""))
    )
    return [row["id"] for row in rows]


async def comments_due(now: datetime) -> list[int]:
    """Comments that an organiser hid."""
    rows = await Comment.select(Comment.id).where(
        Comment.hidden_at <= now - keeping.HIDDEN_COMMENTS
    )
    return [row["id"] for row in rows]


async def wishes_due(now: datetime) -> list[int]:
    """What hosts asked the facilitators for."""
    over = await ended_before(now - keeping.LETTERS)
    sessions = Session.select(Session.id).where(Session.gathering.is_in([0, *over]))
    rows = await SessionWish.select(SessionWish.id).where(SessionWish.session.is_in(sessions))
    return [row["id"] for row in rows]


async def helpers_due(now: datetime) -> list[int]:
    """Helpers for a day, whose link has run out."""
    rows = await DayHelper.select(DayHelper.id).where(DayHelper.ends_at <= now - keeping.SIGN_INS)
    return [row["id"] for row in rows]


async def joiners_of(booking_id: int) -> list[int]:
    """The browsers on the day that belong to a booking."""
    rows = await Joiner.select(Joiner.id).where(Joiner.booking == booking_id)
    return [row["id"] for row in rows]


async def let_joiners_go(ids: Sequence[int], now: datetime) -> None:
    """Their stars stay as numbers, which no browser finds as its own any more.

    What they offered stays on the board, by somebody.
    """
    await take_names_off(ids)
    for joiner_id in ids:
        await Joiner.update(
            {
                Joiner.name: "",
                Joiner.booking: None,
                Joiner.key_hash: hash_of(new_key()),
                Joiner.feed_salt: "",
                Joiner.feed_hash: None,
            }
        ).where(Joiner.id == joiner_id)


async def take_names_off(joiners: Sequence[int]) -> list[Session]:
    """Name these hosts no more. Gives the sessions that say something else now."""
    rows = await Session.select(Session.id).where(Session.offered_by.is_in([0, *joiners]))
    found = {row["id"] for row in rows}
    for joiner_id in joiners:
        hosts = await SessionHost.select(SessionHost.id, SessionHost.session).where(
            SessionHost.key.like(f"joiner:{joiner_id}:%")
        )
        for host in hosts:
            await _hide_hosts(host["session"], SessionHost.id == host["id"])
            found.add(host["session"])
    await SessionWish.delete().where(SessionWish.session.is_in([0, *found]))
    for session_id in found:
        name = await _names_left(session_id)
        await Session.update({Session.host_name: name}).where(Session.id == session_id)
    return await Session.objects().where(Session.id.is_in([0, *found])).order_by(Session.id)


async def let_hosts_go(ids: Sequence[int], now: datetime) -> None:
    """The sessions stay, by somebody."""
    for session_id in ids:
        await _hide_hosts(session_id, SessionHost.name != SOMEBODY)
    await Session.update({Session.host_name: SOMEBODY, Session.written_by: ""}).where(
        Session.id.is_in([0, *ids])
    )


async def _names_left(session_id: int) -> str:
    """Others who host it with them are still named."""
    rows = await (
        SessionHost.select(SessionHost.name)
        .where((SessionHost.session == session_id) & (SessionHost.name != SOMEBODY))
        .order_by(SessionHost.position)
    )
    names = [SOMEBODY, *(row["name"] for row in rows)]
    return " and ".join(names)[:LONGEST_NAME]


async def _hide_hosts(session_id: int, which: Where) -> None:
    """The key may hold the name as it was written, so it goes, too."""
    hosts = await SessionHost.select(SessionHost.id, SessionHost.key).where(
        (SessionHost.session == session_id) & which
    )
    for host in hosts:
        key = f"gone {host['id']}"
        await HostPlace.update({HostPlace.key: key}).where(
            (HostPlace.session == session_id) & (HostPlace.key == host["key"])
        )
        await SessionHost.update({SessionHost.name: SOMEBODY, SessionHost.key: key}).where(
            SessionHost.id == host["id"]
        )
