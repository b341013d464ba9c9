"""Keys can be changed while the app runs: everything opens afterwards without the old one."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from piccolo.columns import Bytea

from gatherings.access.bindings import kept_bound_to, note_bound_to
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import KeptNeeds, Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.bookings.changing import Contact, change_contact
from gatherings.bookings.drafts import find_draft, save_draft
from gatherings.bookings.tables import Booking, BookingAnswer, BookingQuestion, BookingUndo, Draft
from gatherings.calendars.calendar_keys import Owner, key_of, make_key
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter
from gatherings.people.roles import Viewer
from gatherings.personal_data import keys
from gatherings.personal_data.complaints import ComplaintWords, complain
from gatherings.personal_data.data_requests import Asked, note_request
from gatherings.personal_data.sealed_columns import SEALED, SealedColumn
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, with_needs
from tests.databases import all_tables
from web import crypto
from web.crypto import NotOpened, key_file, keys_now, seal, unseal
from web.database import read, write
from web.key_file import KeyFileProblem, close_to_others, fresh_key, replace_keys
from web.settings import settings

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def own_keys() -> Iterator[Path]:
    """The key file of this run, put back afterwards."""
    before = keys_now()
    yield key_file()
    replace_keys(key_file(), before)
    crypto._ciphers_now()


@pytest.fixture
async def filled(db: object, own_keys: Path) -> str:
    """Something in every sealed column. Gives the key of the draft."""
    gathering = await make_gathering()
    return await write(_fill, gathering)


async def _fill(gathering: Gathering) -> str:
    question = BookingQuestion(gathering=gathering.id, position=1, asks="?", forget_on=NOW.date())
    await question.save()
    party = with_needs(NeedAnswer("hear.loop", "Please face me"))
    extra = ((question.id, ("Vegan",)),)
    await bookings.book(gathering.id, type(party)(**{**vars(party), "extra": extra}))
    row = await Booking.objects().first()
    need = await Need.objects().first()
    assert row is not None
    assert need is not None
    await change_contact(row.id, Contact("Cal", "phone", "01632 960 999"), NOW)
    await make_key(Owner(booking=row.id), NOW)
    await complain("token", None, ComplaintWords("It was too cold"), NOW)
    starter = Viewer(1, "Ada", "ada@example.org", starts_series=True, roles=frozenset())
    await note_request(starter, "token", Asked("see", "phone", NOW.date(), "Cal"), NOW)
    note = seal({"words": "rang"}, note_bound_to("note-1"))
    await NeedEvent(
        need=need.id, from_state="asked", to_state="talking", handle="note-1", sealed_note=note
    ).save()
    kept = seal({"needs": []}, kept_bound_to("kept-1"))
    await KeptNeeds(handle="kept-1", booking=row.id, sealed=kept, forget_on=NOW.date()).save()
    key, _ = await save_draft("", gathering.id, {})
    return key


async def _opened(column: SealedColumn) -> list[object]:
    rows = await column.table.select(column.sealed, column.named_by)
    sealed, name = column.sealed._meta.name, column.named_by._meta.name
    return [unseal(row[sealed], column.bound_to(row[name])) for row in rows if row[sealed]]


async def _everything() -> dict[str, list[object]]:
    return {column.name: await read(_opened, column) for column in SEALED}


def test_every_sealed_column_is_in_the_list() -> None:
    found = {
        f"{table._meta.tablename}.{column._meta.name}"
        for table in all_tables()
        for column in table._meta.columns
        if isinstance(column, Bytea) and column._meta.name.startswith("sealed")
    }
    bytes_of_any_name = {
        f"{table._meta.tablename}.{column._meta.name}"
        for table in all_tables()
        for column in table._meta.columns
        if isinstance(column, Bytea)
    }
    assert found == bytes_of_any_name == {column.name for column in SEALED}


async def test_a_value_moved_to_another_row_does_not_open(filled: str) -> None:
    for column in SEALED:
        rows = await column.table.select(column.sealed)
        with pytest.raises(NotOpened):
            unseal(rows[0][column.sealed._meta.name], column.bound_to("another"))


async def test_after_a_change_of_keys_all_opens_without_the_old_one(
    filled: str, own_keys: Path
) -> None:
    before, old = await _everything(), keys_now()
    assert all(before.values())
    words = await keys.rotate()
    assert "Everything is sealed with the first key now." in words
    assert keys_now()[1:] == old
    assert await keys.remove_old_keys() == len(old)
    assert len(keys_now()) == 1
    crypto._ciphers_now()
    assert await _everything() == before
    assert await read(find_draft, filled, await _gathering_id()) is not None
    assert await read(key_of, Owner(booking=await _booking_id()))


async def _gathering_id() -> int:
    return int((await Gathering.select(Gathering.id))[0]["id"])


async def _booking_id() -> int:
    return int((await Booking.select(Booking.id))[0]["id"])


async def test_the_old_key_stays_while_something_needs_it(filled: str, own_keys: Path) -> None:
    replace_keys(own_keys, [fresh_key(), *keys_now()])
    assert await keys.remove_old_keys() == 0
    assert len(keys_now()) == 2


async def test_stopped_half_way_it_goes_on_and_makes_no_third_key(
    filled: str, own_keys: Path
) -> None:
    replace_keys(own_keys, [fresh_key(), *keys_now()])
    await write(keys._reseal, SEALED[4], [1, 2, 3])
    assert await keys.needs_resealing()
    await keys.rotate()
    assert len(keys_now()) == 2
    assert not await keys.needs_resealing()


async def test_a_value_that_no_key_opens_is_told_and_no_key_is_lost(
    filled: str, own_keys: Path
) -> None:
    replace_keys(own_keys, [fresh_key()])
    words = await keys.rotate()
    assert "Is a key missing from the list?" in words
    assert "access_need.sealed" in words
    counted = [await t.count() for t in (Draft, BookingUndo, BookingAnswer, Letter, CalendarKey)]
    assert all(counted)


async def test_what_is_sealed_meanwhile_has_the_new_key(db: object, own_keys: Path) -> None:
    seal("before", "x")
    replace_keys(own_keys, [fresh_key(), *keys_now()])
    assert seal("after", "x")[:4] == crypto.key_names()[0]


def test_a_key_file_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "field.keys"
    assert close_to_others(path) == ""
    path.write_text(fresh_key())
    path.chmod(0o644)
    assert "litestar keys rotate" in close_to_others(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert close_to_others(path) == ""


def test_two_do_not_change_the_keys_at_once(tmp_path: Path) -> None:
    path = tmp_path / "field.keys"
    (tmp_path / "field.keys.new").touch()
    with pytest.raises(KeyFileProblem, match="being changed by somebody else"):
        replace_keys(path, [fresh_key()])
    assert not path.exists()


async def test_keys_from_the_setting_are_changed_by_the_host(
    filled: str, own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = keys_now()[0], fresh_key()

    def given(field_keys: str) -> None:
        chosen = replace(settings(), field_keys=field_keys)
        monkeypatch.setattr(crypto, "settings", lambda: chosen)
        monkeypatch.setattr(keys, "settings", lambda: chosen)

    given(first)
    words = await keys.rotate()
    assert "Put this new key first in FIELD_KEYS" in words
    before = await _everything()
    given(f"{second},{first}")
    assert "Everything is sealed with the first key now." in await keys.rotate()
    given(second)
    crypto._ciphers_now()
    assert await _everything() == before
