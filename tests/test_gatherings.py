"""Planning a gathering through the pages, from the first form to publishing."""

from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from gatherings.access.reports import read_brief
from gatherings.planning import gatherings
from gatherings.planning.lookup import gathering_by_slug, rounds_of
from gatherings.planning.tables import Gathering
from tests.builders import Setting, build_team
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import DatabaseEngine, read, write

PLAN_ONE = "/desk/series/changing-the-story/plan-gathering"
HERE = "/desk/g/spring-gathering"
SOON = datetime.now(UTC) + timedelta(days=40)
FILLED = {
    "name": "Summer gathering",
    "about": "Words",
    "on_day": str(SOON.day),
    "on_month": str(SOON.month),
    "on_year": str(SOON.year),
    "starts": "10am",
    "ends": "4pm",
}
TERMS = {
    "capacity": "120",
    "cost": "£5.50",
    "contact_phone": "0161 496 0000",
    "postal_address": "1 Long Street",
}


async def test_from_nothing_to_a_public_gathering(
    app: Litestar, client: PageClient, db: DatabaseEngine
) -> None:
    team = await build_team()
    async with signed_in_browser(app, team.ada) as ada:
        await ada.get("/desk/start-series")
        await ada.submit("form[action$=start-series]", {"name": "Changing the story"})
        await ada.get(PLAN_ONE, status=303)
        await ada.follow()
        await ada.submit("form[action$=add-venue]", {"name": "Hall", "address": "Leeds"})
        await ada.follow()
        await ada.submit("form[action$=plan-gathering]", FILLED)
        await ada.follow()
        assert ada.words.count("To do") == 4
        await client.get("/g/summer-gathering", status=404)
        await ada.get("/desk/g/summer-gathering/publish")
        assert "Something is missing" in ada.words
        await ada.post("/desk/g/summer-gathering/state/publish", status=422)
        await ada.get("/desk/g/summer-gathering/places")
        await ada.submit("form[action$=places]", TERMS)
        await ada.get("/desk/g/summer-gathering/plan")
        await ada.submit("form[action$=usual]")
        await ada.get("/desk/g/summer-gathering/publish")
        await ada.submit("form[action$=publish]")
        await ada.follow()
        assert "Open for booking" in ada.words
    await client.get("/g/summer-gathering")
    assert "£5.50" in client.words
    assert "120 places are left" in client.words


async def test_a_second_press_makes_no_second_gathering(ada: PageClient) -> None:
    await ada.get(PLAN_ONE)
    first = await ada.submit("form[action$=plan-gathering]", FILLED)
    second = await ada.submit("form[action$=plan-gathering]", FILLED)
    assert first.headers["location"] == second.headers["location"] == "/desk/g/summer-gathering"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "Enter the name of the gathering"),
        ({"name": "x" * 121}, "name", "at most 120 characters"),
        ({"about": "x" * 5001}, "about", "at most 5000 characters"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "on", "Enter the date"),
        ({"on_day": "31", "on_month": "2"}, "on", "as a real date"),
        ({"on_day": "🎉"}, "on", "as a real date"),
        ({"on_year": "2020"}, "on", "not in the past"),
        ({"on_year": "9999"}, "on", "within the next 10 years"),
        ({"on_year": "99999999999999999999"}, "on", "as a real date"),
        ({"starts": ""}, "starts", "Enter when it starts"),
        ({"starts": "25:00"}, "starts", "as a time"),
        ({"starts": "صباحا"}, "starts", "as a time"),
        ({"ends": "9:30"}, "ends", "after the start"),
        ({"ends": "10:00"}, "ends", "after the start"),
    ],
)
async def test_a_wrong_gathering_is_told_beside_the_field(
    ada: PageClient, typed: dict[str, str], field: str, words: str
) -> None:
    await ada.get(PLAN_ONE)
    filled = {**FILLED, "name": "قمة 🎉", **typed}
    await ada.submit("form[action$=plan-gathering]", filled, status=422)
    assert words in ada.error_at(field)
    assert field == "name" or "قمة 🎉" in ada.text


@pytest.mark.parametrize(
    "forged",
    [{"zone": "Mars/Olympus"}, {"venue": "another"}, {"zone": ""}, {"venue": ""}],
)
async def test_a_forged_choice_is_refused(ada: PageClient, forged: dict[str, str]) -> None:
    filled = {**FILLED, "zone": "Europe/London", "venue": "friends-meeting-house", **forged}
    await ada.post(PLAN_ONE, filled, status=422)


async def test_a_name_in_another_script_gets_an_address(ada: PageClient) -> None:
    await ada.get(PLAN_ONE)
    answer = await ada.submit("form[action$=plan-gathering]", {**FILLED, "name": "لقاء 🎉"})
    assert answer.headers["location"].isascii()
    await ada.follow()
    assert "لقاء 🎉" in ada.words


async def test_a_time_that_clocks_leave_out_is_refused(ada: PageClient) -> None:
    year = SOON.year + 1
    march = max(d for d in range(25, 32) if datetime(year, 3, d, tzinfo=UTC).weekday() == 6)
    spring = {"on_day": str(march), "on_month": "3", "on_year": str(year), "starts": "1:30"}
    await ada.get(PLAN_ONE)
    await ada.submit("form[action$=plan-gathering]", {**FILLED, **spring}, status=422)
    assert "Clocks go forward" in ada.error_at("starts")


async def test_times_are_those_of_the_zone(ada: PageClient) -> None:
    await ada.get(PLAN_ONE)
    await ada.submit("form[action$=plan-gathering]", {**FILLED, "zone": "Asia/Tokyo"})
    made = await read(gathering_by_slug, "summer-gathering")
    assert (made.starts_at.hour, made.ends_at.hour) == (1, 7)


async def test_what_is_shown_can_be_kept_unchanged(ada: PageClient, setting: Setting) -> None:
    before = await read(gathering_by_slug, "spring-gathering")
    for form in ("about", "places", "plan/1"):
        await ada.get(f"{HERE}/{form}")
        await ada.submit(f"form[action='{HERE}/{form}']")
    after = await read(gathering_by_slug, "spring-gathering")
    assert after.to_dict() == before.to_dict()


async def test_a_stale_page_overwrites_nothing(ada: PageClient, setting: Setting) -> None:
    await ada.get(f"{HERE}/places")
    theirs = gatherings.Terms(30, contact_phone="0161 496 0000", postal_address="1 Long Street")
    await write(gatherings.set_terms, setting.viewer, setting.gathering.id, theirs)
    await ada.submit("form[action$=places]", {"capacity": "25"}, status=422)
    assert "Now it says “30”" in ada.error_at("capacity")
    assert (await read(gathering_by_slug, "spring-gathering")).capacity == 30
    await ada.submit("form[action$=places]")
    assert (await read(gathering_by_slug, "spring-gathering")).capacity == 25


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"capacity": ""}, "capacity", "Enter how many places there are"),
        ({"capacity": "0"}, "capacity", "from 1 to 5000"),
        ({"capacity": "-5"}, "capacity", "as a whole number"),
        ({"capacity": "4"}, "capacity", "5 places are taken already"),
        ({"cost": "five"}, "cost", "in pounds"),
        ({"cost": "-1"}, "cost", "in pounds"),
        ({"cost": "1001"}, "cost", "at most £1000"),
        ({"cost_words": "x" * 301}, "cost_words", "at most 300 characters"),
        ({"contact_phone": ""}, "contact_phone", "Enter a phone number"),
        ({"contact_phone": "ring me"}, "contact_phone", "such as 0161 496 0000"),
        ({"contact_phone": "1" * 41}, "contact_phone", "at most 40 characters"),
        ({"contact_email": "nobody"}, "contact_email", "Enter an e-mail address"),
        ({"postal_address": ""}, "postal_address", "Enter a postal address"),
        ({"go_word": "two words"}, "go_word", "Enter a short word"),
        ({"go_word": "🎉"}, "go_word", "Enter a short word"),
        ({"go_word": "../x"}, "go_word", "Enter a short word"),
        ({"supporters_count": None}, "supporters_count", "Choose whether supporters"),
    ],
)
async def test_wrong_places_are_told_beside_the_field(
    ada: PageClient, setting: Setting, typed: dict[str, str], field: str, words: str
) -> None:
    await write(take, setting.gathering.id, 5)
    await ada.get(f"{HERE}/places")
    await ada.submit("form[action$=places]", {**TERMS, **typed}, status=422)
    assert words in ada.error_at(field)


async def take(gathering_id: int, places: int) -> None:
    await Gathering.update({Gathering.taken: places}).where(Gathering.id == gathering_id)


async def test_a_second_gathering_begins_with_the_contacts_of_the_first(ada: PageClient) -> None:
    await ada.get(PLAN_ONE)
    await ada.submit("form[action$=plan-gathering]", FILLED)
    await ada.get("/desk/g/summer-gathering/places")
    assert 'value="0161 496 0000"' in ada.text
    await ada.submit("form[action$=places]")


async def test_a_new_part_of_the_day(ada: PageClient, setting: Setting) -> None:
    await ada.post(f"{HERE}/plan/1/remove")
    await ada.get(f"{HERE}/plan")
    typed = {"name": "Songs 🎉", "kind": "fixed", "starts": "10am", "ends": "10:20am"}
    await ada.submit(f"form[action='{HERE}/plan']", typed)
    await ada.submit(f"form[action='{HERE}/plan']", typed)
    parts = await read(rounds_of, setting.gathering.id)
    assert [part.name for part in parts][:2] == ["Songs 🎉", "Talk"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "Enter a name"),
        ({"name": "x" * 61}, "name", "at most 60 characters"),
        ({"kind": None}, "kind", "Choose what kind"),
        ({"starts": "later"}, "starts", "as a time"),
        ({"starts": "9am"}, "starts", "The gathering begins at 10am"),
        ({"starts": "3pm", "ends": "5pm"}, "ends", "The gathering ends at 4pm"),
        ({"ends": "10am"}, "ends", "after the start"),
        ({"starts": "12:30", "ends": "12:45"}, "starts", "Lunch is from"),
    ],
)
async def test_a_wrong_part_is_told_beside_the_field(
    ada: PageClient, typed: dict[str, str], field: str, words: str
) -> None:
    await ada.get(f"{HERE}/plan")
    filled = {"name": "New", "starts": "10am", "ends": "11am", **typed}
    await ada.submit(f"form[action='{HERE}/plan']", filled, status=422)
    assert words in ada.error_at(field)


async def test_a_stale_part_is_neither_changed_nor_removed(
    ada: PageClient, setting: Setting
) -> None:
    """Parts are numbered by time: what was number 1 may be another by now."""
    await ada.get(f"{HERE}/plan/1")
    stale = ada.soup.select_one("input[name=seen]")
    assert stale is not None
    await ada.post(f"{HERE}/plan/1/remove", {"seen": str(stale["value"])})
    await ada.post(f"{HERE}/plan/1/remove", {"seen": str(stale["value"])}, status=422)
    assert "the first press worked. This page now shows Talk" in ada.words
    assert "Press the button again" not in ada.words
    parts = await read(rounds_of, setting.gathering.id)
    assert parts[0].name == "Talk"


async def test_states_through_the_pages(ada: PageClient, client: PageClient) -> None:
    for button, words in (("close", "Booking is closed"), ("reopen", "Open for booking")):
        await ada.get(f"{HERE}/publish")
        await ada.submit(f"form[action$='{button}']")
        await ada.follow()
        assert words in ada.words
    await ada.get(f"{HERE}/cancel")
    await ada.submit("form[action$=cancel]")
    await ada.post(f"{HERE}/cancel")
    await ada.get(f"{HERE}/cancel")
    assert "It is cancelled already" in ada.words
    await ada.get(HERE)
    assert "It is cancelled" in ada.words
    assert "Short address" not in ada.words
    await client.get("/g/spring-gathering")
    assert "This gathering is cancelled" in client.words
    assert "Put it in your calendar" not in client.words


async def test_what_happens_in_a_part_is_told_before_the_day(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    await ada.get(f"{HERE}/plan/1")
    await ada.submit("main form", {"about": "x" * 501}, status=422)
    assert "at most 500 characters" in ada.error_at("about")
    await ada.submit("main form", {"about": "Two people tell their stories."})
    await client.get(f"/g/{setting.gathering.slug}")
    assert "Two people tell their stories." in client.words
    report = await read(read_brief, setting.gathering.id)
    assert "Two people tell their stories." in [about for _, _, about in report.plan]
