"""People who make taking part possible on the day: interpreters, captioners, guides and others.

The board plans with them: in which rounds each is there, who works in a pair, and how long
somebody can go on without a change or a break.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.access.arrangements import arrangement_row
from gatherings.access.tables import (
    SUPPORT_ROLES,
    SUPPORT_STATES,
    Arrangement,
    SupportPerson,
    SupportRound,
)
from gatherings.planning.refusals import Refused, must_be_as_seen, seen_of
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Round
from web.crypto import new_key
from web.problems import NotFound

ROLE_WORDS = {
    "bsl": "Sign language interpreter",
    "sttr": "Captioner, speech to text",
    "lipspeaker": "Lipspeaker",
    "deafblind_guide": "Deafblind communicator and guide",
    "spoken_interpreter": "Interpreter of a spoken language",
    "notetaker": "Note-taker",
    "supporter": "Supporter",
    "guide": "Guide",
    "greeter": "Greeter",
    "quiet_host": "Host of the quiet room",
    "evac_buddy": "Helper in a fire",
    "first_aider": "First aider",
    "artist": "Graphic artist",
}
STATE_WORDS = {
    "asked": "Asked",
    "held": "Keeps the day free",
    "confirmed": "Confirmed",
    "stood_down": "Not needed any more",
}
TONES = {"asked": "wait", "held": "wait", "confirmed": "good", "stood_down": "plain"}
FIELDS = (
    *("role", "name", "organisation", "contact", "languages", "register_number"),
    *("pair_with", "longest_minutes", "state", "arrangement"),
)


@dataclass(frozen=True)
class SupportWords:
    """What is written about somebody. `longest_minutes` 0 means that nothing was said.

    `pair_with` and `arrangement` are handles or empty; `rounds` are numbers of the day plan.
    """

    role: str
    name: str
    organisation: str = ""
    contact: str = ""
    languages: str = ""
    longest_minutes: int = 0
    state: str = "asked"
    pair_with: str = ""
    arrangement: str = ""
    rounds: tuple[int, ...] = ()
    register_number: str = ""


@dataclass(frozen=True)
class SupportView:
    """Somebody with the name of the other one of the pair."""

    handle: str
    words: SupportWords
    seen: str
    pair_name: str


async def add_support(gathering_id: int, words: SupportWords, at: datetime) -> str:
    """Write somebody down. Gives their handle."""
    _check(words)
    handle = new_key()[:32]
    row = SupportPerson(handle=handle, gathering=gathering_id, made_at=at, **_plain(words))
    row.arrangement = await _arrangement_id(gathering_id, words.arrangement)
    await row.save()
    await _pair(row, gathering_id, words.pair_with)
    await _set_rounds(row.id, gathering_id, words.rounds)
    return handle


async def change_support(
    handle: str, gathering_id: int, words: SupportWords, seen: str = ""
) -> None:
    """Change what is written about somebody. Raises Stale when somebody else did meanwhile."""
    _check(words)
    await hold(SupportPerson, (await _row(handle, gathering_id)).id)
    row = await _row(handle, gathering_id)
    must_be_as_seen(row, FIELDS, seen)
    values = _plain(words)
    values["arrangement"] = await _arrangement_id(gathering_id, words.arrangement)
    await SupportPerson.update(columns(values)).where(SupportPerson.id == row.id)
    await _pair(row, gathering_id, words.pair_with)
    await _set_rounds(row.id, gathering_id, words.rounds)


async def support_of(gathering_id: int) -> list[SupportView]:
    """Everybody who was written down for a gathering, by role and name."""
    rows = await SupportPerson.objects().where(SupportPerson.gathering == gathering_id)
    in_order = sorted(rows, key=lambda row: (SUPPORT_ROLES.index(row.role), row.name, row.id))
    by_id = {row.id: row for row in rows}
    kept = await Arrangement.select(Arrangement.id, Arrangement.handle).where(
        Arrangement.gathering == gathering_id
    )
    arrangements = {row["id"]: row["handle"] for row in kept}
    rounds = await _rounds_by_person(list(by_id))
    return [_view(row, by_id, arrangements, rounds.get(row.id, ())) for row in in_order]


async def support_by(handle: str, gathering_id: int) -> SupportView:
    """One of them, or NotFound."""
    found = [one for one in await support_of(gathering_id) if one.handle == handle]
    if not found:
        raise NotFound
    return found[0]


def _view(
    row: SupportPerson,
    by_id: dict[int, SupportPerson],
    arrangements: dict[int, str],
    rounds: tuple[int, ...],
) -> SupportView:
    pair = by_id.get(row.pair_with or 0)
    words = SupportWords(
        role=row.role,
        name=row.name,
        organisation=row.organisation,
        contact=row.contact,
        languages=row.languages,
        register_number=row.register_number,
        longest_minutes=row.longest_minutes,
        state=row.state,
        pair_with=pair.handle if pair else "",
        arrangement=arrangements.get(row.arrangement, ""),
        rounds=rounds,
    )
    return SupportView(row.handle, words, seen_of(row, FIELDS), pair.name if pair else "")


async def _rounds_by_person(ids: list[int]) -> dict[int, tuple[int, ...]]:
    rows = await (
        SupportRound.select(SupportRound.support_person, SupportRound.round.number.as_alias("no"))
        .where(SupportRound.support_person.is_in([0, *ids]))
        .order_by(SupportRound.round.number)
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["support_person"]] = (*found.get(row["support_person"], ()), row["no"])
    return found


async def _pair(row: SupportPerson, gathering_id: int, other_handle: str) -> None:
    """Pair two with each other; whoever was paired with one of them before is alone again."""
    other = await _row(other_handle, gathering_id) if other_handle else None
    if other is not None and other.id == row.id:
        raise Refused("pair_with", "Choose somebody else: nobody is a pair alone")
    both = [row.id, *([other.id] if other else [])]
    await SupportPerson.update({SupportPerson.pair_with: None}).where(
        SupportPerson.pair_with.is_in(both)
    )
    for one, partner in ((row.id, other), (other.id if other else 0, row)):
        pair_id = partner.id if partner is not None else None
        await SupportPerson.update({SupportPerson.pair_with: pair_id}).where(
            SupportPerson.id == one
        )


async def _set_rounds(person_id: int, gathering_id: int, numbers: Collection[int]) -> None:
    await SupportRound.delete().where(SupportRound.support_person == person_id)
    rows = await Round.select(Round.id, Round.number).where(Round.gathering == gathering_id)
    there = [row["id"] for row in rows if row["number"] in numbers]
    if there:
        await SupportRound.insert(
            *(SupportRound(support_person=person_id, round=one) for one in there)
        )


async def _arrangement_id(gathering_id: int, handle: str) -> int | None:
    return (await arrangement_row(handle, gathering_id)).id if handle else None


async def _row(handle: str, gathering_id: int) -> SupportPerson:
    row = await SupportPerson.objects().get(
        (SupportPerson.handle == handle) & (SupportPerson.gathering == gathering_id)
    )
    if row is None:
        raise NotFound
    return row


def _plain(words: SupportWords) -> dict[str, Any]:
    return {
        "role": words.role,
        "name": words.name,
        "organisation": words.organisation,
        "contact": words.contact,
        "languages": words.languages,
        "register_number": words.register_number,
        "longest_minutes": words.longest_minutes,
        "state": words.state,
    }


def _check(words: SupportWords) -> None:
    if words.role not in SUPPORT_ROLES or words.state not in SUPPORT_STATES:
        raise ValueError("somebody needs a role and a state that we know")
