"""How promises were kept, in numbers that name nobody and point at nobody."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gatherings.access.catalogue import catalogue
from gatherings.access.need_states import NOT_TOLD, WHY_NOT
from gatherings.access.needs import NeedView, needs_of_gathering
from gatherings.access.report_paper import Part, Sheet
from gatherings.access.suppression import FEWER, rounded, share, told
from gatherings.access.tables import PublishedNumbers

SAID_YES = ("met", "not_needed")
NO_GROUP = "any"
HEADS = ("About", "Asked", "Agreed before the day", "Told us afterwards", "Got what they needed")
REASON_HEADS = ("Why not", "How many people")
LEAD = (
    "How many people asked for something, and how it went. We round to the nearest 5, and say "
    "“fewer than 5” for less, so that nobody can be picked out. Somebody may stand in more than "
    "one line."
)
TITLE, WHY = "How the promises were kept", "Why we could not do something"
REASON_LEAD = "Other reasons are not counted here. Somebody may stand in more than one line."
REST = "Fewer than 5 people asked for each of these, or nobody did"
REASONS = {code: words for code, words in WHY_NOT.items() if code != NOT_TOLD}


@dataclass(frozen=True)
class Cells:
    """People with one kind of need, rounded; 0 stands for fewer than 5.

    `about` is its code; in older numbers it is a group. `asked` wanted it, `agreed` had it agreed,
    `said` told us afterwards how it was, `met` said that they got it.
    """

    about: str
    asked: int
    agreed: int
    said: int
    met: int


@dataclass(frozen=True)
class Promises:
    """All that is told: a line for every kind of need, and people by the reason why not.

    Every reason that we gave is there, rounded as well. Other reasons are never told, so that
    nobody can count how many must have had which. Own words have no line, for the same end. What
    went wrong on the day is no reason here: it would be what is left of two lines.
    """

    cells: tuple[Cells, ...]
    reasons: dict[str, int]


async def promises_kept(gathering_id: int) -> Promises:
    """The numbers as they may be told, for every kind of need, also where nobody asked."""
    needs = [one for one in await needs_of_gathering(gathering_id) if one.state != "withdrawn"]
    known = catalogue().needs.values()
    cells = [cells_of(kind.code, needs) for kind in known if kind.group != NO_GROUP]
    return Promises(tuple(cells), reasons_of(needs))


def cells_of(code: str, needs: Iterable[NeedView]) -> Cells:
    """One line. A person counts once, however often they asked for it."""
    theirs: dict[int, list[NeedView]] = {}
    for one in needs:
        if one.code == code:
            theirs.setdefault(one.person_id, []).append(one)

    def people(holds: Callable[[NeedView], bool]) -> int:
        return rounded(sum(all(holds(one) for one in wanted) for wanted in theirs.values()))

    return Cells(
        code,
        asked=rounded(len(theirs)),
        agreed=people(lambda one: one.state == "agreed"),
        said=people(lambda one: one.outcome != ""),
        met=people(lambda one: one.outcome in SAID_YES),
    )


def reasons_of(needs: Iterable[NeedView]) -> dict[str, int]:
    """How many people each reason touched, once each."""
    touched: dict[str, set[int]] = {reason: set() for reason in REASONS}
    for one in needs:
        if one.state == "cannot" and one.why_not in touched:
            touched[one.why_not].add(one.person_id)
    return {reason: rounded(len(people)) for reason, people in touched.items()}


async def published_numbers(gathering_id: int) -> Promises | None:
    """What was told to everybody; None when it was not yet."""
    row = await PublishedNumbers.objects().get(PublishedNumbers.gathering == gathering_id)
    return promises_from(row.cells) if row else None


def promises_from(text: str) -> Promises:
    """Numbers as they were kept."""
    kept = json.loads(text)
    if isinstance(kept, list):  # published by groups, before there were reasons
        return Promises(tuple(Cells(one.pop("group"), **one) for one in kept), {})
    return Promises(tuple(Cells(**line) for line in kept["cells"]), kept["reasons"])


def lines(cells: Iterable[Cells]) -> tuple[tuple[str, ...], ...]:
    """The numbers in words, a line for each kind of need that at least 5 people asked for."""
    return tuple(
        (
            _label(one.about),
            told(one.asked),
            _with_share(one.agreed, one.asked),
            told(one.said),
            _with_share(one.met, one.said),
        )
        for one in cells
        if one.asked
    )


def rest(cells: Iterable[Cells]) -> tuple[str, ...]:
    """The other kinds of need, of which nothing else is told."""
    return tuple(_label(one.about) for one in cells if not one.asked)


def reason_lines(promises: Promises) -> tuple[tuple[str, str], ...]:
    """People by reason, in words, also where there are too few to say."""
    return tuple((REASONS[code], told(number)) for code, number in promises.reasons.items())


def told_as(promises: Promises) -> dict[str, object]:
    """What templates/access/kept_numbers.html shows."""
    return {
        "lead": LEAD,
        "heads": HEADS,
        "lines": lines(promises.cells),
        "rest_title": REST,
        "rest": rest(promises.cells),
        "why_title": WHY,
        "why_heads": REASON_HEADS,
        "why_lead": REASON_LEAD,
        "why": reason_lines(promises),
    }


def statistics_sheet(promises: Promises) -> Sheet:
    """The numbers on a sheet."""
    parts = (
        Part("By what it was about", lines(promises.cells), HEADS),
        Part(WHY, reason_lines(promises), REASON_HEADS, REASON_LEAD),
        Part(REST, tuple((label, FEWER) for label in rest(promises.cells)), ("About", "Asked")),
    )
    return Sheet(TITLE, LEAD, tuple(part for part in parts if part.rows), "")


def _label(about: str) -> str:
    """The words of a code, or of a group."""
    groups, needs = catalogue().groups, catalogue().needs
    if about in groups:
        return groups[about].label
    return needs[about].label if about in needs else about


def _with_share(part: int, whole: int) -> str:
    percent = share(part, whole)
    return f"{told(part)} ({percent})" if percent else told(part)
