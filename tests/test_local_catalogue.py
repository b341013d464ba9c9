"""A host adds access needs in a file of their own, and retires what nobody should choose now."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click import ClickException

from app import app, running
from gatherings.access.catalogue import catalogue, read_catalogue
from gatherings.access.kept_needs import keep_for_next, kept_for_next
from gatherings.access.local_catalogue import NAME
from gatherings.access.needs import NeedAnswer
from gatherings.access.tell_by import tell_by
from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.own_secrets import cookie_of
from sessions.commands import serve
from tests.booking_rows import with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write
from web.settings import settings

BLANKET = """
[[need]]
code = "x_blanket"
group = "calm"
label = "A weighted blanket"
easy = "A heavy blanket"
act = ["organiser"]
lead_days = 30
"""
LAMP = BLANKET.replace("blanket", "lamp").replace("weighted", "soft").replace("heavy", "soft")
QUILT = BLANKET.replace("blanket", "quilt").replace("weighted", "thick")
RETIRED = "retired_at = 2026-11-01\n"
NEEDS = (
    NeedAnswer("x_blanket", "Blue", "must", "calm"),
    NeedAnswer("x_lamp", "", "helps", "calm"),
    NeedAnswer("calm.breaks", "", "helps", "calm"),
)

Keep = Callable[[str], None]


@pytest.fixture
def own_file() -> Iterator[Keep]:
    """Put a file beside the database, as after a start with it."""
    path = settings().data_dir / NAME

    def keep(words: str) -> None:
        path.write_text(words, encoding="utf-8")
        catalogue.cache_clear()

    yield keep
    path.unlink(missing_ok=True)
    catalogue.cache_clear()


def labels(browser: PageClient) -> str:
    """What a form offers."""
    return " | ".join(
        one.get_text(" ", strip=True) for one in browser.soup.select("main form label, main option")
    )


def test_own_needs_come_after_ours_in_their_group(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(BLANKET, encoding="utf-8")
    known = read_catalogue(tmp_path)
    assert [one.code for one in known.in_group("calm")][-2:] == ["calm.fridge", "x_blanket"]
    assert known.label_of("x_blanket", "calm") == "A weighted blanket"
    assert known.need("x_blanket").due_on(date(2027, 5, 1)) == date(2027, 4, 1)
    assert list(known.needs)[-1] == "any.none"


def test_a_successor_may_be_followed_by_another(tmp_path: Path) -> None:
    lines = (
        (BLANKET, RETIRED, 'successor = "x_lamp"\n'),
        (LAMP, RETIRED, 'successor = "calm.low_light"\n'),
        (QUILT, RETIRED),
    )
    (tmp_path / NAME).write_text("".join("".join(one) for one in lines), encoding="utf-8")
    known = read_catalogue(tmp_path)
    assert [known.offered_again(code) for code in ("x_blanket", "x_quilt", "hear.bsl")] == [
        "calm.low_light",
        "",
        "hear.bsl",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (BLANKET.replace("x_blanket", "calm.blanket"), "has the code 'calm.blanket': it must"),
        (BLANKET + BLANKET, "entry 1 has the code 'x_blanket', which another entry has, too."),
        (BLANKET.replace("A weighted", "A" * 90), "has a 'label' of more than 90 characters."),
        (BLANKET.replace("A heavy", "a " * 10), "has an 'easy' label of more than 10 words."),
        (BLANKET.replace("A weighted", "For special needs: a"), "'label' that is not plain: “sp"),
        (BLANKET.replace('"organiser"', ""), "entry 1 needs 'act'."),
        (BLANKET.replace("organiser", "nobody"), "has 'nobody' as 'act', which we do not know."),
        (BLANKET.replace('"calm"', '"any"'), "has 'any' as 'group', which we do not know."),
        (BLANKET + 'room = ["attic"]\n', "has 'attic' as 'room', which we do not know."),
        (BLANKET.replace("30", "-1"), "entry 1 must have 'lead_days' from 0 to 365."),
        (BLANKET.replace("30", '"30"'), "entry 1 has a wrong 'lead_days'."),
        (BLANKET + 'colour = "red"\n', "entry 1 has 'colour', which no entry has."),
        (BLANKET + RETIRED + 'successor = "x_no"\n', "cannot follow it: x_no."),
        (BLANKET + RETIRED + 'successor = "x_blanket"\n', "cannot follow it: x_blanket."),
        (BLANKET + 'successor = "hear.bsl"\n', "has a successor, but no day in retired_at."),
        ("version = 2\n", "may hold only entries that begin with [[need]]."),
        ("need = 1 2\n", "cannot be read: "),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    (tmp_path / NAME).write_text(words, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_catalogue(tmp_path)


async def test_a_wrong_file_stops_the_start(own_file: Keep) -> None:
    own_file(BLANKET.replace("30", "-1"))
    sentence = f"{settings().data_dir / NAME}: entry 1 must have 'lead_days' from 0 to 365."
    assert serve.callback is not None
    with pytest.raises(ClickException) as typed:
        serve.callback(app)
    assert typed.value.format_message() == sentence
    with pytest.raises(ValueError, match=re.escape(sentence)):
        async with running(app):
            pass


async def test_a_retired_need_is_offered_nowhere_and_shows_where_somebody_has_it(
    client: PageClient, ada: PageClient, setting: Setting, own_file: Keep
) -> None:
    own_file(BLANKET + LAMP)
    made = await write(bookings.book, setting.gathering.id, with_needs(*NEEDS))
    client.set_cookie(cookie_of(made.reference), made.secret)
    slug = setting.gathering.slug
    forms = (
        (client, f"/b/{made.reference}/needs/add/calm"),
        (ada, f"/desk/g/{slug}/needs/ask/{made.reference}"),
    )
    for browser, address in forms:
        await browser.get(address)
        assert "A weighted blanket" in labels(browser)
    own_file(BLANKET + RETIRED + LAMP + RETIRED)
    for browser, address in forms:
        await browser.get(address)
        assert "A weighted blanket" not in labels(browser)
        assert "A quiet room" in labels(browser)
    await client.post(
        forms[0][1], {"code": "x_blanket", "strength": "must", "person": "1"}, status=422
    )
    await client.get(f"/b/{made.reference}/needs")
    assert "A weighted blanket" in client.words
    told = [label for one in tell_by(date(2027, 5, 1), date(2027, 1, 1)) for label in one.labels]
    assert "A weighted blanket" not in told
    assert "Braille" in told


async def test_next_time_the_successor_is_offered_or_their_own_words(
    setting: Setting, own_file: Keep
) -> None:
    own_file(BLANKET + LAMP)
    made = await write(bookings.book, setting.gathering.id, with_needs(*NEEDS))
    booking = await read(find_booking, made.reference)
    assert booking is not None
    today = date(2026, 11, 22)
    await write(keep_for_next, booking.id, "yes", today, datetime.now(UTC))
    own_file(BLANKET + RETIRED + 'successor = "x_quilt"\n' + LAMP + RETIRED + QUILT)
    kept = await read(kept_for_next, booking.id, today)
    assert kept is not None
    [offered] = kept.needs.values()
    assert set(offered) == {
        NeedAnswer("x_quilt", "Blue", "must", ""),
        NeedAnswer("any.other", "A soft lamp", "helps", "calm"),
        NEEDS[2],
    }
