"""Breaks, time to walk and fixed points: what the plan of a day owes to those who come."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.access.needs import NeedAnswer
from gatherings.access.schedule_needs import DayNeeds, asked_of_plan, needs_of_day, sitting_too_long
from gatherings.access.tables import Need
from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import Person
from gatherings.planning import day_plan
from gatherings.planning.copying import copy_gathering
from gatherings.planning.gathering_words import first_day
from gatherings.planning.lookup import gathering_by_slug, rounds_of
from gatherings.planning.papers import papers_went
from gatherings.planning.pauses import Span, minutes_to_walk, without_break
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering, GatheringEvent, Room, RoomFeature, Round
from gatherings.planning.walking import leave_time_to_walk
from tests.builders import Setting
from tests.need_rows import booked
from tests.page_checks import PageClient
from web.database import read, write
from web.words import clock, day

DAY = datetime(2027, 3, 2, tzinfo=UTC)
PLAN = "/desk/g/spring-gathering/plan"
HOURLY = NeedAnswer("calm.breaks", "Velvetwords of mine", "helps")
DOG = NeedAnswer("move.dog", "Velvetwords of mine", "must")


def spans(*parts: str) -> list[Span]:
    """Parts such as "10:00 10:45", and "11:00 11:15 break"."""
    found = []
    for part in parts:
        starts, ends, *kind = part.split()
        found.append(Span(_at(starts), _at(ends), kind == ["break"]))
    return found


def _at(time: str) -> datetime:
    hours, minutes = map(int, time.split(":"))
    return DAY + timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("parts", "most", "long"),
    [
        (["10:00 11:00"], 60, []),
        (["10:00 11:01"], 60, ["10:00 11:01"]),
        (["10:00 10:45", "10:50 11:35"], 60, ["10:00 11:35"]),
        (["10:00 10:45", "10:55 11:35"], 60, []),
        (["10:00 10:45", "10:45 10:50 break", "10:50 11:35"], 60, []),
        (["11:00 12:00", "10:00 11:00"], 120, []),
        (
            ["10:00 11:00", "11:00 12:30", "12:30 13:30 break", "13:30 14:45"],
            60,
            ["10:00 12:30", "13:30 14:45"],
        ),
    ],
)
def test_stretches_without_a_break(parts: list[str], most: int, long: list[str]) -> None:
    assert without_break(spans(*parts), most) == spans(*long)


@pytest.mark.parametrize(("minutes", "walk"), [(0, 0), (5, 5), (20, 20), (21, 0), (-5, 0)])
def test_a_few_minutes_between_two_parts_are_to_walk(minutes: int, walk: int) -> None:
    assert minutes_to_walk(DAY, DAY + timedelta(minutes=minutes)) == walk


def test_the_shortest_need_counts_and_nobody_is_counted() -> None:
    day = spans("10:00 12:30")
    hourly = ["From 10am to 12:30pm there is no break. Some people need one every hour."]
    assert sitting_too_long(day, {"break_120", "break_60", "papers_7"}, "UTC") == hourly
    assert sitting_too_long(day, {"break_120"}, "UTC") == [
        "From 10am to 12:30pm there is no break. Some people need one every two hours."
    ]
    assert sitting_too_long(day, {"papers_7"}, "UTC") == []


async def test_only_those_who_come_and_agreed_ask_anything_of_the_plan(setting: Setting) -> None:
    here = setting.gathering.id
    await booked(here, HOURLY, consent="no")
    gone = await booked(here, DOG)
    assert (await read(needs_of_day, here)).rules == {"break_120"}
    now = datetime.now(UTC)
    await Person.update({Person.cancelled_at: now}, force=True).where(Person.booking == gone)
    assert await read(needs_of_day, here) == DayNeeds()
    assert await read(asked_of_plan, here) == []


async def test_the_plan_says_what_is_missing_until_it_is_there(setting: Setting) -> None:
    here = setting.gathering.id
    for code in ("food.time", "travel.early", "travel.meet", "travel.online", "calm.quiet_room"):
        await booked(here, NeedAnswer(code, "Velvetwords", "must"))
    await booked(here, NeedAnswer("info.before"))
    assert [words.split(".")[0] for words in await read(asked_of_plan, here)] == [
        "Somebody meets people when they arrive",
        "Some people come early to look round",
        "Some people join online",
        "Some people need a quiet room",
        "Some people need the plan and the papers first",
    ]
    await Round.update({Round.point: "arrive"}).where(Round.gathering == here, Round.number == 1)
    await Round.update({Round.point: "early"}).where(Round.gathering == here, Round.number == 2)
    await Round.update({Round.point: "online"}).where(Round.gathering == here, Round.number == 3)
    room = await Room.objects().where(Room.venue == setting.gathering.venue).first()
    assert room is not None
    await Room.update({Room.for_sessions: False}).where(Room.id == room.id)
    await RoomFeature(room=room.id, code="quiet_room", value="yes").save()
    assert await read(asked_of_plan, here, setting.gathering.starts_at) == []


async def test_late_papers_are_asked_for_until_the_day(setting: Setting) -> None:
    here, starts = setting.gathering.id, setting.gathering.starts_at
    await booked(here, NeedAnswer("info.before"))
    due = day(starts - timedelta(days=7), setting.gathering.zone)
    first = "Some people need the plan and the papers first."
    late = f"{first} They were due on {due}. Send them now, and ring those who need them."
    for before, words in (
        (timedelta(days=7), [f"{first} Send them by {due}."]),
        (timedelta(days=6), [late]),
        (timedelta(minutes=1), [late]),
        (timedelta(0), []),
    ):
        assert await read(asked_of_plan, here, starts - before) == words
    await write(called_off, here)
    assert await read(asked_of_plan, here, starts - timedelta(days=6)) == []


async def called_off(gathering_id: int) -> None:
    await Gathering.update({Gathering.state: "cancelled"}).where(Gathering.id == gathering_id)


async def test_papers_that_went_are_asked_for_again_by_who_comes_later(setting: Setting) -> None:
    here = setting.gathering.id
    first = await booked(here, NeedAnswer("info.before"))
    await write(papers_went, setting.viewer, here)
    assert await read(asked_of_plan, here) == []
    on = day(datetime.now(UTC), setting.gathering.zone)
    more = [
        f"The plan and the papers went on {on}. More people need them since then. "
        "Send them to those, too."
    ]
    await booked(here, HOURLY)
    assert more[0] not in await read(asked_of_plan, here)
    await Need.delete(force=True).where(Need.person != await person_of(first))
    await write(note, first, "accepted", None, datetime.now(UTC))
    assert await read(asked_of_plan, here) == more
    await write(papers_went, setting.viewer, here)
    assert await read(asked_of_plan, here) == []
    await booked(here, NeedAnswer("see.electronic"))
    assert await read(asked_of_plan, here) == more


async def person_of(booking: int) -> int:
    person = await Person.objects().get(Person.booking == booking)
    assert person is not None
    return int(person.id)


async def test_the_organiser_says_that_papers_went_and_takes_it_back(
    ada: PageClient, ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await booked(setting.gathering.id, NeedAnswer("info.before"))
    asks = "Some people need the plan and the papers first."
    await ada.get(PLAN)
    assert asks in ada.words
    await ada.submit("form[action$=papers-went]")
    await ada.follow()
    on = day(datetime.now(UTC), setting.gathering.zone)
    assert f"They went to those who need them on {on}." in ada.words
    assert asks not in ada.words
    later = first_day(setting.gathering) + timedelta(weeks=13)
    copy = await write(copy_gathering, setting.viewer, setting.gathering.id, "Summer", later)
    assert (await read(gathering_by_slug, copy)).papers_sent_at is None
    for other, status in ((client, 401), (ben, 403)):
        for word in ("went", "did-not-go"):
            await other.post(f"{PLAN}/papers-{word}", status=status)
    for _ in range(2):
        await ada.post(f"{PLAN}/papers-did-not-go")
    await ada.get(PLAN)
    assert asks in ada.words
    assert await read(history) == ["papers sent", "papers not sent"]


async def history() -> list[str]:
    rows = await GatheringEvent.select(GatheringEvent.what).order_by(GatheringEvent.id)
    return [row["what"] for row in rows if row["what"].startswith("papers")]


async def test_a_usual_lunch_is_counted_on_and_goes_along_into_a_copy(setting: Setting) -> None:
    later = first_day(setting.gathering) + timedelta(weeks=13)
    slug = await write(copy_gathering, setting.viewer, setting.gathering.id, "Summer", later)
    copy = await read(gathering_by_slug, slug)
    for gathering in (setting.gathering, copy):
        parts = await read(rounds_of, gathering.id)
        assert [part.name for part in parts if part.point == "meal"] == ["Lunch"]


async def in_a_row(setting: Setting) -> list[Round]:
    """A plan of an opening, two rounds, a break and another round, without time between."""
    here, starts = setting.gathering.id, setting.gathering.starts_at
    await Round.delete(force=True)
    kinds = ("fixed", "open_space", "open_space", "break", "open_space")
    for number, kind in enumerate(kinds):
        begins, ends = (starts + timedelta(minutes=45 * (number + at)) for at in (0, 1))
        words = day_plan.RoundWords(f"Part {number + 1}", kind, begins, ends)
        await write(day_plan.add_round, setting.viewer, here, words)
    return await read(rounds_of, here)


async def lengths(setting: Setting) -> list[int]:
    parts = await read(rounds_of, setting.gathering.id)
    return [int((part.ends_at - part.starts_at).total_seconds() // 60) for part in parts]


async def test_parts_end_earlier_so_that_people_can_walk(setting: Setting) -> None:
    before = [part.starts_at for part in await in_a_row(setting)]
    here, walk = setting.gathering.id, leave_time_to_walk
    for _ in range(2):
        await write(walk, setting.viewer, here, 5)
        assert await lengths(setting) == [40, 40, 45, 45, 45]
    await write(walk, setting.viewer, here, 10)
    assert await lengths(setting) == [35, 35, 45, 45, 45]
    await write(walk, setting.viewer, here, 0)
    assert await lengths(setting) == [45] * 5
    assert [part.starts_at for part in await read(rounds_of, here)] == before
    first = (await read(rounds_of, here))[0]
    late = first.starts_at + timedelta(minutes=31)
    await Round.update({Round.starts_at: late}).where(Round.id == first.id)
    with pytest.raises(Refused, match="Part 1 would be shorter than 10 minutes"):
        await write(walk, setting.viewer, here, 5)
    assert await lengths(setting) == [14, 45, 45, 45, 45]


async def test_through_the_pages(ada: PageClient, ben: PageClient, setting: Setting) -> None:
    parts, zone = await in_a_row(setting), setting.gathering.zone
    await booked(setting.gathering.id, HOURLY)
    await ada.get("/desk/g/spring-gathering")
    assert "5 parts; look at what people need of it" in ada.words
    await ada.get(PLAN)
    long = f"From {clock(parts[0].starts_at, zone)} to {clock(parts[2].ends_at, zone)}"
    assert f"{long} there is no break. Some people need one every hour." in ada.words
    assert "Velvetwords" not in ada.words
    await ada.submit("form[action$=walking]", {"minutes": "21"}, status=422)
    assert ada.one("[name=kind][checked]")["value"] == "open_space"
    assert "Minutes to walk" in ada.words
    await ada.submit("form[action$=walking]", {"minutes": "5"})
    await ada.follow()
    assert ada.words.count("5 minutes to walk") == 2
    await ada.get(f"{PLAN}/4")
    await ada.submit("main form", {"point": "meal"}, button="keep")
    await ada.follow()
    assert "People count on this meal." in ada.words
    await ben.get("/g/spring-gathering/arrange")
    assert "there is no break. Some people need one every hour." in ben.one("#watch-sitting").text
    await ben.get("/g/spring-gathering")
    assert ben.words.count("5 minutes to walk") == 2
    assert "no break" not in ben.words


async def test_phones_say_how_long_there_is_to_walk(client: PageClient, setting: Setting) -> None:
    await in_a_row(setting)
    await write(leave_time_to_walk, setting.viewer, setting.gathering.id, 5)
    await booked(setting.gathering.id, HOURLY)
    await client.get("/g/spring-gathering/board")
    assert client.words.count("Then 5 minutes to walk.") == 1
    assert "no break" not in client.words
    await client.post(f"{PLAN}/walking", {"minutes": "0"}, status=401)
    assert await lengths(setting) == [40, 40, 45, 45, 45]
