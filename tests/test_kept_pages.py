"""What is still kept and until when; for how many days needs are kept."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings
from gatherings.people.roles import grant
from gatherings.personal_data.forgetting import forget
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.backups import DRILLS, make_backup, usual_folder
from sessions.personal_data.kept import Kept, together
from sessions.personal_data.kept_series import kept_of_series
from tests.booking_rows import with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import read, write
from web.settings import settings
from web.words import day_of


@pytest.fixture
async def address(setting: Setting) -> str:
    party = with_needs(NeedAnswer("hear.loop", "Please face me"), name="Calpurnia")
    await write(bookings.book, setting.gathering.id, party)
    return f"/desk/g/{setting.gathering.slug}/kept"


def day_after(gathering: Gathering, days: int) -> str:
    return day_of((gathering.ends_at + timedelta(days=days)).date())


async def test_it_says_how_much_and_until_when(
    ada: PageClient, setting: Setting, address: str
) -> None:
    await ada.get(address)
    for words in (
        "Access needs",
        day_after(setting.gathering, 28),
        "Letters",
        day_after(setting.gathering, 90),
        "Bookings with a name and a contact",
        "or later if they book again",
        "Nothing had to go yet.",
    ):
        assert words in ada.words, words
    assert "Calpurnia" not in ada.text
    assert "Please face me" not in ada.text


async def test_after_a_night_it_has_a_receipt(
    ada: PageClient, setting: Setting, address: str
) -> None:
    await forget(ALL_RULES, setting.gathering.ends_at + timedelta(days=28))
    await ada.get(address)
    assert "Access needs, with their notes and their history: 1" in ada.words
    rows = [row.get_text() for row in ada.soup.select("tbody th")]
    assert not [row for row in rows if "Access needs" in row]


async def test_organisers_choose_the_days_until_somebody_said_yes(
    ada: PageClient, setting: Setting
) -> None:
    address = f"/desk/g/{setting.gathering.slug}/kept"
    await ada.get(address)
    await ada.submit("main form", {"days": "6"}, status=422)
    assert ada.error_at("days") == "Error: Enter how many days from 7 to 90"
    await ada.submit("main form", {"days": "60"})
    assert await _days() == 60
    await write(bookings.book, setting.gathering.id, with_needs(NeedAnswer("hear.loop")))
    await ada.get(address)
    await ada.submit("main form", {"days": "61"}, status=422)
    assert "People said yes to 60 days" in ada.error_at("days")
    await ada.submit("main form", {"days": "30"})
    assert await _days() == 30


async def _days() -> int:
    return int((await Gathering.select(Gathering.keep_needs_days))[0]["keep_needs_days"])


async def test_access_leads_look_and_others_do_not(
    app: Litestar,
    client: PageClient,
    ben: PageClient,
    dee: PageClient,
    setting: Setting,
    address: str,
) -> None:
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        await browser.get(address, status=status)
        await browser.post(address, {"days": "30"}, status=status)
    await write(grant, setting.team.dee, setting.gathering.series, "access_lead")
    async with signed_in_browser(app, setting.team.dee) as lead:
        await lead.get(address)
        assert lead.soup.select("main form") == []
        await lead.post(address, {"days": "30"}, status=403)
    assert await _days() == 28


async def test_with_nobody_nothing_is_kept(ada: PageClient, setting: Setting) -> None:
    await ada.get(f"/desk/g/{setting.gathering.slug}/kept")
    assert "Nothing is kept about anybody" in ada.words


async def test_of_a_series_every_kind_that_is_ever_forgotten_has_its_line(
    setting: Setting, address: str
) -> None:
    kept = await read(kept_of_series, setting.gathering.series)
    told = {kind for one in (*kept.people, *kept.team) for kind in one.kinds}
    without_questions = {rule.kind for rule in ALL_RULES} - {"answers"}
    assert told - {"answers"} == without_questions
    numbers = {one.what: one.number for one in kept.people}
    assert (numbers["Access needs"], numbers["Bookings with a name and a contact"]) == (1, 1)


async def test_several_gatherings_are_one_line_with_the_first_and_the_last_day(
    setting: Setting, address: str
) -> None:
    parts = [
        Kept("Letters", 2, ("letters",), date(2027, 1, 4)),
        Kept("Letters", 0, ("letters",), date(2027, 2, 4)),
        Kept("Letters", 3, ("letters",), date(2027, 3, 4)),
    ]
    both = together(parts)
    assert (both.number, both.until) == (
        5,
        "Between Monday 4 January 2027 and Thursday 4 March 2027",
    )
    assert together(parts[:2]).until == "Monday 4 January 2027"


def forget_backups() -> None:
    """The tests of one run share a folder."""
    shutil.rmtree(usual_folder(), ignore_errors=True)
    (settings().data_dir / DRILLS).unlink(missing_ok=True)


@pytest.fixture
def no_backups() -> Iterator[None]:
    """Neither backups nor drills, before and after."""
    forget_backups()
    yield
    forget_backups()


async def test_the_desk_says_what_is_kept_of_a_series_and_of_backups(
    no_backups: None,
    app: Litestar,
    client: PageClient,
    ada: PageClient,
    ben: PageClient,
    dee: PageClient,
    setting: Setting,
    address: str,
) -> None:
    series = f"/desk/series/{setting.series_slug}/kept"
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        await browser.get(series, status=status)
    await ada.get(series)
    assert "There is no backup in the folder of this app." in ada.words
    await make_backup(usual_folder(), datetime.now(UTC))
    await ada.get(series)
    assert "1 backup is in the folder of this app." in ada.words
    assert "Nobody has tried it yet." in ada.words
    assert "Calpurnia" not in ada.text
    await write(grant, setting.team.dee, setting.gathering.series, "access_lead")
    async with signed_in_browser(app, setting.team.dee) as lead:
        await lead.get(series)
