"""The pages of the door: quick for its helpers, closed to everybody else, and without stories."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings import bookings
from gatherings.bookings.bookings import Booked
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person, taken_of, with_supporter
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import write

STORY = "I lost my left leg in Aberfan"


@pytest.fixture
def door(setting: Setting) -> str:
    return f"/desk/g/{setting.gathering.slug}/door"


async def _book(setting: Setting, party: Party) -> Booked:
    return await write(bookings.book, setting.gathering.id, party)


def _trio() -> Party:
    people = (
        PersonAnswer(name="Josie", help="no"),
        PersonAnswer(name="Len", help="no"),
        PersonAnswer(role="supporting", name="Kath"),
    )
    return one_person("Josie", people=people)


async def _here() -> list[bool]:
    people = await Person.objects().order_by(Person.booking, Person.position)
    return [person.arrived_at is not None for person in people]


async def test_a_search_by_name_leads_to_the_party_and_one_press_notes_all(
    sam: PageClient, setting: Setting, door: str
) -> None:
    trio = await _book(setting, _trio())
    await _book(setting, one_person("Wren"))
    await sam.get(door)
    assert "0 of 4 are here" in sam.words
    assert [name.get_text() for name in sam.soup.select(".door-name")] == [
        "Josie, Len, Kath (supporter)",
        "Wren",
    ]
    await sam.submit('form[role="search"]', {"words": "KATH"}, status=303)
    await sam.follow()
    assert str(sam.page.url).endswith(f"/door/{trio.reference}")
    await sam.submit("main form", button="all-here")
    await sam.follow()
    assert "All 3 are here" in sam.words
    assert await _here() == [True, True, True, False]
    await sam.get(door)
    assert "3 of 4 are here" in sam.words
    headings = [heading.get_text() for heading in sam.soup.select("h2")]
    assert headings[:2] == ["Still to come", "Here"]


@pytest.mark.parametrize("change", [str, str.upper, lambda words: words.replace("-", " ")])
async def test_a_reference_is_found_however_it_is_typed(
    sam: PageClient, setting: Setting, door: str, change: object
) -> None:
    assert callable(change)
    wren = await _book(setting, one_person("Wren"))
    await _book(setting, one_person("Zoë"))
    await sam.get(door)
    typed = {"words": change(wren.reference)}
    answer = await sam.submit('form[role="search"]', typed, status=303)
    assert answer.headers["location"] == f"{door}/{wren.reference}"


async def test_a_search_forgives_accents_and_offers_to_let_in_who_is_not_found(
    sam: PageClient, setting: Setting, door: str
) -> None:
    await _book(setting, one_person("Zoë"))
    await sam.get(f"{door}?words=zoe", status=303)
    await sam.get(f"{door}?words=Xanthe")
    assert "Nobody is found for “Xanthe”" in sam.words
    assert sam.soup.select("details.walk-in")[0].has_attr("open")
    await sam.submit("#walk-in")
    await sam.follow()
    assert sam.soup.select("h1")[0].get_text() == "Xanthe"
    assert [row["source"] for row in await Booking.select(Booking.source).order_by(Booking.id)] == [
        "web",
        "day",
    ]


async def test_one_person_an_undo_and_a_different_supporter(
    sam: PageClient, setting: Setting, door: str
) -> None:
    trio = await _book(setting, _trio())
    await sam.get(f"{door}/{trio.reference}")
    await sam.submit("form:has(#here-2)")
    await sam.follow()
    assert await _here() == [False, True, False]
    assert "1 of 3 here" in sam.words
    await sam.submit("form:has(#instead-3)")
    await sam.follow()
    assert "A different supporter" in sam.words
    assert await _here() == [False, True, True]
    await sam.submit("form:has(#undo-3)")
    await sam.follow()
    assert "Kath (supporter)" in sam.words
    await sam.submit("form.door-all")
    await sam.follow()
    assert await _here() == [True, True, True]
    await sam.submit("form:has(#undo-all)")
    await sam.follow()
    assert await _here() == [False, False, False]
    events = await BookingEvent.select(BookingEvent.what).where(
        BookingEvent.person_id.is_not_null()
    )
    assert [row["what"] for row in events] == [
        *("arrived", "arrived", "arrival undone", "arrived", "arrived"),
        *("arrival undone",) * 3,
    ]


async def test_a_press_on_an_old_page_changes_nothing_and_is_no_error(
    sam: PageClient, ada: PageClient, setting: Setting, door: str
) -> None:
    wren = await _book(setting, one_person("Wren"))
    for browser in (sam, ada):
        await browser.get(f"{door}/{wren.reference}")
    for browser in (sam, ada):
        await browser.submit("form.door-all")
        await browser.follow()
        assert "Here since" in browser.words
    assert await BookingEvent.count().where(BookingEvent.what == "arrived") == 1
    for wrong in ("0", "9", "x", "²", "99999999"):
        await sam.post(f"{door}/{wren.reference}/undo", {"person": wrong})
    assert await _here() == [True]


async def test_who_has_cancelled_is_shown_and_may_come_after_all(
    sam: PageClient, setting: Setting, door: str
) -> None:
    trio = await _book(setting, _trio())
    await write(_cancel_len)
    await sam.get(f"{door}/{trio.reference}")
    assert "Len has cancelled" in sam.words
    assert "Both are here" in sam.words
    await sam.submit("form:has(#back-2)")
    await sam.follow()
    assert await _here() == [False, True, False]
    assert await taken_of(setting.gathering) == 3


async def _cancel_len() -> None:
    await Person.update({Person.cancelled_at: datetime.now(UTC)}).where(Person.name == "Len")
    await Booking.update({Booking.places: 2, Booking.held: 2}).where(Booking.id > 0)
    await Gathering.update({Gathering.taken: 2}).where(Gathering.id > 0)


async def test_a_walk_in_needs_a_name_and_one_press(
    sam: PageClient, setting: Setting, door: str
) -> None:
    await sam.get(door)
    await sam.submit("#walk-in", status=422)
    assert "Enter their name" in sam.words
    await sam.submit("#walk-in", {"name": "Robin", "supporter": "yes"})
    token = sam.soup.select('#walk-in [name="token"]')[0]["value"]
    await sam.follow()
    assert "Both are here" in sam.words
    assert await taken_of(setting.gathering) == 2
    again = {"name": "Robin", "supporter": "yes", "token": str(token)}
    await sam.post(f"{door}/walk-in", again)
    assert await taken_of(setting.gathering) == 2


async def test_a_walk_in_by_mistake_is_taken_away(
    sam: PageClient, setting: Setting, door: str
) -> None:
    await sam.get(door)
    await sam.submit("#walk-in", {"name": "Robin"})
    await sam.follow()
    assert sam.soup.select("#remove") == []
    await sam.submit("form:has(#undo-1)")
    await sam.follow()
    await sam.submit("form:has(#remove)")
    assert await taken_of(setting.gathering) == 0
    wren = await _book(setting, one_person("Wren"))
    await sam.post(f"{door}/{wren.reference}/remove", status=409)
    assert await taken_of(setting.gathering) == 1


async def test_a_full_house_asks_before_it_takes_one_more(
    sam: PageClient, setting: Setting, door: str
) -> None:
    await write(_make_small, setting.gathering.id)
    await _book(setting, one_person("Wren"))
    waiting = await _book(setting, with_supporter("Zoë"))
    await sam.get(door)
    await sam.submit("#walk-in", {"name": "Robin"}, status=409)
    assert "The only place is taken. Let them in?" in sam.words
    assert await taken_of(setting.gathering) == 1
    await sam.submit("form.door-all")
    await sam.follow()
    assert "Robin" in sam.words
    assert await taken_of(setting.gathering) == 2
    await sam.get(f"{door}/{waiting.reference}")
    assert "They are on the waiting list" in sam.words
    await sam.submit("main form", status=409)
    await sam.submit("form.door-all")
    await sam.follow()
    assert "Both are here" in sam.words
    assert await taken_of(setting.gathering) == 4


async def _make_small(gathering_id: int) -> None:
    await Gathering.update({Gathering.capacity: 1}).where(Gathering.id == gathering_id)


async def test_only_organisers_see_how_to_reach_somebody_late(
    sam: PageClient, ada: PageClient, setting: Setting, door: str
) -> None:
    wren = await _book(setting, one_person("Wren"))
    await ada.get(f"{door}/{wren.reference}")
    assert "Phone call: 01632 960 002" in ada.words
    await sam.get(f"{door}/{wren.reference}")
    assert "960" not in sam.text
    assert "/bookings/" not in sam.text


async def test_the_code_leads_helpers_to_the_door_and_gives_them_no_cookie(
    sam: PageClient, ada: PageClient, setting: Setting, door: str
) -> None:
    wren = await _book(setting, one_person("Wren"))
    for browser in (sam, ada):
        for address in (f"/b/{wren.reference}", f"/b/{wren.reference}/{wren.secret}"):
            answer = await browser.get(address, status=303)
            assert answer.headers["location"] == f"{door}/{wren.reference}"
            assert "set-cookie" not in answer.headers
    await sam.get("/b/no-such-99", status=401)


async def test_the_code_leads_everybody_else_where_it_did(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    wren = await _book(setting, one_person("Wren"))
    for browser in (client, ben, dee):
        await browser.get(f"/b/{wren.reference}", status=401)
        await browser.get(f"/b/{wren.reference}/{wren.secret}", status=303)
        await browser.follow()
        assert "At the door: show this code" in browser.words
        assert f"{wren.reference}/{wren.secret}" in browser.text


async def test_an_organiser_who_wrote_a_booking_down_still_sees_its_receipt(
    ada: PageClient, setting: Setting, door: str
) -> None:
    wren = await _book(setting, one_person("Wren"))
    ada.set_cookie(f"booking-{wren.reference}", wren.secret)
    await ada.get(f"/b/{wren.reference}")
    assert f"{door}/{wren.reference}" in ada.text


async def test_strangers_facilitators_and_other_doors_see_and_do_nothing(
    client: PageClient,
    ben: PageClient,
    dee: PageClient,
    sam: PageClient,
    setting: Setting,
    door: str,
) -> None:
    wren = await _book(setting, one_person("Wren"))
    elsewhere = await make_gathering()
    other = await write(bookings.book, elsewhere.id, one_person("Zoë"))
    party = f"{door}/{wren.reference}"
    presses = [f"{party}/{verb}" for verb in ("here", "undo", "let-in", "remove")]
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in (door, party):
            await browser.get(address, status=status)
            assert "Wren" not in browser.text
        for address in (*presses, f"{door}/walk-in"):
            await browser.post(address, {"name": "Robin"}, status=status)
    await sam.get(f"/desk/g/{elsewhere.slug}/door", status=403)
    await sam.get(f"/desk/g/{elsewhere.slug}/door/{other.reference}", status=403)
    await sam.get(f"{door}/{other.reference}", status=404)
    await sam.get(f"/b/{other.reference}", status=401)
    for address in ("bookings", f"bookings/{wren.reference}", "needs", ""):
        await sam.get(f"/desk/g/{setting.gathering.slug}/{address}".rstrip("/"), status=403)
    assert await _here() == [False, False]
    assert await Booking.count() == 2


async def test_on_the_day_the_desk_leads_to_the_door(
    sam: PageClient, ben: PageClient, setting: Setting, door: str
) -> None:
    for browser in (sam, ben):
        await browser.get("/desk")
        assert "is today" not in browser.words
    await write(_bring_forward, setting.gathering.id)
    await sam.get("/desk")
    assert [link["href"] for link in sam.soup.select("a.button")] == [door]
    await ben.get("/desk")
    assert "is today" not in ben.words
    assert door not in ben.text


async def _bring_forward(gathering_id: int) -> None:
    now = datetime.now(UTC)
    await Gathering.update(
        {Gathering.starts_at: now, Gathering.ends_at: now + timedelta(hours=3)}
    ).where(Gathering.id == gathering_id)
