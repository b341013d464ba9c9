"""Boards hear of rounds and rooms that changed, as long as their day is not over."""

from datetime import timedelta

from gatherings.planning.tables import Round
from sessions.board.plan_changes import boards_with_new_plans, note_new_plan
from sessions.board.view import board_view
from tests.board_hall import build_hall
from web.database import DatabaseEngine, read, write


async def test_a_board_hears_once_of_a_plan_that_changed(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    other = await build_hall("summer", hall.series)
    await other.offer()
    begins = (await read(board_view, hall.gathering)).starts_at
    for here in (hall.gathering, other.gathering):
        await write(note_new_plan, here)
    assert await read(boards_with_new_plans, begins) == []
    await Round.update({Round.name: "First"}).where(Round.id == hall.rounds[0])
    assert await read(boards_with_new_plans, begins) == [hall.gathering]
    version = await write(note_new_plan, hall.gathering)
    assert await write(note_new_plan, hall.gathering) == version
    assert await read(boards_with_new_plans, begins) == []


async def test_a_day_that_is_over_is_left_alone(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    ends = (await read(board_view, hall.gathering)).ends_at
    assert await read(boards_with_new_plans, ends - timedelta(seconds=1)) == [hall.gathering]
    assert await read(boards_with_new_plans, ends) == []
