"""Entries of a calendar: what a gathering, a round or a session is to a calendar program."""

from dataclasses import dataclass, replace
from datetime import datetime

from gatherings.planning.gathering_words import cost, when
from gatherings.planning.tables import Gathering, Venue

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """One entry. Moments are UTC; `uid` never changes, `sequence` never falls.

    With `all_day` the moments are midnights on the zone's clocks, the last one not included.
    """

    uid: str
    sequence: int
    status: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    created_at: datetime | None
    changed_at: datetime
    all_day: bool = False
    place: str = ""
    words: str = ""
    address: str = ""


def entry_of(gathering: Gathering, venue: Venue, base_url: str) -> Entry:
    """A gathering as everybody may see it. Only a draft is tentative."""
    states = {"draft": TENTATIVE, "cancelled": CANCELLED}
    address = f"{base_url}/g/{gathering.slug}"
    return titled(
        Entry(
            uid=gathering.uid,
            sequence=gathering.sequence,
            status=states.get(gathering.state, CONFIRMED),
            title=gathering.name,
            starts_at=gathering.starts_at,
            ends_at=gathering.ends_at,
            zone=gathering.zone,
            created_at=gathering.created_at,
            changed_at=gathering.changed_at,
            all_day=gathering.all_day,
            place=place_of(venue),
            words=_described(gathering, address),
            address=address,
        ),
        {"draft": "Draft: ", "cancelled": "Cancelled: "}.get(gathering.state, ""),
    )


def titled(entry: Entry, before: str) -> Entry:
    """The entry with a few words before its title: not every calendar shows a status."""
    return replace(entry, title=before + entry.title)


def place_of(venue: Venue, room: str = "") -> str:
    """A room, the venue and its address on one line."""
    lines = (line.strip().rstrip(",") for line in venue.address.splitlines())
    return ", ".join(part for part in (room, venue.name, *lines) if part)


def _described(gathering: Gathering, address: str) -> str:
    """What somebody wants to know who opens the entry on the morning of the day."""
    lines = [
        "This gathering is cancelled." if gathering.state == "cancelled" else gathering.about,
        f"{when(gathering)}.",
        f"Cost: {cost(gathering)}",
        f"Getting there and access: {address}/access",
        f"Ring us: {gathering.contact_phone}" if gathering.contact_phone else "",
        f"Write to us: {gathering.contact_email}" if gathering.contact_email else "",
    ]
    return "\n".join(line for line in lines if line)
