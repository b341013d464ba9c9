"""What a personal calendar feed holds: gatherings, the rounds of the day, sessions with rooms.

Never what anybody needs, and nobody's name but the first name that a host gave to the board.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gatherings.bookings.tables import Booking, BookingEvent
from gatherings.calendars.entries import (
    CANCELLED,
    CONFIRMED,
    TENTATIVE,
    Entry,
    entry_of,
    place_of,
    titled,
)
from gatherings.people.roles import Viewer, viewer_of_account
from gatherings.planning.listing import Listed, gatherings_in, listed_of
from gatherings.planning.tables import Gathering, GatheringEvent
from sessions.board.my_calendars import joiner_of_calendar
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView
from sessions.board.stars import starred_by_joiners
from sessions.board.tables import BoardChange, Joiner
from sessions.board.view import board_view

KEEPS_ROUNDS_FOR = timedelta(days=30)
WITH_BOARD = ("open", "closed")
OF_A_BOOKING = {
    "booked": (CONFIRMED, ""),
    "waiting": (TENTATIVE, "Waiting list: "),
    "offered": (TENTATIVE, "A place for you, please answer: "),
    "lapsed": (CANCELLED, "No longer on the waiting list: "),
    "cancelled": (CANCELLED, "Cancelled: "),
}


@dataclass(frozen=True)
class Feed:
    """A feed's name and what is in it."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Marks:
    """How often a day has changed and when last: every entry's SEQUENCE and LAST-MODIFIED."""

    times: int
    at: datetime


async def feed_of_booking(booking_id: int, base_url: str) -> Feed:
    """Somebody's own gathering; with a place also the rounds and the sessions they starred."""
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        raise LookupError(f"booking {booking_id} is gone")
    listed = await listed_of(booking.gathering)
    entries = [await _own_entry(booking, listed, base_url)]
    if booking.state == "booked":
        entries += await _day_of(listed, base_url, await _starred(booking_id))
    return Feed(listed.gathering.name, tuple(entries))


async def feed_of_joiner(key: str, base_url: str) -> Feed | None:
    """The day for somebody who joined on it, with the sessions that they starred."""
    joiner = await joiner_of_calendar(key)
    if joiner is None:
        return None
    listed = await listed_of(joiner.gathering)
    numbers = await starred_by_joiners([joiner.id])
    return Feed(listed.gathering.name, tuple(await _day_of(listed, base_url, numbers)))


async def feed_of_organiser(account_id: int, base_url: str) -> Feed | None:
    """Every gathering that somebody helps with; drafts for organisers alone."""
    viewer = await viewer_of_account(account_id)
    if viewer is None:
        return None
    listed = [one for one in await gatherings_in(viewer.series_ids()) if _shows(viewer, one)]
    entries = (entry_of(one.gathering, one.venue, base_url) for one in listed)
    return Feed("Gatherings I help with", tuple(entries))


async def feed_of_facilitator(account_id: int, base_url: str, now: datetime) -> Feed | None:
    """The rounds and all sessions of the gatherings that somebody facilitates."""
    viewer = await viewer_of_account(account_id)
    if viewer is None:
        return None
    entries: list[Entry] = []
    for one in await gatherings_in(viewer.series_ids()):
        gathering = one.gathering
        recent = gathering.ends_at > now - KEEPS_ROUNDS_FOR
        if recent and gathering.state != "draft" and viewer.may(gathering.series, "facilitator"):
            entries += [entry_of(gathering, one.venue, base_url), *await _day_of(one, base_url)]
    return Feed("Rounds and sessions", tuple(entries))


async def feed_of_board(gathering_id: int, base_url: str) -> Feed:
    """The rounds and all placed sessions of one gathering, for everybody."""
    listed = await listed_of(gathering_id)
    return Feed(listed.gathering.name, tuple(await _day_of(listed, base_url)))


def _shows(viewer: Viewer, one: Listed) -> bool:
    return one.gathering.state != "draft" or viewer.may(one.gathering.series, "organiser")


async def _own_entry(booking: Booking, listed: Listed, base_url: str) -> Entry:
    """The gathering as this party's booking makes it. Its sequence rises with either."""
    entry = entry_of(listed.gathering, listed.venue, base_url)
    events = await BookingEvent.objects().where(BookingEvent.booking == booking.id)
    status, before = OF_A_BOOKING[booking.state]
    if entry.status == CANCELLED:
        status, before = CANCELLED, ""
    own = replace(
        entry,
        status=status,
        sequence=entry.sequence + len(events),
        changed_at=max([entry.changed_at, *(event.at for event in events)]),
        words=f"{entry.words}\nYour reference: {booking.reference}",
    )
    return titled(own, before)


async def _starred(booking_id: int) -> frozenset[int]:
    """The numbers of the sessions that the party's phones have starred."""
    phones = await Joiner.select(Joiner.id).where(Joiner.booking == booking_id)
    return await starred_by_joiners(phone["id"] for phone in phones)


async def _day_of(
    listed: Listed, base_url: str, numbers: Collection[int] | None = None
) -> list[Entry]:
    """The rounds of a gathering and its placed sessions: those with these numbers, or all."""
    if listed.gathering.state not in WITH_BOARD:
        return []
    view = await board_view(listed.gathering.id)
    marks = await _marks(listed.gathering, view)
    rounds = [_round_entry(listed, part, marks, base_url) for part in view.rounds]
    return [*rounds, *_session_entries(listed, view, marks, base_url, numbers)]


async def _marks(gathering: Gathering, view: BoardView) -> Marks:
    """Rises with every change of the gathering, of its rounds and of its board."""
    planned = await GatheringEvent.objects().where(GatheringEvent.gathering == gathering.id)
    last = await (
        BoardChange.objects()
        .where(BoardChange.gathering == gathering.id)
        .order_by(BoardChange.version, ascending=False)
        .first()
    )
    moments = [gathering.changed_at, *(event.at for event in planned)]
    return Marks(len(planned) + view.version, max([*moments, *([last.at] if last else [])]))


def _round_entry(listed: Listed, part: RoundView, marks: Marks, base_url: str) -> Entry:
    gathering = listed.gathering
    return Entry(
        uid=_uid(gathering, f"round {part.id}"),
        sequence=marks.times,
        status=CONFIRMED,
        title=f"{part.name} ({gathering.name})",
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        zone=gathering.zone,
        created_at=None,
        changed_at=marks.at,
        place=place_of(listed.venue),
        words="Open space: see the board for the sessions." if part.open else "",
        address=f"{base_url}/g/{gathering.slug}/board",
    )


def _session_entries(
    listed: Listed,
    view: BoardView,
    marks: Marks,
    base_url: str,
    numbers: Collection[int] | None,
) -> Iterable[Entry]:
    for session in view.sessions:
        part, room = view.round_of(session), view.room_of(session)
        wanted = numbers is None or session.number in numbers
        if wanted and part is not None and room is not None:
            rounds = {round_id for round_id, _ in session.spots}
            ends_at = max([part.ends_at, *(r.ends_at for r in view.rounds if r.id in rounds)])
            yield _session_entry(listed, session, part, room, ends_at, marks, base_url)


def _session_entry(
    listed: Listed,
    session: SessionView,
    part: RoundView,
    room: RoomView,
    ends_at: datetime,
    marks: Marks,
    base_url: str,
) -> Entry:
    """A session from its first round to the end of its last."""
    said = (session.about, f"With {session.with_whom}.", part.name, room.floor)
    return replace(
        _round_entry(listed, part, marks, base_url),
        ends_at=ends_at,
        uid=_uid(listed.gathering, f"session {session.number}"),
        title=session.title,
        place=place_of(listed.venue, room.name),
        words="\n".join(words for words in (*said, room.directions) if words),
        address=f"{base_url}/g/{listed.gathering.slug}/sessions/{session.number}",
    )


def _uid(gathering: Gathering, what: str) -> str:
    """The same for ever, and it tells nothing."""
    mark = hashlib.sha256(f"{gathering.uid} {what}".encode()).hexdigest()[:32]
    return f"{mark}@gatherings"
