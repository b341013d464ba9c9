"""Signing in: one row for each browser, new each time, hashed at rest."""

import asyncio

import pytest

from gatherings.people import passwords
from gatherings.people.sign_in import (
    begin_sign_in,
    end_every_sign_in,
    end_sign_in,
    make_password_link,
    open_account,
    viewer_by_key,
)
from gatherings.people.sign_in_pages import failures, own_path
from gatherings.people.tables import Account, PasswordLink, SignIn
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import hash_of
from web.database import read, write

PASSWORD = "three green boats"


@pytest.fixture(autouse=True)
def nobody_has_failed() -> None:
    failures.forget(hash_of("ada@example.org"))


async def ada_with_password() -> int:
    account_id = await write(open_account, "Ada@Example.org ", "Ada")
    kept = await passwords.hash_password(PASSWORD)
    await write(_keep, account_id, kept)
    return account_id


async def _keep(account_id: int, kept: str) -> None:
    await Account.update({Account.password_hash: kept}).where(Account.id == account_id)


async def sign_in(client: PageClient, password: str = PASSWORD, status: int = 303) -> None:
    await client.post("/sign-in", {"email": "ada@example.org", "password": password}, status=status)


async def test_a_link_sets_a_password_once(client: PageClient) -> None:
    account_id = await write(open_account, "ada@example.org", "")
    key = await write(make_password_link, account_id)
    await client.get(f"/sign-in/password/{key}")
    await client.get(f"/sign-in/password/{key}")
    form = {"name": "Ada", "password": PASSWORD}
    await client.post(f"/sign-in/password/{key}", form)
    await client.get("/desk")
    await client.get(f"/sign-in/password/{key}", status=404)
    await client.post(f"/sign-in/password/{key}", form, status=404)
    assert await PasswordLink.count() == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("short", "Make your password longer: at least 10 characters. Three words are good"),
        (
            "aaaaaaaaaaaa",
            "Choose a password that is harder to guess. Three words are good",
        ),
        (
            "ada@example.org",
            "Choose a password that is harder to guess. Three words are good",
        ),
    ],
)
async def test_a_weak_password_is_told_and_the_name_is_kept(
    client: PageClient, password: str, sentence: str
) -> None:
    key = await write(make_password_link, await write(open_account, "ada@example.org", ""))
    await client.post(
        f"/sign-in/password/{key}", {"name": "Ada 🌻", "password": password}, status=422
    )
    assert client.error_at("password") == f"Error: {sentence}"
    assert client.one("#name")["value"] == "Ada 🌻"


async def test_signing_in_gives_a_new_key_and_ends_the_one_before(client: PageClient) -> None:
    account_id = await ada_with_password()
    await sign_in(client)
    first = client.cookie("sign-in")
    await sign_in(client)
    second = client.cookie("sign-in")
    assert first != second
    assert await read(viewer_by_key, first) is None
    viewer = await read(viewer_by_key, second)
    assert viewer is not None
    assert viewer.account_id == account_id


async def test_a_key_that_an_attacker_planted_does_not_live_through_sign_in(
    client: PageClient,
) -> None:
    await ada_with_password()
    client.set_cookie("sign-in", "planted-by-somebody-else")
    await sign_in(client)
    assert client.cookie("sign-in") != "planted-by-somebody-else"
    assert await read(viewer_by_key, "planted-by-somebody-else") is None


async def test_the_key_is_not_in_the_database(client: PageClient) -> None:
    await ada_with_password()
    await sign_in(client)
    rows = await SignIn.select(SignIn.key_hash)
    assert [row["key_hash"] for row in rows] == [hash_of(client.cookie("sign-in"))]


async def test_signing_out_ends_the_sign_in(client: PageClient) -> None:
    await ada_with_password()
    await sign_in(client)
    key = client.cookie("sign-in")
    await client.post("/sign-out", {})
    assert await read(viewer_by_key, key) is None
    await client.get("/desk", status=401)


async def test_what_was_typed_outlives_a_sign_in_that_ended(
    ada: PageClient, setting: Setting
) -> None:
    about, key = f"/desk/series/{setting.series_slug}/about", ada.cookie("sign-in")
    await ada.get(about)
    ada.set_cookie("sign-in", "")
    words = 'Four gatherings a year.\nمرحبا "all" & <some>'
    await ada.submit("main form", {"about": words}, status=401)
    ada.set_cookie("sign-in", key)
    await ada.submit("main form")
    await ada.get(about)
    assert ada.one("#about").get_text().strip() == words


async def test_signing_in_leads_back_to_the_page_that_asked_for_it(client: PageClient) -> None:
    await client.get("/desk/calendar", status=401)
    assert client.one("#sign-in-first")["href"] == "/sign-in?next=/desk/calendar"
    await client.post("/desk/start-series", {}, status=401)
    assert client.one("#sign-in-first")["href"] == "/sign-in"


async def test_a_wrong_password_and_an_unknown_person_look_the_same(client: PageClient) -> None:
    await ada_with_password()
    await sign_in(client, "not the password", status=422)
    wrong = client.text.replace("ada@example.org", "")
    await client.post(
        "/sign-in", {"email": "nobody@example.org", "password": "not the password"}, status=422
    )
    assert client.text.replace("nobody@example.org", "") == wrong


async def test_ten_failures_slow_the_account_and_nobody_else(client: PageClient) -> None:
    await ada_with_password()
    for _ in range(10):
        await sign_in(client, "not the password", status=422)
    answer = await client.post(
        "/sign-in", {"email": "ada@example.org", "password": PASSWORD}, status=429
    )
    assert int(answer.headers["retry-after"]) > 0
    await client.post(
        "/sign-in", {"email": "ben@example.org", "password": "something else"}, status=422
    )


async def test_a_password_is_hashed_off_the_event_loop() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.001)

    ticking = asyncio.create_task(tick())
    await passwords.hash_password(PASSWORD)
    ticking.cancel()
    assert ticks > 3


async def test_setting_a_password_ends_every_other_sign_in(client: PageClient) -> None:
    account_id = await ada_with_password()
    key = await write(begin_sign_in, account_id)
    link = await write(make_password_link, account_id)
    await client.post(f"/sign-in/password/{link}", {"name": "Ada", "password": PASSWORD})
    assert await read(viewer_by_key, key) is None


async def test_keys_end() -> None:
    assert await read(viewer_by_key, "") is None


async def test_one_browser_or_all_may_be_signed_out(db: object) -> None:
    account_id = await write(open_account, "ada@example.org", "Ada")
    keys = [await write(begin_sign_in, account_id) for _ in range(3)]
    await write(end_sign_in, keys[0])
    assert [bool(await read(viewer_by_key, key)) for key in keys] == [False, True, True]
    await write(end_every_sign_in, account_id)
    assert [bool(await read(viewer_by_key, key)) for key in keys] == [False, False, False]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/desk/g/spring", "/desk/g/spring"),
        ("https://evil.example", "/desk"),
        ("//evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("", "/desk"),
    ],
)
def test_signing_in_leads_to_this_site_alone(asked: str, given: str) -> None:
    assert own_path(asked) == given
