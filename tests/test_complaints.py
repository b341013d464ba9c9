"""Complaints: made without an account, read by those they concern, answered in time."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.people.roles import grant
from gatherings.personal_data.complaints import (
    ComplaintView,
    ComplaintWords,
    complain,
    complaints_for,
)
from gatherings.personal_data.tables import Complaint
from tests.builders import Setting, viewer_for
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.crypto import NotOpened, unseal
from web.database import read, write

NOW = datetime.now(UTC)
WORDS = "The hearing loop did not work"


async def test_anybody_complains_without_an_account(
    client: PageClient, ada: PageClient, setting: Setting
) -> None:
    await client.get("/complaints")
    await client.submit("main form", {"words": ""}, status=422)
    assert client.error_at("words") == "Error: Enter what went wrong"
    await client.submit(
        "main form", {"words": WORDS, "series": setting.series_slug, "contact": "01632 960 001"}
    )
    await client.follow()
    assert "We have your complaint" in client.words
    await ada.get("/desk")
    assert "1 complaint waits" in ada.words
    await ada.get("/desk/complaints")
    for words in (WORDS, "01632 960 001", "They did not say", "30 days are left to tell them"):
        assert words in ada.words


async def test_a_second_press_keeps_it_once(client: PageClient, setting: Setting) -> None:
    await client.get("/complaints")
    for _ in range(2):
        await client.submit("main form", {"words": WORDS})
    assert await Complaint.count() == 1


async def test_it_is_kept_sealed_and_bound_to_its_row(setting: Setting) -> None:
    await write(complain, "token", None, ComplaintWords(WORDS, "Cal"), NOW)
    row = (await Complaint.objects())[0]
    assert WORDS.encode() not in bytes(row.sealed)
    with pytest.raises(NotOpened):
        unseal(row.sealed, "complaint:another")


async def test_it_is_acknowledged_and_closed(ada: PageClient, setting: Setting) -> None:
    await write(complain, "token", setting.gathering.series, ComplaintWords(WORDS), NOW)
    await ada.get("/desk/complaints")
    await ada.submit('form[action$="/acknowledge"]')
    await ada.follow()
    assert "They were told that you have it" in ada.words
    row = (await Complaint.objects())[0]
    assert row.acknowledged_by == setting.team.ada
    await ada.post(f"/desk/complaints/{row.handle}/acknowledge", {})
    assert (await Complaint.objects())[0].acknowledged_at == row.acknowledged_at
    await ada.get("/desk/complaints")
    await ada.submit('form[action$="/close"]')
    await ada.follow()
    assert "Done on" in ada.words
    await ada.get("/desk")
    assert "complaint waits" not in ada.words


async def test_after_30_days_it_is_late(ada: PageClient, setting: Setting) -> None:
    made = NOW - timedelta(days=33)
    await write(complain, "token", setting.gathering.series, ComplaintWords(WORDS), made)
    await ada.get("/desk/complaints")
    assert "Late by 3 days" in ada.words
    assert ada.one("article .tag.bad").get_text().startswith("Late by")


def test_the_clock_counts_whole_days_and_stops() -> None:
    view = ComplaintView("h", "", ComplaintWords(WORDS), NOW, None, None)
    assert [view.days_left(NOW + timedelta(days=d)) for d in (0, 29, 30, 31)] == [30, 1, 0, -1]
    told = ComplaintView("h", "", ComplaintWords(WORDS), NOW, NOW, None)
    assert told.days_left(NOW + timedelta(days=40)) is None


async def test_those_about_no_series_go_to_whoever_starts_them(
    app: Litestar, ben: PageClient, setting: Setting
) -> None:
    await write(complain, "token", None, ComplaintWords(WORDS), NOW)
    await write(grant, setting.team.ben, setting.gathering.series, "organiser")
    assert len(await read(complaints_for, await viewer_for(setting.team.ada))) == 1
    handle = (await Complaint.objects())[0].handle
    async with signed_in_browser(app, setting.team.ben) as organiser:
        await organiser.get("/desk/complaints")
        assert WORDS not in organiser.text
        await organiser.post(f"/desk/complaints/{handle}/close", {}, status=403)


async def test_strangers_read_and_press_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    await write(complain, "token", setting.gathering.series, ComplaintWords(WORDS), NOW)
    handle = (await Complaint.objects())[0].handle
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        await browser.get("/desk/complaints", status=status)
        assert WORDS not in browser.text
        for button in ("acknowledge", "close"):
            await browser.post(f"/desk/complaints/{handle}/{button}", {}, status=status)
    assert await Complaint.exists().where(
        Complaint.acknowledged_at.is_null() & Complaint.closed_at.is_null()
    )


async def test_a_series_that_the_public_does_not_know_is_not_offered(client: PageClient) -> None:
    await client.get("/complaints")
    options = [one["value"] for one in client.soup.select("input[name=series]")]
    assert options == [""]
    await client.submit("main form", {"words": WORDS, "series": ""})


async def test_complaining_about_a_series_that_is_not_there(client: PageClient) -> None:
    await client.post("/complaints", {"words": WORDS, "series": "no-such"}, status=422)
    assert await Complaint.count() == 0


async def test_a_flood_from_one_place_is_stopped_and_nothing_typed_is_lost(
    client: PageClient,
) -> None:
    await client.get("/complaints")
    for number in range(30):
        await client.submit("main form", {"words": WORDS, "token": f"token-{number}"})
    await client.submit("main form", {"words": WORDS, "token": "one-more"}, status=422)
    assert "Please ring us instead" in client.words
    assert WORDS in client.text
    assert await Complaint.count() == 30
