"""Bookings being written: kept sealed for 48 hours, found by the key in the browser alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gatherings.access.consent import DETAILS, ToDetails, consent_of, keep_consent
from gatherings.bookings.answers import Answers
from gatherings.bookings.bookings import Booked, book
from gatherings.bookings.tables import Booking, Draft
from web.crypto import hash_of, new_key, seal, unseal

DRAFT_HOURS = 48
LASTS = timedelta(hours=DRAFT_HOURS)


async def find_draft(key: str, gathering_id: int) -> Answers | None:
    """What was written with this key for this gathering, unless it is too old."""
    draft = await find_row(key, gathering_id) if key else None
    return None if draft is None else Answers.from_kept(unseal(draft.sealed, bound_to(key)))


async def save_draft(key: str, gathering_id: int, changes: dict[str, Any]) -> tuple[str, Answers]:
    """Keep the answers of one more page. Gives the key, which is new when a draft begins."""
    answers = await find_draft(key, gathering_id)
    if answers is None or answers.booked:
        source = answers.source if answers else ""
        return await _begin(gathering_id, {"source": source} | changes)
    answers = answers.with_changes(changes)
    await _keep(key, answers)
    return key, answers


async def book_draft(
    key: str,
    gathering_id: int,
    answers: Answers,
    source: str,
    entered_by: int | None,
    *,
    fewer: int = 0,
    details: ToDetails | None = None,
) -> Booked:
    """Book what was written, and forget all of the draft but which booking it became.

    `details` is what they answered where names and contacts are kept by consent. After a no the
    people come by their names alone.
    """
    party = answers.party(fewer)
    booked = await book(
        gathering_id,
        party.without_contact() if details and details.refused else party,
        form_token=answers.form_token,
        secret=answers.secret,
        source=source,
        entered_by=entered_by,
    )
    booking = await Booking.objects().get(Booking.reference == booked.reference)
    if details and booking and await consent_of(booking.id, DETAILS) is None:
        said = (booking.id, details.answer, details.words)
        await keep_consent(*said, source, entered_by, purpose=DETAILS)
    left = Answers(
        form_token=answers.form_token,
        secret=answers.secret,
        booked=booked.reference,
        source=source,
    )
    await _keep(key, left)
    await Draft.update({Draft.code_hash: None}).where(Draft.key_hash == hash_of(key))
    return booked


async def _begin(gathering_id: int, changes: dict[str, Any]) -> tuple[str, Answers]:
    now = datetime.now(UTC)
    await Draft.delete().where(Draft.expires_at <= now)
    key = new_key()
    answers = Answers(form_token=new_key(), secret=new_key()).with_changes(changes)
    await Draft(
        key_hash=hash_of(key),
        gathering=gathering_id,
        sealed=seal(answers.to_keep(), bound_to(key)),
        created_at=now,
        expires_at=now + LASTS,
    ).save()
    return key, answers


async def _keep(key: str, answers: Answers) -> None:
    sealed = seal(answers.to_keep(), bound_to(key))
    await Draft.update({Draft.sealed: sealed, Draft.expires_at: datetime.now(UTC) + LASTS}).where(
        Draft.key_hash == hash_of(key)
    )


async def find_row(key: str, gathering_id: int) -> Draft | None:
    """The row of a draft, unless it is too old."""
    found: Draft | None = await Draft.objects().get(
        (Draft.key_hash == hash_of(key))
        & (Draft.gathering == gathering_id)
        & (Draft.expires_at > datetime.now(UTC))
    )
    return found


def bound_to(key: str) -> str:
    """What ties the answers of a draft to its row."""
    return bound_to_hash(hash_of(key))


def bound_to_hash(key_hash: str) -> str:
    """The same for a draft whose key we were not told."""
    return f"draft:{key_hash}"
