"""Going on with a booking on another device: a code of easy words leads back to its draft."""

from datetime import datetime

from gatherings.bookings.answers import Answers
from gatherings.bookings.drafts import LASTS, bound_to, bound_to_hash, find_row
from gatherings.bookings.tables import Draft
from web.codes import spoken_code, tidy_code
from web.crypto import hash_of, keyed_hashes, new_key, seal, unseal

WORDS = 4


async def give_code(key: str, gathering_id: int, code: str) -> str:
    """A code for this draft: the one that was given before, or else a new one.

    We keep only its hash, so the browser brings the code that it has.
    """
    draft = await find_row(key, gathering_id)
    if draft is not None and code and draft.code_hash in keyed_hashes(code):
        return code
    fresh = spoken_code(WORDS)
    await Draft.update({Draft.code_hash: keyed_hashes(fresh)[0]}).where(
        Draft.key_hash == hash_of(key)
    )
    return fresh


async def code_lasts_until(key: str, gathering_id: int, code: str) -> datetime | None:
    """Until when this code leads to this draft; None when it does not."""
    draft = await find_row(key, gathering_id) if key and code else None
    fits = draft is not None and draft.code_hash in keyed_hashes(code)
    return draft.expires_at if draft is not None and fits else None


async def come_back(gathering_id: int, typed: str, at: datetime) -> tuple[str, Answers] | None:
    """Open the draft of a code with a new key; None for a code that leads nowhere.

    The key of the device where it was begun opens it no more: it is written in one place.
    """
    code = tidy_code(typed)
    draft = await Draft.objects().get(
        Draft.code_hash.is_in(keyed_hashes(code)) & (Draft.gathering == gathering_id)
    )
    if draft is None or draft.expires_at <= at:
        return None
    kept = unseal(draft.sealed, bound_to_hash(draft.key_hash))
    key = new_key()
    await Draft.update(
        {
            Draft.key_hash: hash_of(key),
            Draft.sealed: seal(kept, bound_to(key)),
            Draft.expires_at: at + LASTS,
        }
    ).where(Draft.id == draft.id)
    return key, Answers.from_kept(kept)
