"""Interpreters and captioners: nobody is in two rooms, and long sessions take two."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.access.support import SupportWords, add_support
from gatherings.access.tables import SupportPerson
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Round
from sessions.board import offers, placing, supporting
from sessions.board.binding import bounds_of
from sessions.board.bounds import longest_stretch
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.fitting import why_not
from sessions.board.tables import SupportAssignment
from sessions.board.view import board_view
from sessions.board.watching import watch
from tests.board_hall import Hall, build_hall
from tests.people import signed_in_browser
from web.crypto import new_key
from web.database import DatabaseEngine, read, write

BOTH = (2, 3)


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    return await build_hall()


async def somebody(
    hall: Hall, name: str, role: str = "bsl", rounds: tuple[int, ...] = BOTH, pair: str = ""
) -> str:
    words = SupportWords(role, name, state="confirmed", rounds=rounds, pair_with=pair)
    return await write(add_support, hall.gathering, words, datetime.now(UTC))


async def marked(hall: Hall, title: str, mark: str = "bsl", length: int = 1) -> None:
    words = (title, "", f"Host of {title}", new_key())
    await write(offers.offer, hall.gathering, None, *words, marks=(mark,), length=length)


async def assign(hall: Hall, number: int, *handles: str) -> None:
    await write(supporting.assign, hall.gathering, number, handles)


async def reasons(hall: Hall, number: int, round_: int = 0, room: int = 0) -> list[str]:
    view = await read(board_view, hall.gathering)
    bounds, session = await read(bounds_of, view), view.session(number)
    assert session is not None
    spot = hall.rounds[round_], hall.rooms[room]
    return [one.words.split(" at ")[0] for one in why_not(view, session, spot, bounds)]


async def left(hall: Hall) -> list[tuple[str, ...]]:
    view = await read(board_view, hall.gathering)
    return [one.sentences for one in watch(view, await read(bounds_of, view)).left]


async def warned(hall: Hall) -> list[str]:
    view = await read(board_view, hall.gathering)
    return [one.words for one in watch(view, await read(bounds_of, view)).warnings]


async def test_marked_sessions_side_by_side_are_no_more_than_interpreters(hall: Hall) -> None:
    await marked(hall, "One")
    await marked(hall, "Two")
    await hall.offer("Three")
    assert await reasons(hall, 1) == ["No sign language interpreter is there"]
    await somebody(hall, "Ina")
    await hall.place(1, 0, 0)
    assert await reasons(hall, 2, 0, 1) == ["1 sign language interpreter is there"]
    assert await reasons(hall, 2, 1, 1) == []
    assert await reasons(hall, 3, 0, 1) == []
    with pytest.raises(placing.Lacks):
        await hall.place(2, 0, 1)
    spot = hall.rounds[0], hall.rooms[1]
    why = "A second one is on the way"
    await write(placing.place, hall.gathering, 2, *spot, EVERYTHING_SEEN, None, why)
    assert await hall.spots() == {1: (0, 0), 2: (0, 1), 3: None}


async def test_the_board_shows_who_is_free_below_a_heading_of_its_own(
    app: Litestar, hall: Hall
) -> None:
    ben = await write(open_account, "ben@example.org", "Ben")
    await write(grant, ben, hall.series, "facilitator")
    await somebody(hall, "Ina")
    async with signed_in_browser(app, ben) as browser:
        await browser.get("/g/spring/arrange")
        assert browser.one("#watch h2").get_text() == "Interpreters and supporters"
        await marked(hall, "One")
        await hall.place(1, 0, 0)
        await browser.get("/g/spring/arrange")
        assert browser.one("#watch h2").get_text() == "Please look at"
        assert browser.one("#watch h3").get_text() == "Interpreters and supporters"


async def test_nobody_is_with_two_sessions_of_a_round(hall: Hall) -> None:
    for number, title in enumerate(("One", "Two"), 1):
        await hall.offer(title)
        await hall.place(number, 0, number)
    ina = await somebody(hall, "Ina")
    await assign(hall, 1, ina)
    await assign(hall, 1, ina)
    with pytest.raises(Refused) as refused:
        await assign(hall, 2, ina)
    assert refused.value.words.startswith("Ina is with “One” at ")
    assert await SupportAssignment.count() == 1
    await hall.place(2, 1, 0)
    await assign(hall, 2, ina)
    assert await reasons(hall, 2, 0, 2) == ["Ina is with “One”"]
    await write(supporting.unassign, hall.gathering, 1, ina)
    assert await reasons(hall, 2, 0, 2) == []


async def test_nobody_is_put_where_they_are_not(hall: Hall) -> None:
    await hall.offer("One")
    await hall.place(1, 0, 0)
    ina = await somebody(hall, "Ina", rounds=(3,))
    with pytest.raises(Refused) as refused:
        await assign(hall, 1, ina)
    assert refused.value.words.startswith("Ina is not there at ")
    await hall.place(1, 1, 0)
    await assign(hall, 1, ina)
    assert await reasons(hall, 1, 0, 0) == ["Ina is not there"]


async def test_a_session_too_long_for_one_takes_the_pair(hall: Hall) -> None:
    await marked(hall, "Long", length=2)
    alone = await somebody(hall, "Ina")
    await somebody(hall, "Jo")
    await hall.place(1, 0, 0)
    with pytest.raises(Refused) as refused:
        await assign(hall, 1, alone)
    assert "goes on for 90 minutes without a break" in refused.value.words
    await somebody(hall, "Kit", pair=alone)
    await assign(hall, 1, alone)
    assert await SupportAssignment.count() == 2
    assert await left(hall) == [("1 of 3 sign language interpreters is free",)] * 2


async def test_a_break_inside_is_enough(hall: Hall) -> None:
    start = datetime.now(UTC)
    await Round.update(
        {Round.starts_at: start + timedelta(hours=1), Round.ends_at: start + timedelta(hours=2)}
    ).where(Round.id == hall.rounds[1])
    await hall.offer("Long", length=2)
    view = await read(board_view, hall.gathering)
    run = view.run(hall.rounds[0], 2)
    assert longest_stretch(run) == 60
    await hall.place(1, 0, 0)
    await assign(hall, 1, await somebody(hall, "Ina"))


async def test_nobody_works_too_long_from_session_to_session(hall: Hall) -> None:
    for title in ("One", "Two"):
        await hall.offer(title)
    ina, jo = await somebody(hall, "Ina"), await somebody(hall, "Jo")
    await hall.place(1, 0, 0)
    await hall.place(2, 1, 1)
    await assign(hall, 1, ina)
    await assign(hall, 2, ina, jo)
    assert await warned(hall) == []
    await write(supporting.unassign, hall.gathering, 2, jo)
    long = "It would be 90 minutes without a break from session to session."
    assert await warned(hall) == [f"{long} Ina works 60 minutes at most alone."] * 2
    for number in (1, 2):
        await write(placing.stay, hall.gathering, number, "Ina agreed", None)
    assert await warned(hall) == []
    await write(placing.unplace, hall.gathering, 2, EVERYTHING_SEEN, None)
    with pytest.raises(placing.Lacks):
        await hall.place(2, 1, 2)
    second = await Round.objects().get(Round.id == hall.rounds[1])
    assert second is not None
    later = second.starts_at + timedelta(minutes=10)
    await Round.update({Round.starts_at: later}).where(Round.id == second.id)
    await hall.place(2, 1, 2)
    assert await warned(hall) == []


async def test_a_marked_session_without_anybody_wants_somebody(hall: Hall) -> None:
    await marked(hall, "One", "captions")
    ina = await somebody(hall, "Ina", "sttr")
    await hall.place(1, 0, 0)
    assert await warned(hall) == ["It needs a captioner."]
    assert await left(hall) == [("1 of 1 captioners is free",)] * 2
    await assign(hall, 1, ina)
    assert await warned(hall) == []
    assert await left(hall) == [("0 of 1 captioners are free",), ("1 of 1 captioners is free",)]
    await SupportPerson.update({SupportPerson.state: "stood_down"}, force=True)
    assert await warned(hall) == ["It needs a captioner."]
