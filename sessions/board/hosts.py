"""Who hosts a session: telling people apart, and keeping nobody in two rooms at once."""

import re
from collections.abc import Collection

from sessions.board.tables import HostPlace, Session, SessionHost, SessionPlace

BETWEEN_NAMES = re.compile(r"\s*(?:,|&|\band\b)\s*")
MOST_HOSTS = 6


def host_keys(names: str, joiner: int | None) -> list[tuple[str, str]]:
    """Each host's name and key. "Josie and Len" are two hosts.

    Who offers from a phone is told apart by phone and name: a phone that is handed round writes
    for several people, and two Bens have a phone each. Without a phone the name alone tells
    people apart: two Bens on one board are then Ben R and Ben S.
    """
    found = [name.strip() for name in BETWEEN_NAMES.split(names) if name.strip()][:MOST_HOSTS]
    keys = {f"name:{' '.join(name.casefold().split())}"[:80]: name for name in found}
    pairs = [(name, key) for key, name in keys.items()]
    if joiner is not None:
        first = pairs[0][0] if pairs else ""
        pairs = [(first, f"joiner:{joiner}:{first.casefold()}"[:80]), *pairs[1:]]
    return pairs


def joiner_of(key: str) -> int | None:
    """The joiner in a host's key: whose phone it was. None for somebody known by name alone."""
    kind, number, *_ = [*key.split(":"), ""]
    return int(number) if kind == "joiner" else None


async def keep_hosts(session: Session, joiner: int | None) -> None:
    """Write down who hosts the session, in place of whoever did."""
    await SessionHost.delete().where(SessionHost.session == session.id)
    for position, (name, key) in enumerate(host_keys(session.host_name, joiner), 1):
        await SessionHost(session=session.id, position=position, name=name, key=key).save()


async def keep_hosts_with_joined(session: Session) -> None:
    """The same with the hosts of every session that became part of it, each once."""
    await keep_hosts(session, None if session.written_by else session.offered_by)
    joined = Session.select(Session.id).where(Session.merged_into == session.id)
    keys = {
        host.key for host in await SessionHost.objects().where(SessionHost.session == session.id)
    }
    theirs = SessionHost.objects().where(SessionHost.session.is_in(joined))
    for host in await theirs.order_by(SessionHost.session).order_by(SessionHost.position):
        if host.key not in keys:
            row = SessionHost(session=session.id, name=host.name, key=host.key)
            row.position = len(keys) + 1
            await row.save()
            keys.add(host.key)


async def same_hosts(first: Session, again: Session) -> None:
    """Give a session the very hosts of another."""
    await SessionHost.delete().where(SessionHost.session == again.id)
    for host in await SessionHost.objects().where(SessionHost.session == first.id):
        row = SessionHost(session=again.id, position=host.position, name=host.name, key=host.key)
        await row.save()


async def keep_hosts_busy(session_id: int) -> None:
    """Mark the hosts of a session as busy in its rounds; host_in_round_once stands behind it."""
    await HostPlace.delete().where(HostPlace.session == session_id)
    places = await SessionPlace.select(SessionPlace.round).where(SessionPlace.session == session_id)
    await mark_hosts_busy(session_id, [place["round"] for place in places])


async def mark_hosts_busy(session_id: int, rounds: Collection[int]) -> None:
    """The same for a session that takes these rounds, and took none before."""
    hosts = await SessionHost.select(SessionHost.key).where(SessionHost.session == session_id)
    busy = [
        HostPlace(session=session_id, round=at, key=host["key"]) for at in rounds for host in hosts
    ]
    if busy:
        await HostPlace.insert(*busy)
