"""How promises were kept, in numbers that name nobody and point at nobody."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from gatherings.access.catalogue import catalogue
from gatherings.access.needs import NeedView, needs_of_gathering
from gatherings.access.report_paper import Part, Sheet
from gatherings.access.suppression import rounded, share, told
from gatherings.access.tables import PublishedNumbers
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from web.problems import Overtaken

SAID_YES = ("met", "not_needed")
NO_GROUP = "any"
HEADS = ("About", "Asked", "Agreed before the day", "Told us afterwards", "Got what they needed")
LEAD = (
    "How many people asked for something, and how it went. We round to the nearest 5, and say "
    "“fewer than 5” for less, so that nobody can be picked out. Somebody may stand in more than "
    "one line."
)
TITLE = "How the promises were kept"
NOT_OVER = "Numbers are published after the gathering, once."


@dataclass(frozen=True)
class Cells:
    """People of one group of needs, rounded; 0 stands for fewer than 5.

    `asked` wanted something of the group, `agreed` had all of it agreed, `said` told us
    afterwards how it was, `met` said that they got all of it.
    """

    group: str
    asked: int
    agreed: int
    said: int
    met: int


async def promises_kept(gathering_id: int) -> list[Cells]:
    """The numbers as they may be told, for every group, also where nobody asked."""
    needs = [one for one in await needs_of_gathering(gathering_id) if one.state != "withdrawn"]
    return [cells_of(group, needs) for group in catalogue().groups if group != NO_GROUP]


def cells_of(group: str, needs: Iterable[NeedView]) -> Cells:
    """One line. A person counts once, however much they asked for."""
    theirs: dict[int, list[NeedView]] = {}
    for one in needs:
        if catalogue().need(one.code).group == group:
            theirs.setdefault(one.person_id, []).append(one)

    def people(holds: Callable[[NeedView], bool]) -> int:
        return rounded(sum(all(holds(one) for one in wanted) for wanted in theirs.values()))

    return Cells(
        group,
        asked=rounded(len(theirs)),
        agreed=people(lambda one: one.state == "agreed"),
        said=people(lambda one: one.outcome != ""),
        met=people(lambda one: one.outcome in SAID_YES),
    )


async def publish_numbers(gathering_id: int, account_id: int, at: datetime) -> None:
    """Tell everybody, once. Later presses change nothing. Raises Overtaken before the end."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    if gathering.ends_at > at:
        raise Overtaken(NOT_OVER)
    if await published_numbers(gathering_id) is None:
        cells = json.dumps([asdict(line) for line in await promises_kept(gathering_id)])
        await PublishedNumbers(
            gathering=gathering_id, cells=cells, account_id=account_id, at=at
        ).save()


async def published_numbers(gathering_id: int) -> list[Cells] | None:
    """What was told to everybody; None when it was not yet."""
    row = await PublishedNumbers.objects().get(PublishedNumbers.gathering == gathering_id)
    return [Cells(**line) for line in json.loads(row.cells)] if row else None


def lines(cells: Iterable[Cells]) -> tuple[tuple[str, ...], ...]:
    """The numbers in words, a line for each group."""
    labels = catalogue().groups
    return tuple(
        (
            labels[one.group].label if one.group in labels else one.group,
            told(one.asked),
            _with_share(one.agreed, one.asked),
            told(one.said),
            _with_share(one.met, one.said),
        )
        for one in cells
    )


def statistics_sheet(cells: Iterable[Cells]) -> Sheet:
    """The numbers on a sheet."""
    return Sheet(TITLE, LEAD, (Part("By what it was about", lines(cells), HEADS),), "")


def _with_share(part: int, whole: int) -> str:
    percent = share(part, whole)
    return f"{told(part)} ({percent})" if percent else told(part)
