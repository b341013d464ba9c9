"""What is erased stays erased, also when an older copy of the database is put back."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from litestar import Litestar

from app import running
from gatherings.access.kept_needs import keep_for_next
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Consent, KeptNeeds, Need
from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.letters.tables import Letter
from gatherings.personal_data.erasures import (
    LOG,
    Erased,
    agree_with_log,
    is_erased,
    keep_no_longer,
    let_old_lines_go,
    log_erasures,
    read_log,
    withdraw_consent,
)
from gatherings.personal_data.keeping import PROOF
from gatherings.personal_data.tables import Erasure
from gatherings.planning.tables import Gathering
from sessions.board.joining import joiner_id, link_booking
from sessions.board.offers import offer
from sessions.board.tables import Joiner, Session, SessionHost
from sessions.board.view import board_view
from sessions.personal_data.all_rules import erase_everywhere
from sessions.summaries.picture_people import hidden_among, list_person
from tests.booking_rows import make_gathering, one_person, taken_of, with_needs
from tests.sheet_rows import build_notes
from web.crypto import hash_of
from web.database import DatabaseEngine, SQLiteEngine, read, write
from web.settings import settings

NOW = datetime.now(UTC) + timedelta(hours=2)  # after whatever a test books
LOOP = NeedAnswer("hear.loop", "Please face me")


@pytest.fixture
async def gathering(db: object) -> Gathering:
    return await make_gathering(capacity=1)


@pytest.fixture
async def booked(gathering: Gathering) -> Booked:
    return await write(bookings.book, gathering.id, with_needs(LOOP))


async def only() -> Booking:
    return (await Booking.objects().order_by(Booking.id))[0]


async def test_erasing_leaves_a_row_that_names_nobody(gathering: Gathering, booked: Booked) -> None:
    before = await only()
    await write(erase_everywhere, before.id, "person", NOW)
    left = await only()
    assert (left.contact_name, left.contact_detail) == ("", "")
    assert left.sealed_secret is None
    assert left.reference.startswith("deleted-")
    assert left.secret_hash != before.secret_hash
    assert left.form_token != before.form_token
    assert left.state == "cancelled"
    counts = [await table.count() for table in (Need, Letter, BookingEvent, Person)]
    assert counts == [0, 0, 0, 1]
    assert [(person.name, person.help) for person in await Person.objects()] == [("", "not_asked")]
    assert await taken_of(gathering) == 0
    assert await read(is_erased, f" {booked.reference.upper()} ")
    assert not await read(is_erased, left.reference)


async def test_the_place_goes_to_whoever_waits(gathering: Gathering, booked: Booked) -> None:
    waiting = await write(bookings.book, gathering.id, one_person("Dot"))
    assert waiting.state == "waiting"
    await write(erase_everywhere, (await only()).id, "person", NOW)
    next_one = (await Booking.objects().order_by(Booking.id))[1]
    assert next_one.state == "offered"


async def test_what_they_offered_stays_by_somebody(gathering: Gathering, booked: Booked) -> None:
    booking = await only()
    await write(offer, gathering.id, "hash", "Tea", "", "Calpurnia", "token")
    await write(link_booking, gathering.id, "hash", booking.id)
    await write(erase_everywhere, booking.id, "team", NOW)
    joiner, session = (await Joiner.objects())[0], (await Session.objects())[0]
    assert (joiner.name, joiner.booking) == ("", None)
    assert (session.title, session.host_name) == ("Tea", "Somebody")
    assert await write(joiner_id, gathering.id, "hash") != joiner.id


async def test_who_hosts_with_them_is_still_named(gathering: Gathering, booked: Booked) -> None:
    booking = await only()
    await write(offer, gathering.id, "hash", "Tea", "", "Calpurnia and Len", "token")
    await write(link_booking, gathering.id, "hash", booking.id)
    before = await read(board_view, gathering.id)
    await write(erase_everywhere, booking.id, "person", NOW)
    after = await read(board_view, gathering.id)
    assert [session.host_name for session in after.sessions] == ["Somebody and Len"]
    assert after.version == before.version + 1
    hosts = await SessionHost.objects().order_by(SessionHost.position)
    assert [host.name for host in hosts] == ["Somebody", "Len"]
    assert "calpurnia" not in " ".join(host.key for host in hosts)


async def test_erasing_twice_is_the_same_as_once(booked: Booked) -> None:
    booking = await only()
    await write(erase_everywhere, booking.id, "person", NOW)
    first = (await only()).reference
    await write(erase_everywhere, booking.id, "team", NOW)
    assert (await only()).reference == first
    assert [row.by_whom for row in await Erasure.objects()] == ["person"]


async def test_taking_back_the_yes_deletes_needs_at_once(booked: Booked) -> None:
    booking = await only()
    assert await write(withdraw_consent, booking.id, "person", NOW)
    assert not await write(withdraw_consent, booking.id, "person", NOW)
    assert await Need.count() == 0
    consent = (await Consent.objects())[0]
    assert (consent.answer, consent.withdrawn_at) == ("yes", NOW)
    assert [event.what for event in await BookingEvent.objects()][-1] == "consent withdrawn"
    assert (await only()).contact_name == "Cal"
    assert not await read(is_erased, booked.reference)


async def test_the_file_says_what_the_database_says(booked: Booked, tmp_path: Path) -> None:
    await write(erase_everywhere, (await only()).id, "person", NOW)
    await log_erasures(tmp_path)
    await log_erasures(tmp_path)
    line = Erased(NOW, "booking", "person", hash_of(booked.reference))
    assert read_log(tmp_path) == [line]
    assert booked.reference not in (tmp_path / LOG).read_text()


async def test_a_line_that_was_cut_off_harms_nothing(booked: Booked, tmp_path: Path) -> None:
    whole = Erased(NOW, "booking", "person", hash_of("maple-river-42"))
    (tmp_path / LOG).write_text(f"{whole.line()}2027-01-04T12:00:00+00:00 booking per")
    assert read_log(tmp_path) == [whole]
    await write(erase_everywhere, (await only()).id, "person", NOW)
    await log_erasures(tmp_path)
    assert [one.reference_hash for one in read_log(tmp_path)] == [
        whole.reference_hash,
        hash_of(booked.reference),
    ]


async def test_a_restored_copy_forgets_again(
    db: object, gathering: Gathering, booked: Booked, tmp_path: Path
) -> None:
    """The rows of the backup are what the log's reference leads to."""
    log = Erased(NOW, "booking", "person", hash_of(booked.reference))
    (tmp_path / LOG).write_text(log.line())
    later = NOW + timedelta(days=1)
    assert await agree_with_log(tmp_path, later, erase_everywhere) == 1
    assert (await only()).contact_name == ""
    assert await Need.count() == 0
    assert await agree_with_log(tmp_path, later, erase_everywhere) == 0
    assert read_log(tmp_path)[0] == log


async def test_a_withdrawn_yes_is_withdrawn_again(booked: Booked, tmp_path: Path) -> None:
    log = Erased(NOW, "needs", "team", hash_of(booked.reference))
    (tmp_path / LOG).write_text(log.line())
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 1
    assert await Need.count() == 0
    assert (await only()).contact_name == "Cal"
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 0


async def test_needs_kept_for_next_time_do_not_come_back(booked: Booked, tmp_path: Path) -> None:
    booking = await only()
    await write(keep_for_next, booking.id, "yes", NOW.date(), NOW)
    await write(keep_no_longer, booking.id, NOW)
    await write(keep_no_longer, booking.id, NOW)
    await log_erasures(tmp_path)
    assert read_log(tmp_path) == [Erased(NOW, "kept", "person", hash_of(booked.reference))]
    await write(_as_in_the_backup, booking.id)
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 1
    assert await KeptNeeds.count() == 0
    said = await Consent.objects().order_by(Consent.id)
    assert [(one.purpose, one.withdrawn_at) for one in said] == [
        ("access needs", None),
        ("needs for next time", NOW),
        ("needs for next time", NOW),
    ]
    assert await Need.count() == 1
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 0


async def _as_in_the_backup(booking_id: int) -> None:
    await keep_for_next(booking_id, "yes", NOW.date(), NOW - timedelta(hours=1))


async def test_what_they_answered_since_stays_at_each_start(booked: Booked, tmp_path: Path) -> None:
    booking = await only()
    await write(withdraw_consent, booking.id, "person", NOW)
    await log_erasures(tmp_path)
    await Person.update({Person.help: "no"}).where(Person.booking == booking.id)
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 0
    assert [one.help for one in await Person.objects()] == ["no"]


async def test_a_picture_that_came_back_shows_them_no_more(
    db: object, gathering: Gathering, booked: Booked, tmp_path: Path
) -> None:
    booking, notes = await only(), await build_notes(gathering.id)
    await Person.update({Person.photo_web: "yes"}).where(Person.booking == booking.id)
    await write(list_person, gathering.id, notes.codes[0], booking.reference)
    log = Erased(NOW, "booking", "person", hash_of(booking.reference))
    (tmp_path / LOG).write_text(log.line())
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 1
    assert await read(hidden_among, notes.codes) == {notes.codes[0]}


async def test_after_six_years_the_file_forgets_too(booked: Booked, tmp_path: Path) -> None:
    old = Erased(NOW - PROOF, "booking", "person", hash_of("maple-river-42"))
    young = Erased(NOW - PROOF + timedelta(days=1), "needs", "team", hash_of("sunny-meadow-7"))
    (tmp_path / LOG).write_text(old.line() + young.line())
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 0
    assert read_log(tmp_path) == [young]
    assert [row.reference_hash for row in await Erasure.objects()] == [young.reference_hash]
    let_old_lines_go(tmp_path, NOW + timedelta(days=1))
    assert read_log(tmp_path) == []


async def test_another_booking_with_the_same_reference_is_left_alone(
    booked: Booked, tmp_path: Path
) -> None:
    long_ago = Erased(NOW - timedelta(days=400), "booking", "person", hash_of(booked.reference))
    (tmp_path / LOG).write_text(long_ago.line())
    assert await agree_with_log(tmp_path, NOW, erase_everywhere) == 0
    assert (await only()).contact_name == "Cal"


@pytest.mark.sqlite
async def test_putting_back_the_file_of_yesterday_erases_again(
    db: SQLiteEngine, booked: Booked, tmp_path: Path
) -> None:
    """On SQLite a backup may be a copy of the file: here it is really put back."""
    await db.close_connection_pool()
    file = Path(db.path)
    yesterday = await asyncio.to_thread(file.read_bytes)
    await db.start_connection_pool()
    await write(erase_everywhere, (await only()).id, "person", NOW)
    await log_erasures(tmp_path)
    await db.close_connection_pool()
    await asyncio.to_thread(file.write_bytes, yesterday)
    await db.start_connection_pool()
    assert (await only()).contact_name == "Cal"
    assert await agree_with_log(tmp_path, NOW + timedelta(days=1), erase_everywhere) == 1
    assert (await only()).contact_name == ""
    assert await Need.count() == 0


async def test_the_start_of_the_app_erases_again(
    db: DatabaseEngine, app: Litestar, booked: Booked
) -> None:
    log = settings().data_dir / LOG
    log.write_text(Erased(NOW, "booking", "person", hash_of(booked.reference)).line())
    async with running(app):
        assert (await only()).contact_name == ""
    log.unlink()
    await db.start_connection_pool()
