"""What the documents say is held to what the code does."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_setting_is_described_and_no_other() -> None:
    read_by_code = set(
        re.findall(r'environment(?:\.get\(|, )"([A-Z_]+)"', (ROOT / "web/settings.py").read_text())
    )
    described = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M)
    )
    assert described == read_by_code


def test_only_settings_read_the_environment() -> None:
    readers = [
        str(file.relative_to(ROOT))
        for room in ("web", "gatherings", "sessions")
        for file in sorted((ROOT / room).rglob("*.py"))
        if re.search(r"os\.environ|os\.getenv|getenv\(", file.read_text())
    ]
    assert readers == ["web/settings.py"]


def test_every_link_in_the_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    missing = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert missing == []


def test_the_readme_names_its_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [command for command in ("make run", "make test") if command not in readme] == []
