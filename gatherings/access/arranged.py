"""What is arranged for everybody at a gathering, as facts: never for whom, nor who supplies it."""

from gatherings.access.catalogue import Resource, catalogue
from gatherings.access.tables import Arrangement, SupportPerson, SupportRound
from gatherings.planning.catalogue import FEATURES
from gatherings.planning.lookup import rounds_of

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


async def arranged_for(gathering_id: int) -> list[str]:
    """Lines such as "Two British Sign Language (BSL) interpreters, all day". Only what is sure."""
    people = await _people(gathering_id)
    kinds = await _kinds(gathering_id)
    known = catalogue().resources
    lines = [
        _line(resource, people[code], await _when(gathering_id, people[code]))
        for code, resource in known.items()
        if resource.public and code in people
    ]
    lines += [
        resource.many[0].upper() + resource.many[1:]
        for code, resource in known.items()
        if resource.public and code in kinds - set(people)
    ]
    return lines + [fact.label for code, fact in FEATURES.items() if code in kinds]


async def _people(gathering_id: int) -> dict[str, list[int]]:
    """The ids of those who have said yes, by what they do."""
    rows = await SupportPerson.select(SupportPerson.id, SupportPerson.role).where(
        (SupportPerson.gathering == gathering_id) & (SupportPerson.state == "confirmed")
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["role"], []).append(row["id"])
    return found


async def _kinds(gathering_id: int) -> set[str]:
    rows = await Arrangement.select(Arrangement.kind).where(
        (Arrangement.gathering == gathering_id) & (Arrangement.state == "confirmed")
    )
    return {row["kind"] for row in rows}


async def _when(gathering_id: int, people: list[int]) -> str:
    """When one of them is there at least; "" when nobody has said."""
    rows = await SupportRound.select(SupportRound.round).where(
        SupportRound.support_person.is_in(people)
    )
    there = {row["round"] for row in rows}
    rounds = [part for part in await rounds_of(gathering_id) if part.kind != "break"]
    names = [part.name for part in rounds if part.id in there]
    if not names:
        return ""
    return "all day" if len(names) == len(rounds) else f"in {_and(names)}"


def _line(resource: Resource, people: list[int], when: str) -> str:
    many = len(people)
    number = NUMBERS[many] if many < len(NUMBERS) else str(many)
    words = f"{number} {resource.one if many == 1 else resource.many}"
    return f"{words}, {when}" if when else words


def _and(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
