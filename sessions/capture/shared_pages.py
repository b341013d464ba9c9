"""What the pages of capture share: sessions to choose from."""

from sessions.board.shape import SessionView
from sessions.capture.tray import NOT_FROM_A_SESSION
from sessions.capture.uploads import LATER, NO_SESSION


def session_options(sessions: list[SessionView], later: str) -> list[tuple[str, str]]:
    """The sessions of a gathering for a drop-down list; `later` are words for no answer yet."""
    named = [(str(session.number), session.title) for session in sessions]
    return [(LATER, later), *named, (NO_SESSION, NOT_FROM_A_SESSION)]


def filing_options(sessions: list[SessionView], title: str, number: str) -> list[tuple[str, str]]:
    """The same where a sheet has been filed; a session that was withdrawn stays its own."""
    options = session_options(sessions, "Choose a session")
    if number and number not in {value for value, _ in options}:
        options.insert(1, (number, title))
    return options
