"""Pictures of floors: kept clean, described in words, for everybody on the map of the rooms."""

from pathlib import Path

import pytest

from gatherings.planning.floor_plans import PlanWords, add_plan, plans_of
from gatherings.planning.refusals import Refused
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.picture_files import as_file, corners
from tests.sheet_rows import picture_row
from web.database import read, write
from web.settings import settings

PLANS = "/desk/venues/friends-meeting-house/floor-plans"
MAP = "/g/spring-gathering/rooms"
WORDS = {"floor": "Ground floor", "described": "The way in is on the left."}


def sent(content: bytes | None = None) -> dict[str, tuple[str, bytes, str]]:
    return {"plan": ("plan.jpg", content or as_file(corners()), "image/jpeg")}


def files_of(key: str) -> list[Path]:
    return sorted(settings().pictures.glob(f"{key}-*"))


async def send(
    ada: PageClient, setting: Setting, words: dict[str, str], *, status: int = 303
) -> str:
    """Press the button with a picture. Gives the key of the one plan that there is then."""
    await ada.get(PLANS)
    await ada.post(PLANS, words, files=sent(), status=status)
    (plan,) = await read(plans_of, setting.gathering.venue)
    return str(plan.picture)


async def test_a_plan_is_for_everybody_until_it_is_taken_away(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    key = await send(ada, setting, WORDS)
    assert await send(ada, setting, WORDS) == key
    await client.get(MAP)
    assert client.one(".floor-plan img")["src"] == f"/pictures/{key}-medium.jpg"
    assert "The way in is on the left." in client.words
    for size in ("large", "medium", "small"):
        await client.get(f"/pictures/{key}-{size}.jpg")
    assert len(files_of(key)) == 3
    await ada.get(f"{PLANS}/{key}")
    await ada.submit("form[action$=remove]", button="remove")
    await client.get(MAP)
    assert client.soup.select(".floor-plan") == []
    await client.get(f"/pictures/{key}-large.jpg", status=404)
    assert files_of(key) == []


async def test_the_picture_is_kept_when_its_words_are_missing(
    ada: PageClient, client: PageClient, setting: Setting
) -> None:
    key = await send(ada, setting, {"floor": "Ground floor", "described": " "}, status=422)
    assert "The picture is kept" in ada.words
    assert ada.error_at("described") != ""
    await client.get(MAP)
    assert client.soup.select(".floor-plan") == []
    await client.get(f"/pictures/{key}-large.jpg", status=404)
    await ada.get(f"/pictures/{key}-large.jpg")
    await ada.get(f"{PLANS}/{key}")
    await ada.submit(f"form[action='{PLANS}/{key}']", WORDS, button="keep")
    await client.get(MAP)
    assert "Floor plan: Ground floor" in client.words


async def test_words_that_somebody_else_changed_are_not_overwritten_unseen(
    ada: PageClient, setting: Setting
) -> None:
    plan = picture_row("plan"), PlanWords("Ground floor", "Old words")
    key = await write(add_plan, setting.gathering.venue, *plan)
    await ada.get(f"{PLANS}/{key}")
    seen = str(ada.one("[name=seen]")["value"])
    await ada.post(f"{PLANS}/{key}", WORDS | {"seen": seen})
    await ada.post(f"{PLANS}/{key}", WORDS | {"described": "Mine", "seen": seen}, status=422)
    assert "Now it says “The way in is on the left.”" in ada.error_at("described")
    assert ada.one("#described").get_text().strip() == "Mine"


async def test_words_typed_with_a_picture_that_is_there_are_not_lost(
    ada: PageClient, setting: Setting
) -> None:
    await send(ada, setting, {"floor": "", "described": ""}, status=422)
    key = await send(ada, setting, WORDS)
    mine = WORDS | {"described": "Mine"}
    assert await send(ada, setting, mine, status=422) == key
    assert "This picture is here already" in ada.words
    assert "Now it says “The way in is on the left.”" in ada.error_at("described")
    assert ada.one("#described").get_text().strip() == "Mine"
    await ada.submit(f"form[action='{PLANS}/{key}']", mine, button="keep")
    (plan,) = await read(plans_of, setting.gathering.venue)
    assert (plan.floor, plan.described) == ("Ground floor", "Mine")


@pytest.mark.parametrize(
    ("files", "words"),
    [(None, "Choose the picture of the floor plan"), (sent(b"no picture"), "is not a picture")],
)
async def test_what_cannot_be_kept_is_told_beside_the_field(
    ada: PageClient, setting: Setting, files: dict[str, tuple[str, bytes, str]], words: str
) -> None:
    await ada.post(PLANS, WORDS, files=files, status=422)
    assert words in ada.error_at("plan")
    assert ada.one("#described").get_text().strip() == WORDS["described"]
    assert await read(plans_of, setting.gathering.venue) == []


async def test_problems_stand_in_the_order_of_the_page(ada: PageClient, setting: Setting) -> None:
    await ada.post(PLANS, {"floor": "", "described": ""}, status=422)
    links = [link["href"] for link in ada.soup.select("#problem a")]
    assert links == ["#plan", "#floor", "#described"]


async def test_a_venue_has_a_dozen_plans_at_most(setting: Setting) -> None:
    for number in range(12):
        plan = picture_row(f"plan {number}"), PlanWords(f"Floor {number}", "")
        await write(add_plan, setting.gathering.venue, *plan)
    with pytest.raises(Refused):
        await write(add_plan, setting.gathering.venue, picture_row("thirteen"), PlanWords("13", ""))


async def test_only_organisers_send_and_remove(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    plan = picture_row("plan"), PlanWords("Ground floor", "Words")
    key = await write(add_plan, setting.gathering.venue, *plan)
    for path in ("", f"/{key}", f"/{key}/remove"):
        await ben.post(f"{PLANS}{path}", WORDS, status=403)
        await client.post(f"{PLANS}{path}", WORDS, status=401)
    assert len(await read(plans_of, setting.gathering.venue)) == 1
