"""Keeping, filing, turning, typing up and checking sheets: the rules without pages."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from gatherings.planning.refusals import Refused, Stale
from sessions.board.offers import offer
from sessions.capture import artwork, sheets, typing_up
from sessions.capture.adding import add_artwork, add_photograph, remove_picture, turn_picture
from sessions.capture.tables import Point, Sheet
from sessions.capture.tray import tray_of
from sessions.capture.typing_up import Typed, points_in
from sessions.summaries import picture_people, points, questions, summaries
from sessions.summaries.tables import PicturePerson
from tests.builders import Setting
from tests.picture_files import as_file, names
from tests.sheet_rows import build_notes
from web.database import read, write
from web.pictures import NotKept, file_of
from web.problems import NotFound


def photograph(colour: str = "white", size: tuple[int, int] = (80, 60)) -> bytes:
    return as_file(Image.new("RGB", size, colour))


async def kept(setting: Setting, folder: Path, colour: str = "white") -> str:
    added = await add_photograph(setting.gathering.id, photograph(colour), folder, None)
    return added.code


async def test_the_same_photograph_is_kept_once(setting: Setting, tmp_path: Path) -> None:
    here = setting.gathering.id
    first = await add_photograph(here, photograph(), tmp_path, setting.team.ada)
    second = await add_photograph(here, photograph(), tmp_path, setting.team.ben)
    assert (first.again, second.again) == (False, True)
    assert second.code == first.code
    assert len(names(tmp_path)) == 3


async def test_the_same_photograph_twice_at_once_is_kept_once(
    setting: Setting, tmp_path: Path
) -> None:
    both = [add_photograph(setting.gathering.id, photograph(), tmp_path, None) for _ in range(2)]
    added = await asyncio.gather(*both)
    assert sorted(one.again for one in added) == [False, True]
    assert len(names(tmp_path)) == 3


async def test_a_removed_photograph_can_be_sent_again(setting: Setting, tmp_path: Path) -> None:
    code = await kept(setting, tmp_path)
    await remove_picture(setting.gathering.id, code, tmp_path)
    assert names(tmp_path) == []
    assert await kept(setting, tmp_path) != code
    with pytest.raises(NotFound):
        await read(sheets.find_sheet, setting.gathering.id, code)


async def test_a_removed_sheet_takes_its_words_and_its_people_along(
    setting: Setting, tmp_path: Path
) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    first, second = notes.codes
    await write(points.bring, here, notes.question, notes.handles[:1])
    await write(picture_people.list_person, here, first, "The man in the red jumper")
    await write(sheets.remove, here, first)
    await write(sheets.remove, here, notes.drawing)
    gone = await Sheet.objects().where(Sheet.code.is_in([first, notes.drawing]))
    assert {(row.described, row.title, row.artist) for row in gone} == {("", "", "")}
    assert await PicturePerson.count() == 0
    left = await Point.objects().order_by(Point.id)
    assert [point.words for point in left] == ["Point 0a", "Point 1a", "Point 1b"]
    assert (await read(sheets.find_sheet, here, second)).described == "Sheet 1 with two lines"


async def test_a_file_that_is_no_picture_leaves_nothing(setting: Setting, tmp_path: Path) -> None:
    with pytest.raises(NotKept):
        await add_photograph(setting.gathering.id, b"GIF89a", tmp_path, None)
    assert (await read(tray_of, setting.gathering.id)).sheets == []


async def test_filing_in_board_order(setting: Setting, tmp_path: Path) -> None:
    here = setting.gathering.id
    one = await write(offer, here, None, "One", "", "Ada", "form-1")
    two = await write(offer, here, None, "Two", "", "Ada", "form-2")
    codes = [await kept(setting, tmp_path, colour) for colour in ("red", "green", "blue", "white")]
    await write(sheets.file_sheet, here, codes[0], two.number)
    await write(sheets.file_sheet, here, codes[1], one.number)
    await write(sheets.file_sheet, here, codes[2], None)
    tray = await read(tray_of, here)
    assert [sheet.code for sheet in tray.unfiled] == [codes[3]]
    assert [(group.title, [s.code for s in group.sheets]) for group in tray.filed] == [
        ("One", [codes[1]]),
        ("Two", [codes[0]]),
        ("Not from a session", [codes[2]]),
    ]
    with pytest.raises(NotFound):
        await write(sheets.file_sheet, here, codes[3], 99)


async def test_turning_gives_a_new_picture_and_forgets_the_old(
    setting: Setting, tmp_path: Path
) -> None:
    here, code = setting.gathering.id, await kept(setting, tmp_path)
    before = await read(sheets.find_sheet, here, code)
    await turn_picture(here, code, before.picture, tmp_path)
    after = await read(sheets.find_sheet, here, code)
    assert (after.width, after.height) == (before.height, before.width)
    assert file_of(before.picture, "large", tmp_path) is None
    await turn_picture(here, code, before.picture, tmp_path)
    assert (await read(sheets.find_sheet, here, code)).picture == after.picture
    assert len(names(tmp_path)) == 3


def test_points_lose_their_bullets() -> None:
    text = (
        "• Start from dreams\n- Homes\n\n  ·  Work\n·??????Friends\n– a dash\no  hollow\n-5 degrees"
    )
    assert points_in(text) == (
        "Start from dreams",
        "Homes",
        "Work",
        "Friends",
        "a dash",
        "hollow",
        "-5 degrees",
    )
    assert points_in("only one") == ("only one",)
    assert points_in(" \n•\n") == ()


async def test_a_point_that_is_put_right_stays_the_same_point(
    setting: Setting, tmp_path: Path
) -> None:
    here, code = setting.gathering.id, await kept(setting, tmp_path)
    first = await write(typing_up.type_up, here, code, Typed(("One", "Two", "Three")), None)
    second = await write(typing_up.type_up, here, code, Typed(("Nought", "One", "Too")), None)
    assert second[1:] == [first[0], first[1]]
    third = await write(typing_up.type_up, here, code, Typed(("Too", "Nought", "One")), None)
    assert len(set(third)) == 3
    sheet = await read(sheets.find_sheet, here, code)
    assert (await read(typing_up.typed_on, sheet)).points == ("Too", "Nought", "One")


async def test_a_point_gone_from_the_sheet_stays_in_the_summary(
    setting: Setting, tmp_path: Path
) -> None:
    here, code = setting.gathering.id, await kept(setting, tmp_path)
    handles = await write(typing_up.type_up, here, code, Typed(("One", "Two")), None)
    await write(summaries.start, here, "What we heard", "")
    question = await write(questions.add, here, "What next?", "", "form")
    await write(points.bring, here, question, handles)
    await write(typing_up.type_up, here, code, Typed(("One",)), None)
    asked = await read(questions.find_question, here, question)
    left = await read(points.points_under, asked.id)
    assert [(point.words, point.source is None) for point in left] == [
        ("One", False),
        ("Two", True),
    ]


async def test_whoever_typed_does_not_check(setting: Setting, tmp_path: Path) -> None:
    here, code, team = setting.gathering.id, await kept(setting, tmp_path), setting.team
    with pytest.raises(Refused) as nothing:
        await write(typing_up.check, here, code, team.ben)
    assert nothing.value.words == typing_up.NOTHING_TYPED
    await write(typing_up.type_up, here, code, Typed(("One",)), team.ada)
    with pytest.raises(Refused) as same:
        await write(typing_up.check, here, code, team.ada)
    assert same.value.words == typing_up.NOT_THE_SAME_PERSON
    await write(typing_up.check, here, code, team.ben)
    sheet = await read(sheets.find_sheet, here, code)
    assert (sheet.state, sheet.typed_by, sheet.checked_by) == ("checked", team.ada, team.ben)


async def test_a_change_after_the_check_needs_another_check(
    setting: Setting, tmp_path: Path
) -> None:
    here, code, team = setting.gathering.id, await kept(setting, tmp_path), setting.team
    await write(typing_up.type_up, here, code, Typed(("One",)), team.ada)
    await write(typing_up.check, here, code, team.ben)
    await write(typing_up.type_up, here, code, Typed(("One",)), team.ben)
    assert (await read(sheets.find_sheet, here, code)).state == "checked"
    await write(typing_up.type_up, here, code, Typed(("One!",)), team.ben)
    sheet = await read(sheets.find_sheet, here, code)
    assert (sheet.state, sheet.typed_by) == ("typed", team.ben)
    assert sheet.checked_by is None


async def test_two_people_typing_overwrite_nothing(setting: Setting, tmp_path: Path) -> None:
    here, code = setting.gathering.id, await kept(setting, tmp_path)
    seen = Typed(()).mark
    await write(typing_up.type_up, here, code, Typed(("Mine",)), setting.team.ada, seen)
    with pytest.raises(Stale):
        await write(typing_up.type_up, here, code, Typed(("Other",)), setting.team.ben, seen)
    with pytest.raises(Stale):
        await write(typing_up.check, here, code, setting.team.ben, seen)
    await write(typing_up.type_up, here, code, Typed(("Mine",)), setting.team.ada, seen)
    sheet = await read(sheets.find_sheet, here, code)
    assert (await read(typing_up.typed_on, sheet)).points == ("Mine",)


async def test_artwork_keeps_its_colours_and_credit(setting: Setting, tmp_path: Path) -> None:
    here = setting.gathering.id
    added = await add_artwork(here, photograph("#806030"), tmp_path, None)
    said = artwork.Credit("The web", "Pen", "CC BY 4.0", "A web of people")
    await write(artwork.credit, here, added.code, said)
    drawing = await read(sheets.find_sheet, here, added.code)
    assert artwork.credit_of(drawing) == said
    assert [one.code for one in (await read(tray_of, here)).artwork] == [added.code]
    large = file_of(drawing.picture, "large", tmp_path)
    assert large is not None
    colour = Image.open(io.BytesIO(large.read_bytes())).getpixel((20, 20))
    assert isinstance(colour, tuple)
    assert all(abs(a - b) < 6 for a, b in zip(colour, (0x80, 0x60, 0x30), strict=True))
    assert artwork.credit_line("Pen", "CC BY 4.0") == "By Pen. CC BY 4.0"
    assert artwork.credit_line("", "all_rights") == "All rights reserved"
