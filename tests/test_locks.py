"""The lock files: complete, with a hash for everything, and no address to fetch from."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGE_LOCK = json.loads((ROOT / "package-lock.json").read_text())
# In two halves, so that this file does not name what no file may name.
INDEX_HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "yarnpkg" + ".com"]


def entries(lock: Path) -> dict[str, str]:
    """Each package of a lock file with its text."""
    blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
    return {re.split(r"[=\[ ]", block)[0]: block for block in blocks}


def plain_name(requirement: str) -> str:
    """The name as lock files write it."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_a_version_and_a_hash(lock: Path) -> None:
    for name, text in entries(lock).items():
        assert re.match(rf"{re.escape(name)}==[\w.]+( ;.*)? \\\n", text), text
        assert "--hash=sha256:" in text, name


def test_the_locks_hold_all_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, dev = entries(ROOT / "requirements/run.txt"), entries(ROOT / "requirements/dev.txt")
    named = {plain_name(each) for each in project["project"]["dependencies"]}
    named_for_tests = {plain_name(each) for each in project["dependency-groups"]["dev"]}
    assert named - set(run) == set()
    assert named_for_tests - set(dev) == set()
    assert set(run.items()) - set(dev.items()) == set()


def test_the_front_end_packages_are_exact_and_have_a_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    exact = wanted["dependencies"] | wanted["devDependencies"]
    locked = {n: p for n, p in PACKAGE_LOCK["packages"].items() if n}
    versions = {n.removeprefix("node_modules/"): p["version"] for n, p in locked.items()}
    assert {name: versions[name] for name in exact} == exact
    assert [name for name, package in locked.items() if "integrity" not in package] == []
    assert [name for name, package in locked.items() if "resolved" in package] == []


def test_no_file_names_a_package_index() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True)
    files = [ROOT / line for line in tracked.stdout.decode().splitlines()]
    texts = {f: f.read_text(errors="ignore") for f in files if f.is_file()}
    assert [str(f) for f, text in texts.items() if any(host in text for host in INDEX_HOSTS)] == []
