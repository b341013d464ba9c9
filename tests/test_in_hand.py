"""The wall shows where the card in hand fits, by what everybody may know."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from gatherings.planning.tables import RoomFeature
from sessions.board import frames, in_hand, locking, merging, offers, phases, placing, undoing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.tables import Board
from sessions.board.view import board_view
from sessions.board.wall_fitting import fit_of, where_it_fits
from tests.board_hall import Hall, build_hall
from tests.board_server import Served, serving
from tests.builders import Setting
from tests.need_rows import LOOP, WHEELCHAIR, booked, starred
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered, placed, setting
from web.database import DatabaseEngine, read, write
from web.words import clock

__all__ = ["setting"]


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    """Sessions are getting their rooms."""
    hall = await build_hall()
    await write(phases.set_phase, hall.gathering, "placing", None)
    return hall


@pytest.fixture
async def served(app: Litestar) -> AsyncIterator[Served]:
    async with serving(app) as found:
        yield found


async def show(hall: Hall, number: int, round_: int = 0) -> int:
    here = hall.gathering
    return await write(in_hand.show_where_it_fits, here, number, hall.rounds[round_], None)


async def on_wall(hall: Hall, round_: int = 0) -> list[str]:
    """What each room of a round says; nothing without a card in hand."""
    view = await read(board_view, hall.gathering)
    at = next(one for one in view.open_rounds if one.id == hall.rounds[round_])
    return [fit.words for room in view.rooms if (fit := fit_of(view, at, room))]


async def test_each_spot_fits_or_says_why_not(hall: Hall) -> None:
    await hall.offer("Growing older", "Ada", marks="step_free loop bsl")
    await hall.offer("Homes")
    await hall.place(2, 0, 2)
    await RoomFeature(room=hall.rooms[0], code="hearing_loop", value="no").save()
    assert await on_wall(hall) == []
    await show(hall, 1)
    unknown = "Hearing loop: not checked"
    assert await on_wall(hall) == ["No hearing loop", unknown, "Taken: Homes"]
    await RoomFeature.update({RoomFeature.value: "yes"}, force=True)
    await RoomFeature(room=hall.rooms[1], code="hearing_loop", value="yes").save()
    assert await on_wall(hall, 1) == ["Fits here", "Fits here", unknown]


async def test_a_host_elsewhere_and_a_day_too_short_are_reasons(hall: Hall) -> None:
    await hall.offer("Growing older", "Ada", length=2)
    await hall.offer("Homes", "Ada")
    await hall.place(2, 1, 1)
    await show(hall, 1)
    view = await read(board_view, hall.gathering)
    later = clock(view.open_rounds[1].starts_at, view.zone)
    elsewhere = "Its host is in Library then"
    assert await on_wall(hall) == [elsewhere, f"Taken from {later}", elsewhere]
    assert await on_wall(hall, 1) == ["Too short: it takes 2 rounds"] * 3
    assert (
        where_it_fits(view, view.starts_at)
        == "No room takes it yet. Another corner or round makes space."
    )
    await show(hall, 2, 1)
    assert await on_wall(hall, 1) == ["Fits here", "It is here now", "Fits here"]
    first = clock(view.open_rounds[0].starts_at, view.zone)
    view = await read(board_view, hall.gathering)
    assert where_it_fits(view, view.starts_at) == (
        f"It fits at {first} in 3 rooms, {later} in 2 rooms."
    )


async def test_nothing_on_the_wall_tells_of_a_need(
    app: Litestar, ben: PageClient, client: PageClient, setting: Setting
) -> None:
    """A card that somebody's need binds, and the same one unbound: the wall is the same bytes."""
    await offered(setting, "Growing older")
    await write(phases.set_phase, setting.gathering.id, "placing", None)
    await ben.get(f"{HERE}/arrange?card=1")
    await ben.submit("form[action$=show]", button="show-4")
    await ben.get(f"{HERE}/arrange?card=1")
    assert "all the same" not in ben.words

    async def wall() -> list[str]:
        view = await read(board_view, setting.gathering.id)
        await client.get(f"{HERE}/wall")
        return [frames.whole(app.state.pages, view, "wall"), str(client.one("#board"))]

    unbound = await wall()
    party = await booked(setting.gathering.id, LOOP, WHEELCHAIR)
    await starred(setting.gathering.id, 1, party)
    await ben.get(f"{HERE}/arrange?card=1")
    assert "all the same" in ben.words
    assert "Somebody who needs it" in ben.words
    assert await wall() == unbound
    assert "Fits here" in unbound[0]
    assert "Fits here" in unbound[1]


@pytest.mark.parametrize(
    "press", ["place", "withdraw", "lock", "merge", "stop", "undo", "announcing", "market"]
)
async def test_what_ends_it_ends_it_for_good(hall: Hall, press: str) -> None:
    here = hall.gathering
    await hall.offer("Growing older")
    await hall.offer("Homes")
    moved = await hall.place(1, 0, 0)
    await show(hall, 1)
    await hall.place(2, 0, 2)
    assert len(await on_wall(hall)) == 3
    if press == "place":
        await hall.place(1, 1, 1)
    elif press == "withdraw":
        await write(offers.withdraw, here, 1, None)
    elif press == "lock":
        await write(locking.lock, here, 1, locked=True, account_id=None)
    elif press == "merge":
        handle = await write(merging.propose, here, 2, 1)
        for number in (1, 2):
            await write(merging.say, here, handle, number, yes=True)
    elif press == "stop":
        await write(in_hand.stop_showing, here, None)
    elif press == "undo":
        await write(undoing.undo, here, moved, None)
    else:
        await write(phases.set_phase, here, press, None)
    assert await on_wall(hall) == []
    board = await Board.objects().first()
    assert board is not None
    assert board.in_hand is None
    assert (board.filling is None) == (press in ("announcing", "market"))


async def test_what_cannot_be_shown_says_so(hall: Hall) -> None:
    for title in ("Growing older", "Homes", "Work"):
        await hall.offer(title)
    assert await show(hall, 1) == await show(hall, 1)
    await write(offers.withdraw, hall.gathering, 2, None)
    await write(locking.lock, hall.gathering, 3, locked=True, account_id=None)
    for number, words in ((2, "no longer on the board"), (3, "is locked")):
        with pytest.raises(in_hand.NotInHand, match=words):
            await show(hall, number)
    await write(phases.set_phase, hall.gathering, "market", None)
    with pytest.raises(in_hand.NotInHand, match="gone on to another part"):
        await show(hall, 1)
    quiet = await write(in_hand.stop_showing, hall.gathering, None)
    assert quiet == (await read(board_view, hall.gathering)).version


async def test_the_facilitator_presses_it_and_stops_it(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    await placed(setting, 2)
    await ben.get(f"{HERE}/arrange?card=1")
    assert ben.soup.select_one("[id^=show-]") is None
    await write(phases.set_phase, setting.gathering.id, "placing", None)
    await ben.get(f"{HERE}/arrange?card=1")
    await ben.submit("form[action$=show]", button="show-6")
    await ben.follow()
    assert "The wall shows where Growing older fits." in ben.words
    await client.get(f"{HERE}/wall")
    assert client.one("h1").get_text() == "Round 2"
    assert "Growing older" in client.one("#wall-hand").get_text()
    await client.get(f"{HERE}/wall?round=4")
    assert "Taken: Homes" in client.words
    await ben.submit("form[action$=stop]")
    await ben.follow()
    assert ben.one("#on-wall").has_attr("hidden")
    await client.get(f"{HERE}/wall")
    assert client.one("h1").get_text() == "Round 2"
    assert client.one("#wall-hand").has_attr("hidden")
    await ben.get(f"{HERE}/arrange/history")
    assert "“Homes”" in ben.words
    assert len(ben.soup.select("[id^=change-]")) == 4


async def test_a_round_that_is_gone_is_asked_for_again(ben: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older")
    await write(phases.set_phase, setting.gathering.id, "placing", None)
    await ben.post(f"{HERE}/sessions/1/show", {"round": "99"}, status=422)
    assert ben.error_at("round") == "Error: Choose a round"
    assert ben.one("#in-hand").select_one("#show-4") is not None


async def test_rounds_that_are_over_are_not_offered(hall: Hall) -> None:
    await hall.offer("Growing older")
    await show(hall, 1, 1)
    view = await read(board_view, hall.gathering)
    first, last = view.open_rounds
    begin, later = (clock(at.starts_at, view.zone) for at in (first, last))
    both = f"It fits at {begin} in 3 rooms, {later} in 3 rooms."
    assert where_it_fits(view, first.starts_at) == both
    assert where_it_fits(view, first.ends_at) == f"It fits at {later} in 3 rooms."
    assert where_it_fits(view, last.ends_at) == both


async def test_nobody_else_shows_anything(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await write(phases.set_phase, setting.gathering.id, "placing", None)
    for press in ("sessions/1/show", "arrange/hand/stop"):
        await client.post(f"{HERE}/{press}", {"round": "4"}, status=401)
        await dee.post(f"{HERE}/{press}", {"round": "4"}, status=403)


async def test_every_wall_hears_of_it_and_marks_only_what_moved(served: Served) -> None:
    here = served.hall.gathering
    await write(phases.set_phase, here, "placing", None)
    wall = await served.watch("wall", seen=3)
    phone = await served.watch("phones", seen=3)
    await served.press("sessions/1/show", served.ben, round=2)
    await wall.until(4)
    shown = wall.events[0].data
    assert shown.count("Fits here") == 6
    assert shown.count("data-still") == 6
    await served.place(1, 2, 2)
    await wall.until(6)
    done = wall.events[-1].data
    assert "Fits here" not in done
    assert 'id="wall-hand" hidden' in done
    assert 'id="spot-2-2" hx-swap-oob' in done
    assert done.count("data-still") == 5
    await phone.until(6)
    assert not any("Fits here" in event.data for event in phone.events)
    assert (await write(placing.unplace, here, 1, EVERYTHING_SEEN, None)) == 7
