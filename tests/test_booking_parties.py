"""Booking for several people and for somebody else: each person, their needs and their names."""

import pytest

from gatherings.access.needs import needs_of_booking
from gatherings.bookings.answers import Answers
from gatherings.bookings.tables import Booking, Person
from tests.booking_walk import PHONE, for_me, only_booking, step
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read

US: dict[str, str | list[str]] = {"for_whom": "us", "name": "Cal"}
OTHER: dict[str, str | list[str]] = {
    "for_whom": "other",
    "name": "Kath",
    "asker_is": "their support worker",
}
RIGHT_TO_LEFT = "نورا 🌻"


async def begin(client: PageClient, setting: Setting, first: dict[str, str | list[str]]) -> str:
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    return await step(client, first)


async def people_of() -> list[Person]:
    return await Person.objects().order_by(Person.position)


async def test_me_and_others_each_with_their_own_needs(
    client: PageClient, setting: Setting
) -> None:
    assert await begin(client, setting, US) == "Who is coming with you?"
    await step(client, {"name-3": RIGHT_TO_LEFT, "role-3": "attending"}, button="add")
    await step(client, {"role-4": "supporting"}, button="add")
    headings = [
        await step(client, {"name-5": "", "role-5": "attending"}),
        await step(client, PHONE),
        await step(client, {"help": "no"}),
        await step(client, {"help": "yes"}),
        await step(client, {"groups": ["hear"]}),
        await step(client, {"codes": ["hear.bsl", "hear.loop"]}),
        await step(client, {"must": ["hear.bsl"]}),
        await step(client, {"help": "yes"}),
        await step(client, {"groups": ["food"]}),
        await step(client, {"codes": ["food.diet"], "words": "Vegan"}),
        await step(client, {"must": ["none"]}),
        await step(client, {"help": "ask"}),
        await step(client, {"consent": "yes"}),
    ]
    assert headings == [
        "How can we reach you?",
        "Would anything help you to take part?",
        f"Would anything help {RIGHT_TO_LEFT} to take part?",
        f"What would help {RIGHT_TO_LEFT}?",
        f"Hearing and talking together, for {RIGHT_TO_LEFT}",
        f"What can {RIGHT_TO_LEFT} not come without?",
        "Will the supporter need anything?",
        "What would help the supporter?",
        "Food and drink, for the supporter",
        "What can the supporter not come without?",
        "Would anything help person 4 to take part?",
        "May we keep what you told us?",
        "About each of you on the day",
    ]
    asked = [legend.get_text() for legend in client.soup.select("legend")]
    assert "May we photograph you, for our own records? Cal" in asked
    assert f"May we photograph them, for our own records? {RIGHT_TO_LEFT}" in asked
    assert client.soup.select("details[open]") == []
    day = {"photo-3": "yes", "named-3": "ask", "badge-3": "Nora", "first_time-3": "yes"}
    assert await step(client, {**day}) == "Check your answers"
    await client.get(f"{client.page.url.path.rpartition('/')[0]}/day")
    (opened,) = client.soup.select("details[open]")
    assert opened.select_one("[name=photo-3][value=yes][checked]") is not None
    assert await step(client, {}) == "Check your answers"
    for heading in ("Cal", RIGHT_TO_LEFT, "The supporter", "Person 4"):
        assert heading in [h2.get_text() for h2 in client.soup.select("h2")]
    assert await step(client, {}) == "Your places are booked"
    people = await read(people_of)
    assert [(one.name, one.role, one.help) for one in people] == [
        ("Cal", "attending", "no"),
        (RIGHT_TO_LEFT, "attending", "yes"),
        ("", "supporting", "yes"),
        ("", "attending", "ask"),
    ]
    nora = people[1]
    assert (nora.photo, nora.named, nora.quoted) == ("yes", "ask", "no")
    assert (nora.badge, nora.first_time) == ("Nora", "yes")
    assert {(one.photo, one.named, one.quoted) for one in people if one is not nora} == {
        ("no", "no", "no")
    }
    booking = await read(only_booking)
    assert (booking.for_whom, booking.contact_name, booking.places) == ("us", "Cal", 4)
    needs = await read(needs_of_booking, booking.id)
    assert sorted((one.person, one.code) for one in needs) == sorted(
        [
            (RIGHT_TO_LEFT, "hear.bsl"),
            (RIGHT_TO_LEFT, "hear.loop"),
            ("A supporter", "food.diet"),
            ("Somebody", "any.ask_me"),
        ]
    )


async def test_somebody_else_is_booked_by_who_asks(client: PageClient, setting: Setting) -> None:
    assert 'autocomplete="name"' in (await client.get(f"/g/{setting.gathering.slug}/book/who")).text
    assert await begin(client, setting, OTHER) == "Who is coming?"
    for field in client.soup.select("main input[type=text]"):
        assert field["autocomplete"] == "off"
    await step(client, {"name-3": "Len", "role-3": "attending"})
    await step(client, {"way": "email", "detail-email": "kath@example.org"})
    assert client.words.count("Would anything help Len to take part?") == 2
    assert await step(client, {"help": "no"}) == "About Len on the day"
    for field in client.soup.select("main input[type=text]"):
        assert field["autocomplete"] == "off"
    await step(client, {})
    assert "their support worker" in client.words
    assert await step(client, {}) == "Your place is booked"
    booking = await read(only_booking)
    assert (booking.for_whom, booking.asker_is) == ("other", "their support worker")
    assert (booking.contact_name, booking.contact_detail) == ("Kath", "kath@example.org")
    assert [one.name for one in await read(people_of)] == ["Len"]


async def test_rows_are_added_changed_and_removed(client: PageClient, setting: Setting) -> None:
    await begin(client, setting, US)
    await step(client, {"name-3": "Dot"}, button="add")
    await step(client, {"name-4": "Eli", "role-4": "maybe"}, button="add")
    assert 'value="Dot"' in client.text
    await step(client, {"name-5": "Flo"}, button="remove-3")
    assert [tag["value"] for tag in client.soup.select("main input[type=text]")] == ["Eli", "Flo"]
    await client.submit("main form", {}, status=422)
    assert client.words.count("Choose whether Flo takes part or supports") == 2
    await step(client, {"role-5": "attending"})
    await step(client, PHONE)
    await step(client, {"help": "no"})
    assert "Will Eli need anything?" in client.words
    await step(client, {"help": "no"})
    await step(client, {"help": "no"})
    await step(client, {})
    await client.get(f"/g/{setting.gathering.slug}/book/people?change=yes")
    assert await step(client, {"name-5": "Florence"}, button="add") == "Who is coming with you?"
    assert await step(client, {"name-6": "Gus", "role-6": "attending"}) == (
        "Would anything help Gus to take part?"
    )
    assert await step(client, {"help": "no"}) == "About each of you on the day"
    assert await step(client, {}) == "Check your answers"
    await step(client, {})
    people = await read(people_of)
    assert [(one.name, one.role, one.maybe) for one in people] == [
        ("Cal", "attending", False),
        ("Eli", "supporting", True),
        ("Florence", "attending", False),
        ("Gus", "attending", False),
    ]


@pytest.mark.parametrize("first", [US, OTHER])
async def test_a_party_without_people_is_told_so(
    client: PageClient, setting: Setting, first: dict[str, str | list[str]]
) -> None:
    await begin(client, setting, first)
    await client.submit("main form", {}, status=422)
    assert client.words.count("Add the people you book for") == 2
    if first is OTHER:
        await client.submit("main form", {"role-3": "supporting"}, status=422)
        assert "At least one of them takes part" in client.words
    await client.submit("main form", {"name-3": "x" * 201, "role-3": "attending"}, status=422)
    assert "x" * 201 in client.text
    base = f"/g/{setting.gathering.slug}/book"
    assert (await client.get(f"{base}/check", status=303)).headers["location"] == f"{base}/people"
    assert await Booking.count() == 0


async def test_more_people_than_a_page_holds_are_asked_to_ring(
    client: PageClient, setting: Setting
) -> None:
    await begin(client, setting, US)
    rows: dict[str, str] = {"rows": " ".join(str(key) for key in range(3, 24))}
    rows |= {f"role-{key}": "attending" for key in range(3, 24)}
    address = f"/g/{setting.gathering.slug}/book/people"
    await client.post(address, rows, status=422)
    assert "Please ring us for more" in client.words
    await client.post(address, rows | {"row": "add"}, status=422)
    assert "Please ring us for more" in client.words


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ({"name": "Cal", "supporter": "no"}, "Choose who you are booking for"),
        ({"for_whom": "them", "name": "Cal"}, "Choose who you are booking for"),
        ({"for_whom": "other", "name": "Cal"}, "Enter who you are to them"),
        ({"for_whom": "other", "name": "Cal", "asker_is": "x" * 121}, "at most 120 characters"),
    ],
)
async def test_the_first_page_says_what_is_missing(
    client: PageClient, setting: Setting, first: dict[str, str], sentence: str
) -> None:
    await client.post(f"/g/{setting.gathering.slug}/book/who", first, status=422)
    assert client.words.count(sentence) == 2
    assert 'value="Cal"' in client.text


async def test_pages_about_nobody_are_not_there(client: PageClient, setting: Setting) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await begin(client, setting, for_me())
    for address in ("person/9/help", "person/2/need/hear", "person/0/help"):
        status = 404 if "/0/" in address else 303
        await client.get(f"{base}/{address}", status=status)
        await client.post(f"{base}/{address}", {"help": "no"}, status=status)
    await client.get(f"{base}/person/x/help", status=404)
    await client.get(f"{base}/person/2/nowhere", status=404)


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("people", {"rows": "3 4", "name-3": "Dot", "role-3": "attending"}),
        ("person/3/help", {"help": "yes"}),
        ("person/3/need/hear", {"codes": "hear.bsl"}),
        ("person/3/matters", {"must": "none"}),
        ("day", {"photo-3": "yes"}),
    ],
)
async def test_a_page_of_a_party_whose_draft_is_gone_starts_again(
    client: PageClient, setting: Setting, page: str, typed: dict[str, str]
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    answer = await client.post(f"{base}/{page}", typed)
    assert answer.headers["location"] == f"{base}/who?late=yes"
    await client.follow()
    assert "Please start here again" in client.words
    await client.submit("main form", US)
    await client.follow()
    assert ('value="Dot"' in client.text) is (page == "people")


async def test_who_changes_from_us_to_me_books_one_person(
    client: PageClient, setting: Setting
) -> None:
    await begin(client, setting, US)
    await step(client, {"name-3": "Dot", "role-3": "attending"})
    await client.get(f"/g/{setting.gathering.slug}/book/who")
    walk: list[dict[str, str | list[str]]] = [for_me(), PHONE, {"help": "no"}, {}]
    for changes in walk:
        await step(client, changes)
    assert "Dot" not in client.words
    await step(client, {})
    assert [one.name for one in await read(people_of)] == ["Cal"]


def test_a_draft_from_before_there_were_parties_is_read() -> None:
    kept = {
        "form_token": "token",
        "secret": "secret",
        "name": "Cal",
        "supporter": "maybe",
        "supporter_name": "Kath",
        "way": "phone",
        "detail": "01632 960 002",
        "help": "yes",
        "groups": ["hear"],
        "ticked": {"hear": ["hear.loop"]},
        "words": {"hear": "Left ear"},
        "must": ["hear.loop"],
        "weighed": ["hear.loop"],
        "consent": "yes",
        "what_nobody_knows": 1,
    }
    party = Answers.from_kept(kept).party()
    assert (party.for_whom, party.contact_name, party.consent) == ("me", "Cal", "yes")
    assert [(one.name, one.role, one.maybe) for one in party.people] == [
        ("Cal", "attending", False),
        ("Kath", "supporting", True),
    ]
    need = party.people[0].needs[0]
    assert (need.code, need.words, need.strength) == ("hear.loop", "Left ear", "must")
    again = Answers.from_kept(Answers.from_kept(kept).to_keep())
    assert again == Answers.from_kept(kept)
