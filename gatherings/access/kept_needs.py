"""Needs kept for the next gathering, with a yes of their own and for thirteen months at most."""

from calendar import monthrange
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from gatherings.access.bindings import kept_bound_to
from gatherings.access.catalogue import NOTHING, OWN_WORDS, catalogue
from gatherings.access.consent import keep_consent, may_keep
from gatherings.access.needs import NeedAnswer, needs_of_booking
from gatherings.access.tables import KeptNeeds
from gatherings.planning.refusals import Refused
from web.crypto import new_key, seal, unseal
from web.words import day_of

FOR_NEXT_TIME = "needs for next time"
MONTHS = 13


@dataclass(frozen=True)
class Kept:
    """What a party let us keep, by the position of each person in the party."""

    handle: str
    forget_on: date
    needs: dict[int, tuple[NeedAnswer, ...]]


def next_time_wording(today: date) -> str:
    """The statement that people are shown, whole."""
    return (
        "May we keep what would help you for your next booking? "
        "We show it to nobody but you, when you book again. "
        f"We delete it on {day_of(forget_on(today))}, or when you say so."
    )


def forget_on(today: date) -> date:
    """Thirteen months after; a day that its month does not have is the last one of it."""
    months = today.month - 1 + MONTHS
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


async def keep_for_next(booking_id: int, answer: str, today: date, at: datetime) -> None:
    """Keep their answer and, after a yes, a copy of what would help; a newer one replaces it."""
    words = next_time_wording(today)
    if answer == "yes" and not await may_keep(booking_id):
        raise Refused("", "You have not said yes to keeping what would help you")
    await keep_consent(booking_id, answer, words, "web", None, purpose=FOR_NEXT_TIME, at=at)
    await _stop_keeping(booking_id)
    if answer != "yes":
        return
    people: dict[str, list[dict[str, Any]]] = {}
    for need in await needs_of_booking(booking_id):
        if need.state != "withdrawn":
            said = NeedAnswer(need.code, need.words, need.strength, need.group)
            people.setdefault(str(need.position), []).append(asdict(said))
    handle = new_key()[:32]
    await KeptNeeds(
        handle=handle,
        booking=booking_id,
        sealed=seal({"people": people}, kept_bound_to(handle)),
        kept_at=at,
        forget_on=forget_on(today),
    ).save()


async def kept_for_next(booking_id: int, today: date) -> Kept | None:
    """What is kept for this party's next booking; nothing from the day on which it goes."""
    row = await (
        KeptNeeds.objects()
        .where((KeptNeeds.booking == booking_id) & (KeptNeeds.forget_on > today))
        .order_by(KeptNeeds.id, ascending=False)
        .first()
    )
    if row is None:
        return None
    known, content = catalogue().needs, unseal(row.sealed, kept_bound_to(row.handle))
    needs = {
        int(position): tuple(
            _offered_again(NeedAnswer(**one))
            for one in said
            if one["code"] in known and one["code"] != NOTHING
        )
        for position, said in content["people"].items()
    }
    return Kept(row.handle, row.forget_on, needs)


def _offered_again(need: NeedAnswer) -> NeedAnswer:
    """As it can be asked for now: a retired need as its successor, or in words of their own."""
    known = catalogue()
    code, kind = known.offered_again(need.code), known.need(need.code)
    if code:
        return replace(need, code=code, group=need.group if code == need.code else "")
    words = f"{kind.label}: {need.words}" if need.words else kind.label
    return replace(need, code=OWN_WORDS, group=kind.group, words=words)


async def _stop_keeping(booking_id: int) -> None:
    """Delete it now."""
    await KeptNeeds.delete().where(KeptNeeds.booking == booking_id)
