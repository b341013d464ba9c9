"""Who hosts a session: telling people apart, and keeping nobody in two rooms at once."""

import re
from collections.abc import Collection

from sessions.board.tables import HostPlace, Joiner, Session, SessionHost, SessionPlace
from web.crypto import hash_of

BETWEEN_NAMES = re.compile(r"\s*(?:,|&|\band\b)\s*")
MOST_HOSTS = 6


def host_keys(names: str, joiner: int | None) -> list[tuple[str, str]]:
    """Each host's name and key. "Josie and Len" are two hosts.

    Who offers from a phone is told apart by phone and name: a phone that is handed round writes
    for several people, and two Bens have a phone each. Without a phone the name alone tells
    people apart: two Bens on one board are then Ben R and Ben S.
    """
    found = [name.strip() for name in BETWEEN_NAMES.split(names) if name.strip()][:MOST_HOSTS]
    keys = {key_of_name(name): name for name in found}
    pairs = [(name, key) for key, name in keys.items()]
    if joiner is not None:
        first = pairs[0][0] if pairs else ""
        pairs = [(first, key_of_joiner(joiner, first)), *pairs[1:]]
    return pairs


def key_of_name(name: str) -> str:
    """The key of a host of whom we know the name alone."""
    return f"name:{' '.join(name.casefold().split())}"[:80]


def key_of_joiner(joiner: int, name: str) -> str:
    """The key of a host whose phone, or whose booking, is known."""
    return f"joiner:{joiner}:{name.casefold()}"[:80]


def hash_of_known(gathering_id: int, name_key: str) -> str:
    """What stands for the phone of a host whose booking was told us. No cookie can be it."""
    return hash_of(f"host {gathering_id} {name_key}")


def joiner_of(key: str) -> int | None:
    """The joiner in a host's key: whose phone it was. None for somebody known by name alone."""
    kind, number, *_ = [*key.split(":"), ""]
    return int(number) if kind == "joiner" else None


async def keep_hosts(session: Session, joiner: int | None) -> None:
    """Write down who hosts the session, in place of whoever did."""
    await SessionHost.delete().where(SessionHost.session == session.id)
    hosts = host_keys(session.host_name, joiner)
    known = await _keys_of_known(session.gathering, [key for _, key in hosts])
    for position, (name, key) in enumerate(hosts, 1):
        row = SessionHost(session=session.id, position=position, name=name)
        row.key = known.get(key, key)
        await row.save()


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


async def _keys_of_known(gathering_id: int, keys: Collection[str]) -> dict[str, str]:
    """For names of which we know the booking on this board: the keys that say so."""
    hashes = {hash_of_known(gathering_id, key): key for key in keys if joiner_of(key) is None}
    if not hashes:
        return {}
    rows = await Joiner.objects().where(Joiner.key_hash.is_in([*hashes]))
    return {hashes[row.key_hash]: key_of_joiner(row.id, row.name) for row in rows}
