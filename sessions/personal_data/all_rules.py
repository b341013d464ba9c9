"""The rules of forgetting of both rooms, and erasing in both."""

from datetime import datetime

from gatherings.personal_data import keeping
from gatherings.personal_data.erasures import erase
from gatherings.personal_data.rules import FIXED, RULES, Rule, rows_of
from sessions.board.changes import record, take_board
from sessions.board.offers import spot_of
from sessions.board.tables import DayHelper, SessionWish
from sessions.personal_data import in_pictures, on_the_day
from sessions.summaries.tables import Comment

ALL_RULES = (
    *RULES,
    Rule(
        "joiners",
        "Who joined a board: the name they gave, and which booking is theirs",
        f"{keeping.MONTHS_OF_CONTACTS} months after the gathering",
        FIXED,
        on_the_day.joiners_due,
        on_the_day.let_joiners_go,
    ),
    Rule(
        "hosts",
        "Names of those who offered a session",
        f"{keeping.MONTHS_OF_CONTACTS} months after the gathering",
        FIXED,
        on_the_day.hosts_due,
        on_the_day.let_hosts_go,
    ),
    Rule(
        "wishes",
        "What hosts asked the facilitators for",
        f"{keeping.LETTERS.days} days after the gathering",
        FIXED,
        on_the_day.wishes_due,
        rows_of(SessionWish),
    ),
    Rule(
        "day helpers",
        "Helpers for one day",
        f"{keeping.SIGN_INS.days} days after their link ran out",
        FIXED,
        on_the_day.helpers_due,
        rows_of(DayHelper),
    ),
    Rule(
        "people in pictures",
        "Who can be recognised in a picture, and what they said to it",
        f"{keeping.MONTHS_OF_CONTACTS} months after the gathering",
        FIXED,
        in_pictures.due,
        in_pictures.let_go,
    ),
    Rule(
        "comments",
        "Comments on a summary that were hidden",
        f"{keeping.HIDDEN_COMMENTS.days} days after they were hidden",
        FIXED,
        on_the_day.comments_due,
        rows_of(Comment),
    ),
)


SOON = tuple(rule for rule in ALL_RULES if rule.kind in ("drafts", "undos"))
"""What we keep for minutes or hours: a night would be too late."""


async def erase_everywhere(booking_id: int, by_whom: str, at: datetime) -> None:
    """Delete everything about a party in both rooms. `by_whom` is "person" or "team".

    A board that is still to be used notes that its cards have changed.
    """
    joiners = await on_the_day.joiners_of(booking_id)
    for session in await on_the_day.take_names_off(joiners):
        if session.withdrawn_at is None:
            await take_board(session.gathering)
            spots = {session.number: spot_of(session)}
            await record(session, "changed", spots, spots, None)
    await on_the_day.let_joiners_go(joiners, at)
    await in_pictures.erase_party(booking_id)
    await erase(booking_id, by_whom, at)
