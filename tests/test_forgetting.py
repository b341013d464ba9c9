"""What we said goes on a day goes then, and nothing before; numbers without persons stay."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app import forget_soon
from gatherings.access.bindings import kept_bound_to, note_bound_to
from gatherings.access.needs import NeedAnswer, needs_of_gathering
from gatherings.access.promises import move_need
from gatherings.access.statistics import promises_kept
from gatherings.access.tables import Consent, KeptNeeds, Look, Need, NeedEvent, SupportPerson
from gatherings.bookings import bookings
from gatherings.bookings.attendance import attendance_of
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingEvent,
    BookingQuestion,
    Draft,
    Person,
)
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter
from gatherings.people.sign_in import begin_sign_in, open_account
from gatherings.people.tables import Account, SignIn
from gatherings.personal_data import keeping
from gatherings.personal_data.complaints import ComplaintWords, complain
from gatherings.personal_data.forgetting import Receipt, forget, receipts, what_is_due
from gatherings.personal_data.numbers import numbers_kept, promises_told
from gatherings.personal_data.tables import Complaint, ForgettingReceipt, GatheringNumbers
from gatherings.planning.tables import Gathering
from sessions.board.joining import joiner_id, link_booking
from sessions.board.tables import Joiner
from sessions.personal_data.all_rules import ALL_RULES
from tests.booking_rows import make_gathering, one_person
from web.chores import repeated
from web.crypto import seal
from web.database import read, write

DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
LOOP = Party(
    contact_name="Cal",
    contact_way="phone",
    contact_detail="07700 900123",
    people=(PersonAnswer(name="Cal", help="yes", needs=(NeedAnswer("hear.loop"),)),),
    consent="yes",
)


async def a_need_at(gathering: Gathering) -> None:
    await write(bookings.book, gathering.id, LOOP)
    need = (await read(needs_of_gathering, gathering.id))[-1]
    at = datetime.now(UTC)
    await write(
        move_need, need.handle, gathering.id, seen=need.mark, to="talking", account_id=1, at=at
    )


async def ends_at(gathering: Gathering, moment: datetime) -> None:
    async def change() -> None:
        await Gathering.update(
            {Gathering.ends_at: moment, Gathering.starts_at: moment - timedelta(hours=6)}
        ).where(Gathering.id == gathering.id)

    await write(change)


async def save(
    *rows: Need | NeedEvent | Look | KeptNeeds | SupportPerson | BookingQuestion,
) -> None:
    async def all_of_them() -> None:
        for row in rows:
            await row.save()

    await write(all_of_them)


async def gone_at(moment: datetime, kind: str) -> int:
    return (await forget(ALL_RULES, moment)).get(kind, 0)


async def test_needs_go_28_days_after_their_gathering_and_the_booking_stays(db: object) -> None:
    first, later = await make_gathering(), await make_gathering()
    await a_need_at(first)
    await a_need_at(later)
    await ends_at(later, first.ends_at + 5 * DAY)
    due = first.ends_at + 28 * DAY
    assert await gone_at(due - A_SECOND, "needs") == 0
    assert await gone_at(due, "needs") == 1
    assert await read(needs_of_gathering, first.id) == []
    assert len(await read(needs_of_gathering, later.id)) == 1
    assert (await Need.count(), await NeedEvent.count(), await Booking.count()) == (1, 1, 2)
    people = await Person.objects().order_by(Person.id)
    assert [person.help for person in people] == ["not_asked", "yes"]
    assert await gone_at(due, "needs") == 0


async def test_each_gathering_says_how_many_days(db: object) -> None:
    gathering = await make_gathering(keep_needs_days=7)
    await a_need_at(gathering)
    assert await gone_at(gathering.ends_at + 7 * DAY - A_SECOND, "needs") == 0
    assert await gone_at(gathering.ends_at + 7 * DAY, "needs") == 1


async def test_a_draft_goes_when_its_time_is_over(db: object) -> None:
    gathering = await make_gathering()
    await write(save_draft, "", gathering.id, {"name": "Cal"})
    assert await gone_at(datetime.now(UTC) + timedelta(hours=47), "drafts") == 0
    assert await gone_at(datetime.now(UTC) + timedelta(hours=49), "drafts") == 1
    assert await Draft.count() == 0


async def test_letters_looks_and_calendars_go_90_days_after(db: object) -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, LOOP)
    booking = (await Booking.objects())[0]
    await save(Look(booking=booking.id, account_id=1, screen="needs"))
    await write(make_key, Owner(booking=booking.id), datetime.now(UTC))
    due = gathering.ends_at + 90 * DAY
    await forget(ALL_RULES, due - A_SECOND)
    tables = (Letter, Look, CalendarKey)
    assert [await table.count() for table in tables] == [1, 1, 1]
    gone = await forget(ALL_RULES, due)
    assert gone == {"letters": 1, "looks": 1, "calendars": 1}
    assert [await table.count() for table in tables] == [0, 0, 0]


async def test_answers_go_on_the_day_of_their_question(db: object) -> None:
    gathering = await make_gathering()
    question = BookingQuestion(
        gathering=gathering.id, position=1, asks="What do you eat?", forget_on=date(2027, 1, 10)
    )
    await save(question)
    party = one_person(extra=((question.id, ("Vegan",)),))
    await write(bookings.book, gathering.id, party)
    assert await gone_at(datetime(2027, 1, 9, 23, tzinfo=UTC), "answers") == 0
    assert await gone_at(datetime(2027, 1, 10, tzinfo=UTC), "answers") == 1
    assert await BookingAnswer.count() == 0


async def test_needs_kept_for_next_time_go_on_their_day(db: object) -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, LOOP)
    booking = (await Booking.objects())[0]
    sealed = seal({"needs": []}, kept_bound_to("k"))
    await save(
        KeptNeeds(handle="k", booking=booking.id, sealed=sealed, forget_on=date(2028, 1, 10))
    )
    assert await gone_at(datetime(2028, 1, 9, tzinfo=UTC), "kept needs") == 0
    assert await gone_at(datetime(2028, 1, 10, tzinfo=UTC), "kept needs") == 1


async def test_names_go_24_months_after_the_last_booking_of_that_contact(db: object) -> None:
    first, second = await make_gathering(), await make_gathering()
    await ends_at(second, first.ends_at + 300 * DAY)
    await write(bookings.book, first.id, LOOP)
    await write(bookings.book, second.id, LOOP)
    await write(bookings.book, first.id, one_person("Dot", contact_detail="01632 960 555"))
    due = first.ends_at + keeping.CONTACTS
    assert await gone_at(due - A_SECOND, "contacts") == 0
    assert await gone_at(due, "contacts") == 1
    kept = await Booking.objects().order_by(Booking.id)
    assert [one.contact_name for one in kept] == ["Cal", "Cal", ""]
    assert await gone_at(due + 300 * DAY, "contacts") == 2
    assert await gone_at(due + 300 * DAY, "contacts") == 0
    kept = await Booking.objects().order_by(Booking.id)
    assert {(one.contact_name, one.contact_detail, one.asker_is) for one in kept} == {("", "", "")}
    assert all(one.reference.startswith("deleted-") for one in kept)
    assert {person.name for person in await Person.objects()} == {""}
    assert await BookingEvent.count() == 0
    assert await Consent.count() == 2


async def test_numbers_stay_when_the_people_are_forgotten(db: object) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)
    before = await read(attendance_of, gathering.id)
    await forget(ALL_RULES, gathering.ends_at + keeping.CONTACTS)
    assert await read(attendance_of, gathering.id) == before
    kept = await read(numbers_kept, gathering.id)
    assert kept is not None
    assert set(kept.reasons.values()) == {0}
    assert {(one.asked, one.said) for one in kept.cells} == {(0, 0)}


async def test_numbers_that_were_kept_as_words_are_not_taken_for_others(db: object) -> None:
    gathering = await make_gathering()
    row = GatheringNumbers(gathering_id=gathering.id, counts="[]", counted_at=gathering.ends_at)
    await write(_save, row)
    assert await read(numbers_kept, gathering.id) is None
    assert await read(promises_told, gathering.id) == await read(promises_kept, gathering.id)


async def _save(row: GatheringNumbers) -> None:
    await row.save()


async def test_sign_ins_and_closed_complaints_go(db: object) -> None:
    now = datetime.now(UTC)
    await write(begin_sign_in, await write(open_account, "ada@example.org", "Ada"))
    for token in ("one", "two"):
        await write(complain, token, None, ComplaintWords("It was cold"), now)
    await write(_close_one, now)
    assert await forget(ALL_RULES, now + 90 * DAY) == {}
    assert await forget(ALL_RULES, now + 91 * DAY) == {"sign-ins": 1}
    assert await forget(ALL_RULES, now + keeping.COMPLAINTS) == {"complaints": 1}
    assert (await SignIn.count(), await Complaint.count()) == (0, 1)


async def test_closed_accounts_lose_their_name(db: object) -> None:
    now = datetime.now(UTC)
    await write(open_account, "ada@example.org", "Ada")
    await write(_close_accounts, now)
    assert await gone_at(now + keeping.CONTACTS - A_SECOND, "closed accounts") == 0
    assert await gone_at(now + keeping.CONTACTS, "closed accounts") == 1
    assert await gone_at(now + keeping.CONTACTS, "closed accounts") == 0
    account = (await Account.objects())[0]
    assert account.name == "A former helper"
    assert "ada" not in account.email


async def _close_accounts(now: datetime) -> None:
    await Account.update({Account.closed_at: now}).where(Account.email == "ada@example.org")


async def _close_one(now: datetime) -> None:
    first = (await Complaint.objects().order_by(Complaint.id))[0]
    await Complaint.update({Complaint.closed_at: now}).where(Complaint.id == first.id)


async def test_who_joined_the_board_is_forgotten_with_their_booking(db: object) -> None:
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, LOOP)
    booking = (await Booking.objects())[0]
    await write(joiner_id, gathering.id, "hash", "Cal")
    await write(link_booking, gathering.id, "hash", booking.id)
    gone = await forget(ALL_RULES, gathering.ends_at + keeping.CONTACTS)
    assert gone["joiners"] == 1
    joiner = (await Joiner.objects())[0]
    assert (joiner.name, joiner.booking) == ("", None)


async def test_a_dry_run_says_what_would_go_and_changes_nothing(db: object) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)
    due = gathering.ends_at + 28 * DAY
    counts = await what_is_due(ALL_RULES, due)
    assert {kind: number for kind, number in counts.items() if number} == {"needs": 1}
    assert await Need.count() == 1
    assert await ForgettingReceipt.count() == 0


async def test_a_run_that_let_something_go_leaves_a_receipt_without_persons(db: object) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)
    due = gathering.ends_at + 28 * DAY
    await forget(ALL_RULES, due - DAY)
    assert await read(receipts, 5) == []
    await forget(ALL_RULES, due)
    await forget(ALL_RULES, due)
    assert await read(receipts, 5) == [Receipt(due, {"needs": 1})]


async def test_what_is_kept_for_hours_does_not_wait_for_the_night(db: object) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)
    now, long_ago = datetime.now(UTC), gathering.ends_at - 90 * DAY
    await write(_end, gathering.id, long_ago)
    for number in range(2):
        await write(save_draft, "", gathering.id, {"name": f"Person {number}"})
        await Draft.update({Draft.expires_at: now - A_SECOND}).where(Draft.expires_at > now)
        await forget_soon()
        assert await Draft.count() == 0
    assert await Need.count() == 1
    (receipt,) = await read(receipts, 5)
    assert receipt.counts == {"drafts": 2}


async def _end(gathering_id: int, at: datetime) -> None:
    await Gathering.update({Gathering.ends_at: at, Gathering.starts_at: at - A_SECOND}).where(
        Gathering.id == gathering_id
    )


async def test_a_rule_that_fails_does_not_keep_the_others_from_theirs(
    db: object, caplog: pytest.LogCaptureFixture
) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)

    async def breaks(now: datetime) -> list[int]:
        raise OSError("the disk is full")

    rules = (replace(ALL_RULES[0], due=breaks), *ALL_RULES[1:])
    due = gathering.ends_at + 28 * DAY
    assert await forget(rules, due) == {"needs": 1}
    assert "forgetting drafts failed" in caplog.text


async def test_notes_in_the_history_of_a_need_go_with_it(db: object) -> None:
    gathering = await make_gathering()
    await a_need_at(gathering)
    need = (await Need.objects())[0]
    await save(
        NeedEvent(
            need=need.id,
            from_state="asked",
            to_state="talking",
            handle="n",
            sealed_note=seal("rang", note_bound_to("n")),
        )
    )
    await forget(ALL_RULES, gathering.ends_at + 28 * DAY)
    assert await NeedEvent.count() == 0


@pytest.mark.parametrize("kind", [rule.kind for rule in ALL_RULES])
async def test_on_an_empty_database_nothing_is_due(db: object, kind: str) -> None:
    rule = next(rule for rule in ALL_RULES if rule.kind == kind)
    assert await what_is_due([rule], datetime.now(UTC)) == {kind: 0}


async def test_a_chore_is_done_at_once_and_again_even_after_it_failed() -> None:
    done: list[int] = []
    twice = asyncio.Event()

    async def work() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise OSError("the disk is full")
        twice.set()

    async with repeated(work, 0.01):
        async with asyncio.timeout(15):
            await twice.wait()
    assert done[:2] == [0, 1]
