"""Last time's needs are offered again, with a yes of their own, and for thirteen months at most."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gatherings.access.kept_needs import (
    FOR_NEXT_TIME,
    forget_on,
    keep_for_next,
    kept_for_next,
)
from gatherings.access.needs import NeedAnswer, needs_of_gathering
from gatherings.access.tables import Consent, KeptNeeds, Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.next_time import draft_of, said_about
from gatherings.bookings.own_secrets import cookie_of
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Draft
from gatherings.planning.copying import copy_gathering
from gatherings.planning.gathering_words import first_day
from gatherings.planning.gatherings import publish
from gatherings.planning.lookup import gathering_by_slug
from tests.booking_rows import one_person, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

WORDS = "Please face me when you talk"
NEEDS = (
    NeedAnswer("hear.bsl", WORDS, "must", "hear"),
    NeedAnswer("calm.breaks", "", "helps", "calm"),
    NeedAnswer("any.other", "A window seat", "helps", "move"),
)


async def booked(client: PageClient, setting: Setting, party: Party) -> str:
    """Book, and let this browser hold the secret. Gives the address of the booking."""
    made = await write(bookings.book, setting.gathering.id, party)
    client.set_cookie(cookie_of(made.reference), made.secret)
    return f"/b/{made.reference}"


@pytest.fixture
async def home(client: PageClient, setting: Setting) -> str:
    return await booked(client, setting, with_needs(*NEEDS))


@pytest.fixture
async def later(setting: Setting) -> str:
    """The next gathering of the series, open for booking."""
    on = first_day(setting.gathering) + timedelta(weeks=13)
    slug = await write(copy_gathering, setting.viewer, setting.gathering.id, "Summer", on)
    gathering = await read(gathering_by_slug, slug)
    await write(publish, setting.viewer, gathering.id)
    return slug


async def keep(client: PageClient, home: str, answer: str = "yes") -> None:
    await client.get(f"{home}/next-time")
    await client.submit("main form", {"keep": answer})
    await client.follow()


async def test_nothing_is_chosen_and_a_no_keeps_nothing(client: PageClient, home: str) -> None:
    await client.get(f"{home}/next-time")
    assert not client.soup.select("input[checked]")
    await client.submit("main form", status=422)
    await client.submit("main form", {"keep": "no"})
    assert await KeptNeeds.count() == 0
    answers = [(row.purpose, row.answer) for row in await Consent.objects().order_by(Consent.id)]
    assert answers == [("access needs", "yes"), ("needs for next time", "no")]


async def test_what_is_kept_is_sealed_and_offered_again(
    client: PageClient, setting: Setting, home: str, later: str
) -> None:
    await keep(client, home)
    row = (await KeptNeeds.objects())[0]
    for plain in (b"hear.bsl", WORDS.encode(), b"Cal"):
        assert plain not in row.sealed
    assert "Is this still right?" in client.words
    await client.submit("form[action$=book]", status=422)
    await client.submit("form[action$=book]", {"gathering": later, "right": ["1.0", "1.2"]})
    await client.follow()
    assert "May we keep what you told us?" in client.words
    await client.submit("main form", {"consent": "yes"})
    await client.get(f"/g/{later}/book/need/hear?change=yes")
    assert client.soup.select_one("input[value='hear.bsl'][checked]") is not None
    assert WORDS in client.text
    await client.get(f"/g/{later}/book/who?change=yes")
    assert "Cal" in client.text


async def test_the_next_booking_has_the_same_needs(
    client: PageClient, setting: Setting, home: str, later: str
) -> None:
    await keep(client, home)
    await client.submit("form[action$=book]", {"gathering": later})
    await client.follow()
    await client.submit("main form", {"consent": "yes"})
    while not str((await client.follow()).url).endswith("/check"):
        await client.submit("main form")
    await client.submit("main form")
    gathering = await read(gathering_by_slug, later)
    found = await read(needs_of_gathering, gathering.id)
    kept = {(one.code, one.words, one.strength) for one in found}
    assert kept == {(one.code, one.words, one.strength) for one in NEEDS}


async def test_it_stays_when_the_needs_are_gone_and_goes_when_they_say_so(
    client: PageClient, setting: Setting, home: str
) -> None:
    await keep(client, home)
    await write(_forget_needs)
    await client.get(f"{home}/next-time")
    assert WORDS in client.words
    await client.submit("form[action$=forget]")
    said = await Consent.objects().where(Consent.purpose == FOR_NEXT_TIME)
    assert [one.withdrawn_at is None for one in said] == [False]
    await client.follow()
    assert await KeptNeeds.count() == 0
    assert "We keep nothing" in client.words


async def _forget_needs() -> None:
    await NeedEvent.delete(force=True)
    await Need.delete(force=True)


@pytest.mark.parametrize(
    ("today", "gone"),
    [
        (date(2026, 11, 22), date(2027, 12, 22)),
        (date(2026, 12, 31), date(2028, 1, 31)),
        (date(2027, 1, 31), date(2028, 2, 29)),
    ],
)
def test_thirteen_months(today: date, gone: date) -> None:
    assert forget_on(today) == gone


async def test_after_thirteen_months_it_is_offered_no_more(
    client: PageClient, setting: Setting, home: str
) -> None:
    booking = await read(find_booking, home.removeprefix("/b/"))
    assert booking is not None
    today = date(2026, 11, 22)
    await write(keep_for_next, booking.id, "yes", today, datetime.now(UTC))
    assert await read(kept_for_next, booking.id, date(2027, 12, 21)) is not None
    assert await read(kept_for_next, booking.id, date(2027, 12, 22)) is None


async def test_who_said_no_to_keeping_has_nothing_to_keep(
    client: PageClient, setting: Setting
) -> None:
    home = await booked(client, setting, with_needs(*NEEDS, consent="no"))
    await client.get(f"{home}/next-time")
    assert "We keep nothing" in client.words
    await client.post(f"{home}/next-time", {"keep": "yes"}, status=422)
    assert await KeptNeeds.count() == 0


async def test_a_whole_party_comes_again(setting: Setting) -> None:
    people = (
        PersonAnswer("Cal", help="yes", needs=NEEDS[:1]),
        PersonAnswer("Dot", help="no"),
        PersonAnswer("", role="supporting", maybe=True),
    )
    party = one_person(people=people, consent="yes", for_whom="us")
    made = await write(bookings.book, setting.gathering.id, party)
    booking = await read(find_booking, made.reference)
    assert booking is not None
    changes = draft_of(booking, {1: NEEDS[:1]})
    assert changes["for_whom"] == "us"
    rows = [(row["name"], row["choice"]) for row in changes["others"]]
    assert rows == [("Dot", "attending"), ("", "maybe")]
    assert changes["people"][1]["must"] == ["hear.bsl"]


def test_asking_to_be_asked_comes_again_too() -> None:
    assert said_about([NeedAnswer("any.ask_me")]) == {"help": "ask"}
    assert said_about([]) == {}
    several = [NeedAnswer("hear.bsl", "Two"), NeedAnswer("hear.loop", "Left"), NEEDS[1]]
    said = said_about(several)
    assert said["ticked"] == {"hear": ["hear.bsl", "hear.loop"], "calm": ["calm.breaks"]}
    assert said["words"] == {"hear": "Two\nLeft"}
    assert said["weighed"] == ["hear.bsl", "hear.loop", "words.hear", "calm.breaks"]


async def test_strangers_keep_and_see_nothing(
    client: PageClient, dee: PageClient, ada: PageClient, home: str, later: str
) -> None:
    client.forget_cookies()
    for browser in (client, dee, ada):
        await browser.get(f"{home}/next-time", status=401)
        for tail in ("", "/forget", "/book"):
            await browser.post(f"{home}/next-time{tail}", {"keep": "yes"}, status=401)
    assert (await KeptNeeds.count(), await Draft.count()) == (0, 0)
