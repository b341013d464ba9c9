"""The rules for offering and starring sessions."""

import asyncio
from datetime import timedelta

from sessions.board import card_words, offers, stars
from sessions.board.joining import joiner_hash
from sessions.board.tables import Joiner, Session, Star
from sessions.board.view import board_view
from tests.board_hall import build_hall
from web.database import DatabaseEngine, read, write


async def test_a_second_press_gives_the_same_session(db: DatabaseEngine) -> None:
    hall = await build_hall()
    key = joiner_hash(hall.gathering, "key")
    pressed = (hall.gathering, key, "Growing older", "", "Cal", "token")
    first, second = await asyncio.gather(
        write(offers.offer, *pressed), write(offers.offer, *pressed)
    )
    assert (first.id, first.number) == (second.id, 1)
    assert await Session.count() == 1


async def test_numbers_count_from_one_in_each_gathering(db: DatabaseEngine) -> None:
    spring, summer = await build_hall(), await build_hall("summer")
    assert [(await hall.offer()).number for hall in (spring, spring, summer)] == [1, 2, 1]


async def test_a_cookie_is_another_person_in_another_gathering(db: DatabaseEngine) -> None:
    assert joiner_hash(1, "key") != joiner_hash(2, "key")


async def test_offering_makes_a_joiner_and_starring_finds_them_again(db: DatabaseEngine) -> None:
    hall = await build_hall()
    key = joiner_hash(hall.gathering, "key")
    session = await write(offers.offer, hall.gathering, key, "Growing older", "", "Cal", "token")
    await write(stars.star, hall.gathering, 1, key)
    joiners = await Joiner.objects()
    assert [(joiner.id, joiner.name) for joiner in joiners] == [(session.offered_by, "Cal")]


async def test_everybody_has_one_star_for_each_session(db: DatabaseEngine) -> None:
    hall = await build_hall()
    session = await hall.offer()
    key = joiner_hash(hall.gathering, "key")
    await asyncio.gather(*(write(stars.star, hall.gathering, 1, key) for _ in range(5)))
    await write(stars.star, hall.gathering, 1, joiner_hash(hall.gathering, "another"))
    assert await read(stars.star_count, session.id) == 2
    assert await read(stars.starred_by, hall.gathering, key) == {1}


async def test_a_star_can_be_taken_away(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer()
    key = joiner_hash(hall.gathering, "key")
    await write(stars.unstar, hall.gathering, 1, key)
    await write(stars.star, hall.gathering, 1, key)
    await write(stars.unstar, hall.gathering, 1, key)
    assert await read(stars.starred_by, hall.gathering, key) == frozenset()
    assert await Star.count() == 0


async def test_people_may_offer_from_a_week_before_until_the_end(db: DatabaseEngine) -> None:
    hall = await build_hall()
    view = await read(board_view, hall.gathering)
    moments = (
        view.starts_at - timedelta(days=7, minutes=1),
        view.starts_at - timedelta(days=7),
        view.ends_at - timedelta(minutes=1),
        view.ends_at,
    )
    open_at = [offers.offering_is_open(view, moment) for moment in moments]
    assert open_at == [False, True, True, False]


async def test_words_are_put_right_and_the_board_tells(db: DatabaseEngine) -> None:
    hall = await build_hall()
    await hall.offer("Groing older")
    right = (hall.gathering, 1, "Growing older", "What helps?", "Cal", None)
    assert await write(card_words.change_words, *right) == 2
    assert await write(card_words.change_words, *right) == 2
    view = await read(board_view, hall.gathering)
    assert [(s.title, s.about) for s in view.sessions] == [("Growing older", "What helps?")]
