"""Arrangements serve one or many needs; support people come in rounds and pairs; deputies open."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gatherings.access.arrangements import (
    ArrangementWords,
    add_arrangement,
    arrangement_by,
    change_arrangement,
    claim_words,
    served_by,
)
from gatherings.access.deputies import name_deputy
from gatherings.access.needs import NeedAnswer, NeedView, needs_of_gathering
from gatherings.access.support import SupportWords, add_support, change_support, support_by
from gatherings.access.tables import (
    Arrangement,
    Deputy,
    Look,
    Need,
    NeedEvent,
    SupportPerson,
    SupportRound,
)
from gatherings.bookings import bookings
from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.roles import grant
from gatherings.planning import helpers
from gatherings.planning.day_plan import remove_round
from gatherings.planning.refusals import Stale
from gatherings.planning.tables import Round
from tests.booking_rows import with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

LOOP = {"what": "A loop for the day", "kind": "hearing_loop", "cost": "85.50", "state": "asked"}
NAMES = tuple(f"Called {letter}" for letter in "ABCDEF")


@pytest.fixture
async def desk(setting: Setting) -> str:
    """The gathering's desk, with Ada as its access lead and two people who need a loop."""
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    for name in ("Cal", "Dot"):
        party = with_needs(NeedAnswer("hear.loop"), NeedAnswer("food.diet", "Vegan"), name=name)
        await write(bookings.book, setting.gathering.id, party)
    return f"/desk/g/{setting.gathering.slug}"


async def open_what_they_said(browser: PageClient, desk: str) -> None:
    await browser.get(f"{desk}/needs")
    await browser.submit("form[action$=open]")


async def add_loop(browser: PageClient, desk: str) -> str:
    """Write the loop down, and tick both needs. Gives its address."""
    await browser.get(f"{desk}/arrangements/add")
    answer = await browser.submit("#about", LOOP)
    await browser.follow()
    wanted = [
        str(box["value"])
        for box in browser.soup.select("input[name=needs]")
        if "loop" in str(browser.one(f"label[for={box['id']}]").get_text())
    ]
    assert len(wanted) == 2
    await browser.submit("#about", {"needs": wanted})
    return answer.headers["location"]


async def loops(setting: Setting) -> list[NeedView]:
    needs = await read(needs_of_gathering, setting.gathering.id)
    return [need for need in needs if need.code == "hear.loop"]


async def loop_states(setting: Setting) -> list[str]:
    return sorted(need.state for need in await loops(setting))


async def test_a_claim_has_two_days_which_the_person_sees(
    ada: PageClient, client: PageClient, setting: Setting, desk: str
) -> None:
    made = await write(
        bookings.book, setting.gathering.id, with_needs(NeedAnswer("money.travel"), name="Eve")
    )
    await open_what_they_said(ada, desk)
    await ada.get(f"{desk}/arrangements/add")
    fare = {"what": "A fare", "kind": "money", "cost": "12", "state": "confirmed"}
    claimed = {"claimed_on_day": "3", "claimed_on_month": "5", "claimed_on_year": "2027"}
    early = {name.replace("claimed", "paid"): part for name, part in claimed.items()}
    early["paid_on_day"] = "2"
    await ada.submit("#about", fare | claimed | early, status=422)
    assert "It was paid before the claim was raised" in ada.error_at("paid_on")
    await ada.submit("#about", {"paid_on_day": "9"})
    await ada.follow()
    label = next(one for one in ada.soup.select("label") if "travel costs" in one.get_text())
    await ada.submit("#about", {"needs": [str(ada.one(f"#{label['for']}")["value"])]})
    await ada.follow()
    days = "Claim raised on Monday 3 May 2027. Paid on Sunday 9 May 2027."
    assert days in ada.words
    client.set_cookie(cookie_of(made.reference), made.secret)
    await client.get(f"/b/{made.reference}/needs")
    assert days in client.words
    await client.get(f"/b/{made.reference}/my-data")
    assert days in client.words


def test_a_claim_of_something_cancelled_does_not_wait_for_money() -> None:
    third, ninth = date(2027, 5, 3), date(2027, 5, 9)
    raised = "Claim raised on Monday 3 May 2027."
    assert claim_words(third, None, "confirmed") == f"{raised} Not paid yet."
    assert claim_words(third, None, "cancelled") == f"{raised} Cancelled."
    assert claim_words(third, ninth, "cancelled") == f"{raised} Paid on Sunday 9 May 2027."
    assert claim_words(None, None, "cancelled") == ""


async def test_of_two_who_change_the_same_words_at_once_one_is_told(setting: Setting) -> None:
    here, now = setting.gathering.id, datetime.now(UTC)
    loop = ArrangementWords("hearing_loop", "A loop", "", "", 0, "wanted")
    # Many at once, so that as many ways to the database are open below.
    made = await asyncio.gather(*(write(add_arrangement, here, loop, now) for _ in NAMES))
    handle = made[0]
    seen = (await read(arrangement_by, handle, here)).seen
    tries = [
        write(change_arrangement, handle, here, replace(loop, what=what), now, seen)
        for what in NAMES
    ]
    assert await told(tries) == len(NAMES) - 1
    words = SupportWords("bsl", "Imogen")
    who = await write(add_support, here, words, now)
    seen = (await read(support_by, who, here)).seen
    changes = [write(change_support, who, here, replace(words, name=name), seen) for name in NAMES]
    assert await told(changes) == len(NAMES) - 1


async def told(tries: list[Coroutine[Any, Any, None]]) -> int:
    """How many of those who tried at the same time are told that somebody else was first."""
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert [end for end in ends if end is not None and not isinstance(end, Stale)] == []
    return sum(isinstance(end, Stale) for end in ends)


async def test_one_arrangement_serves_many_needs_in_one_press(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await open_what_they_said(ada, desk)
    address = await add_loop(ada, desk)
    handle = address.rpartition("/")[2]
    assert len(await read(served_by, handle, setting.gathering.id)) == 2
    await ada.get(f"{desk}/arrangements")
    assert "Meets 2 needs, £85.50" in ada.words
    await ada.post(f"{address}/arranged", status=422)
    await ada.get(address)
    await ada.submit("#about", {"state": "confirmed"})
    await ada.follow()
    await ada.submit("form[action$=arranged]")
    await ada.follow()
    states = {
        need.label: need.state for need in await read(needs_of_gathering, setting.gathering.id)
    }
    assert sorted(states.values()) == ["arranged", "asked"]
    assert await NeedEvent.count() == 2
    await ada.post(f"{address}/arranged")
    assert await NeedEvent.count() == 2


async def test_what_is_agreed_is_not_moved_back(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await open_what_they_said(ada, desk)
    address = await add_loop(ada, desk)
    need = next(
        n for n in await read(needs_of_gathering, setting.gathering.id) if "loop" in n.label
    )
    told = {"seen": need.mark, "how": "phone"}
    await ada.post(f"{desk}/needs/{need.handle}/agreed", told)
    await ada.get(address)
    await ada.submit("#about", {"state": "confirmed"})
    await ada.post(f"{address}/arranged")
    loops = [
        n.state for n in await read(needs_of_gathering, setting.gathering.id) if "loop" in n.label
    ]
    assert sorted(loops) == ["agreed", "arranged"]


async def test_needs_that_are_not_open_stay_ticked(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await open_what_they_said(ada, desk)
    address = await add_loop(ada, desk)
    await write(_close_all)
    await ada.get(address)
    assert "It meets 2 needs" in ada.words
    assert "Cal" not in ada.words
    await ada.submit("#about", {"supplier": "Loops Ltd"})
    handle = address.rpartition("/")[2]
    assert len(await read(served_by, handle, setting.gathering.id)) == 2


async def _close_all() -> None:
    await Look.delete(force=True)


async def test_two_who_change_an_arrangement_lose_nothing(ada: PageClient, desk: str) -> None:
    await ada.get(f"{desk}/arrangements/add")
    address = (await ada.submit("#about", LOOP)).headers["location"]
    await ada.get(address)
    values = LOOP | {"supplier": "Ben’s choice", "seen": ""}
    await ada.post(address, values)
    await ada.submit("#about", {"what": "Another loop"}, status=422)
    assert "Somebody else changed this" in ada.words
    assert (await Arrangement.objects())[0].what == LOOP["what"]
    await ada.submit("#about")
    assert (await Arrangement.objects())[0].what == "Another loop"
    await ada.get(f"{desk}/arrangements/add")
    await ada.submit("#about", {"cost": "many"}, status=422)
    assert ada.error_at("what") == "Error: Enter what we arrange"


async def test_support_people_come_in_rounds_and_pairs(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    for name in ("Ina", "Per"):
        await ada.get(f"{desk}/support/add")
        rounds = [str(box["value"]) for box in ada.soup.select("input[name=rounds]")][:2]
        who = {"name": name, "role": "bsl", "longest": "30", "rounds": rounds}
        who["register"] = f"NRCPD {name}"
        await ada.submit("main form", who)
    ina, per = await SupportPerson.objects().order_by(SupportPerson.id)
    await ada.get(f"{desk}/support/{ina.handle}")
    await ada.submit("main form", {"pair_with": per.handle, "state": "confirmed"})
    await ada.follow()
    assert "A pair with Per" in ada.words
    assert "A pair with Ina" in ada.words
    assert "Registered: NRCPD Per" in ada.words
    assert await SupportRound.count() == 4
    await ada.get(f"{desk}/support/{per.handle}")
    await ada.submit("main form", {"pair_with": "", "longest": "2"}, status=422)
    await ada.submit("main form", {"pair_with": "", "longest": ""})
    assert {row.pair_with for row in await SupportPerson.objects()} == {None}
    await ada.get(f"{desk}/support/add")
    await ada.submit("main form", status=422)


async def test_a_part_of_the_day_can_go_with_its_interpreters(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await ada.get(f"{desk}/support/add")
    rounds = [str(box["value"]) for box in ada.soup.select("input[name=rounds]")]
    await ada.submit("main form", {"name": "Ina", "role": "bsl", "rounds": rounds})
    await write(remove_round, setting.viewer, setting.gathering.id, 1)
    assert await SupportRound.count() == len(rounds) - 1 == await Round.count()


async def test_an_organiser_sees_arrangements_but_no_needs(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await open_what_they_said(ada, desk)
    address = await add_loop(ada, desk)
    await write(helpers.remove_role, setting.gathering.series, "ada@example.org", "access_lead")
    await ada.get(f"{desk}/arrangements")
    assert "Meets 2 needs" in ada.words
    await ada.get(address, status=403)
    await ada.post(f"{address}/arranged", status=403)
    await ada.get(f"{desk}/support")
    await ada.get(f"{desk}/deputies", status=403)


async def test_a_deputy_opens_one_gathering_until_it_is_ended(
    ada: PageClient, ben: PageClient, setting: Setting, desk: str
) -> None:
    await ben.get(f"{desk}/needs", status=403)
    await ada.get(f"{desk}/deputies")
    await ada.submit("main form", {"account": str(setting.team.ben)})
    await ben.get("/desk")
    assert "What people need" in ben.words
    await open_what_they_said(ben, desk)
    await ben.get(f"{desk}/needs")
    assert "Vegan" in ben.words
    await ben.get(f"{desk}/deputies")
    await ben.post(f"{desk}/deputies", {"account": str(setting.team.dee)}, status=403)
    await ada.get(f"{desk}/deputies")
    await ada.submit("form[action$=end]")
    await ada.follow()
    assert "named by Ada, until" in ada.words
    await ben.get(f"{desk}/needs", status=403)
    assert {look.account_id for look in await Look.objects()} == {setting.team.ben}


async def test_only_helpers_become_deputies_and_stop_with_their_last_role(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await ada.post(f"{desk}/deputies", {"account": str(setting.team.dee)}, status=422)
    now, gathering = datetime.now(UTC), setting.gathering
    await write(name_deputy, gathering.id, setting.team.ben, setting.team.ada, now)
    await write(name_deputy, gathering.id, setting.team.ben, setting.team.ada, now)
    assert await Deputy.count() == 1
    await write(helpers.remove_role, gathering.series, "ben@example.org", "facilitator")
    assert await Deputy.exists().where(Deputy.ended_at.is_null()) is False
    for account in (str(setting.team.ben), "9" * 23, "", "²"):
        await ada.post(f"{desk}/deputies/end", {"account": account})


async def test_strangers_see_nothing(
    client: PageClient, dee: PageClient, ben: PageClient, desk: str
) -> None:
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        for tail in ("arrangements", "arrangements/add", "support", "support/add", "deputies"):
            await browser.get(f"{desk}/{tail}", status=status)
        for tail in ("arrangements/add", "support/add", "deputies", "deputies/end"):
            await browser.post(f"{desk}/{tail}", status=status)
    assert (await Arrangement.count(), await SupportPerson.count(), await Need.count()) == (0, 0, 4)


async def test_the_desk_begins_with_the_promises_to_keep(
    ada: PageClient, ben: PageClient, desk: str
) -> None:
    await ada.get("/desk")
    headings = [heading.get_text() for heading in ada.soup.select("main h2")]
    assert headings[0] == "What people need"
    assert "4 to do in all" in ada.words
    assert "Vegan" not in ada.text
    await ada.get(desk)
    assert "Access light: green" in ada.words
    await ben.get("/desk")
    assert "What people need" not in ben.words
