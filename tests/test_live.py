"""The live hub, watched through a real server."""

import asyncio
import gc
import logging
import weakref
from collections.abc import AsyncIterator

import pytest

from tests.live_helpers import Board, Stage, happens, running
from web.live import Hub
from web.live_stream import Stream


@pytest.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    async with running(stage):
        yield stage


@pytest.fixture
async def board(stage: Stage) -> AsyncIterator[Board]:
    board = Board(Hub())
    stage.put(board)
    yield board
    board.hub.close()


def streams_of(board: Board) -> set[Stream]:
    return board.hub.channel("board").streams


class RestlessBoard(Board):
    """A board that changes between being read and being handed over."""

    async def read(self) -> tuple[int, str]:
        found = await super().read()
        self.change("two")
        return found


class BrokenBoard(Board):
    async def read(self) -> tuple[int, str]:
        raise LookupError


async def test_a_first_viewer_gets_the_whole_board_and_then_each_change_in_order(
    stage: Stage, board: Board
) -> None:
    board.words = ["one", "two"]
    watcher = await stage.watch()
    await watcher.until(2)
    for word in ["three", "four", "five"]:
        board.change(word)
    await watcher.until(5)
    assert [event.data.strip() for event in watcher.events] == [
        "whole:one,two",
        "added:three",
        "added:four",
        "added:five",
    ]
    assert watcher.versions() == [2, 3, 4, 5]
    assert watcher.retry == "2000"


async def test_the_answer_is_a_stream_that_nobody_keeps(stage: Stage, board: Board) -> None:
    watcher = await stage.watch()
    assert watcher.status == 200
    assert watcher.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert watcher.headers["cache-control"] == "no-store"
    assert watcher.headers["x-accel-buffering"] == "no"
    assert watcher.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in watcher.headers


async def test_a_packed_stream_reads_the_same(stage: Stage, board: Board) -> None:
    board.words = ["one"]
    watcher = await stage.watch(Accept_Encoding="br, gzip")
    assert watcher.headers["content-encoding"] == "gzip"
    for word in ["two", "three"]:
        board.change(word)
    await watcher.until(3)
    assert watcher.shown() == ["one", "two", "three"]


async def test_a_packed_stream_is_not_sent_to_who_refuses_it(stage: Stage, board: Board) -> None:
    watcher = await stage.watch(Accept_Encoding="gzip;q=0, identity")
    assert "content-encoding" not in watcher.headers


@pytest.mark.parametrize("way", ["header", "address"])
async def test_who_comes_back_soon_gets_what_was_missed(
    stage: Stage, board: Board, way: str
) -> None:
    board.words = ["a word long enough for a board"]
    await (await stage.watch()).until(1)
    for word in ["two", "three", "four"]:
        board.change(word)
    if way == "header":
        back = await stage.watch(Last_Event_ID="2")
    else:
        back = await stage.watch("?seen=2")
    await back.until(4)
    assert [event.data.strip() for event in back.events] == ["added:three", "added:four"]


async def test_the_last_event_counts_more_than_the_page(stage: Stage, board: Board) -> None:
    for word in ["a word long enough for a board", "two", "three"]:
        board.change(word)
    back = await stage.watch("?seen=1", Last_Event_ID="2")
    await back.until(3)
    assert back.versions() == [3]


async def test_who_has_the_newest_gets_nothing_until_something_changes(
    stage: Stage, board: Board
) -> None:
    board.words = ["one", "two"]
    watcher = await stage.watch("?seen=2")
    await watcher.read()
    assert watcher.retry == "2000"
    assert await watcher.quiet()
    board.change("three")
    await watcher.until(3)
    assert watcher.versions() == [3]


@pytest.mark.parametrize("seen", ["5", "", "nonsense", "-1", "9" * 5000])
async def test_who_was_away_too_long_gets_the_whole_board(
    stage: Stage, board: Board, seen: str
) -> None:
    for number in range(100):
        board.change(str(number) if number else "a very long word " * 1000)
    back = await stage.watch(f"?seen={seen}")
    await back.until(100)
    assert back.versions() == [100]
    assert back.shown() == board.words


async def test_the_whole_board_is_sent_when_it_is_shorter_than_what_was_missed(
    stage: Stage, board: Board
) -> None:
    for number in range(20):
        board.change(str(number), padding="." * 100)
    back = await stage.watch("?seen=5")
    await back.until(20)
    assert back.versions() == [20]


async def test_a_version_nobody_had_is_asked_for_and_answered_with_the_whole_board(
    stage: Stage, board: Board
) -> None:
    board.change("one")
    back = await stage.watch(Last_Event_ID="40")  # as after a backup was put back
    await back.until(1)
    assert board.readings == 1
    assert back.shown() == ["one"]
    board.change("two")
    await back.until(2)
    assert back.shown() == ["one", "two"]


async def test_a_board_that_moved_on_elsewhere_is_sent_to_those_already_watching(
    stage: Stage, board: Board
) -> None:
    board.words = ["one"]
    first = await stage.watch()
    await first.until(1)
    board.words += ["two", "three"]  # told by another process
    second = await stage.watch("?seen=3")
    await first.until(3)
    assert first.shown() == ["one", "two", "three"]
    await second.read()
    assert await second.quiet()


async def test_two_hundred_pages_each_get_a_change_once(stage: Stage, board: Board) -> None:
    board.words = ["one"]
    watchers = [await stage.watch("?seen=1") for _ in range(200)]
    assert await happens(lambda: board.hub.open_streams == 200)
    assert board.readings == 1
    board.change("two")
    board.change("three")
    await asyncio.gather(*(watcher.until(3) for watcher in watchers))
    assert [watcher.versions() for watcher in watchers] == [[2, 3]] * 200


async def test_many_who_come_back_at_once_after_a_restart_cost_one_reading(
    stage: Stage, board: Board
) -> None:
    board.words = ["one", "two"]
    watchers = await asyncio.gather(*(stage.watch(Last_Event_ID="1") for _ in range(50)))
    await asyncio.gather(*(watcher.until(2) for watcher in watchers))
    assert board.readings == 1


async def test_a_change_told_while_the_board_is_read_is_not_lost(stage: Stage) -> None:
    stage.put(RestlessBoard(Hub(), words=["one"]))
    watcher = await stage.watch()
    await watcher.until(2)
    assert watcher.versions() == [2]
    assert watcher.shown() == ["one", "two"]


async def test_versions_told_late_twice_or_with_gaps_end_right(stage: Stage, board: Board) -> None:
    board.words = ["one"]
    watcher = await stage.watch()
    await watcher.until(1)
    board.words += ["two", "three", "four"]
    for version in [3, 2, 3, 1, 4, 4]:
        board.tell(version)
    board.change("five")
    await watcher.until(5)
    assert watcher.versions() == [1, 3, 4, 5]
    assert watcher.events[1].data == "whole:one,two,three,four"
    late = await stage.watch(Last_Event_ID="2")
    await late.until(5)
    assert late.versions() == [5]


async def test_what_was_kept_before_a_gap_is_never_sent_after_it(
    stage: Stage, board: Board
) -> None:
    channel = board.hub.channel("board")
    for version in [1, 2, 3, 4, 7]:
        channel.tell(version, "added:one", "whole:one")
    channel.tell(8, "added:two", "whole:" + "a very long word " * 100)
    back = await stage.watch("?seen=5")
    await back.until(8)
    assert back.versions() == [8]


async def test_a_change_that_shows_nothing_here_still_moves_the_version(
    stage: Stage, board: Board
) -> None:
    board.words = ["one"]
    watcher = await stage.watch("?seen=1")
    await watcher.read()
    board.hub.channel("board").tell(2, "", board.html)
    await watcher.until(2)
    assert watcher.events[0].data == ""


async def test_a_slow_reader_skips_to_the_newest_board_and_holds_nobody_up(
    stage: Stage, board: Board
) -> None:
    board.words = ["one"]
    slow, fast = await stage.watch(), await stage.watch()
    await fast.until(1)
    assert await happens(lambda: board.hub.open_streams == 2)
    for number in range(300):
        board.change(str(number), padding="." * 4000)
        await fast.until(number + 2)
    assert fast.versions() == list(range(1, 302))
    await slow.until(301)
    assert slow.shown() == board.words
    assert slow.versions() == sorted(set(slow.versions()))
    assert len(slow.events) < 150
    board.change("last")
    await slow.until(302)
    assert slow.shown()[-1] == "last"


async def test_a_change_told_while_a_slow_reader_catches_up_is_not_lost(
    stage: Stage, board: Board
) -> None:
    board.change("long " * 40_000)
    slow = await stage.watch("?seen=1")
    await slow.read()
    for _ in range(3):
        board.change("long " * 40_000)
    await slow.until(2)
    assert await happens(lambda: [stream.seen for stream in streams_of(board)] == [4])
    board.change("last")
    await slow.until(5)
    assert slow.versions() == [2, 3, 4, 5]


async def test_a_stuck_reader_is_cut_off_and_comes_back(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    board = Board(Hub(ping_every=0.05, drop_after=0.2))
    stage.put(board)
    stuck = await stage.watch()
    for number in range(100):
        board.change(str(number), padding="." * 4000)
        await asyncio.sleep(0)
    assert board.hub.open_streams == 1
    assert await happens(lambda: board.hub.open_streams == 0)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await stuck.until(100)
    back = await stage.watch(Last_Event_ID=str(stuck.events[-1].id))
    await back.until(100)
    assert back.shown() == board.words
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_one_timer_keeps_all_streams_open(stage: Stage) -> None:
    board = Board(Hub(ping_every=0.02))
    stage.put(board)
    watchers = [await stage.watch(Accept_Encoding=way) for way in ("gzip", "identity")]
    for watcher in watchers:
        async with asyncio.timeout(2):
            while watcher.pings < 2:
                await watcher.read()
        assert watcher.versions() == [0]
    assert [stream.seen for stream in streams_of(board)] == [0, 0]


async def test_nothing_is_left_of_those_who_went_away(stage: Stage, board: Board) -> None:
    board.words = ["one"]
    board.hub.channel("board")
    tasks = len(asyncio.all_tasks())
    watchers = [await stage.watch() for _ in range(20)]
    assert await happens(lambda: board.hub.open_streams == 20)
    streams = [weakref.ref(stream) for stream in streams_of(board)]
    for watcher in watchers:
        watcher.close()
    assert await happens(lambda: board.hub.open_streams == 0)
    assert await happens(lambda: len(asyncio.all_tasks()) == tasks)
    gc.collect()
    assert [stream() for stream in streams] == [None] * 20


async def test_an_unused_channel_is_forgotten() -> None:
    hub = Hub(ping_every=0.01, forget_after=0.0)
    before = hub.channel("board")
    await asyncio.sleep(0.05)
    assert hub.channel("board") is not before
    hub.close()


async def test_too_many_streams_are_refused_until_one_ends(stage: Stage) -> None:
    board = Board(Hub(most=3, most_each=2, retry_after=7))
    stage.put(board)
    mine = [await stage.watch(X_Holder="me") for _ in range(2)]
    refused = await stage.watch(X_Holder="me")
    assert (refused.status, refused.headers["retry-after"]) == (503, "7")
    other = await stage.watch(X_Holder="you")
    assert other.status == 200
    assert (await stage.watch(X_Holder="them")).status == 503
    mine[0].close()
    assert await happens(lambda: board.hub.open_streams == 2)
    assert (await stage.watch(X_Holder="me")).status == 200


@pytest.mark.parametrize("method", ["POST", "HEAD"])
async def test_a_stream_is_only_ever_read(stage: Stage, board: Board, method: str) -> None:
    assert (await stage.watch(method=method)).status == 405


async def test_a_board_that_cannot_be_read_leaves_no_stream_behind(stage: Stage) -> None:
    stage.put(BrokenBoard(Hub()))
    assert (await stage.watch()).status == 500
    assert stage.board.hub.open_streams == 0


async def test_closing_ends_every_stream_properly_and_opens_no_more(
    stage: Stage, board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    watchers = [await stage.watch() for _ in range(3)]
    await asyncio.gather(*(watcher.until(0) for watcher in watchers))
    board.hub.close()
    board.change("after the end")
    await asyncio.gather(*(watcher.until_end() for watcher in watchers))
    assert [watcher.versions() for watcher in watchers] == [[0]] * 3
    assert await happens(lambda: board.hub.open_streams == 0)
    assert (await stage.watch()).status == 503
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
