"""Two sessions become one: what people need of the room, and who comes along to help."""

from functools import partial

import pytest

from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from sessions.board import merging, offers, supporting
from sessions.board.binding import bounds_of, helpers_of
from sessions.board.going_ahead import went_ahead_list
from sessions.board.placing import Lacks
from sessions.board.tables import SupportAssignment
from sessions.board.view import board_view
from sessions.board.watching import watch
from tests.board_hall import Hall, build_hall
from tests.builders import Setting
from tests.need_rows import LOOP, PLANTED, booked, starred
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered, placed, setting
from tests.test_board_support import assign, somebody
from web.database import DatabaseEngine, read, write

__all__ = ["setting"]


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    """One card stands in round 1, the other in round 2; a third beside each of them."""
    hall = await build_hall()
    for title in ("Homes", "Money", "Work"):
        await hall.offer(title)
    await hall.place(1, 0, 0)
    await hall.place(2, 1, 0)
    return hall


async def proposed(hall: Hall) -> str:
    """The host of 1 has said yes."""
    handle = await write(merging.propose, hall.gathering, 1, 2)
    await write(merging.say, hall.gathering, handle, 1, yes=True)
    return handle


async def joined(hall: Hall) -> bool:
    view = await read(board_view, hall.gathering)
    return view.session(2) is None


async def with_whom(hall: Hall, number: int) -> list[str]:
    view = await read(board_view, hall.gathering)
    session, bounds = view.session(number), await read(bounds_of, view)
    assert session is not None
    return [one.name for one in bounds.with_session(session.id)]


async def test_joining_where_something_is_missing_needs_a_facilitators_reason(hall: Hall) -> None:
    lead = await write(open_account, "lead@example.org", "Lea")
    await write(grant, lead, hall.series, "access_lead")
    await starred(hall.gathering, 2, await booked(hall.gathering, LOOP))
    handle = await proposed(hall)
    await write(merging.say, hall.gathering, handle, 2, yes=True)
    assert not await joined(hall)
    waits = await read(merging.merges_that_wait, hall.gathering)
    assert [(one.kept, one.joined, one.waits) for one in waits] == [(1, 2, True)]
    with pytest.raises(Lacks) as refused:
        await write(merging.say, hall.gathering, handle, 2, yes=True, account_id=lead)
    assert "working hearing loop" in refused.value.words
    assert not await joined(hall)
    said = partial(merging.say, yes=True, account_id=lead, why="We bring a loop")
    await write(said, hall.gathering, handle, 1)
    assert await joined(hall)
    told = await read(went_ahead_list, await read(board_view, hall.gathering))
    assert [(one.title, one.reason) for one in told] == [("Homes", "We bring a loop")]
    assert await Letter.count().where(Letter.kind == "went_ahead") == 1
    assert await read(merging.merges_that_wait, hall.gathering) == []


async def test_joining_where_all_is_there_asks_nothing(hall: Hall) -> None:
    await starred(hall.gathering, 2, await booked(hall.gathering, LOOP))
    await hall.place(3, 0, 1)
    handle = await write(merging.propose, hall.gathering, 3, 1)
    for number in (1, 3):
        await write(merging.say, hall.gathering, handle, number, yes=True)
    assert (await read(board_view, hall.gathering)).session(1) is None


async def test_helpers_come_along_and_go_back(hall: Hall) -> None:
    ina, jo = await somebody(hall, "Ina"), await somebody(hall, "Jo", "supporter")
    await assign(hall, 1, jo)
    await assign(hall, 2, ina, jo)
    handle = await proposed(hall)
    await write(merging.say, hall.gathering, handle, 2, yes=True)
    assert await with_whom(hall, 1) == ["Ina", "Jo"]
    await write(merging.part, hall.gathering, handle, None)
    assert await with_whom(hall, 1) == ["Jo"]
    assert await with_whom(hall, 2) == ["Ina", "Jo"]


async def test_who_cannot_come_along_is_said_until_somebody_takes_them_off(hall: Hall) -> None:
    ina, late = await somebody(hall, "Ina"), await somebody(hall, "Kit", rounds=(3,))
    await hall.place(3, 0, 1)
    await assign(hall, 3, ina)
    await assign(hall, 2, ina, late)
    handle = await proposed(hall)
    await write(merging.say, hall.gathering, handle, 2, yes=True)
    assert await with_whom(hall, 1) == []
    view = await read(board_view, hall.gathering)
    found = watch(view, await read(bounds_of, view)).warnings
    assert [(one.kind, one.session.number, one.words.split(" at ")[0]) for one in found] == [
        ("helpers", 1, "Ina was with “Money” and did not come along. Ina is with “Work”"),
        ("helpers", 1, "Kit was with “Money” and did not come along. Kit is not there"),
    ]
    await write(supporting.unassign, hall.gathering, 1, ina)
    await write(supporting.unassign, hall.gathering, 1, late)
    assert watch(view, await read(bounds_of, view)).warnings == ()
    assert await SupportAssignment.count() == 1


async def test_without_one_of_a_pair_the_other_does_not_come_alone(hall: Hall) -> None:
    await hall.offer("Long", length=2)
    await hall.place(4, 0, 2)
    ina = await somebody(hall, "Ina")
    await somebody(hall, "Kit", rounds=(3,), pair=ina)
    kit = next(one.handle for one in await read(helpers_of, hall.gathering) if one.name == "Kit")
    await assign(hall, 2, ina, kit)
    handle = await write(merging.propose, hall.gathering, 4, 2)
    for number in (4, 2):
        await write(merging.say, hall.gathering, handle, number, yes=True)
    assert await with_whom(hall, 4) == []


async def test_hosts_agree_and_a_facilitator_says_why(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes")
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Cal R"})
    await placed(setting, 1)
    await starred(setting.gathering.id, 2, await booked(setting.gathering.id, LOOP))
    await ben.get(f"{HERE}/sessions/1")
    await ben.submit("form[action$=merge]", {"other": "2"})
    await ben.get(f"{HERE}/sessions/1")
    await ben.submit("form:has(#merge-yes)", button="merge-yes")
    await client.get(f"{HERE}/sessions/2")
    await client.submit("form:has(#merge-yes)", button="merge-yes")
    await client.follow()
    assert "A facilitator looks at the room, and then joins them." in client.words
    assert not any(word in client.text for word in (*PLANTED, "hearing loop", "omebody who"))
    await ben.get(f"{HERE}/arrange")
    assert "Join Mine with Homes." in " ".join(ben.one("#watch").get_text().split())
    await ben.submit("form:has(#join-1)", button="join-1", status=409)
    assert "working hearing loop" in ben.words
    assert not any(word in ben.text for word in PLANTED)
    await ben.submit("form[action*=merge]", {"why": ""}, button="join-all-the-same", status=409)
    assert "Enter why they are joined" in ben.error_at("why")
    typed = {"why": "We bring a loop"}
    await ben.submit("form[action*=merge]", typed, button="join-all-the-same")
    await ben.follow()
    assert "Joined with “Mine”." in ben.words
    await client.get(f"{HERE}/sessions/2", status=303)
    await client.follow()
    assert client.one("h1").get_text() == "Homes"
    await ben.get(f"{HERE}/arrange/ahead")
    assert "“We bring a loop”" in ben.words


async def test_a_host_whose_card_became_part_of_it_changes_its_words_and_no_more(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Homes")
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Cal R"})
    await client.get(f"{HERE}/sessions/1")
    assert "Change the words" not in client.words
    handle = await write(merging.propose, setting.gathering.id, 1, 2)
    for number in (1, 2):
        await write(merging.say, setting.gathering.id, handle, number, yes=True)
    await client.get(f"{HERE}/sessions/1")
    assert client.soup.select("#withdraw, #ask-to-swap") == []
    await client.get(str(client.one("#words")["href"]))
    await client.submit("main form", {"title": "Homes of our own"})
    await client.follow()
    assert client.one("h1").get_text() == "Homes of our own"
    await client.post(f"{HERE}/sessions/1/withdraw", {}, status=401)
    for press in ("words", "withdraw"):
        await dee.post(f"{HERE}/sessions/1/{press}", {"title": "Mine now"}, status=403)
    await write(offers.withdraw, setting.gathering.id, 1, None)
    await client.get(f"{HERE}/sessions/1/words", status=404)
