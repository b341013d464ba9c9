"""My data: the party sees it all, takes it as a file and deletes it, with no account or script."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.access.kept_needs import keep_for_next
from gatherings.access.looks import note_look
from gatherings.access.making_reports import number_badges
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Need
from gatherings.bookings import bookings, changing
from gatherings.bookings.bookings import Booked
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking, BookingQuestion
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.personal_data.data_requests import Asked, note_request
from gatherings.personal_data.erasures import read_log
from gatherings.personal_data.held import as_file, held_about
from gatherings.personal_data.tables import Erasure
from gatherings.planning.tables import Gathering
from sessions.board.joining import joiner_id, link_booking
from sessions.board.offers import offer
from sessions.board.stars import star
from sessions.board.tables import SessionHost
from sessions.personal_data.asked_for import WRITTEN_OUT, held_for_request
from sessions.personal_data.held_on_the_day import everything_held
from tests.booking_rows import one_person, taken_of, with_needs
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from tests.test_extra_questions import ask
from web.crypto import hash_of
from web.database import read, write
from web.problems import NotFound
from web.settings import settings

WORDS = "Please face me when you talk"
EVERYTHING = (
    *("Calpurnia", "01632 960 002", WORDS, "British Sign Language", "Which train?", "The 9:15"),
    *("To arrange these things we need to keep", "Ada", "The needs of the party"),
    *("Tea and cake", "You told us", "A supporter called Sid", "Until 24 months"),
    *("“What do you hold about me?”", "Rang at noon"),
)


@pytest.fixture
async def booked(setting: Setting) -> Booked:
    return await write(_book, setting)


async def _book(setting: Setting) -> Booked:
    """A party about which there is something of everything."""
    gathering, now = setting.gathering, datetime.now(UTC)
    question = BookingQuestion(
        gathering=gathering.id, position=1, asks="Which train?", forget_on=gathering.ends_at.date()
    )
    await question.save()
    party = with_needs(NeedAnswer("hear.bsl", WORDS, "must"), name="Calpurnia")
    extra = ((question.id, ("The 9:15",)),)
    booked = await bookings.book(gathering.id, type(party)(**{**vars(party), "extra": extra}))
    booking = await _row(booked)
    words = changing.PersonWords("Calpurnia", "A supporter called Sid", False)
    await changing.change_person(booking.id, 1, words, now)
    await note_look(booking.id, setting.team.ada, "The needs of the party", now)
    await make_key(Owner(booking=booking.id), now)
    await offer(gathering.id, "hash", "Tea and cake", "", "Calpurnia", "token")
    await star(gathering.id, 1, "hash")
    await link_booking(gathering.id, "hash", booking.id)
    await keep_for_next(booking.id, "yes", now.date(), now)
    asked = Asked("see", "phone", now.date(), "Rang at noon", gathering.series, booking.id)
    await note_request(setting.viewer, "form", asked, now)
    return booked


async def _row(booked: Booked) -> Booking:
    booking = await Booking.objects().get(Booking.reference == booked.reference)
    assert booking is not None
    return booking


async def open_own(browser: PageClient, booked: Booked) -> None:
    await browser.get(f"/b/{booked.reference}/{booked.secret}", status=303)
    await browser.follow()


async def test_the_page_and_the_file_tell_everything(client: PageClient, booked: Booked) -> None:
    await open_own(client, booked)
    await client.get(f"/b/{booked.reference}/my-data")
    for words in EVERYTHING:
        assert words in client.words, words
    answer = await client.get(f"/b/{booked.reference}/my-data.json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment")
    for words in EVERYTHING:
        assert words in answer.text.replace("\\n", " "), words
    kept = json.loads(answer.text)
    empty = [key for key, section in kept.items() if not section["entries"]]
    assert empty == ["wishes", "pictures"]
    in_words = f"Person 1: British Sign Language (BSL) interpreters: {WORDS}"
    assert kept["kept_needs"]["entries"][0]["What"] == [in_words]
    assert kept["needs"]["entries"][0]["In your words"] == WORDS
    assert kept["looks"]["entries"][0]["Who"] == "Ada"
    assert kept["stars"]["entries"][0]["Title"] == "Tea and cake"


async def test_it_holds_who_is_out_and_what_they_host_with_others(setting: Setting) -> None:
    gathering, now = setting.gathering, datetime.now(UTC)
    lunch = await write(ask, gathering.id, 1, "Which lunch?", each_person=True)
    tess = PersonAnswer("Tess", help="no", extra=((lunch, ("Soup",)),))
    party = one_person(people=(PersonAnswer("Cal", help="no"), tess))
    booking = await _row(await write(bookings.book, gathering.id, party))
    await write(number_badges, gathering.id)
    await write(changing.remove_person, booking.id, 2, now)
    tea = await write(offer, gathering.id, None, "Tea", "", "Len", "token")
    joiner = await write(joiner_id, gathering.id, "hash")
    await write(link_booking, gathering.id, "hash", booking.id)
    await write(host_too, tea.id, f"joiner:{joiner}:cal")
    held = as_file(await read(everything_held, booking.id, gathering.zone))
    assert held["answers"]["entries"] == [
        {"Question": "Which lunch?", "Who": "Tess", "Answer": ["Soup"]}
    ]
    assert [one["Title"] for one in held["sessions"]["entries"]] == ["Tea"]
    assert [one["Number on the badge"] for one in held["people"]["entries"]] == ["1", "2"]


async def host_too(session: int, key: str) -> None:
    """As when a session of theirs became part of this one."""
    await SessionHost(session=session, position=2, name="Cal", key=key).save()


async def test_secrets_and_keys_are_not_in_it(client: PageClient, booked: Booked) -> None:
    await open_own(client, booked)
    answer = await client.get(f"/b/{booked.reference}/my-data.json")
    assert hash_of(booked.secret) not in answer.text
    sections = await read(held_about, (await _row(booked)).id)
    assert "secret_hash" not in json.dumps(as_file(sections))


async def test_strangers_see_nothing(
    client: PageClient, dee: PageClient, ada: PageClient, booked: Booked
) -> None:
    for browser in (client, dee, ada):
        for tail in ("my-data", "my-data.json", "delete"):
            await browser.get(f"/b/{booked.reference}/{tail}", status=401)
            assert "Calpurnia" not in browser.text
        await browser.post(f"/b/{booked.reference}/delete", {"sure": "yes"}, status=401)
    assert await Erasure.count() == 0


async def test_deleting_asks_once_and_then_all_is_gone(
    client: PageClient, booked: Booked, setting: Setting
) -> None:
    await open_own(client, booked)
    await client.get(f"/b/{booked.reference}/my-data")
    await client.get(f"/b/{booked.reference}/delete")
    assert "This stays" in client.words
    assert "Pictures in which you are listed come out of it" in client.words
    assert "A complaint that you sent us, until 12 months after it is closed" in client.words
    await client.submit("main form", status=422)
    assert client.error_at("sure") == "Error: Tick the box to say that all of this should go"
    assert await Need.count() == 1
    await client.submit("main form", {"sure": "yes"})
    await client.follow(status=410)
    assert "This booking is gone" in client.words
    for tail in ("", "/my-data", "/cancel", "/delete"):
        await client.get(f"/b/{booked.reference}{tail}", status=410)
    assert [await table.count() for table in (Need, Letter)] == [0, 0]
    assert await taken_of(setting.gathering) == 0
    row = (await Erasure.objects())[0]
    assert (row.what, row.by_whom) == ("booking", "person")
    log = read_log(settings().data_dir)
    assert hash_of(booked.reference) in {one.reference_hash for one in log}


async def test_the_old_link_says_that_it_is_gone(
    client: PageClient, app: Litestar, booked: Booked
) -> None:
    await open_own(client, booked)
    await client.get(f"/b/{booked.reference}/delete")
    await client.submit("main form", {"sure": "yes"})
    async with PageClient(app) as other:
        await other.get(f"/b/{booked.reference}/{booked.secret}", status=303)
        await other.follow(status=410)
        await other.get("/b/no-such-99", status=401)


async def test_an_organiser_deletes_for_somebody_who_rang(
    ada: PageClient, booked: Booked, setting: Setting
) -> None:
    desk = f"/desk/g/{setting.gathering.slug}/bookings"
    await ada.get(f"{desk}/{booked.reference}")
    await ada.get(f"{desk}/{booked.reference}/delete")
    await ada.submit("main form", status=422)
    await ada.submit("main form", {"sure": "yes"})
    await ada.follow()
    assert "Calpurnia" not in ada.text
    await ada.get(f"{desk}/{booked.reference}", status=404)
    assert [row.by_whom for row in await Erasure.objects()] == ["team"]


async def test_only_organisers_delete_for_others(
    app: Litestar,
    client: PageClient,
    ben: PageClient,
    dee: PageClient,
    booked: Booked,
    setting: Setting,
) -> None:
    address = f"/desk/g/{setting.gathering.slug}/bookings/{booked.reference}/delete"
    await client.post(address, {"sure": "yes"}, status=401)
    await write(grant, setting.team.dee, setting.gathering.series, "access_lead")
    async with signed_in_browser(app, setting.team.dee) as lead:
        for browser in (ben, lead):
            await browser.get(address, status=403)
            await browser.post(address, {"sure": "yes"}, status=403)
    assert await Erasure.count() == 0


async def test_after_the_gathering_the_numbers_stay(
    client: PageClient, booked: Booked, setting: Setting
) -> None:
    await write(_end, setting.gathering.id)
    await open_own(client, booked)
    await client.get(f"/b/{booked.reference}/delete")
    assert "somebody else can have it" not in client.words
    await client.submit("main form", {"sure": "yes"})
    assert [one.state for one in await Booking.objects()] == ["booked"]


async def _end(gathering_id: int) -> None:
    ended = datetime.now(UTC) - timedelta(days=1)
    await Gathering.update(
        {Gathering.starts_at: ended - timedelta(hours=6), Gathering.ends_at: ended}
    ).where(Gathering.id == gathering_id)


async def test_a_request_by_phone_gets_everything_and_the_history_says_so(
    client: PageClient, ada: PageClient, setting: Setting, booked: Booked
) -> None:
    kept = await write(held_for_request, f" {booked.reference.upper()} ", datetime.now(UTC))
    text = json.dumps(kept, ensure_ascii=False).replace("\\n", " ")
    for words in (*EVERYTHING, WRITTEN_OUT.capitalize()):
        assert words in text, words
    await open_own(client, booked)
    await client.get(f"/b/{booked.reference}/my-data")
    assert WRITTEN_OUT.capitalize() in client.words
    await ada.get(f"/desk/g/{setting.gathering.slug}/bookings/{booked.reference}")
    assert WRITTEN_OUT.capitalize() in ada.words
    with pytest.raises(NotFound):
        await write(held_for_request, "no-such-1", datetime.now(UTC))
