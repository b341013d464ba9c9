"""A real series, taken through its whole life by the pages that people use."""

from datetime import UTC, datetime, timedelta

from litestar import Litestar

from gatherings.people.sign_in import account_by_email, make_password_link, open_account
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Room, Round
from sessions.example.drawing import artwork, flipchart
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from tests.real_words import (
    ABOUT,
    NAME,
    QUESTIONS,
    RECORDED_WORDS,
    SERIES,
    SERIES_ABOUT,
    SESSIONS,
    THANKS,
)
from web.database import DatabaseEngine, read, write
from web.words import local

G = "how-do-we-win-it-birmingham"


async def test_the_real_gathering_goes_from_announcement_to_summary(
    app: Litestar, db: DatabaseEngine
) -> None:
    async with PageClient(app) as ada, PageClient(app) as cal:
        await sign_in_by_link(ada)
        await make_series_and_venue(ada)
        await plan(ada)
        await invite_helpers(ada)
        await see_it(cal)
        await book(cal)
        await see_booking_and_need(ada)
        await offer(cal)
        await place_everything(app)
        await capture(app)
        await compile_summary(ada)
        await read_and_comment(cal)
        await hide_comment(ada, cal)


async def sign_in_by_link(ada: PageClient) -> None:
    account = await write(open_account, "ada@example.org", "", starts_series=True)
    await ada.get(f"/sign-in/password/{await write(make_password_link, account)}")
    await ada.submit("main form", {"name": "Ada", "password": "three green boats"})
    await ada.follow()


async def make_series_and_venue(ada: PageClient) -> None:
    await ada.get("/desk/start-series")
    await ada.submit("main form", {"name": SERIES, "about": SERIES_ABOUT})
    await ada.get("/desk/series/social-care-future/add-venue")
    venue = {"name": "Friends Meeting House", "address": "40 Bull Street\nBirmingham B4 6AF"}
    await ada.submit("main form", venue)
    for room, capacity in (("George Cadbury Hall", "200"), ("William Penn Room", "30")):
        await ada.get("/desk/venues/friends-meeting-house/add-room")
        words = {"name": room, "floor": "Ground floor", "capacity": capacity}
        await ada.submit("main form", {**words, "for_sessions": "yes"})


async def plan(ada: PageClient) -> None:
    day = local(datetime.now(UTC) + timedelta(days=3), "Europe/London")
    await ada.get("/desk/series/social-care-future/plan-gathering")
    when = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    words = {"name": NAME, "about": ABOUT, "starts": "10am", "ends": "4pm"}
    await ada.submit("main form", {**words, **when})
    await ada.get(f"/desk/g/{G}/places")
    await ada.submit(
        "main form",
        {
            "capacity": "120",
            "contact_phone": "0121 496 0100",
            "postal_address": "40 Bull Street\nBirmingham B4 6AF",
            "go_word": "future",
            "recorded": "pictures",
            "recorded_words": RECORDED_WORDS,
        },
    )
    await ada.get(f"/desk/g/{G}/plan")
    await ada.submit(f'form[action="/desk/g/{G}/plan/usual"]')
    await ada.get(f"/desk/g/{G}/publish")
    await ada.submit(f'form[action="/desk/g/{G}/state/publish"]')


async def invite_helpers(ada: PageClient) -> None:
    helpers = "/desk/series/social-care-future/helpers"
    for name, role in (("Ben", "facilitator"), ("Noor", "note_keeper"), ("Sam", "note_keeper")):
        await ada.get(helpers)
        person = {"name": name, "email": f"{name.lower()}@example.org", "role": role}
        await ada.submit(f'form[action="{helpers}"]', person)
        await ada.follow()
        assert "/sign-in/password/" in ada.text


async def see_it(cal: PageClient) -> None:
    await cal.get(f"/g/{G}")
    assert "120 places are left" in cal.words
    assert "0121 496 0100" in cal.words
    assert "photographs and drawings for the summary. We record no sound and no video." in cal.words
    assert RECORDED_WORDS in cal.words
    calendar = (await cal.get(f"/g/{G}.ics")).text
    assert "SUMMARY:How do we win it? Birmingham" in calendar


async def book(cal: PageClient) -> None:
    await cal.get(f"/g/{G}/book/who")
    await cal.submit("main form", {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await cal.follow()
    await cal.submit("main form", {"way": "phone", "detail-phone": "07700 900123"})
    await cal.follow()
    await cal.submit("main form", {"help": "yes"})
    await cal.follow()
    await cal.submit("main form", {"groups": ["hear"]})
    await cal.follow()
    await cal.submit("main form", {"codes": ["hear.loop"]})
    await cal.follow()
    await cal.submit("main form", {"must": ["hear.loop"]})
    await cal.follow()
    await cal.submit("main form", {"consent": "yes"})
    await cal.follow()
    await cal.submit("main form")
    await cal.follow()
    await cal.submit("main form")
    await cal.follow()
    assert "You told us" in cal.words


async def see_booking_and_need(ada: PageClient) -> None:
    await ada.get(f"/desk/g/{G}/bookings")
    assert "Cal" in ada.words
    await ada.get(f"/desk/g/{G}/needs")
    await ada.submit("form[action$='/needs/open']")
    await ada.follow()
    assert "A working hearing loop" in ada.words


async def offer(cal: PageClient) -> None:
    for title, about, host in SESSIONS:
        await cal.get(f"/g/{G}/offer")
        await cal.submit("main form", {"title": title, "about": about, "name": host})
    await cal.get(f"/g/{G}/sessions/1")
    await cal.submit(f'form[action="/g/{G}/sessions/1/star"]')


async def place_everything(app: Litestar) -> None:
    gathering = await read(gathering_by_slug, G)
    rounds = await Round.objects().where(
        Round.gathering == gathering.id, Round.kind == "open_space"
    )
    rooms = await Room.objects().where(Room.venue == gathering.venue)
    spots = [(part.number, room.position) for part in rounds for room in rooms]
    async with helper(app, "ben") as ben:
        for number, (part, room) in enumerate(spots[: len(SESSIONS)], 1):
            await ben.get(f"/g/{G}/sessions/{number}/move")
            form = f'form[action="/g/{G}/sessions/{number}/place"]'
            await ben.submit(form, {"round": str(part), "room": str(room)}, status=409)
            assert "Somebody needs something that is not there" in ben.words
            await ben.submit("form:has(#all-the-same)", {"why": "We asked them."})
        await ben.get(f"/g/{G}/arrange")
    assert len(spots) >= len(SESSIONS)


async def capture(app: Litestar) -> None:
    async with helper(app, "noor") as noor, helper(app, "sam") as sam:
        for place, (heading, said) in enumerate(QUESTIONS.items()):
            drawn = flipchart(heading, said, seed=place)
            await noor.get(f"/g/{G}/capture")
            await noor.submit(
                f'form[action="/g/{G}/capture"]',
                {"session": str(place + 1)},
                files={"pictures": ("IMG_1.jpg", drawn, "image/jpeg")},
            )
            code = await newest_sheet(noor)
            await noor.get(f"/g/{G}/capture/{code}")
            typed = {"points": "\n".join(f"• {point}" for point in said)}
            described = {"described": f"A flipchart sheet headed “{heading}”", "story": "nobody"}
            await noor.submit(f'form[action="/g/{G}/capture/{code}"]', {**typed, **described})
            await sam.get(f"/g/{G}/capture/{code}")
            await sam.submit(f'form[action="/g/{G}/capture/{code}/check"]')
        await noor.get(f"/g/{G}/capture/artwork")
        await noor.submit(
            "main form[enctype]",
            {
                "artist": "Pen",
                "licence": "all_rights",
                "described": "Circles that touch",
                "story": "nobody",
            },
            files={"drawing": ("drawing.jpg", artwork(("dream", "give"), 3), "image/jpeg")},
        )


async def newest_sheet(noor: PageClient) -> str:
    """The code of the one sheet that still waits to be typed up."""
    await noor.get(f"/g/{G}/capture")
    codes = {
        str(link["href"]).rsplit("/", 1)[1]
        for link in noor.soup.select(f'a[href^="/g/{G}/capture/"]')
    }
    for code in sorted(codes - {"artwork"}):
        await noor.get(f"/g/{G}/capture/{code}")
        box = noor.soup.select_one("textarea#points")
        if box is not None and not box.get_text().strip():
            return code
    raise AssertionError("no sheet waits to be typed up")


async def compile_summary(ada: PageClient) -> None:
    desk = f"/desk/g/{G}/summary"
    await ada.get(desk)
    await ada.submit("main form", {"title": NAME, "opening": "What the flipcharts said."})
    for heading in QUESTIONS:
        await ada.get(desk)
        await ada.submit(f'form[action="{desk}/questions"]', {"heading": heading})
    for heading, said in QUESTIONS.items():
        await bring(ada, desk, heading, said)
    await ada.get(f"{desk}/pictures")
    names = [str(select["name"]) for select in ada.soup.select("main select")]
    places = {name: "end" if name.startswith("place-") else "nobody" for name in names}
    await ada.submit("main form", places)
    await ada.get(f"{desk}/words")
    await ada.submit("main form", {"thanks": THANKS})
    await ada.get(desk)
    await ada.submit(f'form[action="{desk}/publish"]')


async def bring(ada: PageClient, desk: str, heading: str, said: tuple[str, ...]) -> None:
    """Tick the points that answer the question, as an organiser would by reading them."""
    await ada.get(f"{desk}/bring")
    labels = {label.get_text(strip=True): label["for"] for label in ada.soup.select("label")}
    boxes = {str(box["id"]): str(box["value"]) for box in ada.soup.select("input[name=point]")}
    ticked = [boxes[str(labels[point])] for point in said]
    options = {o.get_text(strip=True): str(o["value"]) for o in ada.soup.select("option")}
    await ada.submit("form.bring", {"point": ticked, "question": options[heading]})


async def read_and_comment(cal: PageClient) -> None:
    await cal.get(f"/g/{G}/summary")
    headings = [h.get_text(strip=True) for h in cal.soup.select("h2")]
    assert [h for h in headings if h in QUESTIONS] == list(QUESTIONS)
    missing = [p for said in QUESTIONS.values() for p in said if p not in cal.words]
    assert missing == []
    assert THANKS in cal.words
    assert len(cal.soup.select("main figure img")) == len(QUESTIONS) + 1
    await cal.submit("form#say", {"words": "Add the pub that opens on Christmas day.", "name": ""})
    await cal.follow()
    assert "Add the pub that opens on Christmas day." in cal.words


async def hide_comment(ada: PageClient, cal: PageClient) -> None:
    await ada.get(f"/g/{G}/summary")
    await ada.submit('form[action$="/hide"]')
    await cal.get(f"/g/{G}/summary")
    assert "Christmas day" not in cal.words


def helper(app: Litestar, name: str) -> "HelperBrowser":
    """The browser of somebody whom Ada invited."""
    return HelperBrowser(app, f"{name}@example.org")


class HelperBrowser:
    """Signs the helper in when it opens."""

    def __init__(self, app: Litestar, email: str) -> None:
        self.app, self.email = app, email

    async def __aenter__(self) -> PageClient:
        account = await read(account_by_email, self.email)
        assert account is not None
        self.signed_in = signed_in_browser(self.app, account.id)
        return await self.signed_in.__aenter__()

    async def __aexit__(self, *why: object) -> None:
        await self.signed_in.__aexit__(None, None, None)
