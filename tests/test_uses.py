"""What may be done with photographs, name and words: each use by itself, and taken back at once."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.tables import Consent
from gatherings.bookings import bookings
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import USES, Booking, Person
from gatherings.bookings.uses import PHOTO_USES, QUESTIONS, Said, at_the_door, change_uses, lines_of
from gatherings.personal_data.held import held_about
from gatherings.planning.tables import Gathering
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.test_change_pages import enter
from tests.waiting_rows import booked
from web.database import read, write
from web.problems import NotFound

NOW = datetime.now(UTC)
NOTHING = dict.fromkeys(USES, "no")


async def agreed_to(booking: Booking) -> list[tuple[str, int, str, str, bool]]:
    """Purpose, person, the words that were shown, how it came, and whether it still holds."""
    rows = await (
        Consent.select(*Consent.all_columns(), Consent.wording.words)
        .where(Consent.booking == booking.id)
        .order_by(Consent.id)
    )
    return [
        (r["purpose"], r["of_person"], r["wording.words"], r["how"], r["withdrawn_at"] is None)
        for r in rows
    ]


@pytest.mark.parametrize(
    ("answers", "door"),
    [
        (("no", "no", "no", "no"), "no"),
        (("yes", "yes", "yes", "yes"), "yes"),
        (("yes", "no", "no", "no"), "ask"),
        (("ask", "ask", "ask", "ask"), "ask"),
        (("no", "no", "no", "ask"), "ask"),
    ],
)
def test_the_door_promises_no_more_than_each_answer(answers: tuple[str, ...], door: str) -> None:
    person = Person(booking=1, position=1)
    for use, answer in zip(PHOTO_USES, answers, strict=True):
        setattr(person, use, answer)
    assert at_the_door(person) == door


def test_one_line_says_that_no_photograph_may_be_used() -> None:
    assert lines_of(Person(booking=1, position=1, named="ask")) == [
        "Photographs: no",
        "Name published: ask first",
        "Words published: no",
    ]
    assert lines_of(Person(booking=1, position=1, photo="yes"))[:2] == [
        "Photographs for our records: yes",
        "Photographs in the summary on the web: no",
    ]


async def test_each_yes_is_kept_with_its_words_and_taken_back_by_itself(
    setting: Setting,
) -> None:
    booking = await booked(setting.gathering, 2)
    uses = NOTHING | {"photo": "yes", "photo_web": "yes", "named": "ask"}
    await write(change_uses, booking.id, 2, uses, Said(own=False), NOW)
    await write(change_uses, booking.id, 2, uses, Said(own=False), NOW)
    first = ("photographs for our records", 2, QUESTIONS["photo"][1], "web")
    second = ("photographs in the summary on the web", 2, QUESTIONS["photo_web"][1], "web")
    assert await read(agreed_to, booking) == [(*first, True), (*second, True)]
    await write(change_uses, booking.id, 2, uses | {"photo_web": "no"}, Said(own=False), NOW)
    assert await read(agreed_to, booking) == [(*first, True), (*second, False)]
    with pytest.raises(NotFound):
        await write(change_uses, booking.id, 9, uses, Said(own=False), NOW)
    with pytest.raises(ValueError, match="yes, no or ask"):
        await write(change_uses, booking.id, 2, uses | {"named": "maybe"}, Said(own=False), NOW)


async def test_a_person_answers_each_question_and_takes_all_back_after_the_day(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    booking = await booked(setting.gathering)
    home = await enter(client, booking)
    page = f"{home}/people/1/uses"
    assert f'href="{page}"' in client.text
    await client.get(page)
    assert "May photographs of you be in the summary on the web?" in client.words
    assert client.soup.select("#withdraw") == []
    await client.submit("main form", {"photo_web": "yes", "photo_print": "ask"})
    await write(_is_over, setting.gathering.id)
    await client.get(page)
    assert client.soup.select_one("[name=photo_web][value=yes][checked]") is not None
    await client.post(page, {"photo": "yes"}, status=422)
    assert client.error_at("photo_web") == "Error: Choose one of the answers"
    await dee.get(page, status=401)
    await dee.post(f"{page}/withdraw", status=401)
    await client.get(page)
    await client.submit("form[action$=withdraw]")
    person = await Person.objects().first()
    assert person is not None
    assert {use: getattr(person, use) for use in USES} == NOTHING
    assert [one[-1] for one in await read(agreed_to, booking)] == [False]
    held = await read(held_about, booking.id)
    assert "Photographs in the summary on the web" in str(held)


async def _is_over(gathering_id: int) -> None:
    ended = datetime.now(UTC) - timedelta(days=2)
    await Gathering.update(
        {Gathering.starts_at: ended - timedelta(hours=6), Gathering.ends_at: ended}
    ).where(Gathering.id == gathering_id)


async def test_what_was_said_while_booking_is_kept_for_each(setting: Setting) -> None:
    people = (PersonAnswer("Cal", photo="yes"), PersonAnswer("Dot", quoted="yes"))
    party = Party(people, "Cal", "phone", "0", for_whom="us")
    made = await write(bookings.book, setting.gathering.id, party)
    booking = await Booking.objects().get(Booking.reference == made.reference)
    assert booking is not None
    assert [(person, words) for _, person, words, *_ in await read(agreed_to, booking)] == [
        (1, "May we photograph you, for our own records?"),
        (2, "May we quote what they say?"),
    ]
