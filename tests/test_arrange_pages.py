"""The facilitators' pages: placing, moving, swapping and locking cards, and losing a race."""

from sessions.board.tables import Session
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered, placed, setting

__all__ = ["setting"]


async def test_a_card_in_hand_leads_to_where_it_fits(ben: PageClient, setting: Setting) -> None:
    await offered(setting, "Growing older", "Homes")
    await placed(setting, 1, 0, 0)
    await ben.get(f"{HERE}/arrange?card=2")
    found = " ".join(ben.one("#in-hand").get_text().split())
    assert "It fits at 1:25pm in 3 rooms and at 2:35pm in 3 rooms." in found
    first = ben.one("#in-hand [id^=fits-]")
    assert ben.one(f"{first['href']} button").get_text().startswith("Put it here")


async def test_strangers_and_people_without_sign_in_place_nothing(
    client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    for path in ("arrange", "sessions/1/move"):
        await client.get(f"{HERE}/{path}", status=401)
        await dee.get(f"{HERE}/{path}", status=403)
    for verb in ("place", "unplace", "swap"):
        sent = {"round": "3", "room": "1", "other": "2", "seen": "9"}
        await client.post(f"{HERE}/sessions/1/{verb}", sent, status=401)
        await dee.post(f"{HERE}/sessions/1/{verb}", sent, status=403)
    await dee.get(f"{HERE}/board/changes?for=arrange", status=403)
    await client.get(f"{HERE}/board/changes?for=arrange", status=401)
    assert await Session.count().where(Session.round.is_not_null()) == 0


async def test_a_facilitator_places_moves_and_takes_off_by_plain_forms(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await ben.get(f"{HERE}/arrange")
    assert "1 card waits for a spot." in ben.words
    await ben.get(f"{HERE}/sessions/1/move")
    rounds = [o["value"] for o in ben.soup.select("#round option") if o["value"]]
    await ben.submit("form[action$='/place']", {"round": str(rounds[0]), "room": "2"})
    answer = await ben.follow()
    assert answer.request.url.path == f"{HERE}/arrange"
    assert ben.soup.select_one(f"#spot-{rounds[0]}-2 #card-1") is not None
    await ben.get(f"{HERE}/sessions/1/move")
    await ben.submit("form[action$=unplace]")
    await ben.follow()
    assert ben.soup.select_one("#tray-1 #card-1") is not None


async def test_a_move_without_a_round_keeps_what_was_chosen(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await ben.get(f"{HERE}/sessions/1/move")
    await ben.submit("form[action$='/place']", {"room": "2"}, status=422)
    assert "Choose a round" in ben.words
    assert ben.one("#room option[value='2']").has_attr("selected")


async def test_two_facilitators_and_one_spot_end_in_a_choice(
    ada: PageClient, ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    for facilitator, number in ((ada, 1), (ben, 2)):
        await facilitator.get(f"{HERE}/sessions/{number}/move")
    first = str(ben.soup.select("#round option")[1]["value"])
    await ben.submit("form[action$='/place']", {"round": first, "room": "1"})
    await ada.submit("form[action$='/place']", {"round": first, "room": "1"}, status=409)
    assert "Ben has just put “Homes” in Large meeting room at" in ada.words
    await ada.submit("form[action$=swap]")
    await ada.follow()
    assert ada.soup.select_one(f"#spot-{first}-1 #card-1") is not None
    assert ada.soup.select_one("#tray-2 #card-2") is not None


async def test_a_stale_move_is_told_and_offers_the_form_again(
    ada: PageClient, ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await ada.get(f"{HERE}/sessions/1/move")
    await placed(setting, 1, room=1)
    first = str(ada.soup.select("#round option")[1]["value"])
    await ada.submit("form[action$='/place']", {"round": first, "room": "1"}, status=409)
    assert "Ben has just moved “Growing older”. It is now in Library at" in ada.words
    await ada.submit("form[action$='/place']", {"round": first, "room": "1"})


async def test_a_move_by_script_gets_only_the_changed_cells(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await ben.get(f"{HERE}/sessions/1/move")
    first = str(ben.soup.select("#round option")[1]["value"])
    sent = {"round": first, "room": "1", "seen": "1"}
    script = {"hx-request": "true"}
    answer = await ben.post(f"{HERE}/sessions/1/place", sent, status=200, headers=script)
    assert f'id="spot-{first}-1"' in answer.text
    assert answer.text.count("hx-swap-oob") == 4
    answer = await ben.post(
        f"{HERE}/sessions/1/place", sent | {"room": ""}, status=422, headers=script
    )
    assert "<html" not in answer.text


async def test_a_card_in_hand_goes_where_it_fits_and_elsewhere_the_reason_stands(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    await placed(setting, 1)
    await ben.get(f"{HERE}/arrange")
    await ben.get(str(ben.one("#take-2")["href"]).partition("#")[0])
    assert "“Homes” is in your hand" in ben.words
    rounds = [place["id"] for place in ben.soup.select(".place:not(.takes)")]
    taken = str(rounds[0])
    assert "“Growing older” is already in" in ben.one(f"#{taken}").get_text(" ")
    await ben.submit(".place.takes form")
    await ben.follow()
    assert ben.soup.select_one(".place #card-2") is not None


async def test_the_loser_of_a_race_is_offered_the_next_free_spot(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older", "Homes")
    await placed(setting, 1)
    await ben.get(f"{HERE}/sessions/2/move")
    first = str(ben.soup.select("#round option")[1]["value"])
    await ben.submit("form[action$='/place']", {"round": first, "room": "1"}, status=409)
    assert "The next free spot is " in ben.words
    await ben.submit("form:has(#next-free)")
    await ben.follow()
    assert ben.soup.select_one(".place #card-2") is not None


async def test_a_card_is_locked_and_unlocked_by_plain_forms(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await placed(setting, 1)
    await ben.get(f"{HERE}/sessions/1/move")
    await ben.submit("form[action$='/lock']")
    await ben.follow()
    assert "Locked" in ben.one("#card-1").get_text(" ")
    assert ben.soup.select("#take-1") == []
    sent = {"round": "4", "room": "3", "seen": "99"}
    await ben.post(f"{HERE}/sessions/1/place", sent, status=409)
    assert "“Growing older” is locked." in ben.words
    await ben.submit("form[action$='/lock']")
    await ben.follow()
    assert ben.soup.select_one("#take-1") is not None


async def test_a_senseless_card_in_the_address_is_no_card(
    ben: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    await ben.get(f"{HERE}/arrange?card=1")
    assert ben.soup.select_one("#put-back") is not None
    for card in ("x", "٣", "123456789abc", "9" * 5000):
        await ben.get(f"{HERE}/arrange?card={card}")
        assert ben.soup.select_one("#put-back") is None
