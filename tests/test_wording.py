"""Plain words: what is banned, letters that nobody explained, sentences that are too long."""

from pathlib import Path

import pytest

from gatherings.wording.texts import (
    Text,
    everything,
    texts_of_code,
    texts_of_data,
    texts_of_template,
)
from gatherings.wording.wording import faults, title_faults
from web.words import explainer

LONG = "word " * 26
NEVER = (
    "special needs, special need, special requirements, special requirement, handicap, handicaps, "
    "handicapped, handicapping, wheelchair-bound, wheelchair bound, wheelchair‑bound, confined to, "
    "confined to a wheelchair, suffers from, suffer from, suffering from, suffered from, sufferer, "
    "sufferers, suffers with, victim of, victims of, afflicted, afflicted by, afflictions, "
    "able-bodied, able bodied, normal people, normal person, normal children, the disabled, "
    "the blind, the deaf, mentally ill, the mentally ill, mental illness, vulnerable, "
    "the vulnerable, vulnerable adults, hard to reach, hard-to-reach, hardest to reach, "
    "low functioning, high-functioning, lower functioning, service user, service users, "
    "service-users, client, clients, customers, disabled toilet, disabled toilets, "
    "disabled parking, disabled bay, people with autism, the autistic, the learning disabled, "
    "deaf and dumb, hearing-impaired"
)
SAY = (
    "access needs, access requirements, disabled people, a wheelchair user, wheelchair users, "
    "people who draw on care and support, a supporter, a personal assistant, "
    "an accessible toilet, Blue Badge parking, Deaf people, BSL users, autistic people, "
    "people with a learning disability, a mental health problem"
)


def test_everything_that_the_product_says_is_plain() -> None:
    found = [f"{text.where}: {fault}" for text in everything() for fault in text.faults()]
    assert found == []


def test_the_product_says_much() -> None:
    places = {text.where.split(".")[0].split("/")[0] for text in everything()}
    assert places >= {"templates", "gatherings", "sessions", "web", "docs", "static", "README"}
    assert len(list(everything())) > 1000


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            "Tell us your special needs.",
            "“special needs”: say “access needs, or access requirements”",
        ),
        ("Clients are welcome.", "“Clients”: say “people”"),
        ("Is there a disabled toilet?", "“disabled toilet”: say"),
        ("She suffers from pain.", "“suffers from”: say “has, or lives with”"),
        ("The blind sit here.", "“The blind”: say “blind people”"),
        ("Help for the disabled.", "“the disabled”: say “disabled people”"),
        ("Ask the CQC.", "“CQC” is not in the glossary: write it out, or explain it there"),
        ("BSLX and PA2s", "“BSLX” is not in the glossary"),
        (LONG + ".", "a sentence of 26 words, at most 25: “word word"),
    ],
)
def test_words_that_are_not_plain_are_found(words: str, fault: str) -> None:
    assert faults(words)[0].startswith(fault)


@pytest.mark.parametrize("words", NEVER.split(", "))
def test_no_form_of_a_banned_word_passes(words: str) -> None:
    for text in (words, words.upper(), f"Not {words.replace(' ', chr(10))}, please."):
        assert "say “" in faults(text)[0], text
    assert Text("docs/a.md", words, piece=True).faults() != []


@pytest.mark.parametrize("words", SAY.split(", "))
def test_what_to_say_instead_passes(words: str) -> None:
    assert faults(f"For {words} of our town.") == []


@pytest.mark.parametrize(
    "words",
    [
        "What are your access needs?",
        "For the disabled people of our town, and for the blind person in seat 3.",
        "BSL interpreters are there. Bring a QR code. I am here.",
        "Write to M2 5NS, or to ada@EXAMPLE.org.",
        "word " * 20 + ". " + "word " * 20 + ".",
    ],
)
def test_plain_words_are_left_alone(words: str) -> None:
    assert faults(words) == []


def test_easy_read_is_shorter() -> None:
    sixteen = "word " * 16
    assert faults(sixteen) == []
    assert faults(sixteen, easy=True)[0].startswith("a sentence of 16 words, at most 15")
    assert title_faults("Who are you and who do you come with")[0].startswith(
        "a sentence of 9 words, at most 8"
    )


def test_letters_that_are_explained_elsewhere_are_known() -> None:
    assert faults("Ask the CQC.", also={"CQC"}) == []


def test_a_template_gives_its_words_and_those_in_its_expressions() -> None:
    source = (
        '<h1>One two</h1><p>Three <em>four</em> {{ name }}.</p>{{ note("five six seven") }}'
        '{% if a %}<p title="eight nine">ten</p>{% else %}<p>eleven</p>{% endif %}'
    )
    texts = list(texts_of_template("templates/a.html", source))
    assert [" ".join(text.words.split()) for text in texts] == [
        "five six seven",
        "One two Three four …. … ten eleven",
        "eight nine",
    ]
    assert "One two\n\n" in texts[1].words


def test_data_knows_what_is_easy_read() -> None:
    data = {"who": {"title": "Who comes with you", "easy_title": "Who comes here"}}
    assert list(texts_of_data("a.toml", data)) == [
        Text("a.toml who.title", "Who comes with you"),
        Text("a.toml who.easy_title", "Who comes here", easy=True, title=True),
    ]


def test_code_gives_its_sentences_and_not_its_docstrings() -> None:
    source = (
        '"""What this file is."""\nWORDS = "Tick one or more"\nSQL = "SELECT a FROM b"\n'
        'raise ValueError("nobody sees this here")\nshort = "no"\n'
    )
    found = list(texts_of_code("a.py", source))
    assert [text for text in found if not text.piece] == [Text("a.py:2", "Tick one or more")]


@pytest.mark.parametrize(
    "source",
    [
        'LABEL = "Disabled toilet"',
        'said = f"{number} service users"',
        'raise Refused("words", "Ask the client")',
        'CHOICES = {"bay": "Disabled parking"}',
    ],
)
def test_a_banned_word_is_found_in_every_piece_of_code(source: str) -> None:
    found = [fault for text in texts_of_code("a.py", source) for fault in text.faults()]
    assert len(found) == 1


def test_a_banned_word_is_found_in_short_words_of_templates_and_data() -> None:
    template = texts_of_template("templates/a.html", '{{ tag("Special needs") }}')
    data = texts_of_data("a.toml", {"label": "Handicapped"})
    found = [text.words for text in [*template, *data] if text.faults()]
    assert found == ["Special needs", "Handicapped"]


def test_a_planted_text_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.html").write_text("<p>Help for clients.</p>")
    assert [text.faults() for text in everything(tmp_path)] == [["“clients”: say “people”"]]


def test_letters_are_explained_once_on_a_page() -> None:
    letters = explainer({"BSL": "British Sign Language", "BS": "another"})
    assert letters("<BSL> BSL") == (
        '&lt;<abbr title="British Sign Language">BSL</abbr> (British Sign Language)&gt; '
        '<abbr title="British Sign Language">BSL</abbr>'
    )
    said = explainer({"BSL": "British Sign Language"})
    short = '<abbr title="British Sign Language">BSL</abbr>'
    assert said("British Sign Language (BSL)") == f"British Sign Language ({short})"
    assert said("A film in BSL") == f"A film in {short}"
    assert letters("BSLs and xBSL, BS") == (
        'BSLs and xBSL, <abbr title="another">BS</abbr> (another)'
    )
    assert explainer({})("BSL & BS") == "BSL &amp; BS"
