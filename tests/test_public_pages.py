"""What everybody may see, and what nobody but the organisers may."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gatherings.planning import gatherings, venues
from gatherings.planning.tables import Gathering
from gatherings.planning.venues import Checked, Said
from tests.builders import Setting, build_gathering
from tests.page_checks import PageClient
from tests.waiting_rows import booked
from web.database import DatabaseEngine, write

HERE = "/g/spring-gathering"


async def change(setting: Setting, **values: object) -> None:
    """Put the gathering into a situation that would take months to reach."""

    async def verb() -> None:
        columns = {getattr(Gathering, name): value for name, value in values.items()}
        await Gathering.update(columns).where(Gathering.id == setting.gathering.id)

    await write(verb)


async def moved_to(setting: Setting, begins_in: timedelta) -> None:
    begins = datetime.now(UTC) + begins_in
    await change(setting, starts_at=begins, ends_at=begins + timedelta(hours=6))


async def test_an_empty_house_still_has_a_front_door(client: PageClient) -> None:
    await client.get("/")
    assert "No gathering is planned just now" in client.words


async def test_the_front_page_lists_what_is_coming(client: PageClient, setting: Setting) -> None:
    answer = await client.get("/")
    assert "Spring gathering" in client.words
    assert "Friends Meeting House" in client.words
    assert answer.headers["cache-control"] == "no-cache"
    await moved_to(setting, timedelta(days=-9))
    await client.get("/")
    assert "What was" in client.words


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("SPRING manchester", True),
        ("sócial cäre", True),
        ("changing story", True),
        ("birmingham", False),
        ("100% _", False),
        ("🎉", False),
        ("x" * 5000, False),
        ("لقاء", False),
    ],
)
async def test_search_finds_by_words(
    client: PageClient, setting: Setting, words: str, there: bool
) -> None:
    await client.get("/")
    await client.submit("form[role=search]", {"q": words}, status=200)
    assert ("No gathering has these words" not in client.words) == there
    assert bool(client.soup.select(f'a[href="{HERE}"]')) == there


async def test_the_page_of_a_gathering_says_all_that_matters(
    client: PageClient, setting: Setting
) -> None:
    await write(venues.set_facts, setting.gathering.venue, {"lift": Said("no", "Stair-lift only")})
    await client.get(HERE)
    for words in (
        "10am to 4pm",
        "6 Mount Street",
        "Free",
        "20 places are left",
        "Ring 0161 496 0000",
        "1 Long Street",
        "A lift: no. Stair-lift only",
        "A hearing loop: we have not checked this",
        "Lunch",
    ):
        assert words in client.words
    assert client.soup.select_one(f'a[href="{HERE}/book/who"]')
    assert client.soup.select_one(f'a[href="{HERE}.ics"]')


@pytest.mark.parametrize(
    ("taken", "words"),
    [(19, "Only 1 place is left"), (12, "Only 8 places are left"), (20, "join the waiting list")],
)
async def test_places_left_are_told_in_words(
    client: PageClient, setting: Setting, taken: int, words: str
) -> None:
    await change(setting, taken=taken)
    await client.get(HERE)
    assert words in client.words


async def test_a_place_that_somebody_waits_for_is_not_told_as_free(
    client: PageClient, setting: Setting
) -> None:
    await change(setting, capacity=1)
    for name in ("Cal", "Mo"):
        await booked(setting.gathering, 1, name)
    await change(setting, capacity=2)
    await client.get(HERE)
    assert "Other people wait for the places that are free" in client.words
    assert "Only 1 place is left" not in client.words


async def test_on_the_day_it_leads_to_the_board(client: PageClient, setting: Setting) -> None:
    await moved_to(setting, timedelta(hours=-1))
    await client.get(HERE)
    assert client.soup.select_one(f'a.button[href="{HERE}/board"]')


async def test_afterwards_it_leads_to_the_summary(client: PageClient, setting: Setting) -> None:
    await moved_to(setting, timedelta(days=-1))
    await client.get(HERE)
    assert client.soup.select_one(f'a.button[href="{HERE}/summary"]')
    assert not client.soup.select_one(f'a[href="{HERE}/book/who"]')


async def test_every_page_of_a_gathering_offers_its_phone_to_whoever_is_stuck(
    client: PageClient, ada: PageClient, setting: Setting
) -> None:
    assert setting.gathering.contact_phone == "0161 496 0000"
    for path in (HERE, f"{HERE}/access", f"{HERE}/book/who", f"{HERE}/board", f"{HERE}/summary"):
        await client.get(path)
        assert (path, _help_at_the_foot(client)) == (path, "tel:01614960000")
    await client.get("/")
    assert _help_at_the_foot(client) == ""
    await ada.get("/desk/g/spring-gathering")
    assert _help_at_the_foot(ada) == ""


def _help_at_the_foot(client: PageClient) -> str:
    link = client.soup.select_one("footer .help a")
    return str(link["href"]) if link else ""


@pytest.mark.parametrize("state", ["open", "closed"])
async def test_the_desk_says_that_it_has_taken_place(
    ada: PageClient, setting: Setting, state: str
) -> None:
    await moved_to(setting, timedelta(days=-1))
    await change(setting, state=state)
    await ada.get("/desk")
    assert "It has taken place" in ada.words


async def test_closed_and_cancelled_say_so(client: PageClient, setting: Setting) -> None:
    await write(gatherings.close_booking, setting.viewer, setting.gathering.id)
    await client.get(HERE)
    assert "Booking is closed" in client.words
    await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    await client.get(HERE)
    assert "This gathering is cancelled" in client.words
    assert not client.soup.select_one(f'a[href="{HERE}/book/who"]')
    await client.get("/")
    assert "Cancelled" in client.words


@pytest.mark.parametrize("path", [HERE, f"{HERE}/access", f"{HERE}.ics"])
async def test_a_draft_is_there_for_its_organisers_alone(
    client: PageClient, ada: PageClient, dee: PageClient, setting: Setting, path: str
) -> None:
    await change(setting, state="draft")
    await client.get(path, status=404)
    await dee.get(path, status=404)
    await ada.get(path)
    await client.get("/")
    assert "Spring gathering" not in client.words
    await client.get(f"/series/{setting.series_slug}")
    assert "Spring gathering" not in client.words


async def test_a_draft_is_kept_by_no_cache(ada: PageClient, setting: Setting) -> None:
    await change(setting, state="draft")
    assert (await ada.get(HERE)).headers["cache-control"] == "no-store"


async def test_access_shows_what_is_known_and_what_is_not(
    client: PageClient, setting: Setting
) -> None:
    facts = {"lift": Said("no", "Stair-lift only"), "hearing_loop": Said("yes", "In the library")}
    await write(
        venues.set_facts, setting.gathering.venue, facts, Checked(date(2027, 1, 5), "seen", "Ada")
    )
    await client.get(f"{HERE}/access")
    assert "Yes. In the library. We saw it, Tuesday 5 January 2027, Ada." in client.words
    assert client.words.count("We have not checked this") == 50 + len(["room", "room", "room"])
    assert "Library" in client.words


async def test_a_series_has_a_page(client: PageClient, setting: Setting) -> None:
    await client.get(f"/series/{setting.series_slug}")
    assert "Four a year." in client.words
    assert client.soup.select_one(f'a[href="/series/{setting.series_slug}.ics"]')


@pytest.mark.parametrize("path", ["/g/nothing", "/series/nothing", "/g/nothing/access", "/go/no"])
async def test_what_is_not_there_is_not_found(client: PageClient, path: str) -> None:
    await client.get(path, status=404)


async def test_the_short_word_leads_to_the_board(client: PageClient, setting: Setting) -> None:
    for word in ("spring", "SPRING"):
        answer = await client.get(f"/go/{word}", status=303)
        assert answer.headers["location"] == f"{HERE}/board"
    await write(gatherings.cancel, setting.viewer, setting.gathering.id)
    await client.get("/go/spring", status=404)


async def test_the_short_word_prefers_what_is_on_now(client: PageClient, setting: Setting) -> None:
    await moved_to(setting, timedelta(hours=-2))
    about = gatherings.About(
        "Summer", "", datetime.now(UTC) + timedelta(9), datetime.now(UTC) + timedelta(9, 99)
    )
    gathering = setting.gathering
    verb = gatherings.plan_gathering
    await write(verb, setting.viewer, gathering.series, about, gathering.venue)

    async def open_summer() -> None:
        await Gathering.update(
            {Gathering.go_word: "spring", Gathering.capacity: 9, Gathering.state: "open"}
        ).where(Gathering.slug == "summer")

    await write(open_summer)
    answer = await client.get("/go/spring", status=303)
    assert answer.headers["location"] == f"{HERE}/board"
    await moved_to(setting, timedelta(days=-3))
    answer = await client.get("/go/spring", status=303)
    assert answer.headers["location"] == "/g/summer/board"


@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/security", "/complaints"])
async def test_pages_of_words(client: PageClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["cache-control"] == "no-cache"


async def test_health(client: PageClient) -> None:
    assert (await client.get("/health/live")).text == "live"
    assert (await client.get("/health/ready")).text == "ready"


async def test_health_when_the_tables_are_away(client: PageClient, db: DatabaseEngine) -> None:
    await db.run_ddl("ALTER TABLE series RENAME TO away")
    try:
        assert (await client.get("/health/live")).text == "live"
        await client.get("/health/ready", status=503)
    finally:
        await db.run_ddl("ALTER TABLE away RENAME TO series")


async def test_words_in_any_script_are_shown_and_never_run(
    client: PageClient, setting: Setting
) -> None:
    await change(setting, name="<script>alert(1)</script> 🎉 لقاء", about="<b>bold</b> & more")
    await client.get(HERE)
    assert "<script>alert(1)</script> 🎉 لقاء" in client.words
    assert not client.soup.find("b")


async def test_many_gatherings_are_listed_in_order(client: PageClient, db: DatabaseEngine) -> None:
    setting = await build_gathering()
    begins = datetime.now(UTC) + timedelta(days=2)
    for number in range(3):
        starts = begins + timedelta(days=number)
        about = gatherings.About(f"Part {number}", "", starts, starts + timedelta(hours=1))
        gathering = setting.gathering
        verb = gatherings.plan_gathering
        await write(verb, setting.viewer, gathering.series, about, gathering.venue)

    async def open_all() -> None:
        await Gathering.update({Gathering.state: "open"}, force=True)

    await write(open_all)
    await client.get("/")
    names = [tag.get_text() for tag in client.soup.select(".gathering h2 a")]
    assert names == ["Part 0", "Part 1", "Part 2", "Spring gathering"]
