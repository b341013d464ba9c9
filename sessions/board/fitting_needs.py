"""Whether a room has what people of a session cannot come without. What nobody checked is a no."""

from collections.abc import Iterator

from sessions.board.bounds import Bounds
from sessions.board.feature_words import feature_words
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, SessionView, Spot

SHOWN_FROM = 5
ASKED_WORDS = {
    "step_free": "The host asked for a room without steps.",
    "hearing_loop": "The host asked for a room with a hearing loop.",
    "low_noise": "The host asked for a room with little noise.",
}


def room_lacks(
    board: BoardView, bounds: Bounds, session: SessionView, spot: Spot
) -> Iterator[Reason]:
    """A reason for each feature that is missing, unless somebody said why it may be."""
    said = bounds.said(session.id, spot)
    for code, value in bounds.lacking(session.id, spot[1]).items():
        if code not in said:
            lack = lack_words(board, spot[1], code, value)
            yield Reason("feature", f"{lack} {_for_whom(bounds, session, code)}", codes=(code,))


def _for_whom(bounds: Bounds, session: SessionView, code: str) -> str:
    """What a host asked for is public: then nothing more is said about people."""
    if code in bounds.asked_for(session.id):
        return ASKED_WORDS[code]
    return who_words(bounds.people_for(session.id, code))


def cannot_enter(
    board: BoardView, bounds: Bounds, session: SessionView, spot: Spot, people: int
) -> Iterator[Reason]:
    """A room that somebody who comes cannot get into, whoever goes to the session.

    It hinders no move: a facilitator moves the session, or says that we asked them.
    """
    room = next((one for one in board.rooms if one.id == spot[1]), None)
    said = "step_free" in bounds.said(session.id, spot)
    if not people or room is None or room.step_free == "yes" or said:
        return
    if "step_free" in bounds.lacking(session.id, room.id):
        return
    who = f"{people} people who come" if people >= SHOWN_FROM else "Somebody who comes"
    words = f"{who} cannot get into {room.name}."
    if room.step_free == "unknown":
        words = f"Nobody has checked whether {who.lower()} can get into {room.name}."
    yield Reason("enter", words, codes=("step_free",))


def lack_words(board: BoardView, room_id: int, code: str, value: str) -> str:
    """ "Library has no hearing loop.", or that nobody has checked."""
    room = next((one.name for one in board.rooms if one.id == room_id), "The room")
    what = feature_words(code)
    if value == "no":
        return f"{room} has no {what}."
    return f"{room}: nobody has checked whether there is {_a(what)}{what}."


def who_words(people: int) -> str:
    """Never a number that could point at somebody."""
    who = f"{people} people who need" if people >= SHOWN_FROM else "Somebody who needs"
    return f"{who} it {'care' if people >= SHOWN_FROM else 'cares'} about this session."


def _a(words: str) -> str:
    """The article of a thing; none for what is many or has no number."""
    first = words.split()[0]
    if first in ("space", "seats", "chairs", "good,", "light", "lights", "fresh", "sockets"):
        return ""
    if first in ("protection",):
        return ""
    return "an " if first[0] in "aeiou" else "a "
