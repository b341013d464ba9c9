"""The rules of planning: series, venues, rooms, gatherings and the day plan."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatherings.people.roles import Viewer, viewer_of_account
from gatherings.people.sign_in import open_account
from gatherings.planning import day_plan, gatherings, rooms, series, venues
from gatherings.planning.lookup import (
    facts_of,
    features_of,
    gathering_by_slug,
    rooms_of,
    rounds_of,
    series_by_slug,
    venue_by_slug,
)
from gatherings.planning.refusals import Refused, Stale, seen_of
from gatherings.planning.tables import Gathering, GatheringEvent, Series
from gatherings.planning.usual_day import usual_day
from gatherings.planning.venues import Checked, Said
from web.database import read, write
from web.problems import NotAllowed

START = datetime(2027, 2, 4, 10, tzinfo=UTC)
END = datetime(2027, 2, 4, 16, tzinfo=UTC)
ABOUT = gatherings.About("Spring gathering", "What we plan", START, END)
TERMS = gatherings.Terms(capacity=120, contact_phone="01234 567890", postal_address="The Hall")


@pytest.fixture
async def ada(db: object) -> Viewer:
    account = await write(open_account, "ada@example.org", "Ada", starts_series=True)
    return await viewer(account)


async def viewer(account_id: int) -> Viewer:
    found = await read(viewer_of_account, account_id)
    assert found is not None
    return found


async def planned(ada: Viewer) -> Gathering:
    """A draft with a venue."""
    series_slug = await write(series.start_series, ada, "Changing the story", "")
    ours = await read(series_by_slug, series_slug)
    venue_slug = await write(venues.add_venue, ours.id, "Meeting House", "6 Mount Street", "")
    venue = await read(venue_by_slug, venue_slug)
    slug = await write(gatherings.plan_gathering, ada, ours.id, ABOUT, venue.id)
    return await read(gathering_by_slug, slug)


def at(hour: int, minute: int = 0) -> datetime:
    return START.replace(hour=hour, minute=minute)


async def test_starting_a_series_makes_its_starter_an_organiser(ada: Viewer) -> None:
    slug = await write(series.start_series, ada, "Social Care Future 2020", "About it")
    ours = await read(series_by_slug, slug)
    assert (slug, ours.name) == ("social-care-future-2020", "Social Care Future 2020")
    assert (await viewer(ada.account_id)).may(ours.id, "organiser")


async def test_a_second_press_finds_the_same_series(ada: Viewer) -> None:
    first = await write(series.start_series, ada, "Ours", "")
    assert await write(series.start_series, ada, "Ours", "") == first
    assert await read(count_series) == 1


async def count_series() -> int:
    count: int = await Series.count()
    return count


async def test_only_some_people_may_start_series(db: object) -> None:
    dee = await viewer(await write(open_account, "dee@example.org", "Dee"))
    with pytest.raises(NotAllowed):
        await write(series.start_series, dee, "Mine", "")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Café & Croeso", "cafe-and-croeso"),
        ("People’s Assembly", "peoples-assembly"),
        ("x" * 100, "x" * 48),
        ("one two " * 14, "one-two-one-two-one-two-one-two-one-two-one-two"),
        ("../../etc/passwd.ics", "etc-passwd-ics"),
    ],
)
async def test_addresses_are_made_from_names(ada: Viewer, name: str, slug: str) -> None:
    assert await write(series.start_series, ada, name, "") == slug


@pytest.mark.parametrize("name", ["🎉🎉🎉", "لقاء الربيع", "聚会"])
async def test_a_name_in_another_script_gets_an_address(ada: Viewer, name: str) -> None:
    slug = await write(series.start_series, ada, name, "")
    assert slug.isascii()
    assert len(slug) > 4
    assert (await read(series_by_slug, slug)).name == name


async def test_two_of_the_same_name_get_two_addresses(ada: Viewer) -> None:
    eve = await viewer(await write(open_account, "eve@example.org", "Eve", starts_series=True))
    assert await write(series.start_series, ada, "Spring", "") == "spring"
    assert await write(series.start_series, eve, "Spring", "") == "spring-2"


async def test_a_stale_form_does_not_overwrite(ada: Viewer) -> None:
    ours = await read(series_by_slug, await write(series.start_series, ada, "Ours", "One"))
    seen = seen_of(ours, series.FIELDS)
    await write(series.change_series, ours.id, "Ours", "Two", seen)
    with pytest.raises(Stale):
        await write(series.change_series, ours.id, "Ours", "Three", seen)
    assert (await read(series_by_slug, "ours")).about == "Two"


async def test_a_venue_is_added_once(ada: Viewer) -> None:
    gathering = await planned(ada)
    again = (gathering.series, "Meeting House", "6 Mount Street")
    assert await write(venues.add_venue, *again) == "meeting-house"
    with pytest.raises(Refused, match="already a venue called Meeting House"):
        await write(venues.add_venue, gathering.series, "Meeting House", "Elsewhere")


async def test_facts_keep_when_and_how_they_were_checked(ada: Viewer) -> None:
    venue = (await planned(ada)).venue
    first, later = date(2027, 1, 5), date(2027, 1, 20)
    seen, phoned = Checked(first, "seen", "Ada"), Checked(later, "phoned", "The caretaker")
    await write(venues.set_facts, venue, {"lift": Said("no"), "wifi": Said("yes", "Ask")}, seen)
    await write(venues.set_facts, venue, {"lift": Said("no"), "wifi": Said("yes")}, phoned)
    facts = await read(facts_of, venue)
    lift, wifi = facts["lift"], facts["wifi"]
    assert (lift.value, lift.checked_on, lift.how, lift.checked_by) == ("no", first, "seen", "Ada")
    assert (wifi.checked_on, wifi.how, wifi.checked_by) == (later, "phoned", "The caretaker")
    await write(venues.set_facts, venue, {"lift": Said("unknown")}, phoned)
    lift = (await read(facts_of, venue))["lift"]
    unknown: date | None = lift.checked_on
    assert (unknown, lift.checked_by) == (None, "")


async def test_an_unknown_fact_or_feature_is_refused(ada: Viewer) -> None:
    with pytest.raises(ValueError, match="not a fact"):
        await write(venues.set_facts, (await planned(ada)).venue, {"swimming": Said("yes")})


async def test_rooms_are_added_changed_and_removed(ada: Viewer) -> None:
    venue = (await planned(ada)).venue
    library = rooms.RoomWords("Library", "Ground floor", 30)
    assert await write(rooms.add_room, venue, library) == 1
    assert await write(rooms.add_room, venue, library) == 1
    assert await write(rooms.add_room, venue, rooms.RoomWords("Upstairs 1", "First", 12)) == 2
    with pytest.raises(Refused, match="already a room called Library"):
        await write(rooms.change_room, venue, 2, library)
    await write(rooms.change_room, venue, 2, rooms.RoomWords("Quiet", "First", 4, "", False))
    assert [room.name for room in await read(rooms_of, venue)] == ["Library", "Quiet"]
    (first,) = await read(rooms_of, venue, for_sessions=True)
    await write(rooms.set_features, first.id, {"step_free": "yes"}, Checked(date(2027, 1, 5)))
    assert (await read(features_of, first.id))["step_free"].value == "yes"
    await write(rooms.remove_room, venue, 1)
    assert [room.name for room in await read(rooms_of, venue)] == ["Quiet"]


async def test_planning_again_finds_the_same_gathering(ada: Viewer) -> None:
    gathering = await planned(ada)
    again = await write(gatherings.plan_gathering, ada, gathering.series, ABOUT, gathering.venue)
    assert (gathering.slug, again) == ("spring-gathering", "spring-gathering")
    assert (gathering.state, gathering.sequence, gathering.starts_at) == ("draft", 0, START)


async def test_places_never_fall_below_what_is_taken(ada: Viewer) -> None:
    gathering = await planned(ada)
    await write(gatherings.set_terms, ada, gathering.id, TERMS)
    await write(take, gathering.id, 100)
    fewer = gatherings.Terms(capacity=99, contact_phone="1", postal_address="x")
    with pytest.raises(Refused, match="100 places are taken already") as refused:
        await write(gatherings.set_terms, ada, gathering.id, fewer)
    assert refused.value.field == "capacity"
    exactly = gatherings.Terms(capacity=100, contact_phone="1", postal_address="x")
    await write(gatherings.set_terms, ada, gathering.id, exactly)


async def take(gathering_id: int, places: int) -> None:
    await Gathering.update({Gathering.taken: places}).where(Gathering.id == gathering_id)


async def test_publishing_needs_places_phone_and_post(ada: Viewer) -> None:
    gathering = await planned(ada)
    with pytest.raises(Refused, match="how many places"):
        await write(gatherings.publish, ada, gathering.id)
    await write(gatherings.set_terms, ada, gathering.id, TERMS)
    await write(gatherings.publish, ada, gathering.id)
    await write(gatherings.publish, ada, gathering.id)
    published = await read(gathering_by_slug, gathering.slug)
    assert (published.state, published.sequence) == ("open", 1)


async def test_states_and_the_calendar_number(ada: Viewer) -> None:
    gathering = await planned(ada)
    await write(gatherings.set_terms, ada, gathering.id, TERMS)
    for verb in ("publish", "close_booking", "reopen_booking", "cancel", "cancel", "publish"):
        await write(getattr(gatherings, verb), ada, gathering.id)
    ended = await read(gathering_by_slug, gathering.slug)
    assert (ended.state, ended.sequence) == ("cancelled", 4)


async def test_the_calendar_number_rises_with_time_and_place_alone(ada: Viewer) -> None:
    gathering = await planned(ada)
    renamed = gatherings.About("Spring", "Words", START, END)
    await write(gatherings.change_about, ada, gathering.id, renamed, gathering.venue)
    assert (await read(gathering_by_slug, gathering.slug)).sequence == 0
    later = gatherings.About("Spring", "Words", START, END + timedelta(hours=1))
    await write(gatherings.change_about, ada, gathering.id, later, gathering.venue)
    moved = await read(gathering_by_slug, gathering.slug)
    assert (moved.sequence, moved.slug) == (1, "spring-gathering")


async def test_history_names_fields_and_never_words(ada: Viewer) -> None:
    gathering = await planned(ada)
    renamed = gatherings.About("A secret name", "Words", START, END)
    await write(gatherings.change_about, ada, gathering.id, renamed, gathering.venue)
    events = await read(events_of, gathering.id)
    assert [(e.what, e.fields) for e in events] == [
        ("planned", ""),
        ("about changed", "name about"),
    ]
    assert {e.account_id for e in events} == {ada.account_id}


async def events_of(gathering_id: int) -> list[GatheringEvent]:
    events = GatheringEvent.objects().where(GatheringEvent.gathering == gathering_id)
    return await events.order_by(GatheringEvent.id)


async def test_a_new_address_reaches_calendars(ada: Viewer) -> None:
    gathering = await planned(ada)
    await write(
        venues.change_venue, gathering.venue, "Meeting House", "7 Mount Street", "", ada.account_id
    )
    assert (await read(gathering_by_slug, gathering.slug)).sequence == 1


async def test_another_series_cannot_take_a_word_in_use(ada: Viewer) -> None:
    gathering = await planned(ada)
    with_word = gatherings.Terms(capacity=5, go_word="spring")
    await write(gatherings.set_terms, ada, gathering.id, with_word)
    other = await read(series_by_slug, await write(series.start_series, ada, "Other", ""))
    slug = await write(gatherings.plan_gathering, ada, other.id, ABOUT, gathering.venue)
    second = await read(gathering_by_slug, slug)
    with pytest.raises(Refused, match="Others use the word spring"):
        await write(gatherings.set_terms, ada, second.id, with_word)


def part(
    name: str, starts_at: datetime, ends_at: datetime, kind: str = "open_space"
) -> day_plan.RoundWords:
    return day_plan.RoundWords(name, kind, starts_at, ends_at)


async def test_rounds_are_numbered_in_the_order_of_time(ada: Viewer) -> None:
    gathering = await planned(ada)
    second = part("Round 2", at(13), at(14))
    assert await write(day_plan.add_round, ada, gathering.id, second) == 1
    first = part("Round 1", at(11), at(12))
    assert await write(day_plan.add_round, ada, gathering.id, first) == 1
    assert await write(day_plan.add_round, ada, gathering.id, second) == 2
    await write(day_plan.change_round, ada, gathering.id, 1, part("Last", at(15), at(16)))
    assert [(r.number, r.name) for r in await read(rounds_of, gathering.id)] == [
        (1, "Round 2"),
        (2, "Last"),
    ]
    await write(day_plan.remove_round, ada, gathering.id, 1)
    assert [(r.number, r.name) for r in await read(rounds_of, gathering.id)] == [(1, "Last")]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (at(9), at(11), "The gathering begins at 10am"),
        (at(15), at(17), "The gathering ends at 4pm"),
        (at(11, 30), at(12, 30), "Round 1 is from 11am to midday"),
        (at(10, 30), at(13), "Round 1 is from 11am to midday"),
    ],
)
async def test_a_round_lies_within_the_day_beside_the_others(
    ada: Viewer, starts_at: datetime, ends_at: datetime, words: str
) -> None:
    gathering = await planned(ada)
    await write(day_plan.add_round, ada, gathering.id, part("Round 1", at(11), at(12)))
    with pytest.raises(Refused, match=words):
        await write(day_plan.add_round, ada, gathering.id, part("New", starts_at, ends_at))


async def test_the_usual_day_fills_an_empty_plan_once(ada: Viewer) -> None:
    gathering = await planned(ada)
    await write(day_plan.fill_usual_day, ada, gathering.id)
    await write(day_plan.fill_usual_day, ada, gathering.id)
    plan = await read(rounds_of, gathering.id)
    assert [r.name for r in plan] == [
        *("Opening circle", "Talk", "Break", "Round 1", "Lunch"),
        *("Round 2", "Break", "Round 3", "Closing circle"),
    ]
    assert (plan[0].starts_at, plan[-1].ends_at) == (START, END)


async def test_the_plan_moves_with_the_date_and_keeps_its_clock_times(ada: Viewer) -> None:
    """From winter to summer time: the parts keep what clocks show, an hour earlier in UTC."""
    gathering = await planned(ada)
    await write(day_plan.add_round, ada, gathering.id, part("Round 1", at(11), at(12)))
    summer = datetime(2027, 6, 4, 9, tzinfo=UTC)
    moved = gatherings.About("Summer", "", summer, summer + timedelta(hours=6))
    await write(gatherings.change_about, ada, gathering.id, moved, gathering.venue)
    (first,) = await read(rounds_of, gathering.id)
    assert first.starts_at == datetime(2027, 6, 4, 10, tzinfo=UTC)


async def test_a_day_cannot_end_before_its_plan(ada: Viewer) -> None:
    gathering = await planned(ada)
    await write(day_plan.add_round, ada, gathering.id, part("Closing", at(15), at(16)))
    shorter = gatherings.About("Spring", "", START, at(15, 30))
    with pytest.raises(Refused, match="The day plan ends later, at 4pm"):
        await write(gatherings.change_about, ada, gathering.id, shorter, gathering.venue)


async def test_nothing_is_lost_when_two_press_at_once(ada: Viewer) -> None:
    """Both presses of a double click may arrive before either is done."""
    made = await asyncio.gather(
        *(write(series.start_series, ada, "Together", "") for _ in range(8))
    )
    assert set(made) == {"together"}
    assert await read(count_series) == 1


@given(minutes=st.integers(1, 24 * 60), begins=st.integers(0, 59))
def test_the_usual_day_fits_any_day_without_a_gap(minutes: int, begins: int) -> None:
    starts_at = START + timedelta(minutes=begins)
    parts = usual_day(starts_at, starts_at + timedelta(minutes=minutes))
    assert (parts[0][2], parts[-1][3]) == (starts_at, starts_at + timedelta(minutes=minutes))
    assert all(before[3] == after[2] for before, after in pairwise(parts))
    assert all(part[2] < part[3] for part in parts)
    assert any(part[1] == "open_space" for part in parts)
