"""Artwork: a drawing with its artist's name and the licence that the artist gives."""

from dataclasses import dataclass

from gatherings.planning.refusals import must_be_as_seen
from gatherings.planning.rows import hold
from sessions.capture.sheets import find_sheet
from sessions.capture.tables import Sheet

LONGEST_TITLE, LONGEST_ARTIST = 120, 120
FIELDS = ("title", "artist", "licence", "described", "story")
LICENCE_WORDS = {
    "all_rights": (
        "All rights reserved",
        "The artist lets us show it here. Others must ask the artist first.",
    ),
    "CC BY 4.0": (
        "CC BY 4.0: free to use with the artist’s name",
        "Others may share and change it, and sell it, when they name the artist.",
    ),
    "CC BY-SA 4.0": (
        "CC BY-SA 4.0: free to use with the name, shared alike",
        "The same, and what they make from it must be free in the same way.",
    ),
    "CC BY-NC 4.0": (
        "CC BY-NC 4.0: free to use with the name, not to sell",
        "Others may share and change it with the artist’s name, but not earn money with it.",
    ),
    "CC0 1.0": (
        "CC0 1.0: given to everybody",
        "The artist gives up all rights. Anybody may do anything with it.",
    ),
}
SHORT_LICENCES = {"all_rights": "All rights reserved"}


@dataclass(frozen=True)
class Credit:
    """What is said with a drawing."""

    title: str
    artist: str
    licence: str
    described: str = ""
    story: str = ""


async def credit(gathering_id: int, code: str, said: Credit, seen: str = "") -> None:
    """Keep the words that belong to a drawing; Stale when somebody changed them meanwhile."""
    drawing = await find_sheet(gathering_id, code)
    await hold(Sheet, drawing.id)
    drawing = await find_sheet(gathering_id, code)
    if credit_of(drawing) == said:
        return
    must_be_as_seen(drawing, FIELDS, seen)
    await Sheet.update(
        {
            Sheet.title: said.title,
            Sheet.artist: said.artist,
            Sheet.licence: said.licence,
            Sheet.described: said.described,
            Sheet.story: said.story,
        }
    ).where(Sheet.id == drawing.id)


def credit_of(drawing: Sheet) -> Credit:
    """What is said with a drawing now."""
    return Credit(**{name: getattr(drawing, name) for name in FIELDS})


def credit_line(artist: str, licence: str) -> str:
    """ "By Pen. CC BY 4.0" or "By Pen. All rights reserved"."""
    by = f"By {artist}. " if artist else ""
    return by + SHORT_LICENCES.get(licence, licence)
