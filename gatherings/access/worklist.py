"""The desk's worklist: how far the promises of a gathering are, and who looks after which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gatherings.access.light import SOON, light_of
from gatherings.access.need_states import OPEN_STATES
from gatherings.access.needs import NeedCount, NeedView, coming_to, need_counts
from gatherings.access.openers import openers_of
from gatherings.access.promises import need_in
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Gathering
from web.words import local

LATE, SOON_DUE, LATER, DONE = "Late", "Due within seven days", "Due later", "Nothing to do just now"
OFFERED, AFTERWARDS = "We offered something else: have they agreed?", "How it went"


@dataclass(frozen=True)
class NotAsked:
    """Somebody who was not asked yet what would help, and the reference of their party."""

    name: str
    reference: str


@dataclass(frozen=True)
class Overview:
    """How far a gathering's promises are. It opens nothing, so organisers may see it.

    `late`, `soon`, `nobodys` and `mine` count needs that still want something done.
    """

    light: str
    late: int
    soon: int
    to_do: int
    nobodys: int
    mine: int
    done: int
    counts: list[NeedCount]
    not_asked: list[NotAsked]


async def overview(gathering_id: int, today: date, account_id: int = 0) -> Overview:
    """The numbers of one gathering; `mine` are those that this account looks after."""
    people = Person.select(Person.id).where(coming_to(gathering_id))
    rows = await Need.select(Need.due_on, Need.state, Need.owner).where(Need.person.is_in(people))
    open_ones = [row for row in rows if row["state"] in OPEN_STATES]
    return Overview(
        light=await light_of(gathering_id, today),
        late=sum(row["due_on"] < today for row in open_ones),
        soon=sum(today <= row["due_on"] <= today + SOON for row in open_ones),
        to_do=len(open_ones),
        nobodys=sum(row["owner"] is None for row in open_ones),
        mine=sum(row["owner"] == account_id for row in open_ones),
        done=sum(row["state"] == "agreed" for row in rows),
        counts=await need_counts(gathering_id),
        not_asked=await not_asked(gathering_id),
    )


async def not_asked(gathering_id: int) -> list[NotAsked]:
    """Those whose answer is blank. "Nothing" is an answer, and so is "please ask me"."""
    rows = await (
        Person.select(Person.name, Person.role, Person.booking.reference.as_alias("reference"))
        .where(coming_to(gathering_id) & (Person.help == "not_asked"))
        .order_by(Person.booking, Person.position)
    )
    return [
        NotAsked(
            row["name"] or ("A supporter" if row["role"] == "supporting" else "Somebody"),
            row["reference"],
        )
        for row in rows
    ]


async def give_need(
    handle: str, gathering_id: int, *, seen: int | None, to: int | None, at: datetime
) -> None:
    """Let somebody look after a need; None gives it back to nobody.

    `seen` is the owner whom the page showed. Raises Stale when it has another one now, unless
    that is whom it was to be given to: the first of two presses did it.
    """
    need = await need_in(handle, gathering_id)
    if to is not None and to not in await openers_of(gathering_id):
        raise Refused("owner", "Choose somebody who opens the needs of this gathering")
    as_seen = Need.owner.is_null() if seen is None else Need.owner == seen
    done = Need.owner.is_null() if to is None else Need.owner == to
    given = await (
        Need.update({Need.owner: to})
        .where((Need.id == need.id) & (as_seen | done))
        .returning(Need.id)
    )
    if not given:
        raise Stale


def chosen(needs: Iterable[NeedView], whose: str, state: str, account_id: int) -> list[NeedView]:
    """Those that a filter asks for. `whose` is mine, nobody, an account id, or empty for all."""
    named = {"mine": account_id, "nobody": None}
    wanted = named[whose] if whose in named else int(whose or 0)
    return [
        need
        for need in needs
        if (not whose or need.owner == wanted) and (not state or need.state == state)
    ]


def in_sections(
    needs: Iterable[NeedView], today: date, *, over: bool = False
) -> list[tuple[str, list[NeedView]]]:
    """The worklist: what is late first, and last what asks for nothing.

    When the gathering is over, nothing is late any more.
    """
    if over:
        return [(AFTERWARDS, list(needs))] if needs else []
    found: dict[str, list[NeedView]] = {
        title: [] for title in (LATE, OFFERED, SOON_DUE, LATER, DONE)
    }
    for need in needs:
        found[_section(need, today)].append(need)
    return [(title, listed) for title, listed in found.items() if listed]


def _section(need: NeedView, today: date) -> str:
    if need.state not in OPEN_STATES:
        return OFFERED if need.state == "cannot" else DONE
    if need.due_on < today:
        return LATE
    return SOON_DUE if need.due_on <= today + SOON else LATER


def today_at(gathering: Gathering, now: datetime) -> date:
    """The date where the gathering meets."""
    return local(now, gathering.zone).date()
