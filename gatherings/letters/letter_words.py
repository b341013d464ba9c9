"""What the desk says about a letter: its state, and what a person has to do."""

from gatherings.letters.outbox import LetterView
from gatherings.planning.tables import Gathering
from web.words import clock, local, short_day

TO_DO = {
    "phone": "Ring them",
    "text": "Send a text",
    "post": "Print and post",
    "supporter": "Through their supporter",
    "email": "Ring this person",
}
LIST_WORDS = {
    "by-hand": "to do by hand",
    "waiting": "waiting",
    "sent": "sent or told",
    "dropped": "not needed any more",
}
NO_MAIL = "Not sent"


def state_of(letter: LetterView, *, mail: bool) -> tuple[str, str]:
    """A few words about the state, and their tone. `mail`: whether e-mail is set up."""
    if letter.state == "by_hand":
        return TO_DO[letter.way], "wait"
    return {
        "waiting": ("Waiting to be sent" if mail else NO_MAIL, "wait"),
        "sending": ("Being sent", "wait"),
        "sent": ("Sent", "good"),
        "failed": (TO_DO["email"], "bad"),
        "told": ("Told", "good"),
        "dropped": ("Not needed any more", "plain"),
    }[letter.state]


def when_of(gathering: Gathering, letter: LetterView) -> str:
    """When it went, or when it was written."""
    moment, zone = letter.sent_at or letter.written_at, gathering.zone
    return f"{short_day(moment, zone)} {local(moment, zone).year}, {clock(moment, zone)}"
