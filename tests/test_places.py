"""The count of places: one guarded update each way, counted again, and never repaired unseen."""

import asyncio
import logging

import pytest

from app import count_places_again
from gatherings.bookings.places import Difference, differences, give_back, recount, take
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, taken_of
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.waiting_rows import booked
from web.chores import until_night
from web.database import read, write

pytestmark = pytest.mark.usefixtures("db")


async def test_places_are_taken_whole_or_not_at_all() -> None:
    gathering = await make_gathering(capacity=5)
    answers = await asyncio.gather(*(write(take, gathering.id, 2) for _ in range(4)))
    assert sorted(answers) == [False, False, True, True]
    assert await taken_of(gathering) == 4
    await write(give_back, gathering.id, 3)
    assert await taken_of(gathering) == 1


async def test_counting_again_finds_a_wrong_count_and_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    right, wrong = await make_gathering(), await make_gathering()
    for gathering in (right, wrong):
        await booked(gathering, 2)
    assert await read(recount, right.id) == (2, 2)
    assert await read(differences) == []
    await write(_set_taken, wrong.id, 4)
    assert await read(recount, wrong.id) == (4, 2)
    assert await read(differences) == [Difference(wrong.slug, 4, 2)]
    with caplog.at_level(logging.ERROR, "gatherings.errors"):
        await count_places_again()
    said = [record.getMessage() for record in caplog.records]
    assert said == [f"places of {wrong.slug}: 4 are counted as taken, its bookings hold 2"]
    assert await taken_of(wrong) == 4


async def test_the_desk_says_so_too(ada: PageClient, setting: Setting) -> None:
    page = f"/desk/g/{setting.gathering.slug}"
    await booked(setting.gathering, 2)
    await ada.get(page)
    assert "The count of places is wrong" not in ada.words
    await write(_set_taken, setting.gathering.id, 3)
    await ada.get(page)
    assert "3 places are counted as taken, but the bookings hold 2." in ada.words


async def _set_taken(gathering_id: int, taken: int) -> None:
    await Gathering.update({Gathering.taken: taken}).where(Gathering.id == gathering_id)


def test_the_night_is_never_more_than_a_day_away() -> None:
    assert 0 < until_night() <= 24 * 60 * 60
