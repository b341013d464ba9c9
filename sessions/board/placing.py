"""Placing sessions in rounds and rooms, so that nothing is overwritten unseen."""

from gatherings.access.schedule_needs import needs_of_day
from sessions.board import changes
from sessions.board.binding import bounds_of
from sessions.board.fitting import why_not
from sessions.board.fitting_needs import cannot_enter
from sessions.board.going_ahead import go_ahead
from sessions.board.hosts import mark_hosts_busy
from sessions.board.in_hand import put_down
from sessions.board.offers import find_session, spot_of
from sessions.board.reasons import Reason, missing_codes
from sessions.board.shape import BoardView, SessionView, Spot
from sessions.board.tables import HostPlace, Session, SessionPlace
from sessions.board.view import board_view
from web.problems import NotFound, Overtaken, Problem
from web.words import clock

MOVES = ("placed", "swapped", "unplaced")


class NotASpot(Problem):
    """Sessions cannot go there."""

    status = 422
    title = "A session cannot go there"
    words = "Choose a round of open space and a room for sessions."


class SpotTaken(Overtaken):
    """Another session stands there: swap the two, or choose another spot."""

    title = "That spot is taken"

    def __init__(self, words: str, number: int, other: int, spot: Spot) -> None:
        super().__init__(words)
        self.number, self.other, self.spot = number, other, spot


class DoesNotFit(Overtaken):
    """The spot is free, but the session cannot go there: its host is busy, or the day too short."""

    title = "It cannot go there"

    def __init__(self, words: str, spot: Spot) -> None:
        super().__init__(words)
        self.spot = spot


class Lacks(DoesNotFit):
    """The spot lacks what somebody needs. With a reason it goes there all the same.

    `other` is the number of the session with which it would change places, or 0.
    """

    title = "Somebody needs something that is not there"

    def __init__(self, words: str, spot: Spot, other: int = 0) -> None:
        super().__init__(words, spot)
        self.other = other


class CardMoved(Overtaken):
    """Somebody moved or withdrew the session since this page was drawn."""

    title = "Somebody has just moved it"


class CardLocked(Overtaken):
    """The session was locked, so that nobody moves it by mistake."""

    title = "This card is locked"


async def place(
    gathering_id: int,
    number: int,
    round_id: int,
    room_id: int,
    seen_version: int,
    account_id: int | None,
    why: str = "",
) -> int:
    """Put a session into a spot. Gives the board's version; it stays when nothing changes.

    `why` is the reason for a room that lacks what somebody needs; without one, Lacks is raised.
    """
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    before, spot = spot_of(session), (round_id, room_id)
    if before == spot:
        return version
    await _must_be_as_seen(session, seen_version, account_id)
    _must_be_unlocked(session)
    view = await board_view(gathering_id)
    lacks = await _must_fit(view, session, spot, seen_version, account_id)
    await say_why(view, session, spot, lacks, why, account_id)
    await put(view, session, spot)
    return await changes.record(session, "placed", {number: before}, {number: spot}, account_id)


async def unplace(gathering_id: int, number: int, seen_version: int, account_id: int | None) -> int:
    """Take a session off the board, back to those that wait."""
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    before = spot_of(session)
    if before is None:
        return version
    await _must_be_as_seen(session, seen_version, account_id)
    _must_be_unlocked(session)
    await take_off(session)
    return await changes.record(session, "unplaced", {number: before}, {number: None}, account_id)


async def swap(
    gathering_id: int,
    number: int,
    other_number: int,
    seen_version: int,
    account_id: int | None,
    why: str = "",
) -> int:
    """Let two sessions change places. One that waits takes the other's spot, which then waits."""
    version = await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    other = await _not_withdrawn(gathering_id, other_number)
    mine, theirs = spot_of(session), spot_of(other)
    if mine == theirs or await _pressed_twice(session, other, seen_version, account_id):
        return version
    for card in (session, other):
        await _must_be_as_seen(card, seen_version, account_id)
        _must_be_unlocked(card)
    try:
        spots = {number: theirs, other_number: mine}
        await rearrange(gathering_id, spots, why=why, account_id=account_id)
    except Lacks as lacks:
        raise Lacks(lacks.words, lacks.spot, other_number) from None
    before, after = {number: mine, other_number: theirs}, {number: theirs, other_number: mine}
    return await changes.record(session, "swapped", before, after, account_id)


async def stay(gathering_id: int, number: int, why: str, account_id: int | None) -> None:
    """Say why a session stays where it is, although a need has come up since it was placed.

    That somebody cannot get into the room is said for every session in it at once.
    """
    await changes.take_board(gathering_id)
    session = await _not_withdrawn(gathering_id, number)
    spot = spot_of(session)
    if spot is None:
        return
    view = await board_view(gathering_id)
    there = [card for card in view.sessions if card.room_id == spot[1]]
    bounds = await bounds_of(view, [card.id for card in there])
    lacks = why_not(view, card_of(view, number), spot, bounds)
    await say_why(view, session, spot, lacks, why, account_id)
    people = (await needs_of_day(gathering_id)).no_steps
    tell = not missing_codes(lacks)
    for card in there:
        if card.spot and list(cannot_enter(view, bounds, card, card.spot, people)):
            row = await _not_withdrawn(gathering_id, card.number)
            await go_ahead(view, row, card.spot, ("step_free",), why, account_id, tell=tell)
            tell = False


async def rearrange(
    gathering_id: int, spots: changes.Spots, *, why: str = "", account_id: int | None = None
) -> None:
    """Give several sessions their spots at once, or raise DoesNotFit and change nothing."""
    view = await board_view(gathering_id)
    hall = view.without(spots)
    cards = {number: await _not_withdrawn(gathering_id, number) for number in spots}
    bounds = await bounds_of(view, [card.id for card in cards.values()])
    for number, spot in spots.items():
        session = card_of(view, number)
        if spot is not None:
            reasons = why_not(hall, session, spot, bounds)
            for reason in reasons[:1]:
                if not reason.may_go_ahead:
                    words = f"“{session.title}” cannot go there. {reason.words}"
                    raise DoesNotFit(words, spot)
            await say_why(view, cards[number], spot, reasons, why, account_id)
            hall = hall.placed(session, spot)
    for card in cards.values():
        await take_off(card)
    for number, spot in spots.items():
        if spot is not None:
            await put(view, cards[number], spot)


async def say_why(
    view: BoardView,
    session: Session,
    spot: Spot,
    lacks: list[Reason],
    why: str,
    account_id: int | None,
) -> None:
    """Write the reason down for what is missing; without a reason, Lacks."""
    codes = missing_codes(lacks)
    if codes and not why:
        raise Lacks(" ".join(reason.words for reason in lacks if reason.may_go_ahead), spot)
    if codes:
        await go_ahead(view, session, spot, codes, why, account_id)


async def put(view: BoardView, session: Session, spot: Spot) -> None:
    """Write down the spots that a session takes, and that its hosts are busy then."""
    await _free_spots(session)
    session.round, session.room = spot
    await session.save(columns=[Session.round, Session.room])
    rounds = [at.id for at in view.run(spot[0], session.length)]
    places = [SessionPlace(session=session.id, round=at, room=spot[1]) for at in rounds]
    await SessionPlace.insert(*places)
    await mark_hosts_busy(session.id, rounds)


async def take_off(session: Session) -> None:
    """Free every spot that a session takes."""
    await _free_spots(session)
    session.round, session.room = None, None
    await session.save(columns=[Session.round, Session.room])


async def _free_spots(session: Session) -> None:
    await SessionPlace.delete().where(SessionPlace.session == session.id)
    await HostPlace.delete().where(HostPlace.session == session.id)
    await put_down(session.gathering, session.id)


def card_of(view: BoardView, number: int) -> SessionView:
    """The session of this number on the board; NotFound when it was withdrawn or merged."""
    session = view.session(number)
    if session is None:
        raise NotFound("This session is no longer on the board.")
    return session


def _must_be_unlocked(session: Session) -> None:
    if session.locked:
        raise CardLocked(f"“{session.title}” is locked. Unlock it first, then move it.")


async def _not_withdrawn(gathering_id: int, number: int) -> Session:
    session = await find_session(gathering_id, number)
    if session.withdrawn_at is not None:
        raise CardMoved(f"“{session.title}” was withdrawn, so it can no longer be placed.")
    if session.merged_into is not None:
        raise CardMoved(f"“{session.title}” became part of another session.")
    return session


async def _must_be_as_seen(session: Session, seen_version: int, account_id: int | None) -> None:
    moved = await changes.last_change_of(session, seen_version, *MOVES)
    if moved is not None:
        who = await changes.who_has(moved, account_id)
        where = await _where(session.gathering, spot_of(session))
        raise CardMoved(f"{who} just moved “{session.title}”. It is now {where}.")


async def _pressed_twice(
    session: Session, other: Session, seen_version: int, account_id: int | None
) -> bool:
    """Whether these two already changed places by the same person's first press."""
    last = await changes.last_change_of(session, seen_version, *MOVES)
    same = last is not None and last.numbers == sorted((session.number, other.number))
    return last is not None and same and last.account_id == account_id


async def _must_fit(
    view: BoardView, session: Session, spot: Spot, seen_version: int, account_id: int | None
) -> list[Reason]:
    """What is missing there, with which one may go ahead; any other reason is raised."""
    bounds = await bounds_of(view, [session.id])
    reasons = why_not(view, card_of(view, session.number), spot, bounds)
    if not reasons or reasons[0].may_go_ahead:
        return reasons
    reason = reasons[0]
    if reason.kind == "no_spot":
        raise NotASpot(reason.words)
    if reason.kind == "taken":
        words = await _who_took_it(session.gathering, reason, spot, seen_version, account_id)
        raise SpotTaken(words, session.number, reason.other, spot)
    raise DoesNotFit(reason.words, spot)


async def _who_took_it(
    gathering_id: int, reason: Reason, spot: Spot, seen_version: int, account_id: int | None
) -> str:
    there = await find_session(gathering_id, reason.other)
    put_there = await changes.last_change_of(there, seen_version, *MOVES)
    words = reason.words
    if put_there is not None:
        where = await _where(gathering_id, spot)
        who = await changes.who_has(put_there, account_id)
        words = f"{who} just put “{there.title}” {where}."
    return f"{words} Choose another spot, or swap."


async def _where(gathering_id: int, spot: Spot | None) -> str:
    """A spot in words that go on from "it is now"."""
    if spot is None:
        return "waiting for a spot"
    view = await board_view(gathering_id)
    at = next((r for r in view.rounds if r.id == spot[0]), None)
    room = next((m for m in view.rooms if m.id == spot[1]), None)
    if at is None or room is None:
        return "elsewhere"
    return f"in {room.name} at {clock(at.starts_at, view.zone)}"
