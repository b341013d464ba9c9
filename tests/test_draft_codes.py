"""Save and come back: a code of easy words opens a draft on any device, and cannot be guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.bookings import code_pages
from gatherings.bookings.draft_codes import come_back, give_code
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.tables import Draft
from tests.booking_rows import make_gathering
from tests.booking_walk import PHONE, for_me, step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from web.codes import EASY_WORDS
from web.crypto import hash_of, keyed_hashes
from web.database import read, write
from web.limits import Limit


async def code_on(client: PageClient) -> str:
    tag = client.soup.select_one(".code")
    assert tag is not None
    return tag.get_text()


async def test_a_code_goes_on_where_it_was_given(
    app: Litestar, client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await step(client, for_me("Calpurnia"))
    assert await step(client, PHONE, button="save") == "We keep what you wrote"
    code = await code_on(client)
    assert len([word for word in code.split() if word in EASY_WORDS]) == 4
    assert f"{base}/back" in client.words
    draft = (await Draft.objects())[0]
    assert draft.code_hash == keyed_hashes(code.replace(" ", "-"))[0]
    assert draft.code_hash != hash_of(code.replace(" ", "-"))
    async with PageClient(app) as another:
        await another.get(f"{base}/back")
        typed = code.upper().replace(" ", ", ")
        assert await step(another, {"code": typed}) == "Would anything help you to take part?"
        await step(another, {"help": "no"})
        await step(another, {})
        assert "01632 960 002" in another.words
        await client.get(f"{base}/reach", status=303)
        await another.submit("main form", {}, button="save")
        await another.follow()
        assert await code_on(another) == code
        await another.get(f"{base}/check")
        assert await step(another, {}) == "Your place is booked"
    await client.get(f"{base}/back")
    await client.submit("main form", {"code": code}, status=422)
    assert client.words.count("This code leads nowhere") == 2


async def test_every_page_offers_to_save_even_an_unfinished_one(
    client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    assert await step(client, {"name": "Cal"}, button="save") == "We keep what you wrote"
    await client.get(f"{base}/who")
    assert 'value="Cal"' in client.text
    await client.submit("main form", {"name": "x" * 201}, button="save", status=422)
    assert "x" * 201 in client.text
    await walk_to_check(client, setting.gathering.slug)
    for page in ("who", "reach", "help", "day", "check"):
        await client.get(f"{base}/{page}")
        assert "We keep what you write for 48 hours" in client.words
        assert await step(client, {}, button="save") == "We keep what you wrote"
    await client.get(f"{base}/check")
    assert "Cal" in client.words


async def test_an_unfinished_party_is_there_when_they_come_back(
    client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await step(client, {"for_whom": "us", "name": "Cal"})
    await step(client, {"name-3": "Dot"}, button="save")
    answer = await client.get(f"{base}/reach", status=303)
    assert answer.headers["location"] == f"{base}/people"
    await client.follow()
    assert 'value="Dot"' in client.text


async def test_wrong_old_and_foreign_codes_look_alike(client: PageClient, setting: Setting) -> None:
    now, here = datetime.now(UTC), setting.gathering.id
    there = (await make_gathering()).id
    key, _ = await write(save_draft, "", here, {"name": "Cal"})
    code = await write(give_code, key, here, "")
    assert await write(come_back, there, code, now) is None
    assert await write(come_back, here, code, now + timedelta(hours=49)) is None
    assert await write(come_back, here, "", now) is None
    assert await write(come_back, here, "maple river", now) is None
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/back")
    for typed in ("maple river lamp seven", "<b>x</b> 🌻", RIGHT_TO_LEFT):
        await client.submit("main form", {"code": typed}, status=422)
        assert "This code leads nowhere" in client.words
    assert "Cal" not in client.words
    await client.submit("main form", {"code": " "}, status=422)
    assert "Enter your code" in client.words
    await client.submit("main form", {"code": "x" * 101}, status=422)
    assert "at most 100 characters" in client.words
    await client.submit("main form", {"code": code})


RIGHT_TO_LEFT = "نورا"


async def test_wrong_codes_are_slowed_from_one_place_and_from_all(
    app: Litestar, client: PageClient, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_pages, "wrong_here", Limit(2, 60))
    monkeypatch.setattr(code_pages, "wrong_anywhere", Limit(3, 60))
    address = f"/g/{setting.gathering.slug}/book/back"
    for _ in range(2):
        await client.post(address, {"code": "maple river"}, status=422)
    await client.post(address, {"code": "maple river"}, status=429)
    assert "too many wrong codes. Please wait, or ring us on 0161 496 0000." in client.words
    async with PageClient(app) as elsewhere:
        await elsewhere.post(address, {"code": "maple river"}, status=422)
        await elsewhere.post(address, {"code": "maple river"}, status=429)


async def test_a_page_with_a_code_is_only_for_the_browser_that_has_it(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await step(client, for_me("Calpurnia"), button="save")
    before = await read(_drafts)
    await client.get(f"{base}/saved")
    await dee.get(f"{base}/saved", status=303)
    dee.set_cookie(f"code-{setting.gathering.slug}", "maple-river-lamp-seven")
    await dee.get(f"{base}/saved", status=303)
    assert await read(_drafts) == before


async def _drafts() -> list[dict[str, object]]:
    return list(await Draft.select())
