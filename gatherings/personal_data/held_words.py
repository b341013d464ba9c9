"""Words for what we hold about somebody, and small helpers to tell it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from web.crypto import NotOpened, unseal
from web.words import clock, day

Entry = dict[str, str | list[str]]

ROLE_WORDS = {"attending": "Attends", "supporting": "Supports somebody"}
USE_WORDS = {"yes": "Yes", "no": "No", "ask": "Ask first"}
HELP_WORDS = {
    "not_asked": "Not asked, or forgotten since",
    "no": "No",
    "yes": "Yes",
    "ask": "Please ask me",
    "talk": "I would rather talk",
}
FIRST_TIME_WORDS = {"yes": "Yes", "no": "No", "unknown": "We do not know"}
STRENGTH_WORDS = {"must": "I cannot come without this", "helps": "This would help"}
FOR_WHOM_WORDS = {"me": "For themselves", "us": "For a party", "other": "For somebody else"}
LETTER_STATES = {
    "waiting": "Waits to be sent",
    "sending": "Is being sent",
    "sent": "Sent",
    "failed": "Could not be sent",
    "by_hand": "Waits for somebody to post it, ring or text",
    "told": "Somebody told you",
    "dropped": "Not sent, because it was no longer true",
}
PURPOSE_WORDS = {
    "booking details": "Keeping names and how to reach you",
    "access needs": "Keeping what would help you",
    "needs for next time": "Keeping it for your next booking",
    "name for the venue": "Telling the venue who needs help to get out",
    "name for the caterer": "Showing the caterer a name beside a serious allergy",
}
REQUEST_KINDS = {
    "see": "“What do you hold about me?”",
    "correct": "“Put it right”",
    "delete": "“Delete it”",
    "stop": "“Stop using it”",
}
REQUEST_WAYS = {
    "phone": "by phone",
    "post": "by post",
    "in_person": "in person",
    "email": "by e-mail",
}
STEP_WORDS = {"noted": "Noted", "answered": "Answered", "opened": "Opened again"}
NOT_OPENED = "We cannot open this any more: its key is lost"
SHARED = (
    "Nobody outside the team is given your name or your words. The kitchen, the place where we "
    "meet and interpreters are told how many need something, not who. Only if you say yes to it, "
    "the person who looks after fire safety gets the names of those who need help to get out. The "
    "kitchen sees a serious allergy by the number on a badge, and with a yes by a first name, too. "
    "Some people need something when they arrive. Whoever meets them gets a first name, what to "
    "do, about when, and a phone number where we ring or text."
)
ABOUT_YOU = {
    False: "How many people need something. You are one of the number, and nothing more.",
    True: "What to do for somebody of your party, by name or by the number on a badge.",
}


def moment(at: datetime | None, zone: str) -> str:
    """A moment in words; "" when it has not come."""
    return f"{day(at, zone)}, {clock(at, zone)}" if at else ""


def opened(sealed: bytes, bound_to: str) -> dict[str, Any]:
    """What is sealed; nothing when its key is lost, so that the rest can still be told."""
    try:
        opened: dict[str, Any] = unseal(sealed, bound_to)
    except NotOpened:
        return {}
    return opened


def flat(kept: Any, name: str = "") -> list[str]:
    """What is kept as lines of words, whatever its shape."""
    if isinstance(kept, Mapping):
        return [line for key, value in kept.items() for line in flat(value, str(key))]
    if isinstance(kept, list):
        return [line for value in kept for line in flat(value, name)]
    return [f"{name.replace('_', ' ')}: {kept}"] if kept not in ("", None) else []


def without_blanks(entry: Entry) -> Entry:
    """The entry without lines that say nothing."""
    return {name: value for name, value in entry.items() if value not in ("", [])}
