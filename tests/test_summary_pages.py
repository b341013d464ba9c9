"""The desk of a summary and the page that everybody reads."""

from litestar import Litestar
from PIL import Image

from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from sessions.capture import sheets
from sessions.capture.adding import add_artwork
from sessions.capture.artwork import Credit, credit
from sessions.summaries import points, questions, shown_pictures
from sessions.summaries.draft import Draft, draft_of
from sessions.summaries.publishing import newest_version, publish
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from tests.picture_files import as_file
from tests.sheet_rows import build_notes, build_published
from web.database import read, write
from web.settings import settings

DESK = "/desk/g/spring-gathering/summary"
SUMMARY = "/g/spring-gathering/summary"


async def draft(setting: Setting) -> Draft:
    return await read(draft_of, setting.gathering.id)


def typed_in(browser: PageClient, field: str) -> str:
    """What stands in a field of the page."""
    found = browser.soup.select_one(f"#{field}")
    assert found is not None
    return str(found["value"]) if found.name == "input" else found.get_text().strip()


async def test_from_nothing_to_published(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    await client.get(SUMMARY)
    assert "The summary is not published yet" in client.words
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}"]', {"opening": "Forty people met.\n\nIn spring."})
    await ada.follow()
    for heading in ("What must change?", "Who helps?"):
        await ada.submit(f'form[action="{DESK}/questions"]', {"heading": heading})
        await ada.follow()
    await ada.submit(f'form[action="{DESK}/publish"]', status=422)
    assert "Add a question with at least one point before you publish" in ada.words
    handle = (await draft(setting)).questions[0].row.handle
    await ada.get(f"{DESK}/questions/{handle}")
    points_form = f'form[action="{DESK}/questions/{handle}/points"]'
    await ada.submit(points_form, {"written": "- It begins with dreaming\n<i>No</i> shame"})
    await ada.get(f"{DESK}/words")
    await ada.submit(f'form[action="{DESK}/words"]', {"thanks": "Thanks to Pen"})
    await ada.get(f"{DESK}/preview")
    assert "It begins with dreaming" in ada.words
    assert "Who helps?" not in ada.words
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}/publish"]', status=422)
    said = "Say whether “It begins with dreaming” names somebody or tells their story"
    asked = ada.soup.select(f'a[href^="{DESK}/points/"]')
    assert asked[0].get_text() == said
    for link in asked:
        await ada.get(str(link["href"]))
        await ada.submit("main form", {"story": "nobody"})
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}/publish"]')
    await client.get(SUMMARY)
    for words in (
        "What we heard at Spring gathering",
        "A starting point, not the last word",
        "What must change?",
        "It begins with dreaming",
        "<i>No</i> shame",
        "The people who ran the gathering wrote this summary.",
        "Thanks to Pen",
        "hello@example.org",
        "0161 496 0000",
        "1 Long Street",
    ):
        assert words in client.words
    assert [p.get_text() for p in client.soup.select("p.opening")] == [
        "Forty people met.",
        "In spring.",
    ]


async def test_what_the_start_form_needs(ada: PageClient) -> None:
    await ada.get(DESK)
    sent = {"title": "", "opening": "x" * 4001}
    await ada.submit(f'form[action="{DESK}"]', sent, status=422)
    assert "Enter a title" in ada.words
    assert "Make the opening words shorter" in ada.words
    assert typed_in(ada, "opening") == sent["opening"]


async def test_points_are_brought_from_sheets(ada: PageClient, setting: Setting) -> None:
    notes = await build_notes(setting.gathering.id)
    await ada.get(f"{DESK}/bring?question={notes.question}")
    assert "4 of 4 typed points are not used yet" in ada.words
    form = f'form[action="{DESK}/bring"]'
    await ada.submit(form, status=422)
    assert "Tick one or more points" in ada.words
    await ada.submit(form, {"point": list(notes.handles[:3]), "question": ""}, status=422)
    assert "Choose a question" in ada.words
    ticked = ada.soup.select("input[checked]")
    assert [box["value"] for box in ticked] == list(notes.handles[:3])
    await ada.submit(form, {"question": notes.question})
    await ada.follow()
    assert "3 points are in the summary" in ada.words
    assert "1 of 4" in ada.words
    await ada.get(f"{DESK}/questions/{notes.question}")
    assert "Point 1a" in ada.words


async def test_a_point_is_changed_moved_and_taken_out(ada: PageClient, setting: Setting) -> None:
    notes = await build_published(setting.gathering.id)
    handle = (await draft(setting)).questions[0].points[0].handle
    address = f"{DESK}/points/{handle}"
    await ada.get(f"{DESK}/questions/{notes.question}")
    await ada.submit(f'form[action="{address}/move"]')
    await ada.get(address)
    await ada.submit(f'form[action="{address}"]', {"words": "x" * 501}, status=422)
    assert "Make the point shorter: at most 500 characters" in ada.words
    await ada.submit(f'form[action="{address}"]', {"words": "Said better"})
    await ada.follow()
    words = [point.words for point in (await draft(setting)).questions[0].points]
    assert words == ["Point 0b", "Said better", "Point 1a", "Point 1b"]
    await ada.get(address)
    await ada.submit(f'form[action="{address}/remove"]')
    assert (await draft(setting)).not_used == 1
    await ada.get(address, status=404)


async def test_questions_are_changed_moved_and_removed(ada: PageClient, setting: Setting) -> None:
    notes = await build_published(setting.gathering.id)
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}/questions"]', {"heading": ""}, status=422)
    assert "Enter the question" in ada.words
    await ada.submit(f'form[action="{DESK}/questions"]', {"heading": "Who helps?"})
    await ada.follow()
    other = (await draft(setting)).questions[1].row.handle
    await ada.submit(f'form[action="{DESK}/questions/{other}/move"]')
    await ada.follow()
    assert [q.row.handle for q in (await draft(setting)).questions] == [other, notes.question]
    await ada.post(f"{DESK}/questions/{notes.question}/remove", status=422)
    assert "Move or remove its points and pictures first" in ada.words
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}/questions/{other}/remove"]')
    assert len((await draft(setting)).questions) == 1
    await ada.get(f"{DESK}/questions/{notes.question}")
    written = f'form[action="{DESK}/questions/{notes.question}/points"]'
    await ada.submit(written, {"written": " • \n"}, status=422)
    assert "Enter one or more points" in ada.words
    await ada.submit(written, {"written": "a\n" + "x" * 501}, status=422)
    assert "Make point 2 shorter" in ada.words


async def test_two_editors_lose_nothing(app: Litestar, ada: PageClient, setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    point = (await draft(setting)).questions[0].points[0].handle
    forms = {
        f"{DESK}/points/{point}": ("words", "keep-point"),
        f"{DESK}/questions/{notes.question}": ("heading", "keep-question"),
        f"{DESK}/words": ("opening", "keep-words"),
    }
    async with signed_in_browser(app, setting.team.ada) as other:
        for address, (field, button) in forms.items():
            form = f'form[action="{address}"]:has(#{button})'
            await ada.get(address)
            await other.get(address)
            await ada.submit(form, {field: "The first words"})
            await other.submit(form, {field: "The other words"}, status=409)
            assert "Somebody else changed this while you did" in other.words
            assert "The first words" in other.words
            assert typed_in(other, field) == "The other words"
            await other.submit(form)
            await ada.get(address)
            assert typed_in(ada, field) == "The other words"


async def test_pictures_are_shown_with_words_and_credit(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    here = setting.gathering.id
    notes = await build_published(here)
    upload = as_file(Image.new("RGB", (80, 60), "green"))
    drawing = (await add_artwork(here, upload, settings().pictures, None)).code
    said = Credit("A web", "Pen <3", "CC BY-NC 4.0", "People holding a web", "agreed")
    await write(credit, here, drawing, said)
    await ada.get(f"{DESK}/pictures")
    places = {f"place-{drawing}": "end", f"place-{notes.codes[0]}": notes.question}
    await ada.submit(f'form[action="{DESK}/pictures"]', places)
    await ada.follow()
    await ada.submit(f'form[action="{DESK}/publish"]', status=422)
    assert "Say whether anybody can be recognised in" in ada.words
    await ada.get(f"{DESK}/pictures")
    people = {f"people-{drawing}": "nobody", f"people-{notes.codes[0]}": "nobody"}
    await ada.submit(f'form[action="{DESK}/pictures"]', people)
    await ada.follow()
    sheet = await read(sheets.find_sheet, here, drawing)
    await client.get(f"/pictures/{sheet.picture}-large.jpg", status=404)
    await ada.submit(f'form[action="{DESK}/publish"]')
    await client.get(SUMMARY)
    shown = [picture["alt"] for picture in client.soup.select("figure img")]
    assert shown == ["Sheet 0 with two lines", "People holding a web"]
    assert "By Pen <3. CC BY-NC 4.0" in client.words
    assert "Flipchart from “Growing older”" in client.words
    await client.get(f"/pictures/{sheet.picture}-large.jpg")
    await write(sheets.remove, here, drawing)
    await client.get(SUMMARY)
    assert len(client.soup.select("figure")) == 1
    await client.get(f"/pictures/{sheet.picture}-large.jpg", status=404)


async def test_the_text_to_keep(client: PageClient, setting: Setting) -> None:
    await client.get(f"{SUMMARY}.md", status=404)
    await build_published(setting.gathering.id)
    answer = await client.get(f"{SUMMARY}.md")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    name = 'attachment; filename="spring-gathering-summary.md"'
    assert answer.headers["content-disposition"] == name
    assert answer.text.startswith("# What we heard\n\nSpring gathering, ")


async def test_note_keepers_compile_and_organisers_publish(app: Litestar, setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles)
    nia = await write(open_account, "nia@example.org", "Nia")
    await write(grant, nia, setting.gathering.series, "note_keeper")
    async with signed_in_browser(app, nia) as browser:
        await browser.get(DESK)
        assert "An organiser publishes it" in browser.words
        await browser.post(f"{DESK}/publish", status=403)
    assert await read(newest_version, here) is None


async def test_others_see_nothing_of_the_desk(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    notes = await build_published(setting.gathering.id)
    point = (await draft(setting)).questions[0].points[0].handle
    asked, said = f"{DESK}/questions/{notes.question}", f"{DESK}/points/{point}"
    opened = (DESK, f"{DESK}/words", f"{DESK}/preview", f"{DESK}/bring", f"{DESK}/pictures")
    sent = (
        *(DESK, f"{DESK}/words", f"{DESK}/publish", f"{DESK}/questions", f"{DESK}/bring"),
        *(f"{DESK}/pictures", asked, f"{asked}/move", f"{asked}/remove", f"{asked}/points"),
        *(said, f"{said}/move", f"{said}/remove"),
    )
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for path in (*opened, asked, said):
            await browser.get(path, status=status)
        for path in sent:
            await browser.post(path, {"words": "x", "heading": "x"}, status=status)


async def test_a_long_summary_in_other_scripts(client: PageClient, setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(
        points.write_points, here, notes.question, ["شيء ما 🌱" * 50, "ŵŷ"], "form-1", "nobody"
    )
    for number in range(3):
        await write(questions.add, here, f"Question {number}?", "", "form")
    await write(shown_pictures.show, here, notes.drawing, "", "nobody")
    await write(publish, here, None)
    await client.get(SUMMARY)
    assert "شيء ما 🌱" in client.words
