"""Sending what waits: each letter is claimed by one sender, given to the server, and marked.

A sender that dies holds its letter until the claim runs out; then it is sent by another. If it
died after the server had said yes and before we marked it, the letter goes twice, with the same
Message-ID: docs/letters.md says why we would rather have that than a letter that never goes.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from piccolo.columns import Column

from gatherings.bookings.tables import Booking
from gatherings.calendars.calendar_files import event_file
from gatherings.letters.mail import Mail
from gatherings.letters.post_office import Answer, Line, PostOffice
from gatherings.letters.tables import Letter
from gatherings.letters.to_account import TRUE_FOR
from gatherings.letters.truth import still_true
from gatherings.letters.writing import bound_to
from gatherings.planning.lookup import venue_of
from gatherings.planning.tables import Gathering
from web.bell import Bell
from web.crypto import NotOpened, unseal
from web.database import the_engine, write
from web.settings import settings

log = logging.getLogger("gatherings.errors")

LOOKS_EVERY = 3.0
AFTER_TROUBLE = 30.0
ENDS_WITHIN = 5.0
CLAIM_LASTS = timedelta(seconds=120)  # twice what one letter may take
AT_ONCE = 20
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, *(h * HOUR for h in (1, 2, 4, 8, 8, 12, 12)))
TOO_OLD = timedelta(days=2)
WAITED_TOO_LONG = "It waited for more than two days and was not sent."
NOT_OPENED = "We cannot open this letter any more: its key is missing."
GAVE_UP = "We tried for two days. The last answer was: "

CLAIM = """
UPDATE letter SET state = 'sending', claimed_until = {{}}, tries = tries + 1
WHERE id IN (
    SELECT id FROM letter
    WHERE state IN ('waiting', 'sending') AND next_try_at <= {{}}
      AND (claimed_until IS NULL OR claimed_until <= {{}})
    ORDER BY next_try_at, id LIMIT 1 {skip}
)
RETURNING id
"""


@dataclass(frozen=True)
class Claimed:
    """A letter that is ours to send. `tries` tells our claim from a later one."""

    id: int
    tries: int
    mail: Mail


async def claim(at: datetime) -> Claimed | None:
    """Take the next letter that is due and true. What is no longer true is dropped on the way."""
    skip = "FOR UPDATE SKIP LOCKED" if the_engine().engine_type == "postgres" else ""
    for _ in range(AT_ONCE):
        rows = await Letter.raw(CLAIM.format(skip=skip), at + CLAIM_LASTS, at, at)
        if not rows:
            return None
        letter = await Letter.objects().get(Letter.id == rows[0]["id"])
        claimed = await _look_at(letter, at) if letter is not None else None
        if claimed is not None:
            return claimed
    return None


async def mark(claimed: Claimed, answer: Answer, at: datetime) -> None:
    """Write down what the server said. A claim that ran out meanwhile changes nothing."""
    change: dict[Column | str, Any] = {
        Letter.server_words: answer.words,
        Letter.claimed_until: None,
    }
    if answer.taken:
        change |= {Letter.state: "sent", Letter.sent_at: at, Letter.server_words: ""}
    elif answer.refused:
        change |= {Letter.state: "failed"}
    elif claimed.tries > len(PAUSES):
        change |= {Letter.state: "failed", Letter.server_words: (GAVE_UP + answer.words)[:500]}
    else:
        pause = PAUSES[claimed.tries - 1]
        change |= {Letter.state: "waiting", Letter.next_try_at: at + pause}
    await Letter.update(change).where(
        (Letter.id == claimed.id) & (Letter.state == "sending") & (Letter.tries == claimed.tries)
    )


Clock = Callable[[], datetime]


def now_in_utc() -> datetime:
    """The moment that it is."""
    return datetime.now(UTC)


async def send_what_is_due(office: PostOffice, now: Clock = now_in_utc) -> bool:
    """Send until nothing is due. False when the server is in trouble, so that we pause."""
    async with Line(office) as line:
        while claimed := await write(claim, now()):
            answer = await line.send(claimed.mail, now())
            await write(mark, claimed, answer, now())
            if answer.line_down:
                log.warning("mail: %s", answer.words)
                return False
    return True


@asynccontextmanager
async def sending(office: PostOffice | None, bell: Bell) -> AsyncIterator[None]:
    """Send in the background. At the end the letter in hand is finished, if that is quick."""
    if office is None:
        yield
        return
    task = asyncio.create_task(_go_on(office, bell))
    try:
        yield
    finally:
        bell.end()
        with suppress(TimeoutError, asyncio.CancelledError):
            async with asyncio.timeout(ENDS_WITHIN):
                await task


async def _go_on(office: PostOffice, bell: Bell) -> None:
    while not bell.ended:
        try:
            well = await send_what_is_due(office)
        except Exception:
            log.exception("sending letters failed")
            well = False
        await (bell.heard(LOOKS_EVERY) if well else bell.quiet(AFTER_TROUBLE))


async def _look_at(letter: Letter, at: datetime) -> Claimed | None:
    """The letter with its mail; None when it is no longer to be sent."""
    gathering = await Gathering.objects().get(Gathering.id == letter.gathering)
    if not await _is_true(letter, gathering, at):
        await _put_away(letter, "dropped")
    elif letter.tries == 1 and letter.next_try_at < at - TOO_OLD:
        await _put_away(letter, "failed", WAITED_TOO_LONG)
    else:
        try:
            return Claimed(letter.id, letter.tries, await _mail_of(letter, gathering))
        except NotOpened:
            await _put_away(letter, "failed", NOT_OPENED)
    return None


async def _is_true(letter: Letter, gathering: Gathering | None, at: datetime) -> bool:
    """A letter to one of the team is of no booking: tomorrow there is another."""
    if letter.account is not None and letter.booking is None:
        return bool(at < letter.written_at + TRUE_FOR)
    booking = await Booking.objects().get(Booking.id == letter.booking)
    return bool(booking and gathering and still_true(letter.kind, booking, gathering, at))


async def _mail_of(letter: Letter, gathering: Gathering | None) -> Mail:
    content = unseal(letter.sealed, bound_to(letter.handle))
    if gathering is None:
        return _to_the_team(letter, content)
    venue = await venue_of(gathering.venue) if content["calendar"] else None
    return Mail(
        handle=letter.handle,
        to=content["to"],
        name=content["name"],
        subject=content["subject"],
        text=content["text"],
        link=content["link"],
        reply_to=gathering.contact_email,
        calendar=event_file(gathering, venue, settings().base_url) if venue else b"",
        calendar_name=f"{gathering.slug}.ics",
    )


def _to_the_team(letter: Letter, content: dict[str, Any]) -> Mail:
    return Mail(
        handle=letter.handle,
        to=content["to"],
        name=content["name"],
        subject=content["subject"],
        text=content["text"],
        link=content["link"],
        reply_to="",
        calendar=b"",
        calendar_name="",
    )


async def _put_away(letter: Letter, state: str, words: str = "") -> None:
    await Letter.update(
        {Letter.state: state, Letter.server_words: words, Letter.claimed_until: None}
    ).where(Letter.id == letter.id)
