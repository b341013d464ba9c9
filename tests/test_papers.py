"""The papers of data protection are filled from what is set and from what the code does."""

from dataclasses import replace
from pathlib import Path

import pytest

from gatherings.people.sign_in import SIGN_IN_LASTS
from gatherings.personal_data import keeping
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.legal_basis import BASES, SPECIAL
from sessions.personal_data.papers import PAPERS, paper, write_papers
from web.settings import LEGAL_BASES, Settings

ROOT = Path(__file__).parent.parent
NOTHING_SET = Settings.from_environment({})
RECORD, DPIA = "record-of-processing", "dpia-template"


@pytest.mark.parametrize("name", PAPERS)
def test_the_document_is_the_paper_of_a_host_that_sets_nothing(name: str) -> None:
    """After a change of templates/papers: litestar papers --to docs, with no setting."""
    assert (ROOT / f"docs/{name}.md").read_text() == paper(name, NOTHING_SET)


def test_a_host_finds_its_own_settings_in_them(tmp_path: Path) -> None:
    chosen = replace(
        NOTHING_SET,
        site_name="Our circle",
        base_url="https://circle.example",
        privacy_contact="Ada Green, 01632 960 111",
        smtp_host="mail.example",
        database_url="postgresql://here",
        field_keys="one",
        backup_dir=Path("/mnt/disk"),
    )
    made = {path.stem: path.read_text() for path in write_papers(tmp_path / "papers", chosen)}
    assert set(made) == set(PAPERS)
    for name, words in (
        (RECORD, "Our circle, https://circle.example"),
        (RECORD, "Controller**: Ada Green, 01632 960 111"),
        (RECORD, "mail.example *[its country]*"),
        (RECORD, "Database**: PostgreSQL"),
        (RECORD, "every\nconnection over https"),
        (DPIA, "Our circle, https://circle.example"),
        (DPIA, "the keys are in the environment"),
        ("breach-checklist", "Tell Ada Green, 01632 960 111."),
        ("breach-checklist", "If `FIELD_KEYS` may have been read"),
        ("breach-checklist", "**72 hours**"),
        ("retention", "The app makes one each night in `/mnt/disk`"),
    ):
        assert words in made[name], words
        assert words == "**72 hours**" or words not in paper(name, NOTHING_SET), words


@pytest.mark.parametrize("basis", LEGAL_BASES)
def test_record_and_assessment_say_the_basis_that_was_chosen(basis: str) -> None:
    chosen = replace(NOTHING_SET, legal_basis=basis)
    for name in (RECORD, DPIA):
        text = paper(name, chosen)
        named = [one for one in BASES if f"{BASES[one].article}, {BASES[one].name}" in text]
        assert named == [basis]
        assert SPECIAL in text
    asked = [one for one in BASES if f"- [ ] {BASES[one].weigh[0]}" in paper(DPIA, chosen)]
    assert asked == [basis]


def test_each_basis_has_its_own_article() -> None:
    assert list(BASES) == list(LEGAL_BASES)
    articles = {name: one.article for name, one in BASES.items()}
    assert articles == {
        "duty": "article 6(1)(c)",
        "interest": "article 6(1)(f)",
        "consent": "article 6(1)(a)",
    }
    assert NOTHING_SET.legal_basis == "duty"


def test_the_table_of_retention_is_the_rules_of_the_code() -> None:
    lines = paper("retention", NOTHING_SET).splitlines()
    written = [line for line in lines if line.startswith("| ") and not line.startswith("| what")]
    assert written == [f"| {rule.what} | {rule.when} | {rule.set_by} |" for rule in ALL_RULES]


def test_papers_say_the_numbers_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    record = paper(RECORD, NOTHING_SET)
    few, most = keeping.FEWEST_NEED_DAYS, keeping.MOST_NEED_DAYS
    for words in (
        f"{keeping.MONTHS_OF_CONTACTS} months after the last gathering",
        f"28 days after the gathering, or {few} to {most} as chosen",
        f"{keeping.LETTERS.days} days after the gathering",
        f"{keeping.YEARS_OF_PROOF} years, without a name",
        f"sign-ins of {int(SIGN_IN_LASTS.total_seconds()) // 3600} hours",
    ):
        assert words in record, words
    monkeypatch.setattr(keeping, "MONTHS_OF_CONTACTS", 7)
    assert "7 months after the last gathering" in paper(RECORD, NOTHING_SET)
