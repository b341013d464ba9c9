"""A need is a promise: which state may follow which, and nobody's move is lost."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gatherings.access.catalogue import ASK_ME
from gatherings.access.light import light_of
from gatherings.access.need_history import histories, history_of_need
from gatherings.access.needs import NeedAnswer, NeedView, needs_of_gathering, set_due_dates
from gatherings.access.own_needs import (
    add_need,
    answer_outcome,
    change_need_by_person,
    withdraw_need,
)
from gatherings.access.promises import agree_by_person, move_need
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.bookings.tables import Person
from gatherings.personal_data.erasures import withdraw_consent
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, with_needs
from web.database import read, write
from web.problems import NotFound
from web.words import local

pytestmark = pytest.mark.usefixtures("db")

WORDS = "Please face me when you talk"
BSL = NeedAnswer("hear.bsl", WORDS, "must")
NOW = datetime.now(UTC)


async def a_gathering_with(*answers: NeedAnswer) -> Gathering:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, with_needs(*answers))
    return gathering


async def only_need(gathering: Gathering) -> NeedView:
    return (await read(needs_of_gathering, gathering.id))[0]


async def moved(gathering: Gathering, to: str, **more: Any) -> NeedView:
    """Move the first need as Ada would, from what the page shows now."""
    need = await only_need(gathering)
    told: dict[str, Any] = {"how": "phone"} if to in ("agreed", "withdrawn") else {}
    if to == "cannot":
        told = {"reason": "No lift", "alternative": "The ground floor", "told_on": NOW.date()}
        told["why"] = "venue"
    args: dict[str, Any] = {"seen": need.mark, "to": to, "account_id": 1, "at": NOW} | told | more
    await write(move_need, need.handle, gathering.id, **args)
    return await only_need(gathering)


async def test_a_need_goes_from_asked_to_agreed() -> None:
    gathering = await a_gathering_with(BSL)
    for state in ("talking", "arranged", "agreed"):
        assert (await moved(gathering, state)).state == state
    need = await only_need(gathering)
    assert need.agreed_how == "phone"
    steps = await read(history_of_need, need.handle)
    assert [step.state for step in steps] == ["asked", "talking", "arranged", "agreed"]
    assert [step.at for step in steps] == sorted(step.at for step in steps)


@pytest.mark.parametrize(
    ("missing", "field"),
    [("reason", "reason"), ("alternative", "alternative"), ("why", "why")],
)
async def test_we_cannot_only_with_a_reason_and_something_instead(missing: str, field: str) -> None:
    gathering = await a_gathering_with(BSL)
    with pytest.raises(Refused) as refused:
        await moved(gathering, "cannot", **{missing: "  "})
    assert refused.value.field == field
    assert (await only_need(gathering)).state == "asked"


@pytest.mark.parametrize("told_on", [None, NOW.date() + timedelta(days=2)])
async def test_we_cannot_only_once_they_were_told(told_on: date | None) -> None:
    gathering = await a_gathering_with(BSL)
    with pytest.raises(Refused) as refused:
        await moved(gathering, "cannot", told_on=told_on)
    assert refused.value.field == "told_on"


async def test_what_we_cannot_do_is_sealed_with_its_reason() -> None:
    gathering = await a_gathering_with(BSL)
    need = await moved(gathering, "cannot")
    assert (need.state, need.told_on, need.why_not) == ("cannot", NOW.date(), "venue")
    event = (await NeedEvent.objects())[0]
    assert event.sealed_note is not None
    assert b"lift" not in event.sealed_note
    step = (await read(history_of_need, need.handle))[-1]
    assert (step.reason, step.alternative) == ("No lift", "The ground floor")
    assert (await moved(gathering, "talking")).why_not == ""


@pytest.mark.parametrize("state", ["agreed", "withdrawn"])
async def test_what_is_theirs_to_say_needs_how_they_said_it(state: str) -> None:
    gathering = await a_gathering_with(BSL)
    for how in ("", "page", "by pigeon"):
        with pytest.raises(Refused):
            await moved(gathering, state, how=how)
    assert (await moved(gathering, state, how="letter")).state == state


@pytest.mark.parametrize("to", ["asked", "away", ""])
async def test_no_move_leads_out_of_the_states(to: str) -> None:
    gathering = await a_gathering_with(BSL)
    with pytest.raises(Refused):
        await moved(gathering, to)


async def test_of_three_who_move_a_need_at_once_two_are_told() -> None:
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)

    async def move_to(state: str, **more: Any) -> str:
        try:
            await write(
                move_need,
                need.handle,
                gathering.id,
                seen=need.mark,
                to=state,
                account_id=1,
                at=datetime.now(UTC),
                **more,
            )
        except Stale:
            return "told"
        return "moved"

    tries = (move_to("talking"), move_to("arranged"), move_to("agreed", how="phone"))
    assert sorted(await asyncio.gather(*tries)) == ["moved", "told", "told"]
    assert await NeedEvent.count() == 1


async def test_a_page_from_before_a_change_and_back_is_stale_too() -> None:
    """The state is the same again, but the words are not what the lead has read."""
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)
    await write(
        change_need_by_person,
        need.handle,
        need.booking_id,
        words="Two interpreters",
        strength="must",
        seen=need.mark,
        at=NOW,
    )
    assert (await only_need(gathering)).state == need.state == "asked"
    with pytest.raises(Stale):
        await moved(gathering, "arranged", seen=need.mark)


async def test_the_same_button_pressed_twice_is_one_step() -> None:
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)
    for seen in (need.mark, need.mark):
        await moved(gathering, "arranged", seen=seen)
    with pytest.raises(Refused):
        await moved(gathering, "arranged", seen=need.mark, account_id=2)
    need = await only_need(gathering)
    for _ in range(2):
        await write(agree_by_person, need.handle, need.booking_id, seen=need.mark, at=NOW)
    assert await NeedEvent.count() == 2


async def test_a_need_is_due_as_many_days_before_another_day() -> None:
    gathering = await a_gathering_with(BSL, NeedAnswer("move.stand"))
    day = local(gathering.starts_at, gathering.zone).date()
    await write(set_due_dates, gathering.id, day + timedelta(days=30))
    due = {need.code: need.due_on for need in await read(needs_of_gathering, gathering.id)}
    assert due == {
        "hear.bsl": day - timedelta(days=12),
        "move.stand": day + timedelta(days=29),
    }


async def test_a_need_of_another_gathering_cannot_be_moved_from_here() -> None:
    gathering, other = await a_gathering_with(BSL), await make_gathering()
    need = await only_need(gathering)
    with pytest.raises(NotFound):
        await write(
            move_need, need.handle, other.id, seen=need.mark, to="talking", account_id=1, at=NOW
        )
    assert (await only_need(gathering)).state == "asked"


async def test_their_own_yes_agrees_only_to_what_was_arranged_or_offered() -> None:
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)
    with pytest.raises(Stale):
        await write(agree_by_person, need.handle, need.booking_id, seen=need.mark, at=NOW)
    for state in ("arranged", "cannot"):
        need = await moved(gathering, state)
        await write(agree_by_person, need.handle, need.booking_id, seen=need.mark, at=NOW)
        need = await only_need(gathering)
        assert (need.state, need.agreed_how) == ("agreed", "page")
    assert (await read(history_of_need, need.handle))[-1].by_person


async def test_a_changed_need_is_open_again_with_its_history() -> None:
    gathering = await a_gathering_with(BSL)
    for state in ("arranged", "agreed"):
        need = await moved(gathering, state)
    before = (await Need.objects())[0].sealed
    await write(
        change_need_by_person,
        need.handle,
        need.booking_id,
        words="Two interpreters",
        strength="helps",
        seen=need.mark,
        at=NOW,
    )
    need = await only_need(gathering)
    assert (need.state, need.words, need.strength) == ("asked", "Two interpreters", "helps")
    assert (need.agreed_how, (await Need.objects())[0].sealed == before) == ("", False)
    step = (await read(history_of_need, need.handle))[-1]
    assert (step.by_person, step.before) == (True, f"{WORDS} (I cannot come without it)")
    same: dict[str, Any] = {
        "words": need.words,
        "strength": need.strength,
        "seen": need.mark,
        "at": NOW,
    }
    await write(change_need_by_person, need.handle, need.booking_id, **same)
    assert await NeedEvent.count() == 3


async def test_a_withdrawn_need_can_be_asked_for_again() -> None:
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)
    await write(withdraw_need, need.handle, need.booking_id, seen=need.mark, at=NOW)
    need = await only_need(gathering)
    assert need.state == "withdrawn"
    await write(withdraw_need, need.handle, need.booking_id, seen=need.mark, at=NOW)
    await write(
        change_need_by_person,
        need.handle,
        need.booking_id,
        words=need.words,
        strength=need.strength,
        seen=need.mark,
        at=NOW,
    )
    assert (await only_need(gathering)).state == "asked"


async def test_another_partys_need_is_not_found() -> None:
    gathering = await a_gathering_with(BSL)
    need = await only_need(gathering)
    for verb in (withdraw_need, agree_by_person):
        with pytest.raises(NotFound):
            await write(verb, need.handle, need.booking_id + 1, seen=need.mark, at=NOW)


async def test_nothing_changes_once_the_gathering_has_begun() -> None:
    gathering = await a_gathering_with(BSL)
    need, begun = await only_need(gathering), gathering.starts_at
    with pytest.raises(Refused):
        await write(withdraw_need, need.handle, need.booking_id, seen=need.mark, at=begun)
    with pytest.raises(Refused):
        await write(add_need, need.booking_id, 1, NeedAnswer("hear.loop"), begun)


async def test_one_more_need_is_kept_once_and_late_ones_are_not_refused() -> None:
    gathering = await a_gathering_with(BSL)
    booking, person = (await only_need(gathering)).booking_id, (await Person.objects())[0]
    late = gathering.starts_at - timedelta(hours=1)
    await write(add_need, booking, person.position, NeedAnswer("hear.lip"), late)
    found = {need.code: need for need in await read(needs_of_gathering, gathering.id)}
    assert found["hear.lip"].late(local(late, gathering.zone).date())
    with pytest.raises(Refused):
        await write(add_need, booking, person.position, NeedAnswer("hear.lip"), late)
    with pytest.raises(Refused):
        await write(add_need, booking, person.position, NeedAnswer("any.other"), late)
    with pytest.raises(NotFound):
        await write(add_need, booking, person.position + 1, NeedAnswer("hear.loop"), late)


async def test_no_need_is_kept_once_the_yes_is_taken_back() -> None:
    gathering = await a_gathering_with(BSL)
    booking = (await only_need(gathering)).booking_id
    assert await write(withdraw_consent, booking, "person", datetime.now(UTC))
    with pytest.raises(Refused, match="Ask first"):
        await write(add_need, booking, 1, NeedAnswer("hear.loop"), NOW)
    await write(add_need, booking, 1, NeedAnswer(ASK_ME), NOW)
    assert [need.code for need in await read(needs_of_gathering, gathering.id)] == [ASK_ME]


async def test_the_person_says_afterwards_whether_it_was_met() -> None:
    gathering = await a_gathering_with(BSL)
    need, over = await only_need(gathering), gathering.ends_at
    early: dict[str, Any] = {"outcome": "met", "at": over - timedelta(seconds=1)}
    with pytest.raises(Refused):
        await write(answer_outcome, need.handle, need.booking_id, **early)
    for outcome in ("met", "partly"):
        await write(answer_outcome, need.handle, need.booking_id, outcome=outcome, at=over)
        assert (await only_need(gathering)).outcome == outcome
    with pytest.raises(ValueError, match="not an answer"):
        await write(answer_outcome, need.handle, need.booking_id, outcome="", at=over)


async def test_the_light_of_a_gathering() -> None:
    gathering = await a_gathering_with(BSL, NeedAnswer("move.stand"))
    due = (await only_need(gathering)).due_on
    days = [(8, "green"), (7, "amber"), (1, "amber"), (0, "red"), (-3, "red")]
    for before, light in days:
        assert await read(light_of, gathering.id, due - timedelta(days=before)) == light
    await moved(gathering, "agreed")
    assert await read(light_of, gathering.id, due) == "green"
    await moved(gathering, "cannot")
    assert await read(light_of, gathering.id, due) == "red"
    await moved(gathering, "withdrawn")
    assert await read(light_of, gathering.id, gathering.starts_at.date()) == "green"


async def test_histories_of_many_needs_come_in_one_go() -> None:
    gathering = await a_gathering_with(BSL, NeedAnswer("hear.loop"))
    await moved(gathering, "talking")
    needs = await read(needs_of_gathering, gathering.id)
    found = await read(histories, [need.handle for need in needs])
    assert [len(found[need.handle]) for need in needs] == [2, 1]
