"""Moving, changing and cancelling a gathering: everybody who booked is told in their own way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from gatherings.bookings.bookings import Booked, book
from gatherings.bookings.tables import Booking
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from gatherings.planning import gatherings, venues
from gatherings.planning.lookup import gathering_of, rounds_of, venue_by_slug
from gatherings.planning.tables import Gathering, GatheringEvent
from sessions.board import offers, placing
from sessions.board.changes import EVERYTHING_SEEN
from sessions.board.view import board_view
from tests.booking_rows import one_person
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import new_key, unseal
from web.database import read, write
from web.words import local

HERE = "/desk/g/spring-gathering"
MOVED = ("gathering_moved", "gathering_changed", "gathering_cancelled")


async def letters() -> list[Letter]:
    return await Letter.objects().where(Letter.kind.is_in(list(MOVED))).order_by(Letter.id)


async def written() -> list[tuple[str, str, str, str]]:
    """Kind, way, state and whom it is about, of every letter of a change."""
    return [(one.kind, one.way, one.state, one.about) for one in await read(letters)]


async def texts() -> list[str]:
    return [str(unseal(one.sealed, bound_to(one.handle))["text"]) for one in await read(letters)]


@pytest.fixture
async def parties(setting: Setting) -> list[Booked]:
    """One party for each of three ways, and one that has cancelled."""
    made = []
    for name, way, detail in (
        ("Cal", "email", "cal@example.org"),
        ("Eve", "phone", "0161 496 0001"),
        ("Fay", "post", "2 Long Street\nLeeds"),
        ("Gus", "phone", "0161 496 0003"),
    ):
        party = replace(one_person(name), contact_way=way, contact_detail=detail)
        made.append(await book(setting.gathering.id, party))
    await write(cancelled, made[-1].reference)
    return made


async def cancelled(reference: str) -> None:
    await Booking.update({Booking.state: "cancelled", Booking.held: 0}).where(
        Booking.reference == reference
    )
    await Gathering.update({Gathering.taken: Gathering.taken - 1}).where(Gathering.taken > 0)


async def now(setting: Setting) -> Gathering:
    return await read(gathering_of, setting.gathering.id)


async def event_ids() -> list[int]:
    rows = await GatheringEvent.select(GatheringEvent.id).order_by(GatheringEvent.id)
    return [row["id"] for row in rows]


async def test_a_move_is_shown_first_and_then_told(
    ada: PageClient, client: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    before = await now(setting)
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", {"starts": "10:30", "ends": "16:30"})
    await ada.follow()
    assert "It has not moved yet" in ada.words
    assert "10:30am to 4:30pm" in ada.words
    for words in ("1 party by e-mail", "1 party by phone", "1 party by post"):
        assert words in ada.words
    assert (await now(setting)).to_dict() == before.to_dict()
    assert await written() == []
    await ada.submit(f"form[action='{HERE}/move']", {"words": "The hall opens later."})
    after = await now(setting)
    assert after.sequence == before.sequence + 1
    assert after.starts_at == before.starts_at + timedelta(minutes=30)
    event = (await read(event_ids))[-1]
    assert await written() == [
        ("gathering_moved", "email", "waiting", f"event:{event}"),
        ("gathering_moved", "phone", "by_hand", f"event:{event}"),
        ("gathering_moved", "post", "by_hand", f"event:{event}"),
    ]
    for text in await texts():
        assert "10am to 4pm, at Friends Meeting House." in text
        assert "The hall opens later." in text
    await ada.follow()
    assert "1 e-mail waits until e-mail is set up" in ada.words
    assert "Ring these people Eve 0161 496 0001 Not told yet" in ada.words
    assert "Write to these people Print the letters to post Fay 2 Long Street Leeds" in ada.words
    assert "Gus" not in ada.words
    entry = Calendar.from_ical((await client.get("/g/spring-gathering.ics")).content)
    assert [str(event["sequence"]) for event in entry.walk("VEVENT")] == [str(after.sequence)]


@pytest.mark.parametrize(("parts", "minutes"), [("along", 30), ("keep", 0)])
async def test_the_plan_of_the_day_moves_along_if_the_organiser_says_so(
    ada: PageClient, setting: Setting, parts: str, minutes: int
) -> None:
    before = await read(rounds_of, setting.gathering.id)
    at_nine = {"starts": "10:30" if parts == "along" else "9:00", "ends": "16:30"}
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", at_nine)
    await ada.follow()
    await ada.submit(f"form[action='{HERE}/move']", {"parts": parts})
    after = await read(rounds_of, setting.gathering.id)
    by = timedelta(minutes=minutes)
    assert [p.starts_at for p in after] == [p.starts_at + by for p in before]
    assert [p.ends_at for p in after] == [p.ends_at + by for p in before]


async def test_a_plan_that_does_not_fit_is_said_and_nothing_moves(
    ada: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    before = await now(setting)
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", {"ends": "15:30"})
    await ada.follow()
    await ada.submit(f"form[action='{HERE}/move']", status=422)
    assert "The day plan ends later, at 4pm. Change the plan of the day first" in ada.words
    assert (await now(setting)).to_dict() == before.to_dict()
    assert await written() == []


async def test_a_move_that_somebody_else_overtook_is_asked_again(
    ada: PageClient, setting: Setting
) -> None:
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", {"starts": "9:00"})
    await ada.follow()
    old = setting.gathering
    about = gatherings.About("New name", old.about, old.starts_at, old.ends_at)
    await write(gatherings.change_about, setting.viewer, old.id, about, old.venue)
    await ada.submit(f"form[action='{HERE}/move']", status=422)
    assert "Somebody else changed it meanwhile" in ada.words
    await ada.submit(f"form[action='{HERE}/move']", {"parts": "keep"})
    after = await now(setting)
    assert (after.name, after.starts_at.hour) == ("New name", 9)


async def test_a_second_press_tells_nobody_twice(
    ada: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", {"starts": "10:30", "ends": "16:30"})
    await ada.follow()
    first = await ada.submit(f"form[action='{HERE}/move']")
    second = await ada.submit(f"form[action='{HERE}/move']")
    assert first.headers["location"] == second.headers["location"]
    assert len(await written()) == 3
    await ada.get(HERE)
    assert ada.soup.select_one(f'a[href="{first.headers["location"]}"]') is not None
    assert (await now(setting)).sequence == setting.gathering.sequence + 1


async def test_words_are_told_only_if_the_organiser_says_so(
    ada: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    for form, changes, said in (
        ("about", {"name": "Summer gathering"}, "It is now called Summer gathering."),
        ("places", {"cost": "5"}, "It now costs £5 for each person."),
    ):
        await ada.get(f"{HERE}/{form}")
        await ada.submit(f"form[action='{HERE}/{form}']", changes)
        assert await written() == []
        await ada.get(f"{HERE}/{form}")
        again = {name: f"{value}0" for name, value in changes.items()}
        await ada.submit(f"form[action='{HERE}/{form}']", {**again, "tell": "yes"})
        await ada.follow()
        assert "Ring these people Eve" in ada.words
        assert said[:-1].replace("£5 for each person", "£50") in (await texts())[0]
        await write(forget_letters)
    assert (await now(setting)).sequence == setting.gathering.sequence


async def forget_letters() -> None:
    await Letter.delete(force=True)


async def test_a_draft_moves_without_another_page(ada: PageClient, setting: Setting) -> None:
    await write(as_draft, setting.gathering.id)
    await ada.get(f"{HERE}/about")
    answer = await ada.submit(f"form[action='{HERE}/about']", {"starts": "9:00"})
    assert answer.headers["location"] == HERE
    assert (await now(setting)).starts_at.hour == 9


async def as_draft(gathering_id: int) -> None:
    await Gathering.update({Gathering.state: "draft"}).where(Gathering.id == gathering_id)


async def test_cancelling_tells_everybody_once(
    ada: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    await ada.get(f"{HERE}/cancel")
    assert "1 party by post" in ada.words
    await ada.submit("form[action$=cancel]", {"words": "x" * 501}, status=422)
    await ada.submit("form[action$=cancel]", {"words": "We will meet in June."})
    await ada.follow()
    assert "Ring these people Eve" in ada.words
    await ada.post(f"{HERE}/cancel")
    assert [(kind, state) for kind, _, state, _ in await written()] == [
        ("gathering_cancelled", "waiting"),
        ("gathering_cancelled", "by_hand"),
        ("gathering_cancelled", "by_hand"),
    ]
    assert all("We will meet in June." in text for text in await texts())


async def test_what_was_not_told_before_it_is_called_off_is_not_told_any_more(
    setting: Setting, parties: list[Booked]
) -> None:
    old = setting.gathering
    later = old.starts_at + timedelta(days=7), old.ends_at + timedelta(days=7)
    about = gatherings.About(old.name, old.about, *later)
    await write(gatherings.change_about, setting.viewer, old.id, about, old.venue)
    await write(gatherings.cancel, setting.viewer, old.id)
    states = [(kind, state) for kind, _, state, _ in await written()]
    assert states[:3] == [("gathering_moved", "dropped")] * 3
    assert [kind for kind, _ in states[3:]] == ["gathering_cancelled"] * 3


async def test_what_is_over_is_told_to_nobody(setting: Setting, parties: list[Booked]) -> None:
    after = setting.gathering.ends_at + timedelta(days=1)
    await write(gatherings.cancel, setting.viewer, setting.gathering.id, at=after)
    assert await written() == []


async def test_a_draft_called_off_has_nobody_to_tell(ada: PageClient, setting: Setting) -> None:
    await write(as_draft, setting.gathering.id)
    await ada.get(f"{HERE}/cancel")
    assert "Nobody has booked" in ada.words
    answer = await ada.submit("form[action$=cancel]")
    assert answer.headers["location"] == HERE


async def test_a_move_to_two_days_all_day(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    await write(empty_plan, setting.gathering.id)
    year = datetime.now(UTC).year + 1
    days = {"on_day": "6", "on_month": "3", "on_year": str(year)}
    days |= {"last_day": "7", "last_month": "3", "last_year": str(year)}
    await ada.get(f"{HERE}/about")
    typed = {**days, "all_day": "yes", "starts": "", "ends": ""}
    await ada.submit(f"form[action='{HERE}/about']", typed)
    await ada.follow()
    await ada.submit(f"form[action='{HERE}/move']")
    moved = await now(setting)
    first, last = datetime(year, 3, 6, tzinfo=UTC), datetime(year, 3, 8, tzinfo=UTC)
    assert (moved.starts_at, moved.ends_at, moved.all_day) == (first, last, True)
    said = f"{first:%A} 6 to {last - timedelta(days=1):%A} 7 March {year}"
    await client.get("/g/spring-gathering")
    assert said in client.words
    assert "midnight" not in client.words
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']")
    assert (await now(setting)).to_dict() == moved.to_dict()


@pytest.mark.parametrize(
    ("all_day", "hours", "first", "last"),
    [
        ("", ("9:30", "15:00"), "09:30", "15:00"),
        ("yes", ("", ""), "10:00", "16:00"),
        ("", ("14:00", "12:00"), "14:00", "12:00"),
    ],
)
async def test_the_plan_of_two_days(
    ada: PageClient,
    client: PageClient,
    setting: Setting,
    all_day: str,
    hours: tuple[str, str],
    first: str,
    last: str,
) -> None:
    await write(empty_plan, setting.gathering.id)
    year = datetime.now(UTC).year + 1
    days = {"on_day": "26", "on_month": "6", "on_year": str(year)}
    days |= {"last_day": "27", "last_month": "6", "last_year": str(year)}
    await ada.get(f"{HERE}/about")
    typed = {**days, "all_day": all_day or None, "starts": hours[0], "ends": hours[1]}
    await ada.submit(f"form[action='{HERE}/about']", typed)
    await ada.follow()
    await ada.submit(f"form[action='{HERE}/move']")
    await ada.get(f"{HERE}/plan")
    await ada.submit("form[action$=usual]")
    parts = await read(rounds_of, setting.gathering.id)
    zone = setting.gathering.zone
    here = [(local(p.starts_at, zone), local(p.ends_at, zone)) for p in parts]
    assert {starts.day for starts, _ in here} == {26, 27}
    assert f"{here[0][0]:%d %H:%M}" == f"26 {first}"
    assert f"{here[-1][1]:%d %H:%M}" == f"27 {last}"
    assert all(starts.date() == ends.date() for starts, ends in here)
    await ada.get(f"{HERE}/plan")
    evening = {"name": "Songs", "kind": "fixed", "day": f"{year}-06-26"}
    evening |= {"starts": "18:00", "ends": "19:00"}
    await ada.submit(f"form[action='{HERE}/plan']", evening)
    await client.get("/g/spring-gathering")
    assert f"{here[0][0]:%A}, 6pm to 7pm" in client.words
    view = await read(board_view, setting.gathering.id)
    names = [one.name for one in view.rounds if one.name.startswith("Opening circle")]
    assert names == [f"Opening circle, {day:%A}" for day in (here[0][0], here[-1][0])]
    songs = next(p for p in await read(rounds_of, setting.gathering.id) if p.name == "Songs")
    await ada.get(f"{HERE}/plan/{songs.number}")
    await ada.submit(f"form[action='{HERE}/plan/{songs.number}']")
    again = await read(rounds_of, setting.gathering.id)
    assert [p.starts_at for p in again if p.name == "Songs"] == [songs.starts_at]


async def empty_plan(gathering_id: int) -> None:
    for part in await rounds_of(gathering_id):
        await part.remove()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"last_day": "1", "last_month": "1", "last_year": "2020"}, "last", "not before the first"),
        ({"last_day": "31", "last_month": "12", "last_year": "2099"}, "last", "within 14 days"),
        ({"last_day": "31", "last_month": "2", "last_year": "2099"}, "last", "as a real date"),
        ({"last_day": "3"}, "last", "as a real date"),
    ],
)
async def test_a_wrong_last_day_is_told_beside_the_field(
    ada: PageClient, setting: Setting, typed: dict[str, str], field: str, words: str
) -> None:
    await ada.get(f"{HERE}/about")
    await ada.submit(f"form[action='{HERE}/about']", typed, status=422)
    problem = ada.soup.select_one(f"#{field}-error")
    assert problem is not None
    assert words in problem.get_text()


async def test_another_venue_lets_sessions_wait_for_new_rooms(
    client: PageClient, setting: Setting
) -> None:
    gathering = setting.gathering
    words = ("Growing older", "", "Ben")
    await write(offers.offer, gathering.id, None, *words, new_key())
    view = await read(board_view, gathering.id)
    spot = view.open_rounds[0].id, view.rooms[0].id
    await write(placing.place, gathering.id, 1, *spot, EVERYTHING_SEEN, setting.team.ben)
    await write(venues.add_venue, gathering.series, "Town hall", "Leeds")
    await write(to_the_town_hall, setting)
    assert [s.spot for s in (await read(board_view, gathering.id)).sessions] == [None]
    await client.get("/g/spring-gathering/board")


async def to_the_town_hall(setting: Setting) -> None:
    hall = await venue_by_slug("town-hall")
    old = setting.gathering
    about = gatherings.About(old.name, old.about, old.starts_at, old.ends_at)
    await gatherings.change_about(setting.viewer, old.id, about, hall.id)


async def test_a_stranger_moves_and_sees_nothing(
    client: PageClient, dee: PageClient, ben: PageClient, setting: Setting, parties: list[Booked]
) -> None:
    event = await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        await browser.get(f"{HERE}/told/{event}", status=status)
        await browser.get(f"{HERE}/move?starts=9", status=status)
        await browser.post(f"{HERE}/move", status=status)
        await browser.post(f"{HERE}/cancel", status=status)


async def test_the_event_of_another_gathering_is_not_shown_here(
    ada: PageClient, setting: Setting
) -> None:
    await ada.get(f"{HERE}/told/9999", status=404)
    await ada.get(f"{HERE}/move?starts=nonsense", status=303)
