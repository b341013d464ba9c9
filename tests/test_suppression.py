"""Numbers for everybody: no adding or subtracting leads to a number from 1 to 4."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from gatherings.access.needs import NeedAnswer, NeedView
from gatherings.access.statistics import (
    REASONS,
    Cells,
    Promises,
    cells_of,
    lines,
    promises_kept,
    published_numbers,
    reason_lines,
    reasons_of,
    rest,
)
from gatherings.access.suppression import FEWER, rounded, share, told
from gatherings.access.tables import Need, PublishedNumbers
from gatherings.bookings import bookings
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.numbers import publish_numbers
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from tests.booking_rows import make_gathering, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write
from web.problems import Overtaken

MOST = 23
SMALL = set(range(1, 5))


def test_small_numbers_look_like_none() -> None:
    assert [told(rounded(n)) for n in (0, 1, 4)] == [FEWER] * 3
    assert [rounded(n) for n in (5, 7, 8, 12, 13, 22)] == [5, 5, 10, 10, 15, 20]
    assert (share(5, 15), share(15, 15), share(0, 15), share(0, 0)) == ("33%", "100%", "", "")


def test_every_number_told_may_be_at_least_three() -> None:
    may_be: dict[int, set[int]] = defaultdict(set)
    for number in range(200):
        may_be[rounded(number)].add(number)
    assert min(len(numbers) for told_as, numbers in may_be.items() if told_as < 195) == 3


def differences(tables: dict[tuple[int, ...], list[tuple[int, ...]]]) -> list[tuple[int, ...]]:
    """The tables as told whose numbers, added or subtracted, can only be one small number."""
    ways = [way for way in product((-1, 0, 1), repeat=4) if any(way)]
    found = []
    for as_told, may_be in tables.items():
        for way in ways:
            results = {sum(w * n for w, n in zip(way, numbers, strict=True)) for numbers in may_be}
            if len(results) == 1 and results <= SMALL:
                found.append(as_told)
    return found


def tables_by(rounding: object) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    """All that a line may be, by how it is told: agreed and said are of asked, met is of said."""
    assert callable(rounding)
    found: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    steps = (0, 1, 2, 4, 5, 6, 7, 8, 10, 12, 13, 15, 17, 18, 20, 22)
    for asked, agreed, said, met in product(steps, repeat=4):
        if agreed <= asked and met <= said <= asked:
            line = (asked, agreed, said, met)
            found[tuple(rounding(number) for number in line)].append(line)
    return found


def test_no_difference_within_a_line_is_a_small_number() -> None:
    assert differences(tables_by(rounded)) == []


def test_hiding_small_numbers_alone_would_not_do() -> None:
    """The search notices what subtracting gives away: 12 asked, 10 agreed, so 2 are not."""
    assert (12, 10, 0, 0) in differences(tables_by(lambda n: n if n >= 5 else 0))


def test_lines_do_not_add_up_to_more_than_they_say() -> None:
    """There is no line of sums, and percentages come from what is told."""
    cells = [Cells("hear.loop", 10, 5, 5, 0), Cells("move.lie_down", 0, 0, 0, 0)]
    assert lines(cells) == (
        ("A working hearing loop", "about 10", "about 5 (50%)", "about 5", FEWER),
    )
    assert rest(cells) == ("Somewhere to lie down",)


def need(person: int, code: str, state: str = "agreed", outcome: str = "met") -> NeedView:
    return NeedView(
        *("", code, "", "", "must", state, date(2027, 1, 1), "Cal", ""),
        person_id=person,
        outcome=outcome,
    )


def test_people_are_counted_and_not_needs() -> None:
    assert cells_of("hear.bsl", [need(1, "hear.bsl")] * 5) == Cells("hear.bsl", 0, 0, 0, 0)
    five = [need(person, "hear.bsl") for person in range(5)]
    assert cells_of("hear.bsl", [*five, need(9, "hear.loop")]) == Cells("hear.bsl", 5, 5, 5, 5)
    one_open = [*five, need(0, "hear.bsl", "talking", "")]
    assert cells_of("hear.bsl", one_open) == Cells("hear.bsl", 5, 0, 0, 0)


def cannot(person: int, why: str) -> NeedView:
    return replace(need(person, "any.other", "cannot", ""), why_not=why)


def test_every_reason_is_told_and_other_reasons_never() -> None:
    needs = [
        *(cannot(person, "nobody") for person in range(8)),
        *(cannot(person, "venue") for person in range(4)),
        *(cannot(person, "other") for person in range(20)),
        *(need(person, "hear.loop", "agreed", "not_met") for person in range(5)),
        *([cannot(1, "money")] * 9),
    ]
    assert reasons_of(needs) == {"nobody": 10, "venue": 0, "late": 0, "money": 0}
    assert reasons_of([]) == dict.fromkeys(REASONS, 0)
    assert reason_lines(Promises((), {"nobody": 10, "venue": 0})) == (
        ("Nobody who does this was free", "about 10"),
        ("The venue has not got it", FEWER),
    )


def worlds(most: int) -> Iterator[tuple[int, ...]]:
    """People with one need each: met, refused for want of somebody, refused because of the venue,
    told as not met, and whatever no number tells."""
    for met, nobody, venue, not_met in product(range(most + 1), repeat=4):
        for untold in range(most + 1 - met - nobody - venue - not_met):
            yield met, nobody, venue, not_met, untold


def given_away(reason: Callable[[int], int], *, with_the_day: bool = False) -> int:
    """In how many tables a number, or what is left of two, can only be one number from 1 to 4."""
    may_be: dict[object, set[int]] = defaultdict(set)
    for met, nobody, venue, not_met, untold in worlds(14):
        agreed = met + not_met
        whole = agreed + nobody + venue + untold
        as_told = (*map(rounded, (whole, agreed, met)), *map(reason, (nobody, venue)))
        day = (reason(not_met),) if with_the_day else ()
        sums = (met, nobody, venue, not_met, untold, agreed, nobody + venue, nobody + untold)
        for place, number in enumerate(sums):
            may_be[(*as_told, *day), place].add(number)
    return sum(len(numbers) == 1 and numbers <= SMALL for numbers in may_be.values())


def test_no_reason_beside_its_line_gives_a_small_number_away() -> None:
    assert given_away(rounded) == 0


def test_the_same_search_notices_what_would_give_one_away() -> None:
    """Reasons as they are; and, rounded, what was agreed and yet not right."""
    assert given_away(lambda number: number) > 0
    assert given_away(rounded, with_the_day=True) > 0


@pytest.fixture
async def over(setting: Setting) -> Gathering:
    """A gathering that ended yesterday, at which six people needed a hearing loop."""
    for number in range(6):
        party = with_needs(NeedAnswer("hear.loop"), name=f"Person {number}")
        await write(bookings.book, setting.gathering.id, party)
    await write(_end, setting.gathering.id)
    return setting.gathering


async def _end(gathering_id: int) -> None:
    before = datetime.now(UTC) - timedelta(days=2)
    await Gathering.update(
        {Gathering.starts_at: before, Gathering.ends_at: before + timedelta(days=1)}
    ).where(Gathering.id == gathering_id)


async def test_numbers_are_told_once_and_outlive_the_needs(
    ada: PageClient, client: PageClient, over: Gathering
) -> None:
    await client.get(f"/g/{over.slug}/access")
    assert "How the promises were kept" not in client.words
    await ada.get(f"/desk/g/{over.slug}/promises")
    assert "about 5" in ada.words
    await ada.submit("main form")
    await write(_forget)
    assert not any(one.asked for one in (await read(promises_kept, over.id)).cells)
    await ada.follow()
    assert not ada.soup.select("main form")
    await ada.post(f"/desk/g/{over.slug}/promises")
    kept = await read(published_numbers, over.id)
    assert kept is not None
    assert [one for one in kept.cells if one.asked] == [Cells("hear.loop", 5, 0, 0, 0)]
    await client.get(f"/g/{over.slug}/access")
    assert "A working hearing loop" in client.words
    assert "about 5" in client.words
    assert "Nobody who does this was free" in client.words


async def test_numbers_can_still_be_told_when_the_needs_are_gone(
    ada: PageClient, client: PageClient, over: Gathering
) -> None:
    await forget(ALL_RULES, datetime.now(UTC) + timedelta(days=28))
    assert await Need.count() == 0
    await ada.get(f"/desk/g/{over.slug}/promises")
    assert "about 5" in ada.words
    assert "The needs are deleted. This was counted before" in ada.words
    assert "about 5" in (await ada.get(f"/desk/g/{over.slug}/promises/csv")).text
    await ada.get(f"/desk/g/{over.slug}/promises")
    await ada.submit("main form")
    await client.get(f"/g/{over.slug}/access")
    assert "about 5" in client.words


async def test_numbers_that_were_published_by_groups_are_still_told(
    client: PageClient, over: Gathering
) -> None:
    old = [{"group": "hear", "asked": 5, "agreed": 5, "said": 0, "met": 0}]
    row = PublishedNumbers(gathering=over.id, cells=json.dumps(old), account_id=1)
    await write(_save, row)
    await client.get(f"/g/{over.slug}/access")
    assert "about 5 (100%)" in client.words
    assert "Nobody who does this was free" not in client.words


async def _save(row: PublishedNumbers) -> None:
    await row.save()


async def _forget() -> None:
    await Need.delete(force=True)


@pytest.mark.usefixtures("db")
async def test_before_the_end_nothing_is_told() -> None:
    gathering = await make_gathering()
    with pytest.raises(Overtaken, match="after the gathering"):
        await write(publish_numbers, gathering.id, 1, datetime.now(UTC))
    assert await read(published_numbers, gathering.id) is None
