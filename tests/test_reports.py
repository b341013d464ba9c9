"""Reports for people outside: each holds its own fields, and nothing that anybody wrote."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar
from openpyxl import load_workbook
from piccolo.columns import Column

from gatherings.access.catalogue import catalogue
from gatherings.access.food import allergens_in, diets_in
from gatherings.access.making_reports import (
    TOO_EARLY,
    TOO_LATE,
    badges,
    make_report,
    open_report,
    shared_with,
)
from gatherings.access.needs import NeedAnswer
from gatherings.access.reports import (
    Brief,
    CatererSheet,
    FireSheet,
    GreeterList,
    Greeting,
    SeriousAllergy,
    VenueSheet,
    read_brief,
    read_caterer_sheet,
    read_greeter_list,
    read_venue_sheet,
)
from gatherings.access.room_cards import RoomCard, room_cards
from gatherings.access.tables import BadgeNumber, Consent, Look, Need, ReportMade
from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from gatherings.personal_data.held import held_about
from gatherings.planning.tables import Gathering
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import read, write

SURNAME, SECRET, CONTACT = "Zebedeex", "Velvetwords", "01632 960 977"
LABELS = {one.label for one in catalogue().needs.values()}
REPORTS = "/desk/g/spring-gathering/reports"
NOW = datetime.now(UTC)


def person(first: str, *needs: tuple[str, ...]) -> PersonAnswer:
    """Somebody with needs as (code, words, strength, group, arrives)."""
    return PersonAnswer(
        f"{first} {SURNAME}", help="yes", needs=tuple(NeedAnswer(*n) for n in needs)
    )


def party(*people: PersonAnswer, way: str = "phone") -> Party:
    return Party(
        people=people,
        contact_name=people[0].name,
        contact_way=way,
        contact_detail=CONTACT if way == "phone" else "zebedeex@example.org",
        consent="yes",
    )


@pytest.fixture
async def whole(setting: Setting) -> Gathering:
    """Three people who come, and one who waits, with every kind of need between them."""
    everything = [
        (code, SECRET, "helps") for code in catalogue().needs if code[:4] not in ("any.", "food")
    ]
    one = person("Ola", *everything)
    two = person(
        *("Pim", ("food.allergy", f"Peanuts, seriously {SECRET}", "must")),
        *(("food.diet", "I am vegan", "helps"), ("move.chair", SECRET, "helps")),
    )
    three = person(
        "Quin",
        ("food.diet", f"vegan, {SECRET}", "helps"),
        ("travel.meet", SECRET, "helps", "travel", "9:30am"),
    )
    for people, way in (((one, two), "phone"), ((three,), "email")):
        await write(bookings.book, setting.gathering.id, party(*people, way=way))
    return setting.gathering


@pytest.fixture
async def olly(app: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Olly organises, and is no access lead."""
    account = await write(open_account, "olly@example.org", "Olly")
    await write(grant, account, setting.gathering.series, "organiser")
    async with signed_in_browser(app, account) as browser:
        yield browser


def words_of(value: Any) -> list[str]:
    """Every text in a report, however deep."""
    if is_dataclass(value):
        return [text for one in fields(value) for text in words_of(getattr(value, one.name))]
    if isinstance(value, tuple | list):
        return [text for one in value for text in words_of(one)]
    return [value] if isinstance(value, str) else []


def test_each_report_has_its_own_fields_and_no_others() -> None:
    assert {
        kind.__name__: [one.name for one in fields(kind)]
        for kind in (
            *(VenueSheet, FireSheet, CatererSheet, SeriousAllergy, Brief, Greeting, GreeterList),
            RoomCard,
        )
    } == {
        "VenueSheet": ["places", "requests"],
        "CatererSheet": [
            *("people", "meals", "diets", "allergens", "serious", "other", "ask_us"),
        ],
        "SeriousAllergy": ["badge", "first_name", "allergens"],
        "FireSheet": ["names", "unnamed"],
        "Brief": ["about", "plan", "rooms", "users", "team", "letters"],
        "Greeting": ["first_name", "does", "arrives", "phone"],
        "GreeterList": ["people"],
        "RoomCard": ["room", "where", "instructions", "about_room"],
    }


async def test_the_venue_counts_things_and_meets_nobody(whole: Gathering) -> None:
    sheet = await read(read_venue_sheet, whole.id)
    requests = dict(sheet.requests)
    assert sheet.places == 3
    assert requests["Chairs with arms, or higher chairs"] == 2
    assert requests["Spaces for a wheelchair or scooter"] == 1
    assert not any(SURNAME in text or SECRET in text for text in words_of(sheet))


async def test_the_kitchen_counts_and_finds_a_serious_allergy_by_a_badge(whole: Gathering) -> None:
    await write(make_report, whole.id, "caterer", 1, "The kitchen", NOW)
    sheet = await read(read_caterer_sheet, whole.id)
    assert (sheet.diets, sheet.allergens) == ((("Vegan", 2),), (("Peanuts", 1),))
    numbers = dict(await read(badges, whole.id))
    (one,) = sheet.serious
    assert numbers[int(one.badge.removeprefix("Badge "))] == f"Pim {SURNAME}"
    assert (one.first_name, one.allergens) == ("", "Peanuts")
    assert sheet.ask_us == 2
    assert sorted(numbers) == [1, 2, 3]
    for hidden in (SURNAME, SECRET, "Pim", "wheelchair"):
        assert not any(hidden in text for text in words_of(sheet))


async def test_the_brief_counts_who_uses_what_and_names_the_team_alone(whole: Gathering) -> None:
    brief = await read(read_brief, whole.id)
    assert brief.team == ("Ada", "Ben")
    assert dict(brief.users)["British Sign Language interpreters"] == 1
    for text in words_of(brief):
        assert not any(hidden in text for hidden in (SURNAME, SECRET, CONTACT, "Ola", "Pim"))


async def test_whoever_takes_their_yes_back_is_on_no_report(whole: Gathering) -> None:
    await write(_take_back)
    assert (await read(read_venue_sheet, whole.id)).requests == ()
    sheet = await read(read_caterer_sheet, whole.id)
    assert (sheet.diets, sheet.allergens, sheet.serious, sheet.ask_us) == ((), (), (), 0)
    assert (await read(read_greeter_list, whole.id)).people == ()


async def _take_back() -> None:
    await Consent.update({Consent.withdrawn_at: NOW}, force=True)


async def test_a_refused_allergy_still_reaches_the_kitchen(whole: Gathering) -> None:
    await write(_refuse_all)
    sheet = await read(read_caterer_sheet, whole.id)
    assert (sheet.allergens, len(sheet.serious)) == ((("Peanuts", 1),), 1)
    assert (await read(read_venue_sheet, whole.id)).requests == ()


async def _refuse_all() -> None:
    await Need.update({Need.state: "cannot"}, force=True)


async def test_numbers_on_badges_never_change(whole: Gathering) -> None:
    await write(make_report, whole.id, "caterer", 1, "The kitchen", NOW)
    before = await read(badges, whole.id)
    await write(bookings.book, whole.id, party(person("Rae")))
    await write(make_report, whole.id, "caterer", 1, "The kitchen", NOW)
    assert await read(badges, whole.id) == [*before, (4, f"Rae {SURNAME}")]
    assert await BadgeNumber.count() == 4


async def test_greeters_get_first_names_and_what_to_do(whole: Gathering) -> None:
    people = (await read(read_greeter_list, whole.id)).people
    assert [one.first_name for one in people] == ["Ola", "Quin"]
    assert people[1] == Greeting("Quin", "Go out to meet them", "9:30am", "")
    assert people[0].phone == CONTACT
    for text in words_of(list(people)):
        assert SURNAME not in text
        assert SECRET not in text
        assert text not in LABELS


async def test_room_cards_say_what_to_do_and_nothing_else(
    whole: Gathering, ben: PageClient, dee: PageClient
) -> None:
    cards = await read(room_cards, whole.id)
    assert [card.room for card in cards] == ["Large meeting room", "Library", "Upstairs room 1"]
    for text in words_of(cards):
        assert not any(hidden in text for hidden in (SURNAME, SECRET, "Ola", *LABELS))
        assert not any(letter.isdigit() for letter in text.replace("room 1", ""))
    await ben.get("/desk/g/spring-gathering/room-cards")
    assert "One person speaks at a time." in ben.words
    assert "Somebody may need longer to speak" in ben.words
    await dee.get("/desk/g/spring-gathering/room-cards", status=403)


@pytest.mark.usefixtures("setting")
async def test_a_card_without_needs_still_says_what_is_good_for_all(ben: PageClient) -> None:
    await ben.get("/desk/g/spring-gathering/room-cards")
    for words in ("Use the microphone", "Say out loud", "Use plain words"):
        assert words in ben.words


@pytest.mark.parametrize(
    ("report", "title"),
    [
        ("people/caterer", "Caterer sheet"),
        ("people/greeters", "Greeter list"),
        ("people/fire", "Fire safety sheet"),
        ("numbers/venue", "Venue sheet"),
        ("numbers/brief", "Brief for interpreters and captioners"),
    ],
)
async def test_a_report_is_made_shown_and_taken_as_a_file(
    ada: PageClient, whole: Gathering, report: str, title: str
) -> None:
    await write(comes_in, whole.id, timedelta(hours=20))
    await ada.get(f"{REPORTS}/{report}/print", status=303)
    await ada.get(REPORTS)
    form = f'form[action="{REPORTS}/{report}"]'
    await ada.submit(form, {"recipient": ""}, status=422)
    assert "Enter who will get it" in ada.words
    await ada.submit(form, {"recipient": "Sam at the house"})
    await ada.follow()
    assert ada.one("h1").get_text() == title
    assert "For Sam at the house." in ada.words
    text = (await ada.get(f"{REPORTS}/{report}/csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "Part"
    book = load_workbook(io.BytesIO((await ada.get(f"{REPORTS}/{report}/xlsx")).content))
    sheet = book.worksheets[0]
    assert [str(c.value or "") for c in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)
    for hidden in (SECRET, *((SURNAME,) if report != "people/greeters" else ())):
        assert hidden not in ada.text + text
    await ada.get(REPORTS)
    assert "Sam at the house" in ada.one("table").get_text()


async def comes_in(gathering_id: int, away: timedelta) -> None:
    times: dict[Column | str, datetime] = {
        "starts_at": NOW + away,
        "ends_at": NOW + away + timedelta(hours=6),
    }
    await Gathering.update(times).where(Gathering.id == gathering_id)


async def test_lists_of_people_are_made_only_while_somebody_needs_them(
    ada: PageClient, whole: Gathering
) -> None:
    await ada.get(REPORTS)
    await ada.submit("form[action$=greeters]", {"recipient": "Sam"}, status=422)
    assert ada.error_at("recipient-greeters") == f"Error: {TOO_EARLY}"
    assert ada.one("#recipient-greeters")["value"] == "Sam"
    await write(comes_in, whole.id, timedelta(hours=25))
    await ada.submit("form[action$=greeters]", status=422)
    await write(comes_in, whole.id, timedelta(hours=-6))
    for report in ("greeters", "caterer", "fire"):
        await ada.submit(f"form[action$={report}]", {"recipient": "Sam"}, status=422)
        assert ada.error_at(f"recipient-{report}") == f"Error: {TOO_LATE}"
    assert await ReportMade.count() == await Look.count() == 0
    await ada.submit("form[action$=venue]", {"recipient": "The house"})


async def test_organisers_make_those_of_numbers_alone(olly: PageClient, whole: Gathering) -> None:
    await olly.get(REPORTS)
    titles = [one.get_text() for one in olly.soup.select("li.card h2")]
    assert titles == ["Venue sheet", "Brief for interpreters and captioners"]
    for report in ("caterer", "greeters", "fire"):
        for kind in ("people", "numbers"):
            status = 403 if kind == "people" else 404
            await olly.post(f"{REPORTS}/{kind}/{report}", {"recipient": "Me"}, status=status)
            await olly.get(f"{REPORTS}/{kind}/{report}/csv", status=status)
    await olly.post(f"{REPORTS}/numbers/venue", {"recipient": "The house"})
    await olly.follow()
    assert await Look.count() == 0


async def test_strangers_see_nothing(
    client: PageClient, dee: PageClient, ben: PageClient, whole: Gathering
) -> None:
    for address in (REPORTS, f"{REPORTS}/numbers/venue/print", f"{REPORTS}/people/caterer/print"):
        await client.get(address, status=401)
        for browser in (dee, ben):
            await browser.get(address, status=403)


async def test_a_report_is_open_for_half_an_hour_to_whoever_made_it(whole: Gathering) -> None:
    await write(make_report, whole.id, "caterer", 1, "The kitchen", NOW)
    soon, later = NOW + timedelta(minutes=29), NOW + timedelta(minutes=31)
    assert await read(open_report, whole.id, "caterer", 1, soon) is not None
    assert await read(open_report, whole.id, "caterer", 1, later) is None
    assert await read(open_report, whole.id, "caterer", 2, soon) is None
    assert await read(open_report, whole.id, "venue", 1, soon) is None


async def test_whoever_books_meanwhile_is_written_down_first(whole: Gathering) -> None:
    await write(make_report, whole.id, "caterer", 1, "The kitchen", NOW)
    rae = party(person("Rae", ("food.allergy", "nuts", "must")))
    booked = await write(bookings.book, whole.id, rae)
    soon = datetime.now(UTC)
    assert await read(open_report, whole.id, "caterer", 1, soon) is None
    for _ in range(2):
        await write(make_report, whole.id, "caterer", 1, "The kitchen", soon)
    found = await read(open_report, whole.id, "caterer", 1, soon)
    assert found is not None
    assert [row[1] for row in found[0].parts[0].rows] == ["Peanuts", "Nuts"]
    assert (await Look.count(), await ReportMade.count()) == (2, 2)
    booking = await read(find_booking, booked.reference)
    assert booking is not None
    assert [one.named for one in await read(shared_with, booking.id)] == [True]


async def test_a_party_learns_with_whom_it_was_shared(setting: Setting) -> None:
    allergic = party(person("Pim", ("food.allergy", "nuts", "must")))
    other = party(person("Rae", ("hear.loop", "", "helps")))
    ids = []
    for one in (allergic, other):
        booked = await write(bookings.book, setting.gathering.id, one)
        booking = await read(find_booking, booked.reference)
        assert booking is not None
        ids.append(booking.id)
    at, ada = datetime.now(UTC), setting.team.ada
    await write(make_report, setting.gathering.id, "venue", ada, "The house", at)
    for _ in range(2):
        await write(make_report, setting.gathering.id, "caterer", ada, "The kitchen", at)
    shared = [
        [(one.title, one.who, one.recipient, one.named) for one in await read(shared_with, booking)]
        for booking in ids
    ]
    venue = ("Venue sheet", "Ada", "The house", False)
    told = {one.key: one.entries for one in await read(held_about, ids[0])}["shared"]
    assert [entry.get("For", "") for entry in told] == ["", "The kitchen", "The house"]
    assert shared == [[("Caterer sheet", "Ada", "The kitchen", True), venue], [venue]]
    assert await ReportMade.count() == 2


@pytest.mark.parametrize(
    ("words", "labels", "more"),
    [
        ("Vegan", ("Vegan",), False),
        ("I am a vegetarian, no pork please", ("Vegetarian", "Without pork"), False),
        ("vegan and no nuts", ("Vegan",), True),
        ("halal 🎉", ("Halal",), False),
        ("", (), True),
        ("حلال", (), True),
    ],
)
def test_diets_are_recognised(words: str, labels: tuple[str, ...], more: bool) -> None:
    known = diets_in(words)
    assert (known.labels, known.more) == (labels, more)


@pytest.mark.parametrize(
    ("words", "labels", "more"),
    [
        ("Peanuts", ("Peanuts",), False),
        ("allergic to walnuts and eggs", ("Eggs", "Nuts"), False),
        (
            "Shellfish!",
            ("Crustaceans (prawns, crab, lobster)", "Molluscs (mussels, oysters, squid)"),
            False,
        ),
        ("coeliac", ("Gluten (wheat, rye, barley, oats)",), False),
        ("kiwi", (), True),
        ("nuts, and I carry a pen", ("Nuts",), True),
    ],
)
def test_allergens_are_recognised(words: str, labels: tuple[str, ...], more: bool) -> None:
    known = allergens_in(words)
    assert (known.labels, known.more) == (labels, more)
