"""What can be typed: an organiser's first link, the example, and what keeps data in order."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from gatherings.access.tables import OUTCOMES
from tests.command_lines import litestar

HOUSE_AFTERWARDS = """
    SELECT gathering.starts_at < CURRENT_TIMESTAMP, count(session.round), count(*),
        (SELECT count(*) FROM summary_version)
    FROM gathering JOIN session ON session.gathering = gathering.id
    WHERE gathering.slug = 'talking-about-care'
"""


def test_an_organiser_gets_a_link_that_works_once(tmp_path: Path) -> None:
    wrong, right = litestar(tmp_path, "organiser ada", "organiser Ada@Example.org")
    assert wrong.code == 2
    assert "Give the organiser's e-mail address" in wrong.err
    assert right.code == 0, right.err
    assert "ada@example.org can start series of gatherings." in right.out
    links = re.findall(r"http://localhost:8001/sign-in/password/[\w-]{43}\b", right.out)
    assert len(links) == 1


def test_the_example_fills_only_an_empty_database(tmp_path: Path) -> None:
    first, second = litestar(tmp_path, "example --stage after", "example --stage booking")
    assert first.code == 0, first.err
    assert "The example is there." in first.out
    assert second.code == 1
    assert "The database is not empty, so nothing was added." in second.err
    with closing(sqlite3.connect(tmp_path / "gatherings.sqlite")) as database:
        house = database.execute(HOUSE_AFTERWARDS).fetchone()
        outcomes = {one for (one,) in database.execute("SELECT DISTINCT outcome FROM access_need")}
    is_past, placed, offered, summaries = house
    assert (is_past, placed, offered, summaries) == (True, 20, 20, 1)
    assert outcomes == set(OUTCOMES)


def test_forgetting_and_keys_can_be_typed(tmp_path: Path) -> None:
    dry, listed, rotated, removed, nobody, backed_up = litestar(
        tmp_path,
        "forget --dry-run",
        "keys list",
        "keys rotate",
        "keys remove-old",
        "held no-such-1",
        "backup",
    )
    assert dry.code == 0, dry.err
    assert "     0  needs: Access needs, with their notes and their history" in dry.out
    assert re.search(r"[0-9a-f]{8} seals; 0 values need it", listed.out)
    assert "Everything is sealed with the first key now." in rotated.out
    assert "1 old keys were taken away." in removed.out
    assert (nobody.code, nobody.out) == (1, "")
    assert "There is no booking with this reference." in nobody.err
    assert f"Written: {tmp_path}/backups/gatherings-" in backed_up.out
