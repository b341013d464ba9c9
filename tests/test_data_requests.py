"""Requests about personal data by phone, post or in person: a month's clock on the desk."""

from datetime import UTC, date, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to as letter_bound_to
from gatherings.people.roles import grant
from gatherings.personal_data import keeping
from gatherings.personal_data.clock_letters import write_clock_letters
from gatherings.personal_data.complaints import ComplaintWords, complain
from gatherings.personal_data.data_request_views import (
    due_on,
    history_for,
    request_for,
    requests_for,
    today_at,
    waiting_requests,
)
from gatherings.personal_data.data_requests import (
    FUTURE,
    TOO_EARLY,
    Asked,
    answer_request,
    note_request,
    open_again,
)
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.tables import DataRequest, DataRequestEvent
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Series
from sessions.personal_data.all_rules import ALL_RULES, erase_everywhere
from tests.booking_rows import one_person
from tests.builders import Setting, viewer_for
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.crypto import NotOpened, unseal
from web.database import IntegrityError, read, write
from web.words import day_of

NOW = datetime.now(UTC)
TODAY = today_at(NOW)
NOTE = "Calpurnia rang from 01632 960 456"
FIRST = 'form[action="/desk/requests/new"]'
ANSWER = 'form[action$="/answered"]'


def asked(days_ago: int = 0, **changes: object) -> Asked:
    """A request that came by phone."""
    kept: dict[str, object] = {"kind": "see", "came_by": "phone", "note": NOTE}
    return Asked(arrived_on=TODAY - timedelta(days_ago), **(kept | changes))  # type: ignore[arg-type]


async def noted(setting: Setting, days_ago: int = 0, **changes: object) -> str:
    """Its reference."""
    mine = asked(days_ago, series=setting.gathering.series, **changes)
    return await write(note_request, setting.viewer, f"form {days_ago}", mine, NOW)


async def booked(setting: Setting) -> tuple[str, int]:
    """The reference and the id of Cal's booking."""
    reference = (await write(bookings.book, setting.gathering.id, one_person())).reference
    booking = await read(find_booking, reference)
    assert booking is not None
    return reference, booking.id


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2027, 2, 28), date(2027, 3, 28)),
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2027, 8, 31), date(2027, 9, 30)),
        (date(2027, 12, 31), date(2028, 1, 31)),
        (date(2027, 3, 3), date(2027, 4, 3)),
    ],
)
def test_a_month_is_the_same_day_of_the_next_or_its_last(arrived: date, due: date) -> None:
    assert due_on(arrived) == due


def test_the_day_is_that_of_london() -> None:
    assert today_at(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == date(2027, 7, 1)


async def test_an_organiser_notes_one_and_answers_it(ada: PageClient, setting: Setting) -> None:
    reference, _ = await booked(setting)
    await ada.get(f"/desk/requests/new?booking={reference}")
    await ada.submit(FIRST, {"kind": "delete", "came_by": "post", "note": NOTE})
    await ada.follow()
    due = day_of(due_on(TODAY))
    for words in ("“Delete it”", f"Answer by {due}", f"{day_of(TODAY)}, by post", reference, NOTE):
        assert words in ada.words, words
    assert "31 January is due on 28 February, or on 29 February in a leap year" in ada.words
    one = (await read(requests_for, setting.viewer))[0]
    await ada.get("/desk")
    assert "1 request about personal data waits" in ada.words
    assert f"The next is due on {due}." in ada.words
    await ada.get(f"/desk/requests/{one.reference}")
    await ada.submit(ANSWER, {"answered_day": ""}, status=422)
    assert (
        ada.error_at("answered")
        == "Error: Enter the day of the answer as a real date, such as 27 3 2027"
    )
    assert ada.error_at("how") == "Error: Choose how you answered"
    await ada.submit(ANSWER, {"answered_day": str(TODAY.day), "how": "in_person"})
    await ada.follow()
    assert f"Answered on {day_of(TODAY)}" in ada.words
    assert f"{day_of(TODAY)}, in person" in ada.words
    await ada.get("/desk")
    assert "about personal data waits" not in ada.words
    await ada.get(f"/desk/g/{setting.gathering.slug}/bookings/{reference}")
    assert "Asked about what we keep about them, by Ada" in ada.words
    assert "We answered what they asked about their data, by Ada" in ada.words


async def test_what_is_wrong_stands_beside_its_field(ada: PageClient, setting: Setting) -> None:
    await ada.get("/desk/requests/new")
    tomorrow, long_ago = TODAY + timedelta(days=1), TODAY - timedelta(days=367)
    await ada.submit(FIRST, {**_typed(long_ago), "booking": "none-such-10"}, status=422)
    for field, words in (
        ("kind", "Choose what they ask for"),
        ("came_by", "Choose how it came"),
        ("arrived", "Enter a day in the last twelve months"),
        ("booking", "There is no booking with this reference in your series"),
    ):
        assert ada.error_at(field).startswith(f"Error: {words}")
    await ada.submit(FIRST, {"booking": ""}, status=422)
    assert ada.error_at("series") == "Error: Choose which series it is about"
    assert ada.error_at("note") == "Error: Enter who asked, or the reference of their booking"
    whole = {"kind": "see", "came_by": "phone", "note": NOTE, "booking": "", "series": "*"}
    await ada.submit(FIRST, {**whole, **_typed(tomorrow)}, status=422)
    assert ada.error_at("arrived") == f"Error: {FUTURE}"
    assert NOTE in ada.text
    reference, booking_id = await booked(setting)
    await write(erase_everywhere, booking_id, "person", NOW)
    await ada.submit(FIRST, {**whole, **_typed(TODAY), "booking": reference}, status=422)
    assert "Everything about this booking was deleted" in ada.error_at("booking")
    assert await DataRequest.count() == 0


def _typed(on: date) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"arrived_{part}": str(number) for part, number in parts.items()}


async def test_a_second_press_keeps_it_once(ada: PageClient, setting: Setting) -> None:
    await ada.get("/desk/requests/new")
    answers = [
        await ada.submit(FIRST, {"kind": "stop", "came_by": "email", "note": NOTE, "series": "*"})
        for _ in range(2)
    ]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert (await DataRequest.count(), await DataRequestEvent.count()) == (1, 1)


async def test_late_is_said_in_words(ada: PageClient, setting: Setting) -> None:
    late = await noted(setting, 40, kind="correct")
    await noted(setting, 1)
    over = (TODAY - due_on(TODAY - timedelta(days=40))).days
    await ada.get("/desk/requests")
    first, second = [one.get_text() for one in ada.soup.select("article")]
    assert f"Late by {over} days" in first
    assert late in first
    assert "days are left" in second
    assert NOTE not in ada.words
    await ada.get("/desk")
    assert "2 requests about personal data wait" in ada.words
    assert "1 is late." in ada.words
    waiting = await read(waiting_requests, setting.viewer, due_on(TODAY - timedelta(days=1)))
    assert waiting is not None
    assert (waiting.number, waiting.late) == (2, 1)


async def test_an_answer_is_noted_once_and_taken_back(setting: Setting) -> None:
    reference, viewer = await noted(setting, 5), setting.viewer
    for on, words in ((TODAY + timedelta(1), FUTURE), (TODAY - timedelta(6), TOO_EARLY)):
        with pytest.raises(Refused, match=words):
            await write(answer_request, viewer, reference, on, "post", NOW)
    await write(answer_request, viewer, reference, TODAY - timedelta(1), "post", NOW)
    await write(answer_request, viewer, reference, TODAY, "phone", NOW)
    one = await read(request_for, viewer, reference)
    assert (one.answered_on, one.answered_by) == (TODAY - timedelta(1), "post")
    for _ in range(2):
        await write(open_again, viewer, reference, NOW)
    one = await read(request_for, viewer, reference)
    assert one.days_left(TODAY) == (due_on(TODAY - timedelta(5)) - TODAY).days
    steps = await read(history_for, viewer, reference)
    assert [(step.what, step.who, step.note) for step in steps] == [
        ("noted", "Ada", NOTE),
        ("answered", "Ada", ""),
        ("opened", "Ada", ""),
    ]
    with pytest.raises(IntegrityError):
        await write(_answered_without_saying_how)


async def _answered_without_saying_how() -> None:
    await DataRequest.update({DataRequest.answered_on: TODAY}, force=True)


async def test_what_was_noted_is_sealed_and_bound_to_its_line(setting: Setting) -> None:
    await noted(setting)
    row = (await DataRequestEvent.objects())[0]
    assert b"Calpurnia" not in bytes(row.sealed_note)
    with pytest.raises(NotOpened):
        unseal(row.sealed_note, "data-request:another")


async def test_it_stands_in_what_the_party_sees_and_takes_away(
    client: PageClient, setting: Setting
) -> None:
    made = await write(bookings.book, setting.gathering.id, one_person())
    booking = await read(find_booking, made.reference)
    assert booking is not None
    reference = await noted(setting, booking=booking.id)
    await write(answer_request, setting.viewer, reference, TODAY, "email", NOW)
    await client.get(f"/b/{made.reference}/{made.secret}", status=303)
    await client.get(f"/b/{made.reference}/my-data")
    for words in ("What you asked about your data", reference, NOTE, "by e-mail"):
        assert words in client.words, words
    kept = (await client.get(f"/b/{made.reference}/my-data.json")).json()
    entry = kept["requests"]["entries"][0]
    assert entry["Answer by"] == day_of(due_on(TODAY))
    assert entry["What was noted"] == [NOTE]


async def test_words_go_after_a_year_and_the_rest_after_six(setting: Setting) -> None:
    reference = await noted(setting, 10)
    await noted(setting, 3)
    await write(answer_request, setting.viewer, reference, TODAY, "post", NOW)
    answered = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    assert await forget(ALL_RULES, answered + keeping.REQUEST_WORDS - timedelta(days=1)) == {}
    gone = await forget(ALL_RULES, answered + keeping.REQUEST_WORDS)
    assert gone["request notes"] == 2
    one = await read(request_for, setting.viewer, reference)
    assert (one.kind, one.answered_on) == ("see", TODAY)
    assert await read(history_for, setting.viewer, reference) == []
    gone = await forget(ALL_RULES, answered + keeping.PROOF - timedelta(days=1))
    assert "requests" not in gone
    gone = await forget(ALL_RULES, answered + keeping.PROOF)
    assert gone["requests"] == 1
    left = await read(requests_for, setting.viewer)
    assert [one.answered_on for one in left] == [None]


async def test_with_the_booking_its_words_go_and_its_clock_stays(
    ada: PageClient, setting: Setting
) -> None:
    name, booking_id = await booked(setting)
    reference = await noted(setting, kind="delete", booking=booking_id)
    await ada.get(f"/desk/requests/{reference}")
    assert str(ada.one('main a[href$="/delete"]')["href"]).endswith(f"{name}/delete")
    await write(erase_everywhere, booking_id, "team", NOW)
    await ada.get(f"/desk/requests/{reference}")
    assert "Everything about their booking is deleted. Tell them so." in ada.words
    for words in (NOTE, name):
        assert words not in ada.text
    await ada.submit(ANSWER, {"how": "phone"})
    assert (await read(request_for, setting.viewer, reference)).answered_on == TODAY
    assert (await DataRequestEvent.objects().order_by(DataRequestEvent.id))[0].sealed_note is None


async def test_each_morning_one_letter_says_how_many_are_due_and_nothing_more(
    setting: Setting,
) -> None:
    """Ada organises and starts series; Dee has no role, so she hears of nothing."""
    at = datetime(2027, 3, 3, 7, 1, tzinfo=UTC)
    arrived = Asked("see", "phone", date(2027, 2, 11), NOTE, setting.gathering.series)
    await write(note_request, setting.viewer, "one", arrived, at)
    assert await write(write_clock_letters, at) == 0
    early = Asked("see", "phone", date(2027, 1, 31), NOTE, setting.gathering.series)
    await write(note_request, setting.viewer, "two", early, at)
    said = ComplaintWords("It was cold", "Eve")
    await write(complain, "three", None, said, at - timedelta(days=25))
    for hour, written in ((6, 0), (7, 1), (8, 0), (23, 0)):
        assert await write(write_clock_letters, at.replace(hour=hour)) == written
    assert await write(write_clock_letters, at + timedelta(days=1)) == 1
    letter = (await Letter.objects().order_by(Letter.id))[0]
    content = unseal(letter.sealed, letter_bound_to(letter.handle))
    assert (content["to"], letter.kind) == ("ada@example.org", "clocks")
    text = f"{content['subject']}\n{content['text']}"
    for words in (
        "To answer: 1 request about personal data",
        "1 of them late. The first was due on Sunday 28 February 2027.",
        "1 complaint waits for a word that we have it. The first is due on Monday 8 March 2027.",
        "/desk",
    ):
        assert words in text, words
    for hidden in ("Calpurnia", "It was cold", "Eve", "01632"):
        assert hidden not in text
    assert await Letter.count() == 2


async def test_strangers_read_and_press_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    reference = await noted(setting)
    pages = ("/desk/requests", "/desk/requests/new", f"/desk/requests/{reference}")
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in pages:
            await browser.get(address, status=status)
            assert NOTE not in browser.text
        for address in ("new", f"{reference}/answered", f"{reference}/open-again"):
            await browser.post(f"/desk/requests/{address}", {}, status=status)
        await browser.get("/desk", status=401 if browser is client else 200)
        assert "Requests about personal data" not in browser.text
    assert await DataRequest.exists().where(DataRequest.answered_on.is_null())


async def test_an_organiser_of_another_series_sees_none_of_ours(
    app: Litestar, setting: Setting
) -> None:
    """What is about no series goes to whoever may start one, and not to him."""
    mine, name = await noted(setting), (await booked(setting))[0]
    nobodys = await write(note_request, setting.viewer, "none", asked(), NOW)
    await write(_only_organises_another, setting)
    async with signed_in_browser(app, setting.team.dee) as other:
        await other.get("/desk/requests")
        assert "No request waits" in other.words
        for reference in (mine, nobodys):
            await other.get(f"/desk/requests/{reference}", status=403)
            typed = {"answered_day": "1", "answered_month": "1", "answered_year": "2027"}
            address = f"/desk/requests/{reference}/answered"
            await other.post(address, {**typed, "how": "post"}, status=403)
        await other.get("/desk/requests/new")
        typed = {"kind": "see", "came_by": "phone", "booking": name}
        await other.submit(FIRST, typed, status=422)
        assert "There is no booking with this reference" in other.error_at("booking")
    viewer = await viewer_for(setting.team.dee)
    assert await read(waiting_requests, viewer, TODAY) is None


async def _only_organises_another(setting: Setting) -> None:
    another = Series(slug="another", name="Another series", about="")
    await another.save()
    await grant(setting.team.dee, another.id, "organiser")
