"""Asking whether we may keep somebody's access needs, and keeping what they said to which words."""

from gatherings.access.tables import Consent, ConsentWording
from web.crypto import hash_of

PURPOSE = "access needs"
VARIANT = "plain"


def wording(gathering_name: str) -> str:
    """The statement that people are shown, whole. What they answer is kept with its hash."""
    return (
        "To arrange these things we need to keep what you told us about your access needs. "
        f"Only the people arranging {gathering_name} see it. "
        "We delete it 28 days after the gathering. Is that OK?"
    )


async def keep_consent(
    booking_id: int, answer: str, words: str, how: str, taken_by: int | None
) -> None:
    """Keep a yes or a no to exactly these words."""
    await Consent(
        booking=booking_id,
        purpose=PURPOSE,
        answer=answer,
        wording=await _wording_id(words),
        variant=VARIANT,
        how=how,
        taken_by=taken_by,
    ).save()


async def may_keep(booking_id: int) -> bool:
    """Whether the party's last answer was yes, and they have not taken it back."""
    last = await (
        Consent.objects()
        .where((Consent.booking == booking_id) & (Consent.purpose == PURPOSE))
        .order_by(Consent.id, ascending=False)
        .first()
    )
    return last is not None and last.answer == "yes" and last.withdrawn_at is None


async def _wording_id(words: str) -> int:
    """The row of these words. Two first bookings at once may both try to write it."""
    sha256 = hash_of(words)
    await ConsentWording.insert(ConsentWording(sha256=sha256, words=words)).on_conflict(
        target=ConsentWording.sha256, action="DO NOTHING"
    )
    rows = await ConsentWording.select(ConsentWording.id).where(ConsentWording.sha256 == sha256)
    return int(rows[0]["id"])
