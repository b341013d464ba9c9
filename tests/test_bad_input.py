"""Whatever is sent to whatever button: an answer in our look, and never an error of ours."""

import re
from pathlib import Path

import pytest
from litestar import Litestar

from gatherings.people.may import rules
from tests.all_routes import build_whole, routes_of
from tests.test_roles import browsers, how_late
from web.settings import settings

ROOT = Path(__file__).parent.parent
FIELD = re.compile(r'\.(?:choice|line|number|text|ticked|time|typed)\(\s*"([a-z_-]+)"')
FORM_PEOPLE = ("starter", "attendee")


def every_field() -> list[str]:
    """The names of all fields that some page reads from a form."""
    files = [file for room in ("gatherings", "sessions") for file in (ROOT / room).rglob("*.py")]
    return sorted({name for file in files for name in FIELD.findall(file.read_text())})


def test_the_fields_are_found() -> None:
    assert {"name", "title", "seen", "round", "capacity", "consent", "owner"} <= {*every_field()}


@pytest.mark.parametrize("sent", ["a\0b", str(2**63), "\u202e \u200b", "-1"])
async def test_no_button_fails_on_what_no_form_would_send(app: Litestar, sent: str) -> None:
    whole = await build_whole(settings().pictures)
    buttons = [one for one in routes_of(app) if one.method == "POST" and one.name in rules()]
    typed = dict.fromkeys(every_field(), sent)
    wrong = []
    async with browsers(app, whole) as found:
        for one in sorted(buttons, key=how_late):
            for name in FORM_PEOPLE:
                answer = await found[name].post(one.address(whole.places), data=typed)
                status, kind = answer.status_code, answer.headers.get("content-type", "")
                if status in (400, *range(500, 600)) or (status > 400 and "html" not in kind):
                    wrong.append(f"{one.name} answered {status}, {kind} to {name}")
    assert wrong == []
