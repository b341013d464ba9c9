"""An organiser asks something of their own; people answer, or not; each role reads its own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from litestar import Litestar

from gatherings.access.looks import ANSWERS
from gatherings.access.tables import Look
from gatherings.bookings.asking import question_rows
from gatherings.bookings.tables import BookingAnswer
from gatherings.people.roles import grant
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.rules import RULES
from tests.booking_walk import PHONE, for_me, step
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import read, write
from web.words import local

LUNCH: dict[str, str | list[str]] = {
    "asks": "Which lunch would you like?",
    "why": "We order a week before.",
    "kind": "one",
    "choices": "Soup 🍲\n  Pie  \n\n<b>Rice</b>",
    "each_person": "yes",
    "audience": "kitchen",
}
TRAIN: dict[str, str | list[str]] = {
    "asks": "When does your train come?",
    "why": "We meet you at the station.",
    "kind": "short",
    "each_person": "no",
    "audience": "door",
}
SECRET: dict[str, str | list[str]] = {
    "asks": "Anything only the access lead should read?",
    "why": "So that you need not write it twice.",
    "kind": "long",
    "each_person": "no",
    "audience": "access_lead",
}


async def add(ada: PageClient, slug: str, typed: dict[str, str | list[str]]) -> None:
    await ada.get(f"/desk/g/{slug}/questions/add")
    await ada.submit("main form", typed)
    await ada.follow()


async def asked(gathering_id: int) -> list[str]:
    return [row.asks for row in await read(question_rows, gathering_id)]


async def test_a_question_is_added_answered_read_and_forgotten(
    app: Litestar, ada: PageClient, ben: PageClient, client: PageClient, setting: Setting
) -> None:
    gathering, slug = setting.gathering, setting.gathering.slug
    await ada.get(f"/desk/g/{slug}")
    assert f'href="/desk/g/{slug}/questions"' in ada.text
    for typed in (LUNCH, TRAIN, SECRET):
        await add(ada, slug, typed)
    row = (await read(question_rows, gathering.id))[0]
    day = local(gathering.ends_at, gathering.zone).date()
    assert (row.choices, row.forget_on) == ("Soup 🍲\nPie\n<b>Rice</b>", day + timedelta(days=28))
    await book_with_answers(client, slug, row.id)
    await write(grant, setting.team.dee, gathering.series, "organiser")
    async with signed_in_browser(app, setting.team.dee) as organiser:
        await organiser.get(f"/desk/g/{slug}/answers")
        for words in (
            "<b>Rice</b>",
            "9:12 from Leeds",
            "Kath, booked by Cal",
            "Soup 🍲: 1",
            "1 question is for other eyes",
        ):
            assert words in organiser.words
        assert "My own words" not in organiser.text
    await ben.get(f"/desk/g/{slug}/answers")
    for words in ("Rice", "9:12", "My own words", "Cal"):
        assert words not in ben.words
    await write(grant, setting.team.ben, gathering.series, "access_lead")
    async with signed_in_browser(app, setting.team.ben) as lead:
        await lead.get(f"/desk/g/{slug}/answers")
        assert "1 party has answered what only access leads read" in lead.words
        assert "My own words" not in lead.text
        assert await Look.count() == 0
        await lead.submit("form[action$='/answers/open']")
        await lead.follow()
        assert "My own words" in lead.words
        looks = [(one.account_id, one.screen) for one in await Look.objects()]
        assert looks == [(setting.team.ben, ANSWERS)]
        assert "9:12" not in lead.words
    at = datetime.combine(row.forget_on, time(0, 0, 1), UTC)
    await forget(RULES, at - timedelta(days=1))
    assert await BookingAnswer.count() == 4
    await forget(RULES, at)
    assert await BookingAnswer.count() == 0


async def book_with_answers(client: PageClient, slug: str, lunch: int) -> None:
    await client.get(f"/g/{slug}/book/who")
    walk: list[dict[str, str | list[str]]] = [
        for_me(supporter="yes", supporter_name="Kath"),
        PHONE,
        {"help": "no"},
        {"help": "no"},
    ]
    for typed in walk:
        await step(client, typed)
    assert "We order a week before. The organisers use the answer for the kitchen." in client.words
    answers: dict[str, str | list[str]] = {
        f"q{lunch}-1": "Soup 🍲",
        f"q{lunch}-2": "<b>Rice</b>",
        f"q{lunch + 1}": "9:12 from Leeds",
        f"q{lunch + 2}": "My own words\nفي سطرين",
    }
    assert await step(client, answers) == "Check your answers"
    assert "9:12 from Leeds" in client.words
    await client.get(f"/g/{slug}/book/day?change=yes")
    assert await step(client, {}) == "Check your answers"
    assert await step(client, {}) == "Your places are booked"


async def test_one_person_answers_on_the_page_about_the_day(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await add(ada, slug, LUNCH | {"kind": "some"})
    row = (await read(question_rows, setting.gathering.id))[0]
    await client.get(f"/g/{slug}/book/who")
    walk: list[dict[str, str | list[str]]] = [for_me(), PHONE, {"help": "no"}]
    for typed in walk:
        await step(client, typed)
    field = f"q{row.id}-1"
    await client.submit("main form", {field: ["Pie"], "badge-1": "x" * 61}, status=422)
    assert client.words.count("Make the name on the badge shorter") == 2
    ticked = [tag["value"] for tag in client.soup.select(f"[name={field}][checked]")]
    assert ticked == ["Pie"]
    assert await step(client, {"badge-1": "Cal 🌻"}) == "Check your answers"
    assert await step(client, {}) == "Your place is booked"
    assert await BookingAnswer.count() == 1


async def test_letters_in_a_question_are_explained(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await add(ada, slug, LUNCH | {"asks": "Do you follow BSL?", "why": "BSL <3"})
    await client.get(f"/g/{slug}/book/who")
    walk: list[dict[str, str | list[str]]] = [for_me(), PHONE, {"help": "no"}]
    for typed in walk:
        await step(client, typed)
    short = '<abbr title="British Sign Language">BSL</abbr>'
    assert f"Do you follow {short} (British Sign Language)?" in client.text
    assert f"{short} &lt;3" in client.text


async def test_questions_are_moved_changed_and_removed(ada: PageClient, setting: Setting) -> None:
    slug, here = setting.gathering.slug, setting.gathering.id
    for typed in (LUNCH, TRAIN, SECRET, TRAIN):
        await add(ada, slug, typed)
    lunch, train, secret = [str(typed["asks"]) for typed in (LUNCH, TRAIN, SECRET)]
    assert await asked(here) == [lunch, train, secret]
    await ada.submit("main li:nth-of-type(3) form", button="up-3")
    await ada.follow()
    assert await asked(here) == [lunch, secret, train]
    await ada.submit("main li:nth-of-type(1) form", button="down-1")
    assert await asked(here) == [secret, lunch, train]
    await ada.submit("main li:nth-of-type(1) form", button="down-1", status=422)
    assert "Somebody else changed this meanwhile" in ada.words
    assert await asked(here) == [secret, lunch, train]
    await ada.get(f"/desk/g/{slug}/questions/2")
    assert "Soup 🍲" in ada.text
    await ada.submit("main form", {"asks": "Which lunch?", "audience": "team"})
    await ada.get(f"/desk/g/{slug}/questions/1/remove")
    await ada.submit("main form")
    assert await asked(here) == ["Which lunch?", train]
    await ada.get(f"/desk/g/{slug}/questions/3", status=404)
    await ada.get(f"/desk/g/{slug}/questions/0/remove", status=404)


async def test_what_people_were_promised_stays_true(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await add(ada, slug, LUNCH)
    for typed in (TRAIN, SECRET):
        await add(ada, slug, typed)
    lunch = (await read(question_rows, setting.gathering.id))[0]
    await book_with_answers(client, slug, lunch.id)
    await ada.get(f"/desk/g/{slug}/questions/1")
    await ada.submit("main form", {"audience": "team"}, status=422)
    assert ada.words.count("People have answered, and were told who sees it") == 2
    later = lunch.forget_on + timedelta(days=1)
    typed_day = {"audience": "kitchen", **_day(later)}
    await ada.submit("main form", typed_day, status=422)
    assert ada.words.count("It can only go earlier") == 2
    await ada.submit("main form", {**_day(lunch.forget_on - timedelta(days=1))})
    await ada.get(f"/desk/g/{slug}/questions/1/remove")
    assert "We delete 2 answers" in ada.words
    await ada.submit("main form")
    await ada.submit("main form", status=422)
    assert "If you pressed the button twice, the first press worked" in ada.words
    assert await BookingAnswer.count() == 2


def _day(day: date) -> dict[str, str]:
    return {
        "forget_on_day": str(day.day),
        "forget_on_month": str(day.month),
        "forget_on_year": str(day.year),
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"asks": ""}, "Enter the question"),
        ({"asks": "x" * 201}, "at most 200 characters"),
        ({"why": ""}, "Enter why you ask"),
        ({"choices": "Soup"}, "Write 2 to 15 choices"),
        ({"choices": "Soup\nsoup"}, "Write each choice once"),
        ({"choices": "x" * 101 + "\nPie"}, "Make each choice shorter"),
        ({"forget_on_year": "2020"}, "Enter a day in the year after the gathering"),
        ({"forget_on_day": "31", "forget_on_month": "2"}, "as a real date"),
    ],
)
async def test_a_question_that_cannot_be_asked(
    ada: PageClient, setting: Setting, changes: dict[str, str], sentence: str
) -> None:
    await ada.get(f"/desk/g/{setting.gathering.slug}/questions/add")
    await ada.submit("main form", {**LUNCH, **changes}, status=422)
    assert ada.words.count(sentence) == 2
    assert await asked(setting.gathering.id) == []


async def test_only_organisers_ask_and_strangers_see_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, ada: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    await add(ada, slug, LUNCH)
    base = f"/desk/g/{slug}/questions"
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        for path in ("", "/add", "/1", "/1/remove"):
            await browser.get(base + path, status=status)
            assert "lunch" not in browser.words
        for path in ("/add", "/1", "/1/move", "/1/remove"):
            await browser.post(base + path, {"to": "up", **TRAIN}, status=status)
    for browser, status in ((client, 401), (dee, 403)):
        await browser.get(f"/desk/g/{slug}/answers", status=status)
    for browser, status in ((client, 401), (dee, 403), (ben, 403)):
        await browser.post(f"/desk/g/{slug}/answers/open", {}, status=status)
    assert await asked(setting.gathering.id) == [LUNCH["asks"]]
