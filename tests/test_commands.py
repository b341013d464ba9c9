"""What can be typed: an organiser's first link, and the example."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def litestar(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Type `litestar ...` with a data folder of its own."""
    environment = {
        **os.environ,
        "COLUMNS": "200",
        "DATA_DIR": str(data),
        "DATABASE_URL": "",
        "PORT": "8001",
    }
    return subprocess.run(
        [sys.executable, "-m", "litestar", "--app", "app:app", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_organiser_gets_a_link_that_works_once(tmp_path: Path) -> None:
    typed = litestar(tmp_path, "organiser", "Ada@Example.org")
    assert typed.returncode == 0, typed.stderr
    assert "ada@example.org can start series of gatherings." in typed.stdout
    links = re.findall(r"http://localhost:8001/sign-in/password/[\w-]{43}\b", typed.stdout)
    assert len(links) == 1


def test_an_organiser_needs_an_email_address(tmp_path: Path) -> None:
    typed = litestar(tmp_path, "organiser", "ada")
    assert typed.returncode == 2
    assert "Give the organiser's e-mail address" in typed.stderr


def test_the_example_fills_only_an_empty_database(tmp_path: Path) -> None:
    first = litestar(tmp_path, "example", "--stage", "booking")
    assert first.returncode == 0, first.stderr
    assert "The example is there." in first.stdout
    second = litestar(tmp_path, "example", "--stage", "booking")
    assert second.returncode == 1
    assert "The database is not empty, so nothing was added." in second.stderr


def test_forgetting_and_keys_can_be_typed(tmp_path: Path) -> None:
    dry = litestar(tmp_path, "forget", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "     0  needs: Access needs, with their notes and their history" in dry.stdout
    listed = litestar(tmp_path, "keys", "list")
    assert re.search(r"[0-9a-f]{8} seals; 0 values need it", listed.stdout)
    rotated = litestar(tmp_path, "keys", "rotate")
    assert "Everything is sealed with the first key now." in rotated.stdout
    removed = litestar(tmp_path, "keys", "remove-old")
    assert "1 old keys were taken away." in removed.stdout
    nobody = litestar(tmp_path, "held", "no-such-1")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "There is no booking with this reference." in nobody.stderr
    backed_up = litestar(tmp_path, "backup")
    assert f"Written: {tmp_path}/backups/gatherings-" in backed_up.stdout
