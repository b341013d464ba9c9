"""What the door shows: instructions without a story, photo marks, and answers meant for it."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.catalogue import catalogue
from gatherings.access.looks import DOOR, OPEN_AT_THE_DOOR, looks_at
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Consent, Look, Need
from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.parties import Party
from gatherings.bookings.tables import Booking, BookingQuestion, Person
from gatherings.bookings.uses import PHOTO_USES
from gatherings.planning.rows import columns
from tests.booking_rows import one_person, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

STORY = "I lost my left leg in Aberfan"


@pytest.fixture
def door(setting: Setting) -> str:
    return f"/desk/g/{setting.gathering.slug}/door"


async def _book(setting: Setting, party: Party) -> Booked:
    return await write(bookings.book, setting.gathering.id, party)


def _needy(consent: str = "yes") -> Party:
    return with_needs(
        NeedAnswer("move.stand", STORY, "must"),
        NeedAnswer("food.allergy", STORY),
        NeedAnswer("any.other", STORY, group="move"),
        consent=consent,
        name="Wren",
    )


async def test_the_door_shows_what_to_do_and_no_story(
    sam: PageClient, setting: Setting, door: str
) -> None:
    wren = await _book(setting, _needy())
    for address in (door, f"{door}/{wren.reference}"):
        await sam.get(address)
        for hidden in (STORY, *(catalogue().need(code).label for code in catalogue().needs)):
            assert hidden not in sam.text
        for hidden in ("move.stand", "food.allergy", "960 002"):
            assert hidden not in sam.text
        if sam.soup.select(".door-opens"):
            assert sam.soup.select(".door-does") == []
            await sam.submit(".door-opens")
    assert [words.get_text() for words in sam.soup.select(".door-does")] == [
        "Offer a seat straight away"
    ]


@pytest.mark.parametrize("why", ["no consent", "taken back", "we cannot"])
async def test_without_consent_or_promise_there_is_no_instruction(
    sam: PageClient, setting: Setting, door: str, why: str
) -> None:
    wren = await _book(setting, _needy("no" if why == "no consent" else "yes"))
    if why == "taken back":
        await write(_take_back)
    elif why == "we cannot":
        await write(_cannot)
    await sam.post(f"{door}/open")
    await sam.get(f"{door}/{wren.reference}")
    assert sam.soup.select(".door-does, .door-opens") == []
    assert await Look.count() == 0


async def test_whoever_opens_what_to_do_is_written_down_once_a_day(
    sam: PageClient, ada: PageClient, setting: Setting, door: str
) -> None:
    """Only those are written down for whom there is something to do; each helper for themselves."""
    wren, _ = await _book(setting, _needy()), await _book(setting, one_person("Cal"))
    party = f"{door}/{wren.reference}"
    await sam.get(party)
    assert await Look.count() == 0
    await sam.submit(".door-opens")
    await sam.follow()
    assert sam.soup.select(".door-opens") == []
    await sam.post(f"{door}/open")
    [look] = await Look.objects()
    booking = await Booking.objects().get(Booking.reference == wren.reference)
    assert booking is not None
    told = await read(looks_at, booking.id)
    assert [(one.who, one.screen) for one in told] == [("Sam", DOOR)]
    assert look.booking == booking.id
    await ada.get(party)
    assert (ada.soup.select(".door-does"), len(ada.soup.select(".door-opens"))) == ([], 1)
    await write(_move_looks, look.at - OPEN_AT_THE_DOOR)
    await sam.get(party)
    assert (sam.soup.select(".door-does"), len(sam.soup.select(".door-opens"))) == ([], 1)


async def test_who_books_later_is_opened_by_another_press(
    sam: PageClient, setting: Setting, door: str
) -> None:
    await _book(setting, _needy())
    await sam.post(f"{door}/open")
    later = await _book(setting, with_needs(NeedAnswer("see.guide"), name="Len"))
    await sam.get(f"{door}/{later.reference}")
    assert sam.soup.select(".door-does") == []
    await sam.submit(".door-opens")
    await sam.follow()
    assert len(sam.soup.select(".door-does")) == 1
    assert await Look.count() == 2


async def test_nobody_else_opens_what_to_do(
    client: PageClient, ben: PageClient, setting: Setting, door: str
) -> None:
    await _book(setting, _needy())
    await client.post(f"{door}/open", status=401)
    await ben.post(f"{door}/open", status=403)
    assert await Look.count() == 0


async def _move_looks(at: datetime) -> None:
    await Look.update({Look.at: at}).where(Look.id > 0)


async def _take_back() -> None:
    await Consent.update({Consent.withdrawn_at: datetime.now(UTC)}).where(Consent.id > 0)


async def _cannot() -> None:
    await Need.update({Need.state: "cannot"}).where(Need.id > 0)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("yes", "Photographs allowed"),
        ("no", "No photographs"),
        ("ask", "Ask before a photograph"),
    ],
)
async def test_photo_consent_has_a_shape_and_words(
    sam: PageClient, setting: Setting, door: str, answer: str, words: str
) -> None:
    wren = await _book(setting, one_person("Wren"))
    await write(_set_photo, answer)
    await sam.get(f"{door}/{wren.reference}")
    mark = sam.soup.select(f".photo.{answer}")[0]
    assert mark.get_text().strip() == words
    shapes = {"yes": "circle", "no": "rect", "ask": "path"}
    assert next(child.name for child in mark.select("svg > *")) == shapes[answer]


async def _set_photo(answer: str) -> None:
    await Person.update(columns(dict.fromkeys(PHOTO_USES, answer))).where(Person.id > 0)


@pytest.mark.parametrize("audience", ["door", "team", "kitchen", "access_lead"])
async def test_only_answers_for_the_door_are_shown_there(
    sam: PageClient, setting: Setting, door: str, audience: str
) -> None:
    question = await write(_ask, setting.gathering.id, audience)
    party = one_person("Wren", extra=((question, ("By the tram",)),))
    wren = await _book(setting, party)
    await sam.get(f"{door}/{wren.reference}")
    assert ("By the tram" in sam.text) is (audience == "door")


async def _ask(gathering_id: int, audience: str) -> int:
    row = BookingQuestion(
        gathering=gathering_id,
        asks="How do you get here?",
        audience=audience,
        forget_on=datetime.now(UTC).date() + timedelta(days=90),
    )
    await row.save()
    return row.id
