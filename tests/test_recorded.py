"""Whether anything is recorded: said beforehand and everywhere alike, and silence is no "no"."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from piccolo.columns import Column

from gatherings.bookings.bookings import book
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from gatherings.planning.copying import copy_gathering
from gatherings.planning.gathering_words import first_day
from gatherings.planning.gatherings import About, plan_gathering
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.recorded import NOT_SAID, RECORDED_CHOICES, SAYS, recorded_says
from gatherings.planning.tables import RECORDED, Gathering
from tests.booking_rows import one_person
from tests.booking_walk import PHONE, for_me, step
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.test_change_pages import enter
from tests.waiting_rows import booked
from web.crypto import unseal
from web.database import read, write

G, DESK = "/g/spring-gathering", "/desk/g/spring-gathering"
OWN = "Ada keeps the pictures for a year. Sit at the back to be in none."
DENIALS = ("Nothing is recorded", "no video", "No photos", "Nobody films")


async def say(gathering_id: int, choice: str, words: str = "") -> None:
    values: dict[Column | str, str] = {"recorded": choice, "recorded_words": words}
    await Gathering.update(values).where(Gathering.id == gathering_id)


async def put_at(gathering_id: int, starts_at: datetime) -> None:
    ends_at = starts_at + timedelta(hours=6)
    values: dict[Column | str, datetime] = {"starts_at": starts_at, "ends_at": ends_at}
    await Gathering.update(values).where(Gathering.id == gathering_id)


async def texts() -> list[str]:
    rows = await read(_letters)
    return [str(unseal(one.sealed, bound_to(one.handle))["text"]) for one in rows]


async def _letters() -> list[Letter]:
    return await Letter.objects().order_by(Letter.id)


def test_each_choice_has_its_words() -> None:
    assert sorted(choice for choice, *_ in RECORDED_CHOICES) == sorted(RECORDED)
    assert {*SAYS, ""} == set(RECORDED)
    assert [recorded_says(""), recorded_says("", over=True)] == [NOT_SAID, ""]


async def test_what_nobody_has_said_is_not_told_as_a_no(
    client: PageClient, setting: Setting
) -> None:
    for page, words in (
        (G, f"What is recorded {NOT_SAID}"),
        (f"{G}/access", f"What is recorded {NOT_SAID}"),
        (f"{G}/today", "Will there be photos or films of you? We have not said yet. Please ask"),
    ):
        await client.get(page)
        assert words in client.words
        assert [denial for denial in DENIALS if denial in client.words] == []


async def test_the_organiser_says_it_once_and_everybody_reads_it(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    await ada.get(f"{DESK}/places")
    await ada.submit("main form", {"recorded": "sound", "recorded_words": OWN})
    for page in (G, f"{G}/access"):
        await client.get(page)
        assert f"{SAYS['sound'][0]} {OWN}" in client.words
        assert NOT_SAID not in client.words
    await client.get(f"{G}/today")
    assert "We record what people say." in client.words
    assert "Ada keeps the pictures for a year." in client.words


async def test_whoever_decides_about_photographs_reads_it_there(
    client: PageClient, setting: Setting
) -> None:
    home = await enter(client, await booked(setting.gathering))
    await client.get(f"{home}/people/1/uses")
    assert client.soup.select("#recorded") == []
    await say(setting.gathering.id, "video", OWN)
    await client.get(f"{home}/people/1/uses")
    assert client.one("#recorded").get_text() == f"{SAYS['video'][0]}\n{OWN}"
    await put_at(setting.gathering.id, datetime.now(UTC) - timedelta(days=1))
    await client.get(f"{home}/people/1/uses")
    assert client.one("#recorded").get_text() == f"{SAYS['video'][1]}\n{OWN}"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("recorded", "maybe", "Choose whether anything is recorded"),
        ("recorded_words", "x" * 301, "at most 300 characters"),
    ],
)
async def test_other_answers_are_shown_again(
    ada: PageClient, setting: Setting, field: str, value: str, says: str
) -> None:
    await ada.get(f"{DESK}/places")
    form = {"recorded": "video", "recorded_words": OWN, "capacity": "20", field: value}
    phone = {"contact_phone": "0161 496 0000", "postal_address": "1 Long Street"}
    rest = {"supporters_count": "yes", "fill_stops_days": "3"}
    await ada.post(f"{DESK}/places", {**form, **phone, **rest}, status=422)
    assert says in ada.words
    assert (await read(gathering_by_slug, "spring-gathering")).recorded == ""


async def test_strangers_and_helpers_cannot_say_it(
    client: PageClient, ben: PageClient, setting: Setting
) -> None:
    await client.post(f"{DESK}/places", {"recorded": "nothing"}, status=401)
    await ben.post(f"{DESK}/places", {"recorded": "nothing"}, status=403)
    assert (await read(gathering_by_slug, "spring-gathering")).recorded == ""


async def test_the_desk_asks_until_it_is_said(ada: PageClient, setting: Setting) -> None:
    asks = "20 places; say whether anything is recorded"
    await ada.get(DESK)
    assert asks in ada.words
    await ada.get(f"{DESK}/publish")
    assert ada.one("#not-said a")["href"] == f"{DESK}/places#recorded"
    await write(say, setting.gathering.id, "nothing")
    await ada.get(f"{DESK}/publish")
    assert ada.soup.select_one("#not-said") is None
    await ada.get(DESK)
    assert asks not in ada.words


async def test_the_next_gathering_is_asked_again(ada: PageClient, setting: Setting) -> None:
    await write(say, setting.gathering.id, "nothing", OWN)
    on = first_day(setting.gathering) + timedelta(weeks=13)
    slug = await write(copy_gathering, setting.viewer, setting.gathering.id, "Summer", on)
    copy = await read(gathering_by_slug, slug)
    assert (copy.recorded, copy.recorded_words) == ("", "")
    await ada.get(f"/desk/g/{slug}/copied")
    again = "Not said yet. Say it again: it holds for one day."
    row = next(row for row in ada.soup.select("tr") if "What is recorded" in row.text)
    cells = [" ".join(cell.text.split()) for cell in row.select("td")]
    assert cells[-3:-1] == [f"Before {SAYS['nothing'][0]} {OWN}", f"Now {again}"]


async def test_a_new_gathering_takes_costs_from_the_last_and_not_this(
    ada: PageClient, setting: Setting
) -> None:
    old = setting.gathering
    await write(say, old.id, "nothing", OWN)
    later = old.starts_at + timedelta(days=70), old.ends_at + timedelta(days=70)
    about = About("Summer", "", *later)
    slug = await write(plan_gathering, setting.viewer, old.series, about, old.venue)
    await ada.get(f"/desk/g/{slug}/places")
    assert ada.one("#contact_phone")["value"] == "0161 496 0000"
    assert ada.one("input[name=recorded][checked]")["value"] == ""
    assert OWN not in ada.words


async def test_letters_carry_it_to_those_who_do_not_look_at_pages(
    ada: PageClient, setting: Setting
) -> None:
    party = replace(one_person("Fay"), contact_way="post", contact_detail="2 Long Street")
    await book(setting.gathering.id, party)
    await ada.get(f"{DESK}/places")
    await ada.submit("main form", {"recorded": "video", "recorded_words": OWN, "tell": "yes"})
    await book(setting.gathering.id, replace(party, contact_name="Gus"))
    before, changed, after = (" ".join(text.split()) for text in await texts())
    assert "recorded" not in before
    for text in (changed, after):
        assert text.count(SAYS["video"][0]) == text.count(OWN) == 1
    await ada.get(f"{DESK}/places")
    await ada.submit("main form", {"recorded": "", "recorded_words": "", "tell": "yes"})
    assert NOT_SAID in (await texts())[-2]


async def test_who_is_asked_about_photographs_reads_it_first(
    client: PageClient, setting: Setting
) -> None:
    await write(say, setting.gathering.id, "pictures", OWN)
    await client.get(f"{G}/book/who")
    no_help: dict[str, str | list[str]] = {"help": "no"}
    for typed in (for_me(), PHONE, no_help):
        await step(client, typed)
    await client.get(f"{G}/book/day")
    assert client.one("#recorded").get_text() == f"{SAYS['pictures'][0]}\n{OWN}"


async def test_who_offers_a_session_reads_it(client: PageClient, setting: Setting) -> None:
    await write(put_at, setting.gathering.id, datetime.now(UTC) + timedelta(hours=20))
    await client.get(f"{G}/offer")
    assert client.soup.select_one("#recorded") is None
    await write(say, setting.gathering.id, "sound")
    await client.get(f"{G}/offer")
    assert client.one("#recorded").get_text() == SAYS["sound"][0]


async def test_afterwards_it_is_told_as_past(client: PageClient, setting: Setting) -> None:
    await write(put_at, setting.gathering.id, datetime.now(UTC) - timedelta(days=9))
    for page in (G, f"{G}/access"):
        await client.get(page)
        assert "recorded" not in client.one("main").text
    await write(say, setting.gathering.id, "nothing")
    for page in (G, f"{G}/access"):
        await client.get(page)
        assert ("What was recorded" in client.words, SAYS["nothing"][1] in client.words) == (
            True,
            True,
        )
