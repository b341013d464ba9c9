"""Wrong and unusual answers on the booking pages: told beside the field, and nothing lost."""

import pytest

from gatherings.access.needs import needs_of_gathering
from gatherings.bookings.tables import Booking
from tests.booking_walk import only_booking, step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read

RIGHT_TO_LEFT = "‮نورا ‏Nora 🌻"
WRONG = [
    ("who", {"for_whom": "me", "name": "", "supporter": "no"}, "Enter your full name"),
    (
        "who",
        {"for_whom": "me", "name": "x" * 201, "supporter": "no"},
        "at most 200 characters. It now has 201",
    ),
    ("who", {"for_whom": "me", "name": "Cal"}, "Choose whether a supporter is coming"),
    (
        "who",
        {"for_whom": "me", "name": "Cal", "supporter": "perhaps"},
        "Choose whether a supporter is coming",
    ),
    (
        "who",
        {"for_whom": "me", "name": "Cal", "supporter": "yes", "supporter_name": "y" * 201},
        "Make your supporter’s name shorter",
    ),
    ("reach", {}, "Choose how we can reach you"),
    ("reach", {"way": "pigeon"}, "Choose how we can reach you"),
    ("reach", {"way": "email", "detail-email": ""}, "Enter your e-mail address"),
    ("reach", {"way": "email", "detail-email": "cal.example.org"}, "with an @ in it"),
    ("reach", {"way": "email", "detail-email": "a@" + "b" * 260}, "at most 254 characters"),
    ("reach", {"way": "phone", "detail-phone": "my sister's"}, "Enter your phone number in digits"),
    ("reach", {"way": "text", "detail-text": "🙂🙂🙂"}, "the number for text messages in digits"),
    ("reach", {"way": "post", "detail-post": "  \n "}, "Enter your postal address"),
    ("reach", {"way": "supporter"}, "Enter your supporter’s name and how to reach them"),
    ("help", {}, "Choose one of the answers"),
    ("help", {"help": "maybe"}, "Choose one of the answers"),
    ("needs", {}, "Choose at least one"),
    ("needs", {"groups": "rockets"}, "Choose at least one"),
    ("need/hear", {"words": "w" * 1001}, "at most 1000 characters. It now has 1001"),
    ("matters", {}, "Choose what you cannot come without"),
    ("matters", {"must": ["hear.loop", "none"]}, "but not both"),
    ("consent", {}, "Choose yes or no"),
    ("consent", {"consent": "sure"}, "Choose yes or no"),
]


@pytest.mark.parametrize(("page", "typed", "sentence"), WRONG)
async def test_wrong_answers_get_a_sentence_and_lose_nothing(
    client: PageClient,
    setting: Setting,
    page: str,
    typed: dict[str, str | list[str]],
    sentence: str,
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "phone", "detail-phone": "01632 960 002"})
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["hear"]})
    await step(client, {"codes": ["hear.loop"]})
    await step(client, {"must": ["none"]})
    await step(client, {"consent": "yes"})
    await client.post(f"{base}/{page}", typed, status=422)
    assert client.words.count(sentence) == 2
    for value in typed.values():
        offered = value if isinstance(value, str) else ""
        if len(offered) > 200 or "@" in sentence:
            assert offered in client.text
    await client.get(f"{base}/who?change=yes")
    assert 'value="Cal"' in client.text
    assert await Booking.count() == 0


async def test_a_time_of_arrival_is_asked_with_the_way_there(
    client: PageClient, setting: Setting
) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await client.get(f"{base}/who")
    await step(client, {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await step(client, {"way": "phone", "detail-phone": "01632 960 002"})
    await step(client, {"help": "yes"})
    await step(client, {"groups": ["travel"]})
    asked = {"codes": ["travel.meet"], "arrives": "25:00"}
    await client.submit("main form", asked, status=422)
    assert client.error_at("arrives").endswith("as a time, such as 10:00 or 2:30pm")
    await step(client, {"codes": ["travel.meet"], "arrives": "9.30"})
    await step(client, {"must": ["none"]})
    await step(client, {"consent": "yes"})
    await step(client, {})
    assert "Arrives about 9:30am" in client.words
    await client.submit("main form")
    (need,) = await read(needs_of_gathering, setting.gathering.id)
    assert (need.code, need.arrives) == ("travel.meet", "9:30am")


async def test_emoji_and_right_to_left_names_are_welcome(
    client: PageClient, setting: Setting
) -> None:
    await walk_to_check(client, setting.gathering.slug, RIGHT_TO_LEFT)
    assert "نورا" in client.words
    assert "‮" not in client.text
    await client.submit("main form")
    booking = await read(only_booking)
    assert booking.contact_name.endswith("Nora 🌻")


async def test_what_is_typed_is_never_markup(client: PageClient, setting: Setting) -> None:
    await walk_to_check(client, setting.gathering.slug, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.text
    assert "&lt;script&gt;alert(1)" in client.text
