"""Each booking page has Easy Read words, and they are short."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gatherings.bookings.answers import SUPPORTER_ANSWERS
from gatherings.bookings.booking_forms import FORMS
from gatherings.bookings.need_forms import HELP_CHOICES, NEED_FORMS
from gatherings.bookings.someone import ROLE_CHOICES
from gatherings.bookings.tables import FOR_WHOM, USE_ANSWERS, WAYS

ROOT = Path(__file__).parent.parent
WORDS, TEMPLATES = ROOT / "gatherings/bookings/easy_words.toml", ROOT / "templates/booking"
FOR_THE_DESK = re.compile("_|desk_|question|answers|book_in")
MOST_IN_A_TITLE, MOST_IN_A_SENTENCE, MOST_ON_A_PAGE = 8, 12, 8


@dataclass(frozen=True)
class EasyPage:
    """What a page says in Easy Read. `choices` are its answers, by their value."""

    title: str
    words: list[str]
    choices: dict[str, str] = field(default_factory=dict)


def easy_pages() -> dict[str, EasyPage]:
    """Every page that has Easy Read words, by the name of its template."""
    return {name: EasyPage(**said) for name, said in tomllib.loads(WORDS.read_text()).items()}


def pages_for_people() -> set[str]:
    """The templates of pages that people who book see."""
    return {file.stem for file in TEMPLATES.glob("*.html") if not FOR_THE_DESK.match(file.stem)}


def test_each_page_has_easy_words_and_no_other() -> None:
    there, wanted = set(easy_pages()), pages_for_people()
    assert (wanted - there, there - wanted) == (set(), set()), "see bookings/easy_words.toml"
    assert set(FORMS) | set(NEED_FORMS) | {"check", "saved", "back"} <= set(easy_pages())


@pytest.mark.parametrize("name", sorted(easy_pages()))
def test_easy_words_are_short(name: str) -> None:
    easy = easy_pages()[name]
    assert faults(easy) == []


def faults(easy: EasyPage) -> list[str]:
    """Sentences that are too long, or that hold more than one."""
    found = [easy.title] if len(easy.title.split()) > MOST_IN_A_TITLE else []
    found += [one for one in easy.words if len(one.split()) > MOST_IN_A_SENTENCE]
    found += [one for one in easy.words if re.search(r"[.?!]\s|;| which | although ", one)]
    found += [one for one in easy.choices.values() if len(one.split()) > MOST_IN_A_TITLE]
    return found if 1 <= len(easy.words) <= MOST_ON_A_PAGE else [*found, "too few or too many"]


def test_long_words_are_noticed() -> None:
    long = "This sentence goes on and on, and then on, and has no end in sight."
    assert faults(EasyPage("A title", [long, "One idea. And another."])) == [
        long,
        "One idea. And another.",
    ]


def test_each_choice_has_easy_words() -> None:
    pages = easy_pages()
    assert set(pages["who"].choices) == {*FOR_WHOM, *SUPPORTER_ANSWERS}
    assert set(pages["people"].choices) == set(ROLE_CHOICES)
    assert set(pages["reach"].choices) == set(WAYS)
    assert set(pages["help"].choices) == set(HELP_CHOICES)
    assert set(pages["day"].choices) == set(USE_ANSWERS)
    assert set(pages["consent"].choices) == set(pages["check"].choices) == {"yes", "no"}
