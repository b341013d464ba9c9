"""Comments under a summary: said once, shown in order, hidden and shown again."""

import pytest

from sessions.summaries import comments, summary_pages
from sessions.summaries.comments import comments_on
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.sheet_rows import build_notes, build_published
from web.database import read, write
from web.limits import Limit
from web.problems import NotFound

SUMMARY = "/g/spring-gathering/summary"


async def said(gathering_id: int, *, hidden_too: bool = False) -> list[str]:
    return [row.words for row in await read(comments_on, gathering_id, hidden_too=hidden_too)]


async def test_before_publishing_there_is_nothing_to_answer(setting: Setting) -> None:
    await build_notes(setting.gathering.id)
    with pytest.raises(NotFound):
        await write(comments.say, setting.gathering.id, "", "Hello", "form")


async def test_comments_stand_in_order_and_once(setting: Setting) -> None:
    here = setting.gathering.id
    await build_published(here)
    first = await write(comments.say, here, "Cal", "First", "form-1")
    await write(comments.say, here, "", "Second", "form-2")
    assert await write(comments.say, here, "Cal", "First", "form-1") == first
    await write(comments.say, here, "Cal", "First, said better", "form-1")
    assert await said(here) == ["First", "Second", "First, said better"]


async def test_a_hidden_comment_is_gone_and_can_come_back(setting: Setting) -> None:
    here = setting.gathering.id
    await build_published(here)
    handle = await write(comments.say, here, "", "Rude", "form")
    await write(comments.hide, here, handle, setting.team.ada)
    assert await said(here) == []
    assert await said(here, hidden_too=True) == ["Rude"]
    await write(comments.show_again, here, handle)
    assert await said(here) == ["Rude"]
    with pytest.raises(NotFound):
        await write(comments.hide, here, "nobody", None)


async def test_somebody_comments(client: PageClient, setting: Setting) -> None:
    await build_published(setting.gathering.id)
    await client.get(SUMMARY)
    words = "<b>Well said</b> 🌱\n\nمرحبا"
    for _ in range(2):
        await client.submit("#say", {"words": words, "name": ""})
    await client.get(f"{SUMMARY}?said=yes")
    assert "What you said stands below" in client.words
    assert "1 comment" in client.words
    assert "Somebody" in client.words
    assert "&lt;b&gt;Well said&lt;/b&gt;" in client.text
    assert await said(setting.gathering.id) == [words]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"words": " \n "}, "Enter what you want to say"),
        ({"words": "x" * 2001}, "Make what you want to say shorter: at most 2000 characters"),
        ({"words": "Yes", "name": "y" * 61}, "Make your name shorter: at most 60 characters"),
    ],
)
async def test_a_comment_that_does_not_fit(
    client: PageClient, setting: Setting, sent: dict[str, str], why: str
) -> None:
    await build_published(setting.gathering.id)
    await client.get(SUMMARY)
    await client.submit("#say", sent, status=422)
    assert why in client.words
    area = client.soup.select_one("#words")
    assert area is not None
    assert area.get_text().strip() == sent["words"].strip()
    assert await said(setting.gathering.id) == []


async def test_organisers_hide_a_comment(
    ada: PageClient, ben: PageClient, client: PageClient, setting: Setting
) -> None:
    here = setting.gathering.id
    await build_published(here)
    handle = await write(comments.say, here, "Cal", "Not kind", "form")
    address = f"{SUMMARY}/comments/{handle}"
    for browser, status in ((client, 401), (ben, 403)):
        await browser.post(f"{address}/hide", status=status)
        await browser.post(f"{address}/show", status=status)
        await browser.get(SUMMARY)
        assert browser.soup.select_one(f"#hide-{handle}") is None
    await ada.get(SUMMARY)
    await ada.submit(f'form[action="{address}/hide"]')
    await ada.get(SUMMARY)
    assert "Hidden" in ada.words
    await client.get(SUMMARY)
    assert "Not kind" not in client.words
    await ada.submit(f'form[action="{address}/show"]')
    await client.get(SUMMARY)
    assert "Not kind" in client.words


async def test_a_flood_of_comments_is_slowed(
    client: PageClient, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_pages, "said_lately", Limit(1, 60))
    await build_published(setting.gathering.id)
    await client.get(SUMMARY)
    await client.submit("#say", {"words": "One"})
    await client.submit("#say", {"words": "Another"}, status=429)
    assert "Yours is still below" in client.words
    assert await said(setting.gathering.id) == ["One"]
    area = client.soup.select_one("#words")
    assert area is not None
    assert area.get_text().strip() == "Another"
