"""The summary being worked on: starting it, and its opening words and thanks."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gatherings.planning.refusals import must_be_as_seen, seen_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from sessions.summaries.tables import Summary
from web.problems import NotFound

LONGEST_TITLE, LONGEST_OPENING, LONGEST_THANKS = 160, 4000, 2000
FIELDS = ("title", "opening", "thanks")
NOT_STARTED = "Nobody has started the summary of this gathering yet."


@dataclass(frozen=True)
class Words:
    """What a summary says besides its questions."""

    title: str
    opening: str
    thanks: str = ""


async def start(gathering_id: int, title: str, opening: str) -> None:
    """Start the summary. Starting it again changes nothing."""
    await hold(Gathering, gathering_id)
    if await find_summary(gathering_id) is None:
        await Summary(gathering=gathering_id, title=title, opening=opening).save()


async def set_words(gathering_id: int, words: Words, seen: str = "") -> None:
    """Change title, opening words and thanks; Stale when somebody else did meanwhile."""
    summary = await held_summary(gathering_id)
    if words_of(summary) == words:
        return
    must_be_as_seen(summary, FIELDS, seen)
    await Summary.update(
        {Summary.title: words.title, Summary.opening: words.opening, Summary.thanks: words.thanks}
    ).where(Summary.id == summary.id)


async def find_summary(gathering_id: int) -> Summary | None:
    """The summary of a gathering, if somebody has started it."""
    return await Summary.objects().get(Summary.gathering == gathering_id)


async def summary_of(gathering_id: int) -> Summary:
    """The summary of a gathering, or NotFound."""
    summary = await find_summary(gathering_id)
    if summary is None:
        raise NotFound(NOT_STARTED)
    return summary


async def held_summary(gathering_id: int) -> Summary:
    """The summary for a verb that changes it: changes to one summary come one by one."""
    summary = await summary_of(gathering_id)
    await hold(Summary, summary.id)
    await Summary.update({Summary.changed_at: datetime.now(UTC)}).where(Summary.id == summary.id)
    return await summary_of(gathering_id)


def words_of(summary: Summary) -> Words:
    """What the summary says now."""
    return Words(summary.title, summary.opening, summary.thanks)


def words_mark(summary: Summary) -> str:
    """A mark of what the form shows."""
    return seen_of(summary, FIELDS)
