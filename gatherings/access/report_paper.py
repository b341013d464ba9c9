"""Reports as sheets: a title, tables of two or more columns, and what stands at the foot.

Each function takes one report and nothing else, so that no other field can come along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gatherings.access.reports import (
    Brief,
    CatererSheet,
    FireSheet,
    GreeterList,
    SeriousAllergy,
    VenueSheet,
)
from gatherings.access.room_cards import RoomCard
from web.tables_out import Cell, TableOut

HANDLE_WITH_CARE = "Please keep this sheet to yourselves, and destroy it after the day."
SHRED = "Shred this list after the gathering."
SHRED_SHEET = "Shred this sheet after the gathering."
NAMED = " A name stands there only where they agreed to it. Please speak to them quietly."
NOBODY = "Nobody has asked for anything that stands here."


@dataclass(frozen=True)
class Part:
    """A table of a sheet. Each row has as many cells as the sheet has heads."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class Sheet:
    """A report as it is printed. `blank` columns are there to be written in."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    foot: str

    def as_table(self) -> TableOut:
        """The whole sheet as one table, with the part of each row in its first column."""
        width = max((len(part.heads) for part in self.parts), default=1)
        heads = next((p.heads for p in self.parts if len(p.heads) == width), ("What",))
        rows: list[Sequence[Cell]] = []
        for part in self.parts:
            rows += [(part.title, *row, *[""] * (width - len(row))) for row in part.rows]
        return TableOut(self.title, ("Part", *heads), rows)


def venue_sheet(report: VenueSheet) -> Sheet:
    """What a venue counts and makes ready."""
    return Sheet(
        "Venue sheet",
        f"{report.places} people have a place. This is what they need from the house.",
        (Part("What to make ready", report.requests, ("What", "How many")),),
        HANDLE_WITH_CARE,
    )


def fire_sheet(report: FireSheet) -> Sheet:
    """Who needs help to get out, for whoever looks after fire safety."""
    others = ((f"{report.unnamed} more. Ask us on the day", ""),) if report.unnamed else ()
    rows = (*((name, "") for name in report.names), *others)
    part = Part("People who need help to get out", rows, ("Name", "Where they are"))
    lead = "For the person who looks after fire safety, and nobody else."
    return Sheet("Fire safety sheet", lead, (part,), SHRED_SHEET)


def caterer_sheet(report: CatererSheet) -> Sheet:
    """What a kitchen counts, and the badges of those whom a mistake would harm."""
    heads = ("What", "How many")
    unclear = (("People about whom you need to ask us", report.ask_us),) if report.ask_us else ()
    parts = (
        Part(
            "Serious allergies",
            tuple((_whose(one), one.allergens) for one in report.serious),
            ("Badge", "Must not eat"),
            "Look for the number on the badge. One mistake can make this person very ill."
            f"{NAMED if any(one.first_name for one in report.serious) else ''}",
        ),
        Part(
            "Allergies and intolerances",
            report.allergens,
            heads,
            "The serious ones are counted here, too." if report.serious else "",
        ),
        Part("Diets", report.diets, heads),
        Part("Other requests", (*report.other, *unclear), heads),
        Part("When we eat", report.meals, ("When", "What")),
    )
    lead = f"{report.people} people have a place."
    return Sheet("Caterer sheet", lead, tuple(p for p in parts if p.rows), HANDLE_WITH_CARE)


def _whose(one: SeriousAllergy) -> str:
    return f"{one.badge}, {one.first_name}" if one.first_name else one.badge


def brief(report: Brief) -> Sheet:
    """The day, for those who interpret it or type it."""
    parts = (
        Part("How many people use what", report.users, ("What", "How many")),
        Part("The day", report.plan, ("When", "What", "What happens in it")),
        Part("The rooms", report.rooms, ("Room", "What it has")),
        Part("Names of the team", tuple((name,) for name in report.team), ("Name",)),
        Part("What letters stand for", report.letters, ("Letters", "Meaning")),
    )
    shown = tuple(part for part in parts if part.rows)
    return Sheet("Brief for interpreters and captioners", report.about, shown, HANDLE_WITH_CARE)


def greeter_list(report: GreeterList) -> Sheet:
    """Whom to meet, with room to write when and where."""
    rows = tuple((one.first_name, one.does, one.arrives, one.phone, "") for one in report.people)
    heads = ("First name", "What to do", "Comes about", "Phone", "Where")
    lead = "People who need something when they arrive. Write in where."
    return Sheet("Greeter list", lead, (Part("People to meet", rows, heads),), SHRED)


def cards_sheet(cards: Sequence[RoomCard]) -> Sheet:
    """Every room card, for files."""
    parts = tuple(Part(card.room, tuple(_card(card)), ("About", "What to do")) for card in cards)
    return Sheet("Room cards", "What to do in each room.", parts, "")


def _card(card: RoomCard) -> Iterator[tuple[str, str]]:
    for heading, lines in (*card.instructions, ("This room", card.about_room)):
        yield from ((heading, words) for words in lines)
