"""A series' glossary: organisers explain letters, public pages show what they mean."""

import pytest

from gatherings.planning.tables import Gathering
from sessions.board.offers import offer
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import new_key
from web.database import write

GLOSSARY = "/desk/series/changing-the-story/glossary"
FORM = f"form[action='{GLOSSARY}']"


async def test_organisers_explain_letters_and_public_pages_say_them(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    about = "We talk with the CQC. <b>The CQC</b> listens."
    await Gathering.update({Gathering.about: about}).where(Gathering.id == setting.gathering.id)
    await ada.get(GLOSSARY)
    await ada.submit(FORM, {"letters": "CQC", "meaning": "Care Quality Commission"})
    await ada.follow()
    assert "Care Quality Commission" in ada.words
    await client.get(f"/g/{setting.gathering.slug}")
    short = '<abbr title="Care Quality Commission">CQC</abbr>'
    explained = f"with the {short} (Care Quality Commission). &lt;b&gt;The {short}&lt;"
    assert explained in client.text
    words = ("Inspectors", about, "Cal", new_key())
    await write(offer, setting.gathering.id, None, *words)
    await client.get(f"/g/{setting.gathering.slug}/sessions/1")
    assert explained in client.text


async def test_a_meaning_can_be_changed_and_taken_out(ada: PageClient) -> None:
    await ada.get(GLOSSARY)
    for meaning in ("British Sign Language, with hands", "the language of many Deaf people"):
        await ada.submit(FORM, {"letters": "BSL", "meaning": meaning})
        await ada.follow()
    assert len(ada.soup.select("form[action$=remove]")) == 1
    assert "the language of many Deaf people" in ada.words
    await ada.submit("form[action$=remove]")
    await ada.follow()
    assert ada.soup.select("form[action$=remove]") == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("letters", "", "Enter the letters"),
        ("letters", "bsl", "in capitals"),
        ("letters", "A" * 13, "at most 12 characters"),
        ("letters", "🎉", "in capitals"),
        ("meaning", "", "Enter what they stand for"),
        ("meaning", "x" * 201, "at most 200 characters"),
        ("meaning", "the CQC itself", "Say it without CQC"),
    ],
)
async def test_wrong_letters_are_told_beside_the_field(
    ada: PageClient, field: str, value: str, words: str
) -> None:
    await ada.get(GLOSSARY)
    typed = {"letters": "CQC", "meaning": "Care Quality Commission", field: value}
    await ada.submit(FORM, typed, status=422)
    assert words in ada.error_at(field)
    kept = "meaning" if field == "letters" else "letters"
    assert ada.one(f"#{kept}")["value"] == typed[kept]


async def test_nobody_else_explains_letters(
    client: PageClient, ben: PageClient, dee: PageClient
) -> None:
    await client.get(GLOSSARY, status=401)
    for stranger in (ben, dee):
        await stranger.get(GLOSSARY, status=403)
        await stranger.post(GLOSSARY, {"letters": "A1", "meaning": "x"}, status=403)
        await stranger.post(f"{GLOSSARY}/remove", {"which": "A1"}, status=403)
