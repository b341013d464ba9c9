"""The live stream of the board, on a real server: everybody gets the changed cells at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from gatherings.people.roles import grant
from gatherings.people.sign_in import begin_sign_in, open_account
from sessions.board import card_words, placing
from sessions.board.undoing import fresh_changes
from sessions.board.view import board_view
from tests.board_server import Served, serving
from tests.live_helpers import Watcher
from web.database import read, write


@pytest.fixture
async def served(app: Litestar) -> AsyncIterator[Served]:
    async with serving(app) as found:
        yield found


async def test_phones_and_wall_get_the_changed_cell_without_asking(served: Served) -> None:
    phone = await served.watch("phones", seen=2)
    wall = await served.watch("wall", seen=2)
    arrange = await served.watch("arrange", seen=2, cookie=f"sign-in={served.ben}")
    await served.place(1, 2, 2)
    async with asyncio.timeout(15):
        for watcher in (phone, wall, arrange):
            await watcher.until(3)
    for watcher in (phone, wall, arrange):
        assert watcher.versions() == [3]
        assert 'id="spot-2-2"' in watcher.events[0].data
        assert 'id="spot-2-1"' not in watcher.events[0].data
        assert "“Growing older” is in Library" in watcher.events[0].data
    assert 'id="waiting-1" hidden' in phone.events[0].data


async def test_whoever_comes_back_gets_what_they_missed(served: Served) -> None:
    for number in range(3, 9):
        await served.hall.offer(f"Session {number}")
    phone = await served.watch("phones", seen=8)
    await served.place(1, 2, 2)
    await phone.until(9)
    phone.close()
    await served.place(2, 3, 1)
    await served.place(1, 2, 3)
    back = await served.watch("phones", seen=8, last_event_id="9")
    await back.until(11)
    missed = "".join(event.data for event in back.events)
    assert 'id="spot-3-1"' in missed
    assert 'id="spot-2-3"' in missed
    assert 'id="waiting"' not in missed


async def test_whoever_missed_too_much_gets_every_cell(served: Served) -> None:
    await served.place(1, 2, 2)
    late = await served.watch("phones", seen=0)
    await late.until(3)
    assert late.versions() == [3]
    cells = [f'id="spot-{r}-{m}"' in late.events[0].data for r in (2, 3) for m in (1, 2, 3)]
    assert cells == [True] * 6
    assert 'id="waiting"' in late.events[0].data


async def test_whoever_has_seen_everything_gets_nothing(served: Served) -> None:
    phone = await served.watch("phones", seen=2)
    await phone.read()
    assert await phone.quiet()


async def test_an_offer_reaches_phones_wall_and_facilitators(served: Served) -> None:
    phone = await served.watch("phones", seen=2)
    wall = await served.watch("wall", seen=2)
    await served.press("offer", title="A third", name="Cal", token="t")
    await phone.until(3)
    await wall.until(3)
    assert "A third" in phone.events[0].data
    assert "3 sessions offered so far." in wall.events[0].data


async def test_a_star_tells_nobody(served: Served) -> None:
    phone = await served.watch("phones", seen=2)
    await phone.read()
    assert (await served.press("sessions/1/star", star="on")).status_code == 303
    assert await phone.quiet()


async def test_nothing_personal_is_in_a_stream(served: Served) -> None:
    phone = await served.watch("phones")
    await phone.until(2)
    await served.place(1, 2, 2)
    await phone.until(3)
    for event in phone.events:
        assert "Ben" not in event.data
        assert "Starred" not in event.data


async def test_changes_by_other_ways_are_told_with_the_next_one(served: Served) -> None:
    """Or before it, on PostgreSQL, where a process also hears of its own changes."""
    hall = served.hall
    phone = await served.watch("phones", seen=2)
    await served.place(1, 2, 2)
    await write(card_words.change_words, hall.gathering, 2, "Homes for all", "", "Dot", None)
    await write(placing.unplace, hall.gathering, 1, 4, None)
    await served.place(2, 3, 1)
    await phone.until(6)
    assert [one for one in phone.versions() if one not in (4, 5)] == [3, 6]
    assert "Homes for all" in "".join(event.data for event in phone.events[1:])


async def test_a_plan_changed_on_the_desk_is_told_at_once_and_once(served: Served) -> None:
    ada = await write(open_account, "ada@example.org", "Ada")
    await write(grant, ada, served.hall.series, "organiser")
    key = await write(begin_sign_in, ada)
    phone, wall = await served.watch("phones", seen=2), await served.watch("wall", seen=2)
    view = await read(board_view, served.hall.gathering)
    for number in (3, 3):
        await served.press_on_desk(f"plan/{number}/remove", key)
    for watcher in (phone, wall):
        await watcher.until(3)
    drawn = phone.events[0].data
    assert f'data-plan="{view.plan}"' not in drawn
    assert f'data-plan="{(await read(board_view, served.hall.gathering)).plan}"' in drawn
    await served.press_on_desk("plan/walking", key)
    assert await phone.quiet()
    assert phone.versions() == [3]
    assert await read(fresh_changes, served.hall.gathering, ada) == 2


async def test_a_fast_room_gives_one_message_for_all_that_came_together(
    app: Litestar, served: Served
) -> None:
    rested = asyncio.Event()
    app.state.teller.rest = rested.wait
    phone = await served.watch("phones", seen=2)
    for number, round_, room in ((1, 2, 2), (2, 3, 1), (1, 2, 3), (2, 2, 1), (1, 3, 2)):
        await served.place(number, round_, room)
    rested.set()
    await phone.until(7)
    versions = phone.versions()
    assert versions == [3, 7]
    last = phone.events[-1].data
    assert last.count('id="spot-3-2"') == 1
    assert "changes.</p>" in last
    late = await served.watch("phones", seen=2, last_event_id=str(versions[0]))
    await late.until(7)
    assert 'id="spot-2-1"' in late.events[-1].data
    assert 'id="spot-3-2"' in late.events[-1].data


async def test_a_person_holds_few_streams_and_strangers_do_not_share_a_limit(
    served: Served,
) -> None:
    ben = [await served.watch("arrange", seen=2, cookie=f"sign-in={served.ben}") for _ in range(9)]
    assert [watcher.status for watcher in ben] == [200] * 8 + [503]
    assert (await served.watch("phones", seen=2)).status == 200


@pytest.mark.postgres
async def test_what_another_process_changes_is_told_by_the_database(served: Served) -> None:
    """On SQLite there is one process."""
    phone = await served.watch("phones", seen=2)
    await phone.read()
    await served.hall.place(1, 0, 1)
    await phone.until(3)
    assert 'id="spot-2-2"' in phone.events[0].data


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("dee", 403), ("ben", 200)])
async def test_only_facilitators_open_the_stream_of_the_arranging_page(
    served: Served, who: str, status: int
) -> None:
    key = getattr(served, who, "")
    watcher = await served.watch("arrange", seen=2, cookie=f"sign-in={key}")
    assert watcher.status == status


@pytest.mark.parametrize(
    ("path", "status"), [("/g/spring/board/changes?for=x", 404), ("/g/none/board/changes", 404)]
)
async def test_streams_of_nothing_are_not_found(served: Served, path: str, status: int) -> None:
    assert (await Watcher.open(served.port, path)).status == status


async def test_a_stream_is_packed_and_kept_by_no_cache(served: Served) -> None:
    phone = await served.watch("phones", accept_encoding="gzip")
    assert phone.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert phone.headers["content-encoding"] == "gzip"
    assert phone.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in phone.headers["content-security-policy"]
    await phone.until(2)


async def test_a_move_weighs_less_than_three_kilobytes_for_each_phone(served: Served) -> None:
    phone = await served.watch("phones", seen=2)
    await served.place(1, 2, 2)
    await phone.until(3)
    assert len(phone.events[0].data.encode()) < 3000
