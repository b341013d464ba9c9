"""The door's list on paper and in files, the bookings in files, and the numbers afterwards."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from gatherings.access.catalogue import catalogue
from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings
from gatherings.bookings.attendance import _told, attendance_of
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.door import arrive
from gatherings.bookings.door_list import AtDoor, DoorParty, door_list
from gatherings.bookings.door_sheet import sheet_lines
from gatherings.bookings.parties import Party
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.walking_in import walk_in
from gatherings.people.roles import grant
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person, with_needs, with_supporter
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write
from web.words import local

AT = datetime(2027, 3, 3, 9, 55, tzinfo=UTC)
SAM = 71
STORY = "I lost my left leg in Aberfan"
EVIL = '=HYPERLINK("https://evil.example","Click")'


@pytest.fixture
def desk(setting: Setting) -> str:
    return f"/desk/g/{setting.gathering.slug}"


async def _book(setting: Setting, party: Party) -> Booking:
    made = await write(bookings.book, setting.gathering.id, party)
    found = await Booking.objects().get(Booking.reference == made.reference)
    assert found is not None
    return found


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _needy(name: str) -> Party:
    needs = (NeedAnswer("see.guide", STORY, "must"), NeedAnswer("food.allergy", STORY))
    return with_needs(*needs, name=name)


async def test_the_paper_list_has_everybody_by_name_with_boxes_and_marks(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    zoe = await _book(setting, with_supporter("Zoë"))
    await _book(setting, _needy("Bo"))
    await write(arrive, zoe.id, SAM, AT, position=1)
    await ada.get(f"{desk}/door/list")
    assert "Ask whether they want a guide" not in ada.words
    assert ada.words.count("Not opened:") == 1
    await ada.submit("form.door-opens")
    await ada.follow()
    names = [cell.get_text() for cell in ada.soup.select(".door-sheet th[scope=row]")]
    assert names == ["Bo", "Zoë", "A supporter"]
    boxes = [len(ada.soup.select(f".door-sheet {which}")) for which in (".tick-box", ".ticked")]
    assert boxes == [3 + 8, 1]
    assert ada.words.count("No photographs") == 3
    assert "Ask whether they want a guide" in ada.words
    assert zoe.reference in ada.words
    assert "Shred this list" in ada.words
    for hidden in (STORY, catalogue().need("see.guide").label, "960 002", "allerg"):
        assert hidden not in ada.text


def test_whoever_stands_under_another_letter_is_led_to_the_party() -> None:
    def person(name: str, role: str = "attending") -> AtDoor:
        return AtDoor(1, role, name, "no", None, False, False, ())

    def party(contact: str, *people: AtDoor) -> DoorParty:
        return DoorParty(1, f"ref-{contact}", "booked", "web", contact, people)

    lines = sheet_lines(
        [
            party("Josie", person("Josie"), person("Len"), person("", "supporting")),
            party("Ms Able", person("Élan"), person("Eve")),
            party("Bo", person(""), person("", "supporting")),
        ]
    )
    assert [(line.name, line.sees) for line in lines] == [
        ("Bo", True),
        ("Élan, Eve", False),
        ("Josie, Len, a supporter", False),
        ("Len", True),
        ("Ms Able", True),
        ("Party of Bo", False),
    ]


async def test_the_list_as_files_has_one_row_for_each_person(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    zoe = await _book(setting, with_supporter("Zoë"))
    await _book(setting, _needy(EVIL))
    await write(arrive, zoe.id, SAM, setting.gathering.starts_at, position=1)
    closed = _rows((await ada.get(f"{desk}/door/list.csv")).content)
    assert [row["What to do"][:10] for row in closed] == ["Not opened", "", ""]
    await ada.post(f"{desk}/door/open")
    answer = await ada.get(f"{desk}/door/list.csv")
    date = f"{local(setting.gathering.starts_at, setting.gathering.zone):%Y-%m-%d}"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="door-list-spring-gathering-{date}.csv"'
    )
    assert answer.headers["cache-control"] == "no-store"
    rows = _rows(answer.content)
    assert [row["Name"] for row in rows] == [f"'{EVIL}", "Zoë", "A supporter"]
    assert [row["What to do"] for row in rows] == ["Ask whether they want a guide", "", ""]
    assert [row["Here since"] for row in rows] == ["", "10am", ""]
    assert STORY not in answer.text
    sheet = await ada.get(f"{desk}/door/list.xlsx")
    cells = load_workbook(io.BytesIO(sheet.content)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in cells["A"]] == [
        ("Name", "s"),
        (f"'{EVIL}", "s"),
        ("Zoë", "s"),
        ("A supporter", "s"),
    ]
    assert [cell.value for cell in cells["E"]] == ["People in the party", 1, 2, 2]


@pytest.mark.once
async def test_the_list_as_a_pdf_file(ada: PageClient, setting: Setting, desk: str) -> None:
    await _book(setting, _needy("Bo"))
    await ada.post(f"{desk}/door/open")
    answer = await ada.get(f"{desk}/door/list.pdf")
    said = " ".join(
        " ".join(page.extract_text().split())
        for page in PdfReader(io.BytesIO(answer.content)).pages
    )
    for words in ("Door list: Spring gathering", "Bo", "No photographs", "Ask whether they want"):
        assert words in said
    assert STORY not in said
    assert answer.headers["cache-control"] == "no-store"


async def test_organisers_take_the_bookings_with_contacts_and_without_needs(
    ada: PageClient, setting: Setting, desk: str
) -> None:
    await _book(setting, _needy("Bo"))
    await write(walk_in, setting.gathering.id, EVIL, setting.team.ada, AT)
    answer = await ada.get(f"{desk}/bookings.csv")
    rows = _rows(answer.content)
    assert sorted(row["Contact"] for row in rows) == [f"'{EVIL}", "Bo"]
    by_name = {row["Who comes"]: row for row in rows}
    assert by_name["Bo"]["Address or number"] == "01632 960 002"
    assert by_name[f"'{EVIL}"]["How to reach them"] == "Not known"
    assert STORY not in answer.text
    assert catalogue().need("see.guide").label not in answer.text
    await ada.get(f"{desk}/bookings")
    assert "Not known" in ada.words
    sheet = await ada.get(f"{desk}/bookings.xlsx")
    assert load_workbook(io.BytesIO(sheet.content)).worksheets[0].max_row == 3


async def test_the_numbers_name_nobody(ada: PageClient, setting: Setting, desk: str) -> None:
    zoe = await _book(setting, with_supporter("Zoë"))
    gone = await _book(setting, one_person("Bo"))
    await _book(setting, one_person("Wren"))
    await write(cancel, gone.id)
    await write(arrive, zoe.id, SAM, AT)
    await write(walk_in, setting.gathering.id, "Robin", SAM, AT)
    await write(_fill_up, setting.gathering.id)
    await _book(setting, with_supporter("Late"))
    await ada.get(f"{desk}/numbers")
    assert "The gathering is not over" in ada.words
    assert "Had booked and are not here yet" in ada.words
    assert "to the end" not in ada.words
    groups = await read(attendance_of, setting.gathering.id)
    assert dict(groups[0].lines) == {
        "People who had booked": 3,
        "People who came": 3,
        "Of these, walk-ins": 1,
        "Of these, supporters": 1,
        "Had booked and did not come": 1,
        "Cancelled": 1,
        "On the waiting list to the end": 2,
    }
    assert {number for _, number in groups[1].lines} == {"fewer than 5"}
    for name in ("Zoë", "Bo", "Wren", "Robin", "Late"):
        assert name not in ada.words
    answer = await ada.get(f"{desk}/numbers.csv")
    assert _rows(answer.content)[1] == {"What": "Who came People who came", "Number": "3"}


async def _fill_up(gathering_id: int) -> None:
    await Gathering.update({Gathering.capacity: Gathering.taken}).where(
        Gathering.id == gathering_id
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"yes": 9, "no": 7, "unknown": 6}, [9, 7, 6]),
        ({"yes": 9, "no": 3, "unknown": 1}, ["5 or more", "fewer than 5", "fewer than 5"]),
        ({"yes": 9, "no": 7, "unknown": 4}, [9, "5 or more", "fewer than 5"]),
        ({"yes": 9, "no": 7, "unknown": 0}, [9, "5 or more", "fewer than 5"]),
        ({"yes": 0, "no": 0, "unknown": 0}, ["fewer than 5"] * 3),
        ({"yes": 4, "no": 4, "unknown": 30}, ["fewer than 5", "fewer than 5", "5 or more"]),
    ],
)
def test_small_numbers_stay_untold_and_cannot_be_found_by_taking_away(
    given: dict[str, int], told: list[object]
) -> None:
    answers = [answer for answer, times in given.items() for _ in range(times)]
    assert [number for _, number in _told(("yes", "no", "unknown"), answers)] == told


@pytest.mark.once
async def test_each_paper_is_for_those_who_work_with_it(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting, desk: str
) -> None:
    await _book(setting, one_person("Calpurnia"))
    of_the_door = [f"{desk}/door/list{ending}" for ending in ("", ".pdf", ".csv", ".xlsx")]
    of_organisers = [
        f"{desk}/{name}" for name in ("bookings.csv", "bookings.xlsx", "numbers", "numbers.csv")
    ]
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in (*of_the_door, *of_organisers):
            answer = await browser.get(address, status=status)
            assert "Calpurnia" not in answer.text
    await write(grant, setting.team.dee, setting.gathering.series, "door")
    for address in of_the_door:
        await dee.get(address)
    for address in of_organisers:
        await dee.get(address, status=403)
    await write(grant, setting.team.ben, setting.gathering.series, "access_lead")
    await ben.get(f"{desk}/bookings.csv", status=403)
    assert len((await read(door_list, setting.gathering.id, SAM, AT)).parties) == 1
    assert await Person.count() == 1
