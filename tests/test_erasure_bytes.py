"""What is erased or forgotten is in no byte that we keep, and not only out of sight.

Distinctive words are put into every field that people fill, then they are searched for in the
database's files (or a dump of PostgreSQL), the exports, the pages, the data folder and the log.
What is sealed cannot be found by its words: of it, the sealed bytes themselves are searched for.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatherings.access.bindings import kept_bound_to
from gatherings.access.looks import note_look
from gatherings.access.needs import NeedAnswer, needs_of_booking
from gatherings.access.promises import move_need
from gatherings.access.tables import Consent, KeptNeeds, SupportPerson
from gatherings.bookings import bookings, changing
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking, BookingQuestion
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.letters.tables import Letter, Message
from gatherings.personal_data import erasures
from gatherings.personal_data.complaints import ComplaintWords, close, complain, complaints_for
from gatherings.personal_data.data_request_views import requests_for
from gatherings.personal_data.data_requests import (
    Asked,
    answer_request,
    note_request,
)
from gatherings.personal_data.erasures import log_erasures
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.tables import Erasure
from sessions.board.joining import link_booking
from sessions.board.offers import offer
from sessions.board.tables import DayHelper, Session, SessionHost, SessionWish
from sessions.personal_data.all_rules import ALL_RULES, erase_everywhere
from tests.builders import Setting
from tests.byte_search import (
    all_bytes,
    files_in,
    found_in,
    own_files,
    sealed_values,
    unpacked,
    write_files_anew,
)
from tests.databases import all_tables
from tests.page_checks import PageClient
from web import sqlite_connections
from web.crypto import seal
from web.database import DatabaseEngine, PostgresEngine, SQLiteEngine, leave_no_trace, read, write
from web.settings import settings

NOW = datetime.now(UTC)
PARTIES = 4
IN_TIME = timedelta(days=6 * 366)


@dataclass
class Marks:
    """Words that occur nowhere else, each new; and the references and secrets of the parties."""

    words: list[str] = field(default_factory=list)
    bookings: list[int] = field(default_factory=list)

    def new(self, about: str) -> str:
        """One more."""
        self.words.append(f"Zqx{about}{len(self.words)}jvk")
        return self.words[-1]

    def as_bytes(self) -> list[bytes]:
        """What to look for."""
        return [word.encode() for word in self.words]


async def fill(setting: Setting) -> Marks:
    """Put a mark into every field that somebody may write."""
    marks = Marks()
    for number in range(PARTIES):
        marks.bookings.append(await _party(setting, marks, number))
    return marks


async def _party(setting: Setting, marks: Marks, number: int) -> int:
    gathering = setting.gathering
    question = BookingQuestion(
        gathering=gathering.id,
        position=number + 1,
        asks="Which train?",
        forget_on=gathering.ends_at.date(),
    )
    await question.save()
    need = NeedAnswer("hear.loop", marks.new("need"), "must")
    people = (
        PersonAnswer(marks.new("name"), help="yes", needs=(need,), badge=marks.new("badge")),
        PersonAnswer(marks.new("helper"), "supporting"),
    )
    party = Party(
        people=people,
        contact_name=marks.new("contact"),
        contact_way="email",
        contact_detail=f"{marks.new('mail')}@example.org",
        consent="yes",
        for_whom="other",
        asker_is=marks.new("asker"),
        extra=((question.id, (marks.new("answer"),)),),
    )
    booked = await bookings.book(gathering.id, party, secret=marks.new("secret"))
    marks.words.append(booked.reference)
    booking = await Booking.objects().get(Booking.reference == booked.reference)
    assert booking is not None
    await _around(setting, marks, booking.id)
    await _on_the_day(gathering.id, marks, booking.id)
    return int(booking.id)


async def _around(setting: Setting, marks: Marks, booking_id: int) -> None:
    await Consent.update({Consent.helped_by: marks.new("helped")}).where(
        Consent.booking == booking_id
    )
    view = (await needs_of_booking(booking_id))[0]
    await move_need(
        view.handle,
        setting.gathering.id,
        seen=view.mark,
        to="talking",
        account_id=setting.team.ada,
        how="phone",
        note=marks.new("note"),
        at=NOW,
    )
    words = changing.PersonWords(marks.new("renamed"), marks.new("rebadged"), False)
    await changing.change_person(booking_id, 1, words, NOW)
    contact = changing.Contact(marks.new("other"), "phone", marks.new("phone"))
    await changing.change_contact(booking_id, contact, NOW)
    gathering = setting.gathering
    await note_look(booking_id, setting.team.ada, "The needs", NOW)
    await make_key(Owner(booking=booking_id), NOW)
    asked = Asked("delete", "phone", NOW.date(), marks.new("asked"), gathering.series, booking_id)
    await note_request(setting.viewer, f"form {booking_id}", asked, NOW)
    handle = marks.new("handle")
    sealed = seal({"needs": [{"words": marks.new("kept")}]}, kept_bound_to(handle))
    await KeptNeeds(handle=handle, booking=booking_id, sealed=sealed, forget_on=NOW.date()).save()
    await Letter.update({Letter.server_words: marks.new("server")}).where(
        Letter.booking == booking_id
    )


async def _on_the_day(gathering_id: int, marks: Marks, booking_id: int) -> None:
    key, host = marks.new("joiner"), marks.new("host")
    session = await offer(gathering_id, key, "Tea", "", host, f"token-{booking_id}")
    await link_booking(gathering_id, key, booking_id)
    await SessionWish(handle=key, session=session.id, words=marks.new("wish")).save()
    there = await SessionHost.objects().where(SessionHost.session == session.id)
    if not there:
        await SessionHost(session=session.id, position=1, name=host, key=f"name {host}").save()


async def only_by_time(setting: Setting, marks: Marks) -> None:
    """What is not about one party, and goes when its time has come."""
    gathering = setting.gathering
    said = ComplaintWords(marks.new("complaint"), marks.new("complainer"), marks.new("reply"))
    await complain(marks.new("form"), gathering.series, said, NOW)
    await close(setting.viewer, (await complaints_for(setting.viewer))[0].handle, NOW)
    asked = Asked("see", "post", NOW.date(), marks.new("letter"), gathering.series)
    reference = await note_request(setting.viewer, "form", asked, NOW)
    for one in await requests_for(setting.viewer):
        await answer_request(setting.viewer, one.reference, NOW.date(), "post", NOW)
    marks.words.append(reference)
    await save_draft("", gathering.id, {"name": marks.new("draft")})
    await Message(
        gathering=gathering.id, subject=marks.new("subject"), words=marks.new("message")
    ).save()
    await SupportPerson(
        handle="s",
        gathering=gathering.id,
        role="bsl",
        name=marks.new("interpreter"),
        organisation=marks.new("firm"),
        contact=marks.new("firmphone"),
        register_number=marks.new("register"),
    ).save()
    session = (await Session.objects().order_by(Session.id))[0]
    await SessionWish(handle="w", session=session.id, words=marks.new("wish")).save()
    await Session.update({Session.written_by: marks.new("writer")}).where(Session.id == session.id)
    await DayHelper(
        key_hash="d", gathering=gathering.id, name=marks.new("dayhelper"), ends_at=NOW
    ).save()


async def everywhere(db: DatabaseEngine, ada: PageClient, slug: str, log: str) -> dict[str, bytes]:
    """All that we keep and all that we show."""
    kept = await all_bytes(db)
    if isinstance(db, SQLiteEngine):
        folder = settings().data_dir
        kept |= files_in(file for file in folder.rglob("*") if _is_ours(file, Path(db.path)))
    for tail in ("bookings", "bookings.csv", "bookings.xlsx", "door", "door/list", "numbers"):
        answer = await ada.get(f"/desk/g/{slug}/{tail}")
        kept[tail] = unpacked(answer.content)
    kept["board"] = (await ada.get(f"/g/{slug}/board")).content
    return {**kept, "log": log.encode()}


def _is_ours(file: Path, database: Path) -> bool:
    return file.suffix in (".log", ".json", ".csv", ".xlsx", ".txt") or file == database


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "aiosqlite")
    return caplog


async def test_what_is_erased_is_in_no_byte(
    db: DatabaseEngine, setting: Setting, ada: PageClient, log: pytest.LogCaptureFixture
) -> None:
    marks = await write(fill, setting)
    slug = setting.gathering.slug
    before = await everywhere(db, ada, slug, log.text)
    sealed = await read(sealed_values)
    in_the_clear = {one for _, one in found_in(before, marks.as_bytes())}
    assert len(in_the_clear) >= PARTIES * 8
    assert {one for _, one in found_in(before, sealed)} == set(sealed)
    for booking_id in marks.bookings:
        await write(erase_everywhere, booking_id, "person", NOW)
    await log_erasures(settings().data_dir)
    await leave_no_trace()
    after = await everywhere(db, ada, slug, log.text)
    assert found_in(after, marks.as_bytes()) == set()
    assert found_in(after, sealed) == set()


async def test_what_is_forgotten_is_in_no_byte(
    db: DatabaseEngine, setting: Setting, ada: PageClient, log: pytest.LogCaptureFixture
) -> None:
    marks = await write(fill, setting)
    await write(only_by_time, setting, marks)
    sealed = await read(sealed_values)
    assert found_in(await all_bytes(db), sealed)
    await forget(ALL_RULES, setting.gathering.ends_at + IN_TIME)
    assert await read(sealed_values) == []
    kept = {**await all_bytes(db), "log": log.text.encode()}
    assert found_in(kept, marks.as_bytes()) == set()
    assert found_in(kept, sealed) == set()


async def test_an_erasure_that_only_hides_is_found_out(
    db: DatabaseEngine, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a booking that is cancelled and noted as erased, and not let go."""
    monkeypatch.setattr(erasures, "let_parties_go", _let_nobody_go)
    marks = await write(fill, setting)
    sealed = await read(sealed_values)
    for booking_id in marks.bookings:
        await write(erase_everywhere, booking_id, "person", NOW)
    await leave_no_trace()
    assert await Erasure.count() == PARTIES
    left = await all_bytes(db)
    in_the_clear = {one for _, one in found_in(left, marks.as_bytes())}
    assert len(in_the_clear) >= PARTIES * 8
    assert {one for _, one in found_in(left, sealed)} == set(sealed)


async def _let_nobody_go(bookings: Sequence[int]) -> None:
    """What was there stays."""


async def test_without_the_guard_it_would_still_be_in_the_files(
    db: DatabaseEngine, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what no query finds still stands in the files for anybody to read.

    On SQLite the guard is secure_delete. A PostgreSQL server has none of ours: docs/retention.md
    says so, and what its operator can do, which this tries.
    """
    monkeypatch.setattr(sqlite_connections, "FOR_THE_WRITER", ("secure_delete=OFF",))
    await db.close_connection_pool()
    await db.start_connection_pool()
    marks = await write(fill, setting)
    sealed = await read(sealed_values)
    for booking_id in marks.bookings:
        await write(erase_everywhere, booking_id, "person", NOW)
    await leave_no_trace()
    left = await own_files(db)
    assert found_in(left, marks.as_bytes())
    assert found_in(left, sealed)
    if isinstance(db, PostgresEngine):
        assert found_in(await all_bytes(db), [*marks.as_bytes(), *sealed]) == set()
        await write_files_anew(db)
        assert found_in(await own_files(db), [*marks.as_bytes(), *sealed]) == set()


@pytest.mark.sqlite
async def test_without_emptying_the_wal_it_would_still_be_there(
    db: DatabaseEngine, setting: Setting
) -> None:
    """The other half of the guard. A PostgreSQL server recycles its log by itself."""
    marks = await write(fill, setting)
    for booking_id in marks.bookings:
        await write(erase_everywhere, booking_id, "person", NOW)
    assert found_in(await all_bytes(db), marks.as_bytes())
    await leave_no_trace()
    assert found_in(await all_bytes(db), marks.as_bytes()) == set()


def test_what_is_packed_or_dumped_is_found_all_the_same() -> None:
    assert found_in({"dump": b"\\\\x" + b"hush".hex().encode()}, [b"hush"]) == {("dump", b"hush")}
    assert found_in({"file": b"hus"}, [b"hush"]) == set()


LET_GO = {
    *("person", "booking_event", "booking_undo", "booking_answer", "consent", "access_need"),
    *("access_look", "kept_needs", "letter", "calendar_key", "joiner", "picture_person"),
    *("access_need_event", "arrangement_need", "star", "session", "data_request"),
}


def test_every_table_that_knows_a_party_is_looked_at() -> None:
    """A new table that refers to one needs a line in letting_go.py or on_the_day.py, and here."""
    parties = {"booking", "person", "access_need", "joiner"}
    knowing = {
        table._meta.tablename
        for table in all_tables()
        for column in table._meta.foreign_key_columns
        if column._foreign_key_meta.resolved_references._meta.tablename in parties
    }
    assert knowing == LET_GO
