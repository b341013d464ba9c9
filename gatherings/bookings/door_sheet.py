"""The door's list for paper and for a spreadsheet."""

from dataclasses import dataclass

from gatherings.bookings.door_list import AtDoor, DoorList, DoorParty
from web.tables_out import Cell, TableOut
from web.words import clock, folded

HEADS = (
    *("Name", "Comes as", "Reference", "Who is in the party", "People in the party"),
    *("State", "Photographs", "What to do", "Here since"),
)
CLOSED = "Not opened: press “Show what to do” at the door"
STATES = {
    "booked": "Booked",
    "waiting": "On the waiting list",
    "lapsed": "On the waiting list",
    "offered": "Was offered a place",
}


@dataclass(frozen=True)
class SheetLine:
    """A line on paper: a party, or the `name` of somebody who is found under another letter."""

    name: str
    party: DoorParty
    sees: bool = False

    @property
    def sort_key(self) -> tuple[str, str]:
        """By name."""
        return folded(self.name), self.party.reference


def sheet_lines(parties: list[DoorParty]) -> list[SheetLine]:
    """Parties by name. Whoever stands under another letter than their party is led to it."""
    lines = [SheetLine(party.title, party) for party in parties]
    for party in parties:
        names = {party.contact_name, *(person.name for person in party.coming)}
        under = folded(party.title)[:1]
        lines += [
            SheetLine(name, party, sees=True)
            for name in names
            if name and folded(name)[:1] != under
        ]
    return sorted(lines, key=lambda line: line.sort_key)


def door_table(parties: DoorList, zone: str) -> TableOut:
    """One row for each person who may come, parties together and by name."""
    listed = [*parties.expected, *(one for one in parties.waiting if one.coming)]
    rows = [_row(party, person, zone) for party in listed for person in party.coming]
    return TableOut("Door list", HEADS, rows)


def _row(party: DoorParty, person: AtDoor, zone: str) -> list[Cell]:
    return [
        person.called,
        "Supporter" if person.supporting else "Attending",
        party.reference,
        party.title,
        len(party.coming),
        STATES[party.state],
        person.photo_words,
        CLOSED if person.closed else "; ".join(person.does),
        clock(person.arrived_at, zone) if person.arrived_at else "",
    ]
