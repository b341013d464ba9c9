"""Asking whether we may keep somebody's access needs, and keeping what they said to which words."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.access.tables import Consent, ConsentWording
from gatherings.personal_data.keeping import MONTHS_OF_CONTACTS
from gatherings.planning.tables import Gathering
from web.crypto import hash_of

PURPOSE, DETAILS = "access needs", "booking details"
PLAIN, EASY = "plain", "easy"


@dataclass(frozen=True)
class ConsentView:
    """What a party said last, to which words. `taken_by` is an account id, if one of us asked."""

    answer: str
    words: str
    easy: bool
    given_at: datetime
    how: str
    taken_by: int | None
    helped_by: str
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether it is a yes that nobody took back."""
        return self.answer == "yes" and self.withdrawn_at is None


@dataclass(frozen=True)
class ToDetails:
    """A yes or a no to keeping names and how to reach people, and to which words."""

    words: str
    answer: str = "yes"

    @property
    def refused(self) -> bool:
        """Whether names may stand on badges and lists of the day, and nothing else is kept."""
        return self.answer == "no"


def wording(gathering: Gathering, variant: str = PLAIN) -> str:
    """The statement that people are shown, whole. What they answer is kept with its hash."""
    days = gathering.keep_needs_days
    if variant == EASY:
        return (
            "We will keep what you told us. We use it to get things ready for you. "
            f"We delete it {days} days after {gathering.name}. Is that OK?"
        )
    return (
        "To arrange these things we need to keep what you told us about your access needs. "
        f"Only the people arranging {gathering.name} see it. "
        f"We delete it {days} days after the gathering. Is that OK?"
    )


def details_wording(gathering: Gathering) -> str:
    """What whoever books agrees to, on a site that keeps names and contacts by consent."""
    return (
        "You may keep the names in this booking and how to reach us. "
        f"You use them to run {gathering.name}. "
        f"You delete them {MONTHS_OF_CONTACTS} months after the last gathering that we book."
    )


def details_question(gathering: Gathering) -> str:
    """The same to be read out to somebody whose booking one of us writes down."""
    return (
        "May we keep the names in this booking and how to reach you? "
        f"We use them to run {gathering.name}. "
        f"We delete them {MONTHS_OF_CONTACTS} months after the last gathering that you book."
    )


def walk_in_question(gathering: Gathering) -> str:
    """The same at the door, where a name is all that we ask for."""
    return (
        f"May we keep your name? We use it to run {gathering.name}. "
        f"We delete it {MONTHS_OF_CONTACTS} months after the last gathering that you book."
    )


async def keep_consent(
    booking_id: int,
    answer: str,
    words: str,
    how: str,
    taken_by: int | None,
    *,
    variant: str = PLAIN,
    helped_by: str = "",
    at: datetime | None = None,
    purpose: str = PURPOSE,
    of_person: int = 0,
) -> None:
    """Keep a yes or a no to exactly these words. `helped_by` helped them to decide."""
    await Consent(
        booking=booking_id,
        purpose=purpose,
        of_person=of_person,
        answer=answer,
        wording=await _wording_id(words),
        variant=variant,
        given_at=at or datetime.now(UTC),
        how=how,
        taken_by=taken_by,
        helped_by=helped_by,
    ).save()


async def take_back(booking_id: int, purpose: str, at: datetime, *, of_person: int) -> None:
    """What somebody agreed to is not agreed any more."""
    await Consent.update({Consent.withdrawn_at: at}).where(
        (Consent.booking == booking_id)
        & (Consent.purpose == purpose)
        & (Consent.of_person == of_person)
        & (Consent.answer == "yes")
        & Consent.withdrawn_at.is_null()
    )


async def consent_of(booking_id: int, purpose: str = PURPOSE) -> ConsentView | None:
    """What the party said last about keeping its needs, or about another purpose."""
    row = await (
        Consent.select(*Consent.all_columns(), Consent.wording.words)
        .where((Consent.booking == booking_id) & (Consent.purpose == purpose))
        .order_by(Consent.id, ascending=False)
        .first()
    )
    if row is None:
        return None
    return ConsentView(
        answer=row["answer"],
        words=row["wording.words"],
        easy=row["variant"] == EASY,
        given_at=row["given_at"],
        how=row["how"],
        taken_by=row["taken_by"],
        helped_by=row["helped_by"],
        withdrawn_at=row["withdrawn_at"],
    )


async def answers_of_each(booking_ids: list[int], purpose: str) -> dict[tuple[int, int], str]:
    """What was said last about each person, by party and position; "" once it was taken back."""
    rows = await (
        Consent.select(Consent.booking, Consent.of_person, Consent.answer, Consent.withdrawn_at)
        .where(Consent.booking.is_in([0, *booking_ids]) & (Consent.purpose == purpose))
        .order_by(Consent.id)
    )
    return {
        (row["booking"], row["of_person"]): "" if row["withdrawn_at"] else row["answer"]
        for row in rows
    }


async def refuses_details(booking_id: int) -> bool:
    """Whether the party's last answer to keeping how to reach it was no."""
    last = await consent_of(booking_id, DETAILS)
    return last is not None and not last.holds


async def may_keep(booking_id: int) -> bool:
    """Whether the party's last answer was yes, and they have not taken it back."""
    last = await consent_of(booking_id)
    return last is not None and last.holds


async def _wording_id(words: str) -> int:
    """The row of these words. Two first bookings at once may both try to write it."""
    sha256 = hash_of(words)
    await ConsentWording.insert(ConsentWording(sha256=sha256, words=words)).on_conflict(
        target=ConsentWording.sha256, action="DO NOTHING"
    )
    rows = await ConsentWording.select(ConsentWording.id).where(ConsentWording.sha256 == sha256)
    return int(rows[0]["id"])
