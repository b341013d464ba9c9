"""Compiling and publishing a summary: the rules without pages."""

import asyncio
from dataclasses import replace

import pytest

from gatherings.planning.refusals import Refused, Stale
from sessions.capture import sheets, typing_up
from sessions.capture.typing_up import Typed
from sessions.summaries import points, publishing, questions, shown_pictures, summaries
from sessions.summaries.as_text import as_text
from sessions.summaries.content import Content, content_from
from sessions.summaries.draft import content_of, draft_of, how_it_was_made
from sessions.summaries.points import point_mark
from sessions.summaries.publishing import NO_POINTS, NOT_ANNOUNCED, NotReady
from sessions.summaries.stories import Missing
from sessions.summaries.summaries import Words, words_mark
from sessions.summaries.tables import SummaryPoint, SummaryVersion
from tests.builders import Setting, build_gathering
from tests.sheet_rows import build_notes, build_published, sheet_row
from web.database import DatabaseEngine, read, write
from web.problems import NotFound


async def under(gathering_id: int, handle: str) -> list[str]:
    question = await read(questions.find_question, gathering_id, handle)
    return [point.words for point in await read(points.points_under, question.id)]


async def headings(gathering_id: int) -> list[str]:
    draft = await read(draft_of, gathering_id)
    return [question.row.heading for question in draft.questions]


async def content(gathering_id: int) -> Content:
    return content_of(await read(draft_of, gathering_id))


async def test_starting_twice_keeps_the_first(setting: Setting) -> None:
    here = setting.gathering.id
    with pytest.raises(NotFound):
        await read(draft_of, here)
    await write(summaries.start, here, "First", "Opening")
    await write(summaries.start, here, "Second", "")
    assert (await content(here)).title == "First"


async def test_questions_in_order(setting: Setting) -> None:
    here = setting.gathering.id
    await write(summaries.start, here, "Title", "")
    one, two, three = [
        await write(questions.add, here, heading, "", "form") for heading in ("1", "2", "3")
    ]
    assert await write(questions.add, here, "2", "", "form") == two
    await write(questions.move, here, three, "up")
    assert await headings(here) == ["1", "3", "2"]
    await write(questions.move, here, one, "up")
    await write(questions.move, here, two, "down")
    assert await headings(here) == ["1", "3", "2"]
    await write(questions.remove, here, three)
    await write(questions.remove, here, three)
    assert await headings(here) == ["1", "2"]
    await write(questions.rename, here, one, "One?", "Words")
    assert await headings(here) == ["One?", "2"]


async def test_a_question_with_points_is_not_removed(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles[:1])
    with pytest.raises(Refused):
        await write(questions.remove, here, notes.question)
    assert await headings(here) == ["What must change?"]


async def test_points_are_brought_once(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    draft = await read(draft_of, here)
    assert (draft.typed, draft.not_used) == (4, 4)
    assert [(group.title, len(group.points)) for group in draft.unused] == [("Growing older", 4)]
    assert await write(points.bring, here, notes.question, notes.handles[2:]) == 2
    assert await write(points.bring, here, notes.question, notes.handles) == 2
    assert await write(points.bring, here, notes.question, notes.handles) == 0
    assert await under(here, notes.question) == ["Point 1a", "Point 1b", "Point 0a", "Point 0b"]
    assert (await read(draft_of, here)).not_used == 0


async def test_the_same_points_brought_at_once_come_once(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    brought = [write(points.bring, here, notes.question, notes.handles) for _ in range(3)]
    assert sorted(await asyncio.gather(*brought)) == [0, 0, 4]


async def test_points_are_written_moved_and_removed(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    for _ in range(2):
        await write(points.write_points, here, notes.question, ["One", "Two", "One"], "form")
    assert await under(here, notes.question) == ["One", "Two", "One"]
    draft = await read(draft_of, here)
    first, second, third = [point.handle for point in draft.questions[0].points]
    await write(points.move, here, third, "up")
    await write(points.remove, here, first)
    assert await under(here, notes.question) == ["One", "Two"]
    other = await write(questions.add, here, "And then?", "", "form-2")
    await write(points.put_right, here, second, "Two!", other)
    assert (await under(here, notes.question), await under(here, other)) == (["One"], ["Two!"])


async def test_a_point_taken_out_is_not_used_again(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles)
    draft = await read(draft_of, here)
    await write(points.remove, here, draft.questions[0].points[0].handle)
    assert (await read(draft_of, here)).not_used == 1
    assert await write(points.bring, here, notes.question, notes.handles) == 1


async def test_two_editors_overwrite_nothing(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles[:1])
    draft = await read(draft_of, here)
    point = draft.questions[0].points[0]
    seen = points.point_mark(point)
    await write(points.put_right, here, point.handle, "Mine", notes.question, seen)
    with pytest.raises(Stale):
        await write(points.put_right, here, point.handle, "Other", notes.question, seen)
    seen = questions.question_mark(draft.questions[0].row)
    await write(questions.rename, here, notes.question, "Mine?", "", seen)
    with pytest.raises(Stale):
        await write(questions.rename, here, notes.question, "Other?", "", seen)
    seen = words_mark(draft.summary)
    await write(summaries.set_words, here, Words("Mine", "", "Thanks"), seen)
    with pytest.raises(Stale):
        await write(summaries.set_words, here, Words("Other", ""), seen)
    await write(summaries.set_words, here, Words("Mine", "", "Thanks"), seen)
    assert (await content(here)).title == "Mine"


async def test_another_gatherings_handles_lead_nowhere(setting: Setting) -> None:
    notes = await build_notes(setting.gathering.id)
    with pytest.raises(NotFound):
        await write(questions.move, setting.gathering.id + 1, notes.question, "up")


async def test_how_it_was_made_is_counted(setting: Setting) -> None:
    here, team = setting.gathering.id, setting.team
    await write(summaries.start, here, "Title", "")
    words = "The people who ran the gathering wrote this summary."
    assert (await content(here)).made == words
    notes = await build_notes(here, team.ada)
    start = "This summary comes from 2 flipchart sheets from 1 session. Note-keepers typed them up"
    assert (await content(here)).made == f"{start}."
    await write(typing_up.check, here, notes.codes[0], team.ben)
    assert (await content(here)).made == f"{start}, and a second person checked 1 of them."
    await write(typing_up.check, here, notes.codes[1], team.ben)
    assert (await content(here)).made == f"{start}, and a second person checked them all."
    await write(sheets.remove, here, notes.codes[1])
    made = how_it_was_made((await read(draft_of, here)).tray)
    assert made.endswith("Note-keepers typed it up, and a second person checked it.")


async def test_publishing_needs_points_and_described_pictures(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    with pytest.raises(NotReady) as nothing:
        await write(publishing.publish, here, None)
    assert nothing.value.problems == [NO_POINTS]
    await write(points.bring, here, notes.question, notes.handles)
    blank = await sheet_row(here, "blank")
    art = await sheet_row(here, "art", "artwork")
    await write(shown_pictures.show, here, blank, "")
    await write(shown_pictures.show, here, art, notes.question)
    with pytest.raises(NotReady) as missing:
        await write(publishing.publish, here, None)
    assert missing.value.problems == [
        "Say what the drawing without a title shows, for people who cannot see it",
        "Say who made the drawing without a title",
        "Say whether anybody can be recognised in the drawing without a title",
        "Say what the sheet without a title shows, for people who cannot see it",
        "Say whether anybody can be recognised in the sheet without a title",
        "Say whether the drawing without a title names somebody or tells their story",
        "Say whether the sheet without a title names somebody or tells their story",
    ]
    await write(shown_pictures.show, here, blank, None)
    await write(shown_pictures.show, here, art, None)
    assert await write(publishing.publish, here, None) == 1


async def test_nothing_is_published_before_somebody_said_whose_story_it_is(
    setting: Setting,
) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    first, second = notes.codes
    await write(points.bring, here, notes.question, notes.handles)
    await write(points.write_points, here, notes.question, ["Meg lost her home"], "form-1")
    await write(shown_pictures.show, here, first, "", "nobody")
    await type_again(here, first, story="some")
    await type_again(here, second, story="")
    assert [(one.words, one.sheet or one.point) for one in await what_is_missing(here)] == [
        ("Say whether “Point 0a” is about the person who has not agreed", await handle_of("0a")),
        ("Say whether “Point 0b” is about the person who has not agreed", await handle_of("0b")),
        ("Say whether the sheet “Growing older” names somebody or tells their story", second),
        (
            "Say whether “Meg lost her home” names somebody or tells their story",
            await handle_of("Meg lost her home"),
        ),
        (
            "Take the picture of the sheet “Growing older” out, or ask the person that it names",
            first,
        ),
    ]
    with pytest.raises(NotReady):
        await write(publishing.publish, here, None)
    await type_again(here, second, story="agreed")
    await write(shown_pictures.show, here, first, None)
    for words, story in (("0a", "nobody"), ("0b", "agreed"), ("Meg lost her home", "agreed")):
        handle = await handle_of(words)
        point = await read(points.find_point, here, handle)
        put = (handle, point.words, notes.question, point_mark(point), story)
        await write(points.put_right, here, *put)
    assert await what_is_missing(here) == []
    assert await write(publishing.publish, here, None) == 1


async def type_again(gathering_id: int, code: str, story: str) -> None:
    """Change nothing on a sheet but whose story it tells."""
    sheet = await read(sheets.find_sheet, gathering_id, code)
    said = replace(await read(typing_up.typed_on, sheet), story=story)
    await write(typing_up.type_up, gathering_id, code, said, None)


async def what_is_missing(gathering_id: int) -> list[Missing]:
    return publishing.missing(await read(draft_of, gathering_id))


async def handle_of(words: str) -> str:
    point = await SummaryPoint.objects().get(SummaryPoint.words.like(f"%{words}"))
    assert point is not None
    return point.handle


async def test_who_says_whose_story_it_is_leaves_the_text_checked(setting: Setting) -> None:
    here, team = setting.gathering.id, setting.team
    notes = await build_notes(here, team.ada)
    await write(typing_up.check, here, notes.codes[0], team.ben)
    await type_again(here, notes.codes[0], story="agreed")
    sheet = await read(sheets.find_sheet, here, notes.codes[0])
    assert (sheet.state, sheet.story, sheet.checked_by) == ("checked", "agreed", team.ben)


async def test_published_words_are_followed_and_never_changed(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    assert await write(publishing.publish, here, None) == 1
    await write(questions.rename, here, notes.question, "What next?", "")
    published = await read(publishing.newest_version, here)
    assert published is not None
    assert published.content.questions[0].heading == "What must change?"
    assert await write(publishing.publish, here, setting.team.ada) == 2
    versions = await read(all_versions)
    assert [(row.version, row.published_by) for row in versions] == [
        (1, None),
        (2, setting.team.ada),
    ]
    assert content_from(versions[0].content).questions[0].heading == "What must change?"


async def all_versions() -> list[SummaryVersion]:
    return await SummaryVersion.objects().order_by(SummaryVersion.version)


async def test_publishing_twice_at_once_gives_one_version(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles)
    both = [write(publishing.publish, here, None) for _ in range(2)]
    assert await asyncio.gather(*both) == [1, 1]
    assert len(await read(all_versions)) == 1


async def test_pictures_stand_where_they_were_put(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(shown_pictures.show, here, notes.codes[0], notes.question)
    await write(shown_pictures.show, here, notes.drawing, "")
    await write(shown_pictures.show, here, notes.drawing, "")
    said = await content(here)
    assert [picture.caption for picture in said.questions[0].pictures] == ["Growing older"]
    assert [(one.caption, one.credit) for one in said.pictures] == [
        ("The web", "By Pen. CC BY 4.0")
    ]
    assert said.codes == [notes.codes[0], notes.drawing]
    with pytest.raises(Refused):
        await write(questions.remove, here, notes.question)
    await write(sheets.remove, here, notes.codes[0])
    await write(questions.remove, here, notes.question)
    assert (await content(here)).questions == ()


async def test_who_may_see_a_picture(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    sheet = await read(sheets.find_sheet, here, notes.codes[0])
    assert not await read(publishing.is_published, sheet)
    await write(shown_pictures.show, here, notes.codes[0], notes.question)
    assert not await read(publishing.is_published, sheet)
    with pytest.raises(NotReady):
        await write(publishing.publish, here, None)
    await write(shown_pictures.show, here, notes.codes[0], notes.question, "nobody")
    await write(shown_pictures.show, here, notes.codes[0], notes.question)
    await write(publishing.publish, here, None)
    assert await read(publishing.is_published, sheet)


async def test_a_draft_gathering_publishes_nothing(db: DatabaseEngine) -> None:
    here = (await build_gathering(publish=False)).gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles)
    with pytest.raises(NotReady) as refused:
        await write(publishing.publish, here, None)
    assert refused.value.problems == [NOT_ANNOUNCED]


async def test_the_content_comes_back_from_json_as_it_was(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    await write(shown_pictures.show, here, notes.drawing, notes.question)
    said = await content(here)
    assert content_from(said.as_json()) == said
    text = as_text(said, "Spring gathering")
    assert text.startswith("# What we heard\n\nSpring gathering\n\nForty people met.\n\n")
    assert "## What must change?\n\n- Point 0a\n- Point 0b\n- Point 1a\n- Point 1b\n\n" in text
    assert "Artwork “The web”: A web of people By Pen. CC BY 4.0\n" in text


async def test_words_put_right_on_the_sheet_leave_the_summary_as_it_is(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    await write(typing_up.type_up, here, notes.codes[0], Typed(("Point 0a!", "Point 0b")), None)
    assert (await under(here, notes.question))[0] == "Point 0a"
    assert (await read(draft_of, here)).not_used == 0
