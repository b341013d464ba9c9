"""Starting a series and changing its words, through the pages."""

import pytest

from gatherings.planning.lookup import series_by_slug
from gatherings.planning.series import change_series
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

ABOUT = "/desk/series/changing-the-story/about"
START = "form[action='/desk/start-series']"


async def test_a_series_is_started_and_shown(ada: PageClient, client: PageClient) -> None:
    await ada.get("/desk/start-series")
    await ada.submit(START, {"name": "Growing  older 🎉", "about": "Words\nin lines"})
    await ada.follow()
    assert "No gathering yet" in ada.words
    await client.get("/series/growing-older")
    assert "Growing older 🎉" in client.words


async def test_a_second_press_makes_no_second_series(ada: PageClient) -> None:
    await ada.get("/desk/start-series")
    first = await ada.submit(START, {"name": "Growing older"})
    second = await ada.submit(START, {"name": "Growing older"})
    assert first.headers["location"] == second.headers["location"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter the name of the series"),
        ({"name": "   "}, "Enter the name of the series"),
        ({"name": "x" * 121}, "at most 120 characters. It now has 121"),
        ({"name": "Fine", "about": "x" * 3001}, "at most 3000 characters"),
    ],
)
async def test_wrong_words_are_told_and_kept(
    ada: PageClient, typed: dict[str, str], words: str
) -> None:
    await ada.get("/desk/start-series")
    await ada.submit(START, typed, status=422)
    assert words in ada.words
    assert typed["name"].strip() in ada.text


async def test_a_stale_page_keeps_both_and_asks(ada: PageClient, setting: Setting) -> None:
    series = await read(series_by_slug, setting.series_slug)
    await ada.get(ABOUT)
    await write(change_series, series.id, "Changing the story", "Theirs")
    await ada.submit(f"form[action='{ABOUT}']", {"about": "Mine"}, status=422)
    assert "Somebody else changed this while you were typing" in ada.words
    assert "Now it says “Theirs”" in ada.words
    assert (await read(series_by_slug, setting.series_slug)).about == "Theirs"
    await ada.submit(f"form[action='{ABOUT}']")
    assert (await read(series_by_slug, setting.series_slug)).about == "Mine"
