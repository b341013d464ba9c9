"""The outbox as the desk sees it: what waits, what went, what a person must tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.bookings.tables import Booking
from gatherings.letters.kinds import KINDS
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from web.crypto import NotOpened, unseal
from web.problems import NotFound, Overtaken

LISTS: Mapping[str, Sequence[str]] = {
    "by-hand": ("by_hand", "failed"),
    "waiting": ("waiting", "sending"),
    "sent": ("sent", "told"),
    "dropped": ("dropped",),
}
MOST = 300
NOT_OPENED = "We cannot open this letter any more: its key is missing."
CAME_BACK = "It came back."
MOVED_ON = "Somebody did something with this letter meanwhile. Look at it again."


@dataclass(frozen=True)
class LetterView:
    """A letter, opened."""

    handle: str
    kind: str
    way: str
    state: str
    name: str
    to: str
    reference: str
    subject: str
    text: str
    link: str
    written_at: datetime
    next_try_at: datetime
    tries: int
    sent_at: datetime | None
    told_by: int | None
    server_words: str

    @property
    def kind_words(self) -> str:
        """What it tells of."""
        return KINDS[self.kind].words

    @property
    def paragraphs(self) -> list[str]:
        """Its text by paragraphs. One of them is the link alone."""
        return self.text.strip().split("\n\n")

    @property
    def paragraphs_on_desk(self) -> list[str]:
        """The same without the secret of the link, which is the reader's alone."""
        open_part, _, secret = self.link.rpartition("/")
        if not open_part.endswith(f"/b/{self.reference}") or not secret:
            return self.paragraphs
        return [f"{open_part}/…" if part == self.link else part for part in self.paragraphs]

    @property
    def needs_person(self) -> bool:
        """Whether somebody must ring, text or post."""
        return self.state in LISTS["by-hand"]

    def found_by(self, words: str) -> bool:
        """Whether a search on the desk means this letter."""
        said = f"{self.name} {self.reference} {self.reference.replace('-', ' ')} {self.subject}"
        return words.casefold() in said.casefold()


async def letters_of(gathering_id: int, shown: str = "", words: str = "") -> list[LetterView]:
    """The newest letters of a gathering; `shown` is one of LISTS, or all; `words` searches."""
    states = LISTS.get(shown, [state for states in LISTS.values() for state in states])
    rows = await (
        Letter.objects()
        .where((Letter.gathering == gathering_id) & Letter.state.is_in(list(states)))
        .order_by(Letter.written_at, Letter.id, ascending=False)
    )
    opened = await _opened(rows)
    return [one for one in opened if not words or one.found_by(words)][:MOST]


async def to_post(gathering_id: int) -> list[LetterView]:
    """The letters that are to be printed and posted, by name."""
    rows = await Letter.objects().where(
        (Letter.gathering == gathering_id) & (Letter.state == "by_hand") & (Letter.way == "post")
    )
    return sorted(await _opened(rows), key=lambda one: (one.name.casefold(), one.handle))


async def letter_of(gathering_id: int, handle: str) -> LetterView:
    """One letter of this gathering."""
    rows = await Letter.objects().where(
        (Letter.gathering == gathering_id) & (Letter.handle == handle)
    )
    if not rows:
        raise NotFound
    return (await _opened(rows))[0]


async def counts_of(gathering_id: int) -> dict[str, int]:
    """How many letters are on each list."""
    rows = await Letter.select(Letter.state).where(Letter.gathering == gathering_id)
    states = [row["state"] for row in rows]
    return {name: sum(map(states.count, listed)) for name, listed in LISTS.items()}


async def told(gathering_id: int, handles: Sequence[str], account_id: int, at: datetime) -> None:
    """Somebody rang, texted or posted it. What was told meanwhile by another stays theirs."""
    await Letter.update(
        {Letter.state: "told", Letter.told_by: account_id, Letter.sent_at: at}
    ).where(
        (Letter.gathering == gathering_id)
        & Letter.handle.is_in(["", *handles])
        & Letter.state.is_in(["by_hand", "failed", "waiting"])
    )


async def not_told(gathering_id: int, handle: str) -> None:
    """The button was pressed by mistake: it is to be done again."""
    letter = await letter_of(gathering_id, handle)
    state = "failed" if letter.way == "email" else "by_hand"
    change = {Letter.state: state, Letter.told_by: None, Letter.sent_at: None}
    await _move(gathering_id, handle, "told", change)


async def try_again(gathering_id: int, handle: str, at: datetime) -> None:
    """Send a failed e-mail once more, from the start."""
    change = {
        Letter.state: "waiting",
        Letter.tries: 0,
        Letter.next_try_at: at,
        Letter.sent_at: None,
        Letter.server_words: "",
    }
    await _move(gathering_id, handle, "failed", change, by_mail=True)


async def came_back(gathering_id: int, handle: str) -> None:
    """The mail server had taken it, and later it came back: a person must ring."""
    change = {Letter.state: "failed", Letter.server_words: CAME_BACK}
    await _move(gathering_id, handle, "sent", change, by_mail=True)


async def _move(
    gathering_id: int,
    handle: str,
    state: str,
    change: Mapping[Any, Any],
    *,
    by_mail: bool = False,
) -> None:
    of_this = (Letter.gathering == gathering_id) & (Letter.handle == handle)
    rightly = (Letter.state == state) & (Letter.way == "email" if by_mail else Letter.way != "")
    moved = await Letter.update(dict(change)).where(of_this & rightly).returning(Letter.id)
    if not moved:
        raise Overtaken(MOVED_ON)


async def _opened(letters: Sequence[Letter]) -> list[LetterView]:
    ids = {letter.booking for letter in letters if letter.booking is not None}
    rows = await Booking.select(Booking.id, Booking.reference, Booking.contact_name).where(
        Booking.id.is_in([0, *ids])
    )
    bookings = {row["id"]: row for row in rows}
    return [_view(letter, bookings.get(letter.booking, {})) for letter in letters]


def _view(letter: Letter, booking: Mapping[str, Any]) -> LetterView:
    try:
        content = unseal(letter.sealed, bound_to(letter.handle))
    except NotOpened:
        name = booking.get("contact_name", "")
        content = {"name": name, "to": "", "subject": NOT_OPENED, "text": NOT_OPENED, "link": ""}
    return LetterView(
        handle=letter.handle,
        kind=letter.kind,
        way=letter.way,
        state=letter.state,
        name=content["name"],
        to=content["to"],
        reference=booking.get("reference", ""),
        subject=content["subject"],
        text=content["text"],
        link=content["link"],
        written_at=letter.written_at,
        next_try_at=letter.next_try_at,
        tries=letter.tries,
        sent_at=letter.sent_at,
        told_by=letter.told_by,
        server_words=letter.server_words,
    )
