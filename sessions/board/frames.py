"""What the live stream sends: cells drawn once for each audience, the same for all who watch."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sessions.board.changes import Change
from sessions.board.shape import BoardView, RoomView, RoundView, SessionView, Spot
from sessions.board.tables import LONGEST_RUN
from sessions.board.wall_fitting import fit_of, where_it_fits
from web.pages import Pages
from web.words import clock

AUDIENCES = ("phones", "wall", "arrange")
CELLS = "board/cells.html"
TELLS_THE_MOMENT = ("offered", "withdrawn", "announced", "phase", "merged", "parted")


def plan_mark(view: BoardView, audience: str) -> str:
    """A page drawn with another mark has other rounds or rooms, and fetches itself again."""
    if audience == "wall":
        day = view.by_spot or view.morning.phase == "placing"
        return f"{view.plan}-{'day' if day else 'invitation'}-{view.morning.mark}"
    return view.plan


def changed(pages: Pages, view: BoardView, changes: Sequence[Change], audience: str) -> str:
    """The cells that look different since, as they are now and once each, and the news."""
    drawn = [cell for change in changes for cell in _changed_cells(pages, view, change, audience)]
    if audience == "wall" and (view.in_hand or any(c.what == "shown" for c in changes)):
        drawn += _hand_on_wall(pages, view, {s for c in changes for s in _spots_of(view, c)})
    numbers = sorted({number for change in changes for number in change.numbers})
    mark, sentences = plan_mark(view, audience), sentences_of(view, changes)
    words = sentences[0] if len(sentences) == 1 else f"{len(sentences)} changes."
    tells = words if sentences else ""
    news = pages.part(CELLS, "news", changes[-1].version, mark, tells, numbers, len(sentences))
    return "\n".join([*dict.fromkeys(drawn), news])


def sentences_of(view: BoardView, changes: Sequence[Change]) -> list[str]:
    """What a status line may tell of these changes, each sentence once."""
    found = (sentence_of(view, change) for change in changes)
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def whole(pages: Pages, view: BoardView, audience: str) -> str:
    """Every cell, for a page that has missed too much."""
    every = {(r.id, m.id) for r in view.open_rounds for m in view.rooms}
    cells = [*_spots(pages, view, every, audience), *_waiting_list(pages, view, audience)]
    if audience == "phones":
        cells.append(pages.part(CELLS, "phones_moment", view, True))
    if audience == "wall":
        cells.append(pages.part(CELLS, "wall_hand", view, _where_it_fits(view), True))
    if audience == "arrange":
        cells.append(pages.part(CELLS, "arrange_hand", view, True))
    numbers = [s.number for s in view.sessions]
    mark = plan_mark(view, audience)
    news = pages.part(CELLS, "news", view.version, mark, "", numbers)
    return "\n".join([*cells, news])


def sentence_of(view: BoardView, change: Change) -> str:
    """One plain sentence for the status line. It names sessions, never whoever moved them."""
    sessions = [s for s in map(view.session, change.numbers) if s]
    if not change.numbers:
        return _board_sentence(view, change)
    if change.what == "withdrawn" or not sessions:
        return f"Session {change.numbers[0]} was withdrawn."
    titles = " and ".join(f"“{s.title}”" for s in sessions)
    sentences = {
        "offered": f"New: {titles}.",
        "placed": f"{titles} is {_where(view, sessions[0])}.",
        "unplaced": f"{titles} waits for a room again.",
        "swapped": f"{titles} changed places.",
        "changed": f"{titles} has new words.",
        "locked": f"{titles} stays where it is.",
        "unlocked": f"{titles} may move again.",
        "merged": f"{titles} became one.",
        "parted": f"{titles} {'are two' if len(sessions) > 1 else 'is a card of its own'} again.",
    }
    return sentences.get(change.what, "")


def _board_sentence(view: BoardView, change: Change) -> str:
    shown = view.announced_now
    return f"Announcing “{shown.title}”." if change.what == "announced" and shown else ""


def _where(view: BoardView, session: SessionView) -> str:
    at = view.round_of(session)
    return f"in {session.room_name}, {clock(at.starts_at, view.zone)}" if at else "waiting"


def _changed_cells(pages: Pages, view: BoardView, change: Change, audience: str) -> Iterator[str]:
    yield from _spots(pages, view, _spots_of(view, change), audience)
    if audience == "arrange" and change.what == "shown":
        yield pages.part(CELLS, "arrange_hand", view, True)
    if audience == "phones" and change.what in TELLS_THE_MOMENT:
        yield pages.part(CELLS, "phones_moment", view, True)
    if change.what in ("offered", "merged", "parted"):
        yield from _waiting_list(pages, view, audience)
    elif audience != "wall":
        for number in change.numbers:
            yield pages.part(CELLS, f"{audience}_waiting", view, number, True)
        yield pages.part(CELLS, f"{audience}_waiting_none", view, True)


def _hand_on_wall(pages: Pages, view: BoardView, moved: set[Spot]) -> Iterator[str]:
    """A card in hand makes every spot look different; those that did not move stay unmarked."""
    every = {(r.id, m.id) for r in view.open_rounds for m in view.rooms}
    yield from _spots(pages, view, every - moved, "wall", still=True)
    yield pages.part(CELLS, "wall_hand", view, _where_it_fits(view), True)


def _where_it_fits(view: BoardView) -> str:
    return where_it_fits(view, datetime.now(UTC))


def _spots_of(view: BoardView, change: Change) -> set[Spot]:
    now = {s.spot for s in map(view.session, change.numbers) if s and s.spot}
    return _with_rounds_after(view, change, change.spots | now)


def _with_rounds_after(view: BoardView, change: Change, spots: set[Spot]) -> set[Spot]:
    """A session of several rounds changes the rounds after its first as well."""
    cards = [view.session(number) for number in change.numbers]
    may_be_longer = change.what == "changed" or any(c is None or c.length > 1 for c in cards)
    length = LONGEST_RUN if may_be_longer else 1
    return {(at.id, room) for round_id, room in spots for at in view.run(round_id, length)}


def _spots(
    pages: Pages, view: BoardView, spots: set[Spot], audience: str, *, still: bool = False
) -> Iterator[str]:
    places = [(r, m) for r in view.open_rounds for m in view.rooms if (r.id, m.id) in spots]
    for at, room in places:
        if audience == "wall":
            fit = fit_of(view, at, room)
            yield pages.part(CELLS, "wall_spot", view, at, room, fit, True, still)
        else:
            yield pages.part(CELLS, f"{audience}_spot", view, at, room, True)
    if audience == "phones":
        for at in _each_once(places):
            yield pages.part(CELLS, "phones_none", view, at, True)


def _each_once(places: list[tuple[RoundView, RoomView]]) -> list[RoundView]:
    return list(dict.fromkeys(at for at, _ in places))


def _waiting_list(pages: Pages, view: BoardView, audience: str) -> Iterator[str]:
    if audience == "wall":
        yield pages.part(CELLS, "wall_count", view, True)
        return
    yield pages.part(CELLS, f"{audience}_waiting_list", view, True)
    yield pages.part(CELLS, f"{audience}_waiting_none", view, True)
