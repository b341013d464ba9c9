"""Putting a card right: its words, its hosts, what it needs and how long it takes."""

from collections.abc import Iterable

from gatherings.planning.refusals import Refused
from sessions.board import changes
from sessions.board.hosts import keep_hosts_busy, keep_hosts_with_joined
from sessions.board.offers import marks_as_text, session_on_board, spot_of
from sessions.board.placing import DoesNotFit, Lacks, rearrange
from sessions.board.tables import Session
from web.database import IntegrityError, write

WORDS = ("title", "about", "host_name", "marks", "length")
# Hosts read it too: what is missing there, and that somebody needs it, is for facilitators.
CANNOT_GO_ON = "It cannot go on where it is. Ask a facilitator to move it first"


async def change_words(
    gathering_id: int,
    number: int,
    title: str,
    about: str,
    host_name: str,
    account_id: int | None,
    *,
    marks: Iterable[str] = (),
    length: int = 1,
) -> int:
    """Keep a card's new words. Gives the board's version; it stays when nothing changes."""
    version = await changes.take_board(gathering_id)
    session = await session_on_board(gathering_id, number)
    before = [getattr(session, word) for word in WORDS]
    after = [title, about, host_name, marks_as_text(marks), length]
    if before == after:
        return version
    for word, value in zip(WORDS, after, strict=True):
        setattr(session, word, value)
    await session.save(columns=[Session._meta.get_column_by_name(word) for word in WORDS])
    if before[2] != host_name:
        await _other_hosts(session)
    if before[4] != length:
        await _another_length(session)
    spots = {number: spot_of(session)}
    return await changes.record(session, "changed", spots, spots, account_id)


async def _other_hosts(session: Session) -> None:
    """Other names on a card: whoever they are must be free while it is on."""
    try:
        await write(_keep_other_hosts, session)
    except IntegrityError:
        raise Refused(
            "name", "One of them hosts another session at that time. Move one of the two first"
        ) from None


async def _keep_other_hosts(session: Session) -> None:
    await keep_hosts_with_joined(session)
    await keep_hosts_busy(session.id)


async def _another_length(session: Session) -> None:
    """A placed card takes its spots anew; it must still fit."""
    spot = spot_of(session)
    if spot is None:
        return
    try:
        await rearrange(session.gathering, {session.number: spot})
    except Lacks:
        raise Refused("length", CANNOT_GO_ON) from None
    except DoesNotFit as problem:
        raise Refused("length", problem.words.rstrip(".")) from None
