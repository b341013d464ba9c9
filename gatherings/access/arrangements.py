"""Arrangements: what meets one or many needs, such as a loop hire or two interpreters."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gatherings.access.needs import coming_to, mark_of
from gatherings.access.promises import Move, step
from gatherings.access.tables import ARRANGEMENT_STATES, Arrangement, ArrangementNeed, Need
from gatherings.bookings.tables import Person
from gatherings.planning.refusals import Refused, must_be_as_seen, seen_of
from gatherings.planning.rows import columns, hold
from web.crypto import new_key
from web.problems import NotFound
from web.words import day_of

STATE_WORDS = {
    "wanted": "Wanted",
    "asked": "Asked for",
    "confirmed": "Confirmed",
    "cancelled": "Cancelled",
}
TONES = {"wanted": "wait", "asked": "wait", "confirmed": "good", "cancelled": "bad"}
KIND_WORDS = {
    "": "Something else",
    "bsl": "Sign language interpreters",
    "sttr": "Live captions",
    "lipspeaker": "A lipspeaker",
    "deafblind_guide": "Deafblind communication support",
    "spoken_interpreter": "A spoken language interpreter",
    "hearing_loop": "A hearing loop",
    "supporter": "Supporters",
    "guide": "Guides",
    "minibus_or_taxi": "Taxis or a minibus",
    "money": "Costs or a fee, paid to somebody",
}
FIELDS = (
    *("kind", "what", "supplier", "supplier_reference", "cost_pence", "state"),
    *("claimed_on", "paid_on"),
)
BEFORE_ARRANGED = ("asked", "talking")


@dataclass(frozen=True)
class ArrangementWords:
    """What is written about an arrangement. Money in pence. It names nobody in need."""

    kind: str
    what: str
    supplier: str
    supplier_reference: str
    cost_pence: int
    state: str
    claimed_on: date | None = None
    paid_on: date | None = None

    @property
    def claim(self) -> str:
        """What became of the claim, in sentences."""
        return claim_words(self.claimed_on, self.paid_on, self.state)


@dataclass(frozen=True)
class ArrangementView:
    """An arrangement with numbers alone: how many needs it serves, and how many of them wait."""

    handle: str
    words: ArrangementWords
    seen: str
    needs: int
    waiting: int


async def add_arrangement(gathering_id: int, words: ArrangementWords, at: datetime) -> str:
    """Write down something to arrange. Gives its handle."""
    _check(words)
    handle = new_key()[:32]
    await Arrangement(
        handle=handle, gathering=gathering_id, made_at=at, changed_at=at, **asdict(words)
    ).save()
    return handle


async def change_arrangement(
    handle: str, gathering_id: int, words: ArrangementWords, at: datetime, seen: str = ""
) -> None:
    """Change what is written about it. Raises Stale when somebody else changed it meanwhile."""
    _check(words)
    row = await _held(handle, gathering_id)
    must_be_as_seen(row, FIELDS, seen)
    await Arrangement.update(columns({**asdict(words), "changed_at": at})).where(
        Arrangement.id == row.id
    )


async def serve(
    handle: str, gathering_id: int, *, shown: Collection[str], ticked: Collection[str]
) -> None:
    """Which needs it meets, by their handles. Only those that were `shown` are changed."""
    row = await _held(handle, gathering_id)
    people = Person.select(Person.id).where(coming_to(gathering_id))
    needs = await Need.select(Need.id, Need.handle).where(
        Need.handle.is_in(["", *shown]) & Need.person.is_in(people)
    )
    await ArrangementNeed.delete().where(
        (ArrangementNeed.arrangement == row.id)
        & ArrangementNeed.need.is_in([0, *(need["id"] for need in needs)])
    )
    links = [
        ArrangementNeed(arrangement=row.id, need=need["id"])
        for need in needs
        if need["handle"] in ticked
    ]
    if links:
        await ArrangementNeed.insert(*links)


async def arrange_served(handle: str, gathering_id: int, account_id: int, at: datetime) -> int:
    """It is confirmed: every need that it meets and that waits is arranged now. Gives how many."""
    row = await _held(handle, gathering_id)
    if row.state != "confirmed":
        raise Refused("state", "Confirm the arrangement first")
    waiting = await _waiting(row.id, gathering_id)
    for need in waiting:
        await step(need, mark_of(need.state_at), Move("arranged", at, account_id))
    return len(waiting)


async def arrangements_of(gathering_id: int) -> list[ArrangementView]:
    """Those of a gathering in the order in which they were written. Opens nothing."""
    rows = await (
        Arrangement.objects()
        .where(Arrangement.gathering == gathering_id)
        .order_by(Arrangement.made_at, Arrangement.id)
    )
    return [await _view(row) for row in rows]


async def arrangement_by(handle: str, gathering_id: int) -> ArrangementView:
    """One of them, or NotFound."""
    return await _view(await arrangement_row(handle, gathering_id))


async def served_by(handle: str, gathering_id: int) -> set[str]:
    """The handles of the needs that it meets."""
    row = await arrangement_row(handle, gathering_id)
    links = ArrangementNeed.select(ArrangementNeed.need).where(
        ArrangementNeed.arrangement == row.id
    )
    return {need["handle"] for need in await Need.select(Need.handle).where(Need.id.is_in(links))}


async def arrangement_row(handle: str, gathering_id: int) -> Arrangement:
    """The row, or NotFound."""
    row = await Arrangement.objects().get(
        (Arrangement.handle == handle) & (Arrangement.gathering == gathering_id)
    )
    if row is None:
        raise NotFound
    return row


async def _held(handle: str, gathering_id: int) -> Arrangement:
    """The row as it is while nobody else changes it."""
    await hold(Arrangement, (await arrangement_row(handle, gathering_id)).id)
    return await arrangement_row(handle, gathering_id)


async def _view(row: Arrangement) -> ArrangementView:
    people = Person.select(Person.id).where(coming_to(row.gathering))
    links = ArrangementNeed.select(ArrangementNeed.need).where(
        ArrangementNeed.arrangement == row.id
    )
    needs = await Need.select(Need.state).where(Need.id.is_in(links) & Need.person.is_in(people))
    states = [need["state"] for need in needs if need["state"] != "withdrawn"]
    words = ArrangementWords(**{name: getattr(row, name) for name in FIELDS})
    waiting = sum(state in BEFORE_ARRANGED for state in states)
    return ArrangementView(row.handle, words, seen_of(row, FIELDS), len(states), waiting)


async def _waiting(arrangement_id: int, gathering_id: int) -> list[Need]:
    people = Person.select(Person.id).where(coming_to(gathering_id))
    links = ArrangementNeed.select(ArrangementNeed.need).where(
        ArrangementNeed.arrangement == arrangement_id
    )
    return await (
        Need.objects()
        .where(Need.id.is_in(links) & Need.person.is_in(people))
        .where(Need.state.is_in(list(BEFORE_ARRANGED)))
        .order_by(Need.id)
    )


def _check(words: ArrangementWords) -> None:
    if words.kind not in KIND_WORDS or words.state not in ARRANGEMENT_STATES:
        raise ValueError("an arrangement needs a kind and a state that we know")
    if words.paid_on and words.claimed_on and words.paid_on < words.claimed_on:
        raise Refused("paid_on", "It was paid before the claim was raised. Look at both days")


def claim_words(claimed_on: date | None, paid_on: date | None, state: str) -> str:
    """What became of a claim, in sentences; "" where there is none."""
    raised = f"Claim raised on {day_of(claimed_on)}. " if claimed_on else ""
    if paid_on:
        return f"{raised}Paid on {day_of(paid_on)}."
    return raised and raised + ("Cancelled." if state == "cancelled" else "Not paid yet.")


async def claims_of(handles: Collection[str]) -> dict[str, list[str]]:
    """By handle of a need: what became of claims for it."""
    needs = await Need.select(Need.id, Need.handle).where(Need.handle.is_in(["", *handles]))
    by_id = {row["id"]: row["handle"] for row in needs}
    rows = await ArrangementNeed.select(
        ArrangementNeed.need,
        ArrangementNeed.arrangement.claimed_on.as_alias("claimed_on"),
        ArrangementNeed.arrangement.paid_on.as_alias("paid_on"),
        ArrangementNeed.arrangement.state.as_alias("state"),
    ).where(ArrangementNeed.need.is_in([0, *by_id]))
    found: dict[str, list[str]] = {}
    for row in rows:
        words = claim_words(row["claimed_on"], row["paid_on"], row["state"])
        if words:
            found.setdefault(by_id[row["need"]], []).append(words)
    return found
