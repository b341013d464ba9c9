"""The privacy page says what the code does, in plain words and in easy ones."""

from dataclasses import fields, replace

import pytest

from app import create_app
from gatherings.access.reports import Greeting
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.legal_basis import BASES, SPECIAL
from tests.page_checks import PageClient
from web.settings import LEGAL_BASES, Settings, settings

pytestmark = pytest.mark.once


async def test_every_rule_stands_on_it(client: PageClient) -> None:
    await client.get("/privacy")
    for rule in ALL_RULES:
        assert rule.what in client.words
        assert rule.when.capitalize() in client.words
    assert "28 days after the gathering" in client.words
    assert "for 48 hours" in client.words
    await client.get("/complaints")
    await client.get("/privacy?easy=yes")
    assert "28 days after the gathering" in client.words
    assert client.soup.select_one("html[data-easy]") is not None


async def test_every_field_of_the_greeter_list_is_told(client: PageClient) -> None:
    told = {
        "first_name": "whoever meets you gets your first name",
        "does": "what to do",
        "arrives": "about when you come",
        "phone": "your phone number, too, where we ring or text you",
    }
    assert {field.name for field in fields(Greeting)} == set(told)
    await client.get("/privacy")
    for words in told.values():
        assert words in client.words


@pytest.mark.parametrize("basis", LEGAL_BASES)
async def test_it_says_what_the_host_has_set(db: object, basis: str) -> None:
    chosen = replace(
        settings(), legal_basis=basis, privacy_contact="Ada Green, 01632 960 111", smtp_host="mail"
    )
    async with PageClient(create_app(chosen)) as browser:
        for address in ("/privacy", "/privacy?easy=yes", "/complaints"):
            await browser.get(address)
            assert "Ada Green, 01632 960 111" in browser.words
            said = BASES[basis].easy if "easy" in address else BASES[basis].words
            assert (said in browser.words) is (address != "/complaints")
        await browser.get("/privacy")
        assert f"{BASES[basis].article} and {SPECIAL}" in browser.words
        assert BASES[basis].rights in browser.words
        assert "pass through an e-mail provider" in browser.words


def test_a_basis_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="LEGAL_BASIS must be duty, interest or consent"):
        Settings.from_environment({"LEGAL_BASIS": "because"})
