"""Planning the next gathering like this one: every date at the same distance from the start."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from gatherings.bookings.bookings import book
from gatherings.bookings.tables import Booking, BookingQuestion
from gatherings.planning import day_plan, gatherings
from gatherings.planning.copying import copy_gathering, usual_next
from gatherings.planning.lookup import gathering_by_slug, rounds_of
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write
from web.words import day_of, local, moment_of

HERE = "/desk/g/spring-gathering"
YEAR = datetime.now(UTC).year + 1
WINTER, SUMMER = date(YEAR, 1, 16), date(YEAR, 6, 19)
SPRING = max(d for d in (date(YEAR, 3, n) for n in range(25, 32)) if d.weekday() == 6)
ZONE = "Europe/London"
NEW = (
    *("id", "slug", "uid", "sequence", "state", "taken", "copied_from", "created_at", "changed_at"),
    *("recorded", "recorded_words"),
)


async def in_winter(gathering_id: int) -> None:
    """The gathering on a day of winter, with its plan and an own question."""
    starts_at = moment_of(WINTER, time(10), ZONE)
    old = await gathering_by_slug("spring-gathering")
    about = gatherings.About(old.name, old.about, starts_at, starts_at + timedelta(hours=6))
    await day_plan.move_with_the_day(old, about.starts_at, about.ends_at, ZONE)
    await Gathering.update(
        {
            Gathering.starts_at: about.starts_at,
            Gathering.ends_at: about.ends_at,
            Gathering.cost_pence: 500,
            Gathering.remind_3: False,
            Gathering.fill_stops_days: 5,
            Gathering.supporters_count: False,
        }
    ).where(Gathering.id == gathering_id)
    for asks, removed in (("What do you eat?", None), ("Old question", datetime.now(UTC))):
        await BookingQuestion(
            gathering=gathering_id,
            position=1,
            kind="one",
            asks=asks,
            why="For the kitchen.",
            choices="Meat\nVegan",
            each_person=True,
            audience="kitchen",
            forget_on=WINTER + timedelta(days=28),
            removed_at=removed,
        ).save()


@pytest.fixture
async def winter(setting: Setting) -> Gathering:
    await write(in_winter, setting.gathering.id)
    return await read(gathering_by_slug, "spring-gathering")


async def copied(setting: Setting, on: date, name: str = "Summer gathering") -> Gathering:
    slug = await write(copy_gathering, setting.viewer, setting.gathering.id, name, on)
    return await read(gathering_by_slug, slug)


async def test_everything_keeps_its_clock_times_across_the_change_of_clocks(
    setting: Setting, winter: Gathering
) -> None:
    new = await copied(setting, SUMMER)
    assert local(new.starts_at, ZONE).isoformat() == f"{SUMMER}T10:00:00+01:00"
    assert local(new.ends_at, ZONE).isoformat() == f"{SUMMER}T16:00:00+01:00"
    before, after = await read(rounds_of, winter.id), await read(rounds_of, new.id)
    assert len(after) == len(before) > 5
    for old_part, part in zip(before, after, strict=True):
        assert (part.name, part.kind, part.number) == (
            old_part.name,
            old_part.kind,
            old_part.number,
        )
        for moment, was in (
            (part.starts_at, old_part.starts_at),
            (part.ends_at, old_part.ends_at),
        ):
            here, there = local(moment, ZONE), local(was, ZONE)
            assert (here.date(), here.time()) == (SUMMER, there.time())


async def test_what_is_taken_along_and_what_is_new(setting: Setting, winter: Gathering) -> None:
    await book(winter.id, one_person())
    new = await copied(setting, SUMMER)
    again = await read(gathering_by_slug, "spring-gathering")
    same = {name: value for name, value in again.to_dict().items() if name not in NEW}
    moved = {"name": new.name, "starts_at": new.starts_at, "ends_at": new.ends_at}
    assert {n: v for n, v in new.to_dict().items() if n not in NEW} == same | moved
    assert (new.state, new.sequence, new.taken, new.copied_from) == ("draft", 0, 0, winter.id)
    assert (new.slug, new.uid == winter.uid) == ("summer-gathering", False)
    assert await read(bookings_in, new.id) == 0
    assert await read(asked_in, new.id) == [
        ("What do you eat?", "Meat\nVegan", True, "kitchen", SUMMER + timedelta(days=28))
    ]


async def bookings_in(gathering_id: int) -> int:
    many: int = await Booking.count().where(Booking.gathering == gathering_id)
    return many


async def asked_in(gathering_id: int) -> list[tuple[str, str, bool, str, date]]:
    found = await BookingQuestion.objects().where(BookingQuestion.gathering == gathering_id)
    return [(q.asks, q.choices, q.each_person, q.audience, q.forget_on) for q in found]


async def test_a_second_press_makes_no_second_copy(setting: Setting, winter: Gathering) -> None:
    first, second = await copied(setting, SUMMER), await copied(setting, SUMMER)
    assert first.id == second.id
    assert (await copied(setting, SUMMER + timedelta(days=7))).slug == "summer-gathering-2"


async def test_a_cancelled_gathering_can_be_planned_again(
    setting: Setting, winter: Gathering
) -> None:
    await write(gatherings.cancel, setting.viewer, winter.id)
    assert (await copied(setting, SUMMER)).state == "draft"


async def test_two_days_stay_two_days(setting: Setting, winter: Gathering) -> None:
    await write(two_days_all_day, winter.id)
    new = await copied(setting, SPRING - timedelta(days=1))
    midnight = datetime.combine(SPRING, time(), UTC)
    assert (new.starts_at, new.ends_at, new.all_day) == (
        midnight - timedelta(days=1),
        midnight + timedelta(hours=23),
        True,
    )


async def two_days_all_day(gathering_id: int) -> None:
    first = datetime.combine(WINTER, time(), UTC)
    await Gathering.update(
        {
            Gathering.all_day: True,
            Gathering.starts_at: first,
            Gathering.ends_at: first + timedelta(days=2),
        }
    ).where(Gathering.id == gathering_id)


async def test_a_plan_in_the_hour_that_clocks_leave_out_is_refused(
    setting: Setting, winter: Gathering
) -> None:
    await write(by_night, winter.id)
    with pytest.raises(Refused) as refused:
        await copied(setting, SPRING)
    assert refused.value.field == "on"
    assert len(await read(every_gathering)) == 1


async def by_night(gathering_id: int) -> None:
    starts = datetime.combine(WINTER, time(1, 15), UTC)
    ends = starts + timedelta(minutes=45)
    await Gathering.update({Gathering.starts_at: starts, Gathering.ends_at: ends}).where(
        Gathering.id == gathering_id
    )


async def every_gathering() -> list[Gathering]:
    return await Gathering.objects()


@pytest.mark.parametrize(
    ("days_after", "weeks_later"), [(-15, 13), (91, 13), (92, 14), (98, 14), (700, 100)]
)
async def test_we_suggest_a_quarter_later_on_the_same_day_of_the_week(
    winter: Gathering, days_after: int, weeks_later: int
) -> None:
    today = WINTER + timedelta(days=days_after)
    assert usual_next(winter, today) == WINTER + timedelta(weeks=weeks_later)


def both(days: int) -> tuple[str, str]:
    """The day so far from the old and from the new gathering."""
    return day_of(WINTER + timedelta(days=days)), day_of(SUMMER + timedelta(days=days))


async def test_through_the_pages(ada: PageClient, setting: Setting, winter: Gathering) -> None:
    await ada.get(HERE)
    await ada.get(f"{HERE}/copy")
    wrong = {"name": "", "on_day": "30", "on_month": "2", "on_year": str(YEAR)}
    await ada.submit("form[action$=copy]", wrong, status=422)
    past = {"on_day": "1", "on_month": "2", "on_year": "2020"}
    await ada.submit("form[action$=copy]", {"name": "Summer gathering", **past}, status=422)
    day = {"on_day": "19", "on_month": "6", "on_year": str(YEAR)}
    await ada.submit("form[action$=copy]", {"name": "Summer gathering", **day})
    await ada.follow()
    for what, was, then in (
        ("When", f"{day_of(WINTER)}, 10am to 4pm", f"{day_of(SUMMER)}, 10am to 4pm"),
        ("Reminder, 14 days before", *both(-14)),
        ("Reminder, on the morning", *both(0)),
        ("Free places go by themselves until", *both(-5)),
        ("Answers to “What do you eat?” go on", *both(28)),
    ):
        assert f"{what}Before {was}Now {then}" in ada.words
    assert "No booking was taken along" in ada.words
    assert "Reminder, 3 days before" not in ada.words
    for link in ada.soup.select("main td a"):
        await ada.get(str(link["href"]))
    await ada.get("/desk/g/summer-gathering")
    assert ada.soup.select_one('a[href="/desk/g/summer-gathering/copied"]') is not None
    await ada.get(f"{HERE}/copied", status=404)


async def test_a_stranger_copies_nothing(
    client: PageClient, dee: PageClient, ben: PageClient, setting: Setting
) -> None:
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        for path in (f"{HERE}/copy", f"{HERE}/copied"):
            await browser.get(path, status=status)
        await browser.post(f"{HERE}/copy", {"name": "Mine"}, status=status)
    assert len(await read(every_gathering)) == 1
