"""The layout of the code is held by these tests; each rule is shown to notice a breach."""

from pathlib import Path

import pytest

from tests.house import faults

ROOT = Path(__file__).parent.parent


def test_the_house_is_in_order() -> None:
    assert faults(ROOT) == []


def plant(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "gatherings/people/roles.py",
            "from sessions.board import offers\n",
            "gatherings.people.roles imports sessions.board.offers: "
            "gatherings must not know sessions",
        ),
        (
            "web/pages.py",
            "import sessions.board.offers\n",
            "web.pages imports sessions.board.offers: web must not know sessions",
        ),
        (
            "sessions/board/stars.py",
            "from litestar import get\n",
            "sessions.board.stars is not a page and imports litestar",
        ),
        (
            "sessions/board/stars.py",
            "from sessions.board.offer_pages import routes\n",
            "sessions.board.stars imports sessions.board.offer_pages: "
            "pages are imported by app alone",
        ),
        (
            "sessions/board/stars.py",
            "def late() -> None:\n    import json\n",
            "sessions.board.stars imports inside late",
        ),
        (
            "sessions/board/stars.py",
            "from app import app\n",
            "sessions.board.stars imports app or piccolo_conf",
        ),
        (
            "sessions/board/tables.py",
            "from sessions.board.offers import x\n",
            "sessions.board.tables imports sessions.board.offers: tables import no rules",
        ),
        (
            "sessions/board/stars.py",
            "x = 1\n" * 401,
            "sessions.board.stars has more than 400 lines",
        ),
        ("tests/test_stars.py", "x = 1\n" * 401, "tests.test_stars has more than 400 lines"),
    ],
)
def test_a_planted_breach_is_noticed(tmp_path: Path, name: str, text: str, fault: str) -> None:
    plant(tmp_path, "sessions/board/offers.py", "x = 1\n")
    plant(tmp_path, "sessions/board/offer_pages.py", "routes = []\n")
    plant(tmp_path, name, text)
    assert fault in faults(tmp_path)


def test_a_circle_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "web/__init__.py", "")
    plant(tmp_path, "web/one.py", "from web import two\n")
    plant(tmp_path, "web/two.py", "from web.one import x\n")
    assert faults(tmp_path) == ["a circle: web.one -> web.two -> web.one"]
