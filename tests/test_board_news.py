"""What everybody may read of what changed on a board, and what is new for this browser."""

from sessions.board import merging, offers, overflow, placing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.news import news
from sessions.board.view import board_view
from tests.board_hall import build_hall
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered, placed
from web.database import DatabaseEngine, read, write
from web.words import clock

NEWS = f"{HERE}/board/news"


async def test_each_line_says_where_sessions_went(db: DatabaseEngine) -> None:
    hall = await build_hall()
    for title in ("Growing older", "Homes", "Taken back"):
        await hall.offer(title)
    await hall.place(1, 0, 0)
    await hall.place(1, 0, 1)
    await hall.place(2, 1, 0)
    await write(placing.swap, hall.gathering, 1, 2, EVERYTHING_SEEN, None)
    await write(placing.unplace, hall.gathering, 1, EVERYTHING_SEEN, None)
    await write(overflow.add_corner, hall.gathering, "Window corner", 8, None)
    handle = await write(merging.propose, hall.gathering, 2, 1)
    for number in (1, 2):
        await write(merging.say, hall.gathering, handle, number, yes=True)
    await write(merging.part, hall.gathering, handle, None)
    await write(offers.withdraw, hall.gathering, 3, None)
    view = await read(board_view, hall.gathering)
    first, second = (clock(at.starts_at, view.zone) for at in view.open_rounds)
    lines = await read(news, view)
    assert [line.words for line in lines] == [
        "“Growing older” and “Homes” are two again.",
        "“Growing older” and “Homes” became one with another session.",
        "There is more space: another room or another round.",
        "“Growing older” waits for a room again.",
        f"“Growing older” is at {second}, Large meeting room. It was at {first}, Library. "
        f"“Homes” is at {first}, Library. It was at {second}, Large meeting room.",
        f"“Homes” is at {second}, Large meeting room.",
        f"“Growing older” is at {first}, Library. It was at {first}, Large meeting room.",
        f"“Growing older” is at {first}, Large meeting room.",
        "New: “Homes”.",
        "New: “Growing older”.",
    ]
    assert lines[0].version == view.version - 1


async def test_a_late_arrival_reads_everything_and_then_what_is_new(
    client: PageClient, ben: PageClient, setting: Setting
) -> None:
    await client.get(NEWS)
    assert "Nothing has changed yet" in client.words
    await offered(setting, "Growing older", "Homes")
    await placed(setting, 1)
    await client.get(f"{HERE}/board")
    await client.get(str(client.one("#to-news")["href"]))
    assert client.words.count("New: “") == 2
    assert client.soup.select(".tag") == []
    times = [time.text for time in client.soup.select("#main ol .quiet")]
    assert len(times) == len(set(times)) >= 1
    assert "Ben" not in client.one("main").text
    await client.submit("form:has(#seen)")
    await client.follow()
    assert "You have seen everything." in client.words
    await placed(setting, 2, 1)
    await client.get(NEWS)
    assert "1 thing is new since you last looked." in client.words
    assert len(client.soup.select("li .tag")) == len(client.soup.select("#change-4 .tag")) == 1
    await ben.get(NEWS)
    assert "The newest comes first." in ben.words


async def test_what_somebody_wrote_into_the_cookie_is_no_error(
    client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    for cookie in ("spring-gathering.x", "spring-gathering.", "other.1", "."):
        await client.get(NEWS, headers={"cookie": f"looked={cookie}"})
        assert "The newest comes first." in client.words
    await client.post(NEWS, {"version": "x"}, status=303)
    await client.follow()
    assert "The newest comes first." in client.words
