"""Numbers for everybody: no adding or subtracting leads to a number from 1 to 4."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from gatherings.access.needs import NeedAnswer, NeedView
from gatherings.access.statistics import (
    Cells,
    cells_of,
    lines,
    promises_kept,
    publish_numbers,
    published_numbers,
)
from gatherings.access.suppression import FEWER, rounded, share, told
from gatherings.access.tables import Need
from gatherings.bookings import bookings
from gatherings.planning.tables import Gathering
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
    cells = [Cells("hear", 10, 5, 5, 0), Cells("move", 0, 0, 0, 0)]
    assert lines(cells) == (
        ("Hearing and talking together", "about 10", "about 5 (50%)", "about 5", FEWER),
        ("Moving around and sitting", FEWER, FEWER, FEWER, FEWER),
    )


def need(person: int, code: str, state: str = "agreed", outcome: str = "met") -> NeedView:
    return NeedView(
        *("", code, "", "", "must", state, date(2027, 1, 1), "Cal", ""),
        person_id=person,
        outcome=outcome,
    )


def test_people_are_counted_and_not_needs() -> None:
    many = [need(1, code) for code in ("hear.bsl", "hear.loop", "hear.front", "hear.mic")]
    assert cells_of("hear", [*many, need(1, "hear.lip")]) == Cells("hear", 0, 0, 0, 0)
    five = [need(person, "hear.bsl") for person in range(5)]
    assert cells_of("hear", five) == Cells("hear", 5, 5, 5, 5)
    one_open = [*five, need(0, "hear.loop", "talking", "")]
    assert cells_of("hear", one_open) == Cells("hear", 5, 0, 0, 0)


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
    assert (await read(promises_kept, over.id))[2].asked == 0
    await ada.follow()
    assert not ada.soup.select("main form")
    await ada.post(f"/desk/g/{over.slug}/promises")
    kept = await read(published_numbers, over.id)
    assert kept is not None
    assert [one for one in kept if one.asked] == [Cells("hear", 5, 0, 0, 0)]
    await client.get(f"/g/{over.slug}/access")
    assert "Hearing and talking together" in client.words
    assert "about 5" in client.words


async def _forget() -> None:
    await Need.delete(force=True)


@pytest.mark.usefixtures("db")
async def test_before_the_end_nothing_is_told() -> None:
    gathering = await make_gathering()
    with pytest.raises(Overtaken, match="after the gathering"):
        await write(publish_numbers, gathering.id, 1, datetime.now(UTC))
    assert await read(published_numbers, gathering.id) is None
