"""What became of the example's letters. None is left to be sent: its addresses reach nobody."""

from datetime import UTC, datetime, timedelta
from typing import Any

from piccolo.columns import Column

from gatherings.letters.messages import Audience, send_message
from gatherings.letters.outbox import CAME_BACK
from gatherings.letters.tables import Letter
from gatherings.letters.writing import drop_letters, write_letter
from gatherings.planning.tables import Gathering

REFUSED = "550 5.1.1 There is nobody of that name here"
LATER = "451 4.7.1 Please try again later"
MESSAGE = (
    "Lunch, and a cup for you",
    "There is hot soup at one o'clock, and cold drinks all day.\n\n"
    "Please bring a cup if you can. We have some to lend.",
)


async def settle(gathering_id: int, account_id: int) -> None:
    """Every letter so far, also to the team, went when it was written or was told by them."""
    of_this = (Letter.gathering == gathering_id) | Letter.gathering.is_null()
    await Letter.update({Letter.state: "sent", Letter.sent_at: Letter.written_at}).where(
        of_this & (Letter.state == "waiting")
    )
    told: dict[Column | str, Any] = {
        Letter.state: "told",
        Letter.told_by: account_id,
        Letter.sent_at: Letter.written_at,
    }
    await Letter.update(told).where(of_this & (Letter.state == "by_hand"))


async def leave_some_to_do(gathering: Gathering, account_id: int) -> None:
    """An outbox in the middle of the work: sent, failed, put off, to ring, to post, told."""
    await settle(gathering.id, account_id)
    now = datetime.now(UTC)
    by_mail, by_hand = await _newest(gathering.id, mail=True), await _newest(gathering.id)
    await _become(by_mail[0], state="failed", server_words=REFUSED, tries=1, sent_at=None)
    await _become(by_mail[1], state="failed", server_words=CAME_BACK)
    soon = now + timedelta(hours=2)
    put_off = {"state": "waiting", "server_words": LATER, "tries": 3, "next_try_at": soon}
    await _become(by_mail[2], sent_at=None, **put_off)
    for letter in by_hand[::2]:
        await _become(letter, state="by_hand", told_by=None, sent_at=None)
    await write_letter("reminder_14", by_mail[-1].booking, now)
    await drop_letters(by_mail[-1].booking, ["reminder_14"])
    subject, words = MESSAGE
    await send_message(
        gathering.id,
        Audience(states=("booked",), ways=("email", "post", "text")),
        subject,
        words,
        to_whom="Those who are booked. E-mail, Post, Text message",
        token="example-message",  # noqa: S106 (it names the message)
        account_id=account_id,
        at=now - timedelta(hours=3),
    )
    await Letter.update({Letter.state: "sent", Letter.sent_at: now}).where(
        (Letter.about == "example-message") & (Letter.state == "waiting")
    )


async def _newest(gathering_id: int, *, mail: bool = False) -> list[Letter]:
    way = Letter.way == "email" if mail else Letter.way != "email"
    found = Letter.objects().where((Letter.gathering == gathering_id) & way)
    return await found.order_by(Letter.written_at, Letter.id, ascending=False)


async def _become(letter: Letter, **changes: Any) -> None:
    columns: dict[Column | str, Any] = {}
    columns.update(changes)
    await Letter.update(columns).where(Letter.id == letter.id)
