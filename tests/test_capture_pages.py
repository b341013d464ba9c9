"""The pages of note-keepers: photographs, filing, typing up, checking and artwork."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from litestar import Litestar
from PIL import Image

from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from sessions.board.offers import offer
from sessions.capture.sheets import all_sheets
from sessions.capture.tables import Sheet
from tests.builders import Setting
from tests.page_checks import PageClient, Upload
from tests.people import signed_in_browser
from tests.picture_files import as_file, png_of
from web.database import read, write
from web.pictures import MOST_BYTES

pytestmark = pytest.mark.once  # each picture is worked on; its rows are tests/test_sheets.py's

CAPTURE = "/g/spring-gathering/capture"
SEND = f'form[action="{CAPTURE}"]'


def photo(colour: str, name: str = "IMG_1.jpg") -> Upload:
    return name, as_file(Image.new("RGB", (80, 60), colour)), "image/jpeg"


@pytest.fixture
async def nia(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Nia keeps notes."""
    account = await write(open_account, "nia@example.org", "Nia")
    await write(grant, account, setting.gathering.series, "note_keeper")
    async with signed_in_browser(app, account) as browser:
        yield browser


async def sheets_here(setting: Setting) -> list[Sheet]:
    return await read(all_sheets, setting.gathering.id)


async def send(browser: PageClient, *uploads: Upload, status: int = 303) -> None:
    await browser.get(CAPTURE)
    await browser.submit(SEND, files={"pictures": list(uploads)}, status=status)


async def one_sheet(browser: PageClient, setting: Setting) -> str:
    await send(browser, photo("white"))
    return f"{CAPTURE}/{(await sheets_here(setting))[0].code}"


async def test_photographs_are_kept_and_filed(nia: PageClient, setting: Setting) -> None:
    here = setting.gathering.id
    session = await write(offer, here, None, "Growing older", "", "Ada", "form-1")
    await nia.get(CAPTURE)
    assert "No sheets yet" in nia.words
    await nia.submit(SEND, files={"photo": photo("red"), "pictures": [photo("blue")]})
    await nia.follow()
    assert "2 pictures are kept" in nia.words
    first, second = await sheets_here(setting)
    await nia.submit("#sort", {f"session-{first.code}": str(session.number)})
    await nia.follow()
    assert [row.filed_at is None for row in await sheets_here(setting)] == [False, True]
    await nia.submit("#sort", {f"session-{second.code}": "none"}, button=f"turn-{second.code}")
    await nia.follow()
    filed, turned = await sheets_here(setting)
    assert (filed.session, turned.session) == (session.id, None)
    assert (turned.width, turned.height) == (second.height, second.width)
    assert "Growing older" in nia.words
    assert nia.soup.select_one("#tray") is None


async def test_a_batch_can_be_filed_as_it_is_sent(nia: PageClient, setting: Setting) -> None:
    session = await write(offer, setting.gathering.id, None, "Homes", "", "Ada", "form-1")
    await nia.get(CAPTURE)
    await nia.submit(
        SEND, {"session": str(session.number)}, files={"pictures": [photo("red"), photo("blue")]}
    )
    assert [row.session for row in await sheets_here(setting)] == [session.id, session.id]


async def test_a_sessions_page_leads_note_keepers_to_its_photographs(
    nia: PageClient, client: PageClient, setting: Setting
) -> None:
    session = await write(offer, setting.gathering.id, None, "Homes", "", "Ada", "form-1")
    page = f"/g/spring-gathering/sessions/{session.number}"
    await nia.get(page)
    await nia.get(str(nia.one("#to-capture")["href"]))
    await nia.submit(SEND, files={"photo": photo("red")})
    assert [row.session for row in await sheets_here(setting)] == [session.id]
    await client.get(page)
    assert client.soup.select_one("#to-capture") is None


async def test_the_same_photograph_is_recognised(nia: PageClient, setting: Setting) -> None:
    await send(nia, photo("red"))
    await send(nia, photo("red"))
    await nia.follow()
    assert "1 picture was here already" in nia.words
    assert len(await sheets_here(setting)) == 1


async def test_good_pictures_are_kept_when_others_are_refused(
    nia: PageClient, setting: Setting
) -> None:
    bad = ("notes <b>.txt", b"no picture", "text/plain")
    await send(nia, photo("red"), bad, photo("blue"), status=422)
    assert "“notes <b>.txt” was not kept. This file is not a picture" in nia.words
    assert "2 pictures are kept" in nia.words
    assert len(await sheets_here(setting)) == 2


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (b"", "This file is empty"),
        (b"<svg></svg>", "is not a picture we can use"),
        (png_of(20_000, 20_000), "too wide or too tall"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "larger than 25 MB"),
    ],
    ids=["empty", "not a picture", "20,000 x 20,000", "26 MB"],
)
async def test_what_cannot_be_kept_is_named(
    nia: PageClient, setting: Setting, upload: bytes, words: str
) -> None:
    two = ("\u202ephoto😀.jpg", upload, "image/jpeg"), ("שלום.jpg", b"x", "image/jpeg")
    await send(nia, *two, status=422)
    assert "2 pictures were not kept" in nia.words
    assert f"photo😀.jpg: This {words.removeprefix('This ')}" in nia.words or words in nia.words
    assert "שלום.jpg" in nia.words
    assert await sheets_here(setting) == []


async def test_more_than_a_post_may_hold(nia: PageClient) -> None:
    big = ("big.jpg", b"\xff\xd8\xff" + b"\0" * 121_000_000, "image/jpeg")
    await send(nia, big, status=413)


async def test_nothing_chosen(nia: PageClient) -> None:
    await nia.get(CAPTURE)
    await nia.submit(SEND, status=422)
    assert "Take a picture, or choose one or more" in nia.words


async def test_typing_up_and_checking(nia: PageClient, ada: PageClient, setting: Setting) -> None:
    address = await one_sheet(nia, setting)
    await nia.get(address)
    form = f'form[action="{address}"]'
    typed = "• It begins with dreaming 🌱\r\n\r\n- شيء ما"
    said = {"points": typed, "described": "Two lines in green", "story": "agreed"}
    await nia.submit(form, said)
    await nia.follow()
    area = nia.soup.select_one("#points")
    assert area is not None
    assert area.get_text().strip() == "It begins with dreaming 🌱\nشيء ما"
    assert nia.soup.select_one("[name=story][value=agreed][checked]") is not None
    assert "You typed this up, so somebody else checks it" in nia.words
    await nia.post(address, {"points": "Mine", "story": "whoever"}, status=422)
    assert nia.error_at("story") == "Error: Choose an answer"
    await nia.get(address)
    await nia.post(f"{address}/check", status=422)
    assert "Somebody else checks this sheet, because you typed it up" in nia.words
    await ada.get(address)
    assert "Typed up by Nia" in ada.words
    await ada.submit(f'form[action="{address}/check"]')
    await ada.follow()
    assert "A second person has checked this sheet" in ada.words
    assert (await sheets_here(setting))[0].state == "checked"


@pytest.mark.parametrize(
    ("points", "described", "words"),
    [
        ("", "", "Type at least one point, or say what the picture shows"),
        ("one\n" + "x" * 501, "", "Make point 2 shorter: at most 500 characters. It now has 501"),
        ("x\n" * 81, "", "at most 80 points. It now has 81"),
        ("one", "y" * 501, "Make what the picture shows shorter: at most 500 characters"),
    ],
)
async def test_text_that_does_not_fit_is_kept_on_the_form(
    nia: PageClient, setting: Setting, points: str, described: str, words: str
) -> None:
    address = await one_sheet(nia, setting)
    await nia.get(address)
    sent = {"points": points, "described": described}
    await nia.submit(f'form[action="{address}"]', sent, status=422)
    assert words in nia.words
    area = nia.soup.select_one("#points")
    assert area is not None
    assert area.get_text().strip() == points.strip()
    assert (await sheets_here(setting))[0].state == "waiting"


async def test_two_people_type_the_same_sheet(
    nia: PageClient, ada: PageClient, setting: Setting
) -> None:
    address = await one_sheet(nia, setting)
    form = f'form[action="{address}"]'
    await nia.get(address)
    await ada.get(address)
    await nia.submit(form, {"points": "What Nia read"})
    await ada.submit(form, {"points": "What Ada read"}, status=409)
    assert "Somebody else typed on this sheet while you did" in ada.words
    assert "What Nia read" in ada.words
    area = ada.soup.select_one("#points")
    assert area is not None
    assert area.get_text().strip() == "What Ada read"
    await ada.submit(form, {"points": "What Nia read\nWhat Ada read"})
    await nia.get(address)
    area = nia.soup.select_one("#points")
    assert area is not None
    assert area.get_text().strip() == "What Nia read\nWhat Ada read"


async def test_a_second_press_of_the_same_text_is_no_conflict(
    nia: PageClient, setting: Setting
) -> None:
    address = await one_sheet(nia, setting)
    await nia.get(address)
    for _ in range(2):
        await nia.submit(f'form[action="{address}"]', {"points": "One"})


async def test_one_sheet_is_filed_turned_and_removed(nia: PageClient, setting: Setting) -> None:
    session = await write(offer, setting.gathering.id, None, "Homes", "", "Ada", "form-1")
    address = await one_sheet(nia, setting)
    sheet = (await sheets_here(setting))[0]
    await nia.get(f"/n/{sheet.code}", status=303)
    await nia.follow()
    await nia.submit(f'form[action="{address}/file"]', status=422)
    assert "Choose a session" in nia.words
    await nia.submit(f'form[action="{address}/file"]', {"session": str(session.number)})
    await nia.follow()
    assert nia.soup.h1 is not None
    assert nia.soup.h1.get_text() == "Sheet from “Homes”"
    await nia.submit(f'form[action="{address}/turn"]')
    assert (await sheets_here(setting))[0].picture != sheet.picture
    await nia.get(f"{address}/remove")
    await nia.submit(f'form[action="{address}/remove"]')
    assert await sheets_here(setting) == []
    await nia.get(address, status=404)
    await nia.get(f"/n/{sheet.code}", status=404)


async def test_artwork_with_its_artist(nia: PageClient, setting: Setting) -> None:
    await nia.get(f"{CAPTURE}/artwork")
    form = f'form[action="{CAPTURE}/artwork"]'
    await nia.submit(form, {"artist": "Pen"}, status=422)
    assert "Choose the picture of the drawing" in nia.words
    await nia.submit(form, {"artist": "Pen"}, files={"drawing": photo("green")}, status=422)
    assert "The picture is kept" in nia.words
    assert "Enter what the drawing shows" in nia.words
    drawing = (await sheets_here(setting))[0]
    form = f'form[action="{CAPTURE}/{drawing.code}/credit"]'
    said = {"described": "A web of people", "licence": "CC BY 4.0", "title": "The web"}
    await nia.submit(form, said)
    await nia.follow()
    assert "By Pen" in nia.words
    drawing = (await sheets_here(setting))[0]
    assert (drawing.artist, drawing.licence, drawing.title) == ("Pen", "CC BY 4.0", "The web")


async def test_two_people_credit_the_same_artwork(
    nia: PageClient, ada: PageClient, setting: Setting
) -> None:
    await nia.get(f"{CAPTURE}/artwork")
    said = {"artist": "Pen", "described": "A web"}
    await nia.submit(f'form[action="{CAPTURE}/artwork"]', said, files={"drawing": photo("green")})
    await ada.get(f"{CAPTURE}/artwork")
    said = {"artist": "Somebody", "described": "A net"}
    form = f'form[action="{CAPTURE}/artwork"]'
    await ada.submit(form, said, files={"drawing": photo("green")}, status=409)
    assert "Artist: Pen" in ada.words
    code = (await sheets_here(setting))[0].code
    await ada.submit(f'form[action="{CAPTURE}/{code}/credit"]')
    assert (await sheets_here(setting))[0].artist == "Somebody"


async def test_others_see_nothing_of_it(
    client: PageClient, ben: PageClient, dee: PageClient, nia: PageClient, setting: Setting
) -> None:
    address = await one_sheet(nia, setting)
    sheet = (await sheets_here(setting))[0]
    picture = f"/pictures/{sheet.picture}-small.jpg"
    pages = (CAPTURE, address, f"{address}/remove", f"{CAPTURE}/artwork", f"/n/{sheet.code}")
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for path in pages:
            await browser.get(path, status=status)
        for path in (CAPTURE, address, f"{address}/check", f"{address}/file", f"{address}/turn"):
            await browser.post(path, {"points": "x"}, status=status)
        await browser.post(f"{address}/remove", status=status)
        await browser.get(picture, status=404)
    assert (await nia.get(picture)).status_code == 200


async def test_a_picture_is_served_as_nothing_but_a_picture(
    nia: PageClient, setting: Setting
) -> None:
    await one_sheet(nia, setting)
    key = (await sheets_here(setting))[0].picture
    answer = await nia.get(f"/pictures/{key}-large.jpg")
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["content-disposition"] == f'inline; filename="{key}-large.jpg"'
    assert answer.content[:3] == b"\xff\xd8\xff"
    for name in (f"{key}-huge.jpg", f"{key}-large", f"{key}-large.png", "x-large.jpg", "..%2fkey"):
        await nia.get(f"/pictures/{name}", status=404)
    await nia.get(f"/pictures/{key}-medium.jpg")


async def test_who_added_and_when(nia: PageClient, setting: Setting) -> None:
    await one_sheet(nia, setting)
    sheet = (await sheets_here(setting))[0]
    assert sheet.added_by is not None
    assert (datetime.now(UTC) - sheet.added_at).total_seconds() < 60
