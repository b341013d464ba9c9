"""The sheets of a gathering as note-keepers see them: unfiled ones, then by session."""

from dataclasses import dataclass

from sessions.board.shape import SessionView
from sessions.board.tables import Session
from sessions.board.view import sessions_of
from sessions.capture.sheets import all_sheets
from sessions.capture.tables import Sheet

NOT_FROM_A_SESSION = "Not from a session"
STATE_WORDS = {"waiting": "To type up", "typed": "To check", "checked": "Checked"}
STATE_TONES = {"waiting": "wait", "typed": "plain", "checked": "good"}


@dataclass(frozen=True)
class Filed:
    """The sheets of one session, or of none."""

    title: str
    sheets: list[Sheet]


@dataclass(frozen=True)
class Tray:
    """All sheets and artwork of a gathering."""

    unfiled: list[Sheet]
    filed: list[Filed]
    artwork: list[Sheet]
    sessions: list[SessionView]

    @property
    def sheets(self) -> list[Sheet]:
        """Every sheet: unfiled ones first, then in board order."""
        return [*self.unfiled, *(sheet for group in self.filed for sheet in group.sheets)]

    def in_state(self, state: str) -> int:
        """How many sheets wait, are typed, or are checked."""
        return sum(sheet.state == state for sheet in self.sheets)

    def after(self, code: str) -> Sheet | None:
        """The next sheet that waits to be typed up, after this one or from the beginning."""
        order = self.sheets
        at = next((n for n, sheet in enumerate(order) if sheet.code == code), -1) + 1
        waiting = [s for s in order[at:] + order[:at] if s.state == "waiting" and s.code != code]
        return waiting[0] if waiting else None


async def tray_of(gathering_id: int) -> Tray:
    """Everything that was photographed at a gathering."""
    everything = await all_sheets(gathering_id)
    sheets = [sheet for sheet in everything if sheet.kind == "sheet"]
    sessions = await sessions_of(gathering_id)
    return Tray(
        unfiled=[sheet for sheet in sheets if not is_filed(sheet)],
        filed=await _filed([sheet for sheet in sheets if is_filed(sheet)], sessions),
        artwork=[sheet for sheet in everything if sheet.kind == "artwork"],
        sessions=sessions,
    )


def is_filed(sheet: Sheet) -> bool:
    """Whether somebody has said where the sheet belongs."""
    return sheet.filed_at is not None


async def title_of_session(session_id: int | None) -> str:
    """The title of a session, also of one that was withdrawn."""
    if session_id is None:
        return NOT_FROM_A_SESSION
    session = await Session.objects().get(Session.id == session_id)
    return session.title if session else NOT_FROM_A_SESSION


async def _filed(sheets: list[Sheet], sessions: list[SessionView]) -> list[Filed]:
    """Groups in board order; then sessions that were withdrawn; then sheets from no session."""
    by_session: dict[int | None, list[Sheet]] = {}
    for sheet in sheets:
        by_session.setdefault(sheet.session, []).append(sheet)
    groups = [Filed(s.title, by_session.pop(s.id)) for s in sessions if s.id in by_session]
    unsorted = by_session.pop(None, [])
    groups += [Filed(await title_of_session(key), found) for key, found in by_session.items()]
    return groups + ([Filed(NOT_FROM_A_SESSION, unsorted)] if unsorted else [])
