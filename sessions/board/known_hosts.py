"""Hosts without a phone of their own here: whose booking is theirs, so that rooms suit them, too.

The booking stands behind the host as that of a phone does. What it needs is shown to nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gatherings.bookings.tables import Booking
from gatherings.planning.refusals import Refused
from sessions.board import changes
from sessions.board.hosts import hash_of_known, joiner_of, key_of_joiner, key_of_name
from sessions.board.offers import session_on_board
from sessions.board.tables import HostPlace, Joiner, Session, SessionHost
from web.problems import NotFound

NO_SUCH_BOOKING = "No booking here has this reference. It looks like maple-river-42"
PHONE_IS_KNOWN = "We know them by their phone already"


@dataclass(frozen=True)
class HostOfCard:
    """`known` is phone, booking, or "" for somebody of whom we know the name alone."""

    position: int
    name: str
    known: str


async def hosts_of_card(gathering_id: int, number: int) -> list[HostOfCard]:
    """The hosts of a session, in the order of its card."""
    session = await session_on_board(gathering_id, number)
    rows = await _hosts(session.id)
    told = await _told({joiner for row in rows if (joiner := joiner_of(row.key))})
    return [HostOfCard(row.position, row.name, _known(row, told)) for row in rows]


async def know_hosts(gathering_id: int, number: int, references: Mapping[int, str]) -> None:
    """Note the bookings of hosts, by position, for all their cards on this board.

    Raises Refused for the field `reference-<position>`, and then notes none of them.
    """
    await changes.take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    hosts = {row.position: row for row in await _hosts(session.id)}
    for position, reference in references.items():
        host = hosts.get(position)
        if host is None:
            raise NotFound("This host is no longer on the card.")
        if joiner_of(host.key) is not None:
            raise Refused(f"reference-{position}", PHONE_IS_KNOWN)
        booking = await Booking.objects().get(
            (Booking.gathering == gathering_id)
            & (Booking.reference == reference.strip().lower())
            & (Booking.state != "cancelled")
        )
        if booking is None:
            raise Refused(f"reference-{position}", NO_SUCH_BOOKING)
        await _know(gathering_id, host, booking.id)


async def know_host_no_more(gathering_id: int, number: int, position: int) -> None:
    """Know this host by name alone again, on all their cards. Twice changes nothing more."""
    await changes.take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    for host in await _hosts(session.id):
        joiner = joiner_of(host.key)
        if host.position == position and joiner and joiner in await _told({joiner}):
            await _rename(gathering_id, host.key, key_of_name(host.name))
            await Joiner.delete().where(Joiner.id == joiner)


async def _know(gathering_id: int, host: SessionHost, booking_id: int) -> None:
    joiner = Joiner(
        key_hash=hash_of_known(gathering_id, host.key),
        gathering=gathering_id,
        name=host.name,
        booking=booking_id,
    )
    await joiner.save()
    await _rename(gathering_id, host.key, key_of_joiner(joiner.id, host.name))


async def _rename(gathering_id: int, before: str, after: str) -> None:
    """Everywhere on the board at once, so that nobody can be in two places in between."""
    here = Session.select(Session.id).where(Session.gathering == gathering_id)
    for table in (SessionHost, HostPlace):
        await table.update({table.key: after}).where(
            (table.key == before) & table.session.is_in(here)
        )


async def _hosts(session_id: int) -> list[SessionHost]:
    rows: list[SessionHost] = (
        await SessionHost.objects()
        .where(SessionHost.session == session_id)
        .order_by(SessionHost.position)
    )
    return rows


async def _told(joiners: set[int]) -> set[int]:
    """Of these, the ones that stand for a name: somebody told us the booking."""
    rows = await Joiner.objects().where(Joiner.id.is_in([0, *joiners]))
    return {
        row.id
        for row in rows
        if row.key_hash == hash_of_known(row.gathering, key_of_name(row.name))
    }


def _known(row: SessionHost, told: set[int]) -> str:
    joiner = joiner_of(row.key)
    if joiner is None:
        return ""
    return "booking" if joiner in told else "phone"
