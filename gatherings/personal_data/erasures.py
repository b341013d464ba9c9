"""Erasing what somebody asks us to erase, and remembering that, so that it stays erased.

What is remembered is a hash of the booking's reference. It also stands in a file beside the
database: when an older copy of the database is put back, the file erases again what it revives.
"""

import os
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gatherings.access.catering import NAME_FOR_CATERER
from gatherings.access.consent import DETAILS, PLAIN, keep_consent, may_keep
from gatherings.access.kept_needs import FOR_NEXT_TIME
from gatherings.access.tables import Consent, KeptNeeds, Need
from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, settle
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.waiting_list import fill
from gatherings.personal_data.keeping import PROOF
from gatherings.personal_data.letting_go import DELETED, let_needs_go, let_parties_go
from gatherings.personal_data.tables import Erasure
from gatherings.planning.rows import hold
from web.crypto import hash_of
from web.database import read, write
from web.problems import Problem

BOOKING, NEEDS, KEPT = "booking", "needs", "kept"
LOG = "erasures.log"
LIVE = ("booked", "waiting", "offered", "lapsed")
Erasing = Callable[[int, str, datetime], Awaitable[None]]
"""The verb that erases a booking wherever something is known about it."""


class Gone(Problem):
    """The booking was deleted because somebody asked for it."""

    status = 410
    title = "This booking is gone"
    words = "Everything about it was deleted. Nobody can bring it back."
    template = "personal_data/gone.html"


@dataclass(frozen=True, order=True)
class Erased:
    """One line of the log: when, what, by whom, and of which booking.

    What is "booking", "needs", or "kept", which are needs kept for the next gathering.
    """

    at: datetime
    what: str
    by_whom: str
    reference_hash: str

    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.at.isoformat()} {self.what} {self.by_whom} {self.reference_hash}\n"


async def erase(booking_id: int, by_whom: str, at: datetime) -> None:
    """Delete everything that says who a party is. `by_whom` is "person" or "team".

    Places it held go to whoever waits. It gets no letter: there is nobody left to write to.
    """
    gathering, booking = await open_to_change(booking_id)
    if booking.reference.startswith(DELETED):
        return
    await _remember(Erased(at, BOOKING, by_whom, hash_of(booking.reference)))
    if booking.state in LIVE and gathering.ends_at > at:
        await settle(booking, "cancelled", 0, cancelled_at=at, offer_ends_at=None)
    await let_parties_go([booking_id])
    await fill(gathering.id, at)


async def withdraw_consent(
    booking_id: int, by_whom: str, at: datetime, account_id: int | None = None
) -> bool:
    """Take back the yes to keeping needs, and delete them at once. False when there was none."""
    _, booking = await open_to_change(booking_id)
    await hold(Booking, booking_id)  # somebody may be adding a need just now
    if not await _take_needs_back(booking_id, at):
        return False
    await _remember(Erased(at, NEEDS, by_whom, hash_of(booking.reference)))
    await note(booking_id, "consent withdrawn", account_id, at)
    return True


async def keep_answer(
    booking_id: int,
    answer: str,
    words: str,
    how: str,
    at: datetime,
    taken_by: int | None = None,
    *,
    variant: str = PLAIN,
    helped_by: str = "",
) -> None:
    """Keep what a party said to keeping its needs. A no also ends an earlier yes, as the button
    that takes it back does."""
    await hold(Booking, booking_id)
    if answer == "no" and await may_keep(booking_id):
        await withdraw_consent(booking_id, "person" if taken_by is None else "team", at, taken_by)
    said = (booking_id, answer, words, how, taken_by)
    await keep_consent(*said, variant=variant, helped_by=helped_by, at=at)


async def keep_no_longer(booking_id: int, at: datetime) -> None:
    """Take back the yes to keeping needs for the next gathering, and delete them at once."""
    _, booking = await open_to_change(booking_id)
    await hold(Booking, booking_id)
    if await _take_kept_back(booking_id, at):
        await _remember(Erased(at, KEPT, "person", hash_of(booking.reference)))


async def is_erased(reference: str) -> bool:
    """Whether a booking with this reference was erased."""
    return await Erasure.exists().where(
        (Erasure.reference_hash == hash_of(reference.strip().lower())) & (Erasure.what == BOOKING)
    )


async def remembered() -> list[Erased]:
    """What the database says was erased, oldest first."""
    rows = await Erasure.objects().order_by(Erasure.at, Erasure.id)
    return [Erased(row.at, row.what, row.by_whom, row.reference_hash) for row in rows]


async def replay(log: Iterable[Erased], now: datetime, erasing: Erasing) -> int:
    """Erase again whatever a restored copy of the database brought back. Gives how many."""
    there = await read(_bookings_by_hash)
    again = 0
    for one in sorted(log):
        booking_id, made_at = there.get(one.reference_hash, (0, now))
        await write(_remember, one)
        # A booking that was made later and happens to have the same reference is another one.
        if booking_id and made_at <= one.at:
            again += await write(_again, one, booking_id, now, erasing)
    return again


async def agree_with_log(folder: Path, now: datetime, erasing: Erasing) -> int:
    """At the start: erase what the file remembers, and let file and database say the same.

    Gives how many bookings had come back.
    """
    let_old_lines_go(folder, now)
    again = await replay(read_log(folder), now, erasing)
    await log_erasures(folder)
    return again


def let_old_lines_go(folder: Path, now: datetime) -> None:
    """Take out of the file what the database forgets by then, too. No backup is as old."""
    lines = read_log(folder)
    young = [one for one in lines if one.at > now - PROOF]
    if len(young) < len(lines):
        beside = folder / f"{LOG}.new"
        beside.unlink(missing_ok=True)
        _append(beside, young)
        beside.replace(folder / LOG)


async def log_erasures(folder: Path) -> None:
    """After an erasure: write into the file whatever it does not yet say."""
    add_to_log(folder, await read(remembered))


def add_to_log(folder: Path, lines: Iterable[Erased]) -> None:
    """Add to the file whatever of these it does not yet say."""
    known = {(one.what, one.reference_hash, one.at) for one in read_log(folder)}
    new = [one for one in lines if (one.what, one.reference_hash, one.at) not in known]
    if new:
        _append(folder / LOG, new)


def read_log(folder: Path) -> list[Erased]:
    """The lines of the file. One that was cut off, as by a full disk, is left out."""
    path = folder / LOG
    lines = path.read_text().splitlines() if path.exists() else []
    parts = [line.split(" ") for line in lines]
    return [
        Erased(datetime.fromisoformat(at), what, by_whom, reference_hash)
        for at, what, by_whom, reference_hash in (part for part in parts if len(part) == 4)
        if len(reference_hash) == 64
    ]


def _append(path: Path, new: Iterable[Erased]) -> None:
    """On lines of their own, also after one that was cut off; and safe from a power cut."""
    with path.open("a+") as file:
        file.seek(0)
        whole = file.read()
        if whole and not whole.endswith("\n"):
            file.write("\n")
        file.writelines(one.line() for one in new)
        file.flush()
        os.fsync(file.fileno())


async def _bookings_by_hash() -> dict[str, tuple[int, datetime]]:
    rows = await Booking.select(Booking.id, Booking.reference, Booking.created_at)
    return {hash_of(row["reference"]): (row["id"], row["created_at"]) for row in rows}


async def _again(one: Erased, booking_id: int, now: datetime, erasing: Erasing) -> bool:
    if one.what == BOOKING:
        await erasing(booking_id, one.by_whom, now)
        return True
    if one.what == KEPT:
        return await _take_kept_back(booking_id, one.at)
    # Where nothing came back, "I need nothing" is an answer that they gave since.
    return await _came_back(booking_id, one.at) and await _take_needs_back(booking_id, one.at)


async def _came_back(booking_id: int, until: datetime) -> bool:
    people = Person.select(Person.id).where(Person.booking == booking_id)
    return (
        await Need.exists().where(Need.person.is_in(people) & (Need.asked_at <= until))
        or await KeptNeeds.exists().where(
            (KeptNeeds.booking == booking_id) & (KeptNeeds.kept_at <= until)
        )
        or await Consent.exists().where(_yes_until(booking_id, until))
    )


async def _take_needs_back(booking_id: int, until: datetime) -> bool:
    """Withdraw what was agreed and delete what was told until then. False when nothing was."""
    given = (
        await Consent.update({Consent.withdrawn_at: until})
        .where(_yes_until(booking_id, until))
        .returning(Consent.id)
    )
    people = await Person.select(Person.id).where(Person.booking == booking_id)
    await let_needs_go([row["id"] for row in people], until=until)
    await KeptNeeds.delete().where((KeptNeeds.booking == booking_id) & (KeptNeeds.kept_at <= until))
    return bool(given)


async def _take_kept_back(booking_id: int, until: datetime) -> bool:
    """The same for what was kept for the next gathering."""
    given = (
        await Consent.update({Consent.withdrawn_at: until})
        .where(_yes_until(booking_id, until) & (Consent.purpose == FOR_NEXT_TIME))
        .returning(Consent.id)
    )
    await KeptNeeds.delete().where((KeptNeeds.booking == booking_id) & (KeptNeeds.kept_at <= until))
    return bool(given)


def _yes_until(booking_id: int, until: datetime) -> Any:
    """What was said about photographs, or about keeping details, stays as it is."""
    of_the_party = (Consent.purpose != DETAILS) & (Consent.of_person == 0)
    about_needs = of_the_party | (Consent.purpose == NAME_FOR_CATERER)
    stands = (Consent.answer == "yes") & Consent.withdrawn_at.is_null()
    return (Consent.booking == booking_id) & stands & (Consent.given_at <= until) & about_needs


async def _remember(one: Erased) -> None:
    """One row for each booking: the whole of it weighs more than a part, later more than earlier.
    The file has every line."""
    row = await Erasure.objects().get(Erasure.reference_hash == one.reference_hash)
    if row is None:
        await Erasure(
            reference_hash=one.reference_hash, what=one.what, by_whom=one.by_whom, at=one.at
        ).save()
    elif row.at < one.at and (row.what != BOOKING or one.what == BOOKING):
        await Erasure.update(
            {Erasure.what: one.what, Erasure.by_whom: one.by_whom, Erasure.at: one.at}
        ).where(Erasure.id == row.id)
