"""The desk: where organisers begin, who may open what, and the people who help."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar
from piccolo.columns import Column

from gatherings.people.roles import grant
from gatherings.people.sign_in import make_password_link, open_account, set_password
from gatherings.planning.lookup import series_by_slug
from gatherings.planning.tables import Gathering
from tests.builders import Setting, build_team
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import DatabaseEngine, read, write

SERIES = "/desk/series/changing-the-story"
VENUE = "/desk/venues/friends-meeting-house"
GATHERING = "/desk/g/spring-gathering"
HELPERS = f"{SERIES}/helpers"

PAGES = [
    *(SERIES, f"{SERIES}/about", HELPERS, f"{SERIES}/add-venue", f"{SERIES}/plan-gathering"),
    *(VENUE, f"{VENUE}/about", f"{VENUE}/add-room", f"{VENUE}/facts/arriving"),
    *(f"{VENUE}/rooms/1", f"{VENUE}/rooms/1/about", f"{VENUE}/rooms/1/features/moving"),
    *(GATHERING, f"{GATHERING}/about", f"{GATHERING}/places", f"{GATHERING}/publish"),
    *(f"{GATHERING}/cancel", f"{GATHERING}/plan", f"{GATHERING}/plan/1"),
]
ACTIONS = [
    *(f"{SERIES}/about", HELPERS, f"{HELPERS}/remove", f"{HELPERS}/link"),
    *(f"{SERIES}/add-venue", f"{SERIES}/plan-gathering"),
    *(f"{VENUE}/about", f"{VENUE}/add-room", f"{VENUE}/facts/arriving"),
    *(f"{VENUE}/rooms/1/about", f"{VENUE}/rooms/1/remove", f"{VENUE}/rooms/1/features/moving"),
    *(f"{GATHERING}/about", f"{GATHERING}/places", f"{GATHERING}/plan"),
    *(f"{GATHERING}/plan/usual", f"{GATHERING}/plan/1", f"{GATHERING}/plan/1/remove"),
    *(f"{GATHERING}/state/{change}" for change in ("publish", "close", "reopen", "cancel")),
]


async def test_every_page_opens_for_the_organiser(ada: PageClient) -> None:
    for path in ("/desk", "/desk/start-series", *PAGES):
        answer = await ada.get(path)
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
async def test_strangers_and_helpers_open_none_of_it(
    client: PageClient, dee: PageClient, ben: PageClient, path: str
) -> None:
    await client.get(path, status=401)
    await dee.get(path, status=403)
    await ben.get(path, status=403)


@pytest.mark.parametrize("path", ACTIONS)
async def test_strangers_and_helpers_do_none_of_it(
    client: PageClient, dee: PageClient, ben: PageClient, path: str
) -> None:
    await client.post(path, {}, status=401)
    await dee.post(path, {"name": "Mine"}, status=403)
    await ben.post(path, {"name": "Mine"}, status=403)


@pytest.mark.parametrize("path", ["/desk", "/desk/start-series"])
async def test_the_desk_asks_people_to_sign_in(client: PageClient, path: str) -> None:
    await client.get(path, status=401)


@pytest.mark.parametrize(
    "path",
    [
        *("/desk/g/nothing", "/desk/series/nothing", "/desk/venues/nothing"),
        *(f"{VENUE}/rooms/99", f"{VENUE}/facts/nothing", f"{VENUE}/rooms/1/features/nothing"),
        *(f"{GATHERING}/plan/99", f"{VENUE}/rooms/x"),
    ],
)
async def test_what_is_not_there_is_not_found(ada: PageClient, path: str) -> None:
    await ada.get(path, status=404)


async def test_an_unknown_change_of_state_is_not_found(ada: PageClient) -> None:
    await ada.post(f"{GATHERING}/state/explode", status=404)


async def test_a_new_organiser_is_led_to_their_first_series(
    app: Litestar, db: DatabaseEngine
) -> None:
    team = await build_team()
    async with signed_in_browser(app, team.ada) as ada:
        await ada.get("/desk")
        assert "You have no series yet" in ada.words
        assert ada.soup.select_one('a.button[href="/desk/start-series"]')
    async with signed_in_browser(app, team.dee) as dee:
        await dee.get("/desk")
        assert "There is nothing here for you yet" in dee.words
        await dee.get("/desk/start-series", status=403)
        await dee.post("/desk/start-series", {"name": "Mine"}, status=403)


async def test_the_desk_shows_what_each_helper_may_open(ada: PageClient, ben: PageClient) -> None:
    await ada.get("/desk")
    await ben.get("/desk")
    for path in (GATHERING, f"{GATHERING}/bookings", f"{GATHERING}/needs"):
        assert ada.soup.select_one(f'a[href="{path}"]')
        assert not ben.soup.select_one(f'a[href="{path}"]')
    arrange = 'a[href="/g/spring-gathering/arrange"]'
    assert ada.soup.select_one(arrange)
    assert ben.soup.select_one(arrange)


async def test_the_desk_of_a_stranger_shows_nothing(dee: PageClient) -> None:
    await dee.get("/desk")
    assert "Spring" not in dee.words


async def test_a_helper_gets_a_link_once(ada: PageClient, app: Litestar) -> None:
    await ada.get(HELPERS)
    new = {"name": "Nia", "email": " Nia@Example.org ", "role": "note_keeper"}
    answer = await ada.submit(f'form[action="{HELPERS}"]', new)
    assert "password" not in answer.headers["location"]
    await ada.follow()
    assert "Give this link to Nia" in ada.words
    assert "nia@example.org Has not signed in yet" in ada.words
    link = next(word for word in ada.words.split() if "/sign-in/password/" in word)
    async with PageClient(app) as nia:
        await nia.get(link.removeprefix("http://localhost:8000"))
        await nia.submit("form[action^='/sign-in/password']", {"password": "three easy words"})
        await nia.follow()
        assert "Changing the story" in nia.words
    await ada.get(HELPERS)
    assert "Give this link" not in ada.words


async def test_somebody_who_can_sign_in_gets_a_role_and_no_link(
    ada: PageClient, setting: Setting
) -> None:
    key = await write(make_password_link, setting.team.dee)
    await write(set_password, key, "Dee", "a hash")
    await ada.get(HELPERS)
    await ada.submit(
        f'form[action="{HELPERS}"]', {"name": "Dee", "email": "dee@example.org", "role": "door"}
    )
    await ada.follow()
    assert "Dee dee@example.org Door" in ada.words
    assert "Give this link" not in ada.words


async def test_a_link_never_opens_another_series(
    app: Litestar, ada: PageClient, setting: Setting
) -> None:
    """Whoever organises one series must not become a helper of another by asking for a link."""
    other = await write(open_account, "oz@example.org", "Oz", starts_series=True)
    async with signed_in_browser(app, other) as oz:
        await oz.get("/desk/start-series")
        await oz.submit("form[action='/desk/start-series']", {"name": "Elsewhere"})
        await oz.get("/desk/series/elsewhere/helpers")
        new = {"name": "Ben", "email": "ben@example.org", "role": "door"}
        await oz.submit("form[action$='/elsewhere/helpers']", new)
        await oz.follow()
        assert "Give this link" not in oz.words
        target = "/desk/series/elsewhere/helpers/link"
        await oz.post(target, {"whose": "ben@example.org"}, status=422)
        assert "they help others too" in oz.words
        await oz.post(target, {"whose": "ada@example.org"}, status=422)
        await oz.post(target, {"whose": "nobody@example.org"}, status=422)


async def test_a_new_link_for_a_helper_who_cannot_sign_in(ada: PageClient) -> None:
    await ada.get(HELPERS)
    await ada.post(f"{HELPERS}/link", {"whose": "ben@example.org"})
    await ada.follow()
    assert "Give this link to Ben" in ada.words


async def test_roles_are_taken_away_but_never_the_last_organiser(
    ada: PageClient, setting: Setting
) -> None:
    await ada.get(HELPERS)
    await ada.post(f"{HELPERS}/remove", {"whose": "ben@example.org", "which": "facilitator"})
    await ada.follow()
    assert "Ben" not in ada.words
    await ada.post(
        f"{HELPERS}/remove", {"whose": "ada@example.org", "which": "organiser"}, status=422
    )
    assert "A series needs an organiser" in ada.words
    series = await read(series_by_slug, "changing-the-story")
    await write(grant, setting.team.ben, series.id, "organiser")
    await ada.post(f"{HELPERS}/remove", {"whose": "ada@example.org", "which": "organiser"})
    await ada.get(HELPERS, status=403)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter their name"),
        ("name", "x" * 200, "Make their name shorter"),
        ("email", "", "Enter their e-mail address"),
        ("email", "not an address", "Enter their e-mail address, such as"),
        ("email", "x" * 250 + "@example.org", "Make their e-mail address shorter"),
        ("role", None, "Choose what they do"),
    ],
)
async def test_a_wrong_helper_is_told_beside_the_field(
    ada: PageClient, field: str, value: str | None, words: str
) -> None:
    await ada.get(HELPERS)
    typed = {"name": "Nia 🎉 نيا", "email": "nia@example.org", "role": "door", field: value}
    await ada.submit(f'form[action="{HELPERS}"]', typed, status=422)
    assert words in ada.error_at(field)
    assert field == "name" or 'value="Nia 🎉 نيا"' in ada.text


async def test_the_role_of_a_forged_form_is_refused(ada: PageClient) -> None:
    typed = {"name": "Nia", "email": "nia@example.org", "role": "king"}
    await ada.post(HELPERS, typed, status=422)


@pytest.mark.parametrize(
    ("days", "there", "away"),
    [
        (30, {"Waiting list", "The door", "Room cards"}, {"Summary", "Photograph flipcharts"}),
        (0, {"Waiting list", "The door", "Room cards", "Summary"}, {"Your own questions"}),
        (-30, {"Bookings", "Summary", "Numbers"}, {"Waiting list", "The door", "Room cards"}),
    ],
)
async def test_the_desk_leads_to_what_makes_sense_at_this_stage(
    ada: PageClient, setting: Setting, days: int, there: set[str], away: set[str]
) -> None:
    starts = datetime.now(UTC) + timedelta(days=days, minutes=-1)
    times: dict[Column | str, Any] = {
        Gathering.starts_at: starts,
        Gathering.ends_at: starts + timedelta(hours=1),
        Gathering.state: "open",
    }
    await Gathering.update(times).where(Gathering.id == setting.gathering.id)
    await ada.get("/desk")
    links = {next(link.strings) for link in ada.soup.select(".card .actions a")}
    assert there <= links
    assert links.isdisjoint(away)
    await ada.get(f"/desk/g/{setting.gathering.slug}")
    everywhere = {next(link.strings) for link in ada.soup.select("main a")}
    assert there | away <= everywhere
