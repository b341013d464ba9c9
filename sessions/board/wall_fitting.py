"""Where the card in hand fits, as the wall may show it: from what everybody may know, and no more.

What people need binds a card as well, but nothing of it stands on a wall: two cards that differ in
it alone look the same here. A facilitator's own page says the rest, and asks for a reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sessions.board.bounds import FEATURE_OF_MARK, Bounds
from sessions.board.fitting import why_not
from sessions.board.reasons import Reason
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView, Spot
from web.words import clock, count

LACKS = {
    "step_free": ("Not step-free", "Step-free: not checked"),
    "hearing_loop": ("No hearing loop", "Hearing loop: not checked"),
    "low_noise": ("Not quiet", "Quiet: not checked"),
}


@dataclass(frozen=True)
class WallFit:
    """One spot for the card in hand. `kind` is fits, here or no; `words` are short."""

    kind: str
    words: str


def fit_of(view: BoardView, at: RoundView, room: RoomView) -> WallFit | None:
    """Whether the card in hand fits into a spot, or why not. None while no card is in hand."""
    card = view.in_hand
    if card is None:
        return None
    there = view.at(at.id, room.id)
    if there is not None and there.number == card.number:
        return WallFit("here", "It is here now")
    reasons = _why_not(view, card, (at.id, room.id))
    return WallFit("no", _short(view, card, at, room, reasons[0])) if reasons else FITS


FITS = WallFit("fits", "Fits here")


def where_it_fits(view: BoardView, now: datetime) -> str:
    """How many rooms take the card in hand from now on: "It fits at 11am in 3 rooms."."""
    card = view.in_hand
    if card is None:
        return ""
    found = []
    for at in view.rounds_ahead(now):
        spots = {(at.id, room.id) for room in view.open_rooms} - {card.spot}
        free = sum(not _why_not(view, card, spot) for spot in spots)
        if free:
            found.append(f"{clock(at.starts_at, view.zone)} in {count(free, 'room', 'rooms')}")
    if not found:
        return "No room takes it yet. Another corner or round makes space."
    return f"It fits at {', '.join(found)}."


def _why_not(view: BoardView, card: SessionView, spot: Spot) -> list[Reason]:
    """Its helpers and how many of them there are is not for the wall: its marks are left out."""
    asked = frozenset(FEATURE_OF_MARK[mark] for mark in card.marks if mark in FEATURE_OF_MARK)
    known = {room.id: dict(room.features) for room in view.rooms}
    public = Bounds(asked={card.id: asked}, rooms=known)
    return why_not(view, replace(card, marks=()), spot, public)


def _short(
    view: BoardView, card: SessionView, at: RoundView, room: RoomView, reason: Reason
) -> str:
    """A reason that is read from the back of the room."""
    other = view.session(reason.other)
    if reason.kind == "taken" and other is not None:
        there = view.at(at.id, room.id)
        return f"Taken: {there.title}" if there else f"Taken from {_later(view, card, at, room)}"
    if reason.kind == "host" and other is not None:
        return f"Its host is in {other.room_name} then"
    if reason.kind == "too_short":
        return f"Too short: it takes {count(card.length, 'round', 'rounds')}"
    if reason.kind == "feature":
        value = dict(room.features).get(reason.codes[0], "unknown")
        return LACKS[reason.codes[0]][value != "no"]
    return "Not for sessions"


def _later(view: BoardView, card: SessionView, at: RoundView, room: RoomView) -> str:
    """When another session begins in the room, in a round after the first."""
    run = view.run(at.id, card.length)
    taken = next(one for one in run if view.at(one.id, room.id))
    return clock(taken.starts_at, view.zone)
