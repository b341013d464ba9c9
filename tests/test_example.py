"""The example series at each stage: believable, whole, and made by the verbs people press."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatherings.access.tables import (
    NEED_STATES,
    Arrangement,
    Deputy,
    Need,
    SupportRound,
)
from gatherings.bookings.extra_questions import answers_of_gathering
from gatherings.bookings.tables import AUDIENCES, Booking, Person
from gatherings.letters.tables import Letter
from gatherings.planning.lookup import gathering_by_slug, rooms_of, rounds_of
from gatherings.planning.tables import Gathering, RoomFeature
from sessions.board.tables import Session
from sessions.capture.tables import Point, Sheet
from sessions.example.days import start_of
from sessions.example.loading import load_everything, load_stage
from sessions.example.words import QUESTIONS
from sessions.summaries.tables import Question, SummaryVersion
from tests.page_checks import PageClient
from web.database import read
from web.settings import settings
from web.words import local

HOUSE = "talking-about-care"


async def states() -> list[tuple[str, str]]:
    """Each gathering's address and whether it has been, is today, or comes."""
    now = datetime.now(UTC)
    rows = await Gathering.objects().order_by(Gathering.starts_at)
    today = local(now, "Europe/London").date()
    return [
        (
            row.slug,
            "today"
            if local(row.starts_at, row.zone).date() == today
            else "past"
            if row.starts_at < now
            else "coming",
        )
        for row in rows
    ]


async def placed_in_house() -> tuple[int, int]:
    """How many of the house's sessions are on the board, and how many there are."""
    house = await read(gathering_by_slug, HOUSE)
    sessions = await Session.objects().where(Session.gathering == house.id)
    return len([s for s in sessions if s.round is not None]), len(sessions)


@pytest.mark.once
async def test_before_the_day_a_mixed_company_has_booked_the_house(
    db: object, tmp_path: Path
) -> None:
    await load_stage("booking", tmp_path)
    assert dict(await states())[HOUSE] == "coming"
    assert await placed_in_house() == (0, 0)
    house = await read(gathering_by_slug, HOUSE)
    rounds = await read(rounds_of, house.id, "open_space")
    rooms = await read(rooms_of, house.venue, for_sessions=True)
    upstairs = [room.id for room in rooms if room.name.startswith("Upstairs")]
    no_steps = await RoomFeature.select(RoomFeature.value).where(
        RoomFeature.room.is_in(upstairs), RoomFeature.code == "step_free"
    )
    assert (house.capacity, len(rounds), len(rooms)) == (120, 4, 5)
    assert [row["value"] for row in no_steps] == ["no", "no"]
    parties = await Booking.objects().where(Booking.gathering == house.id)
    people = await Person.objects().where(Person.booking.is_in([b.id for b in parties]))
    assert {b.source for b in parties} == {"web", "phone", "paper"}
    assert len([p for p in people if p.role == "supporting"]) == 5
    assert [p.name for p in people if " " in p.name] == []
    assert house.taken == len(people)
    assert {b.for_whom for b in parties} == {"me", "us", "other"}
    assert [p.name for p in people if p.role == "attending"].count("") == 1
    assert {p.photo for p in people} == {"yes", "no", "ask"}
    answers = await read(answers_of_gathering, house.id, AUDIENCES)
    assert {one.asks for one in answers} == {"Which lunch would you like?", "How will you come?"}
    assert {need.state for need in await Need.objects()} == set(NEED_STATES)
    assert {one.state for one in await Arrangement.objects()} == {"confirmed", "asked"}
    assert await Deputy.exists().where(Deputy.gathering == house.id)
    assert await SupportRound.count() > 0


@pytest.mark.once
async def test_everything_shows_each_kind_of_page_with_content(
    client: PageClient, db: object
) -> None:
    await load_everything(settings().pictures)
    assert [when for _, when in await states()] == ["past", "past", "today", "coming"]
    assert await placed_in_house() == (17, 20)
    assert await Question.count() == len(QUESTIONS) == 5
    assert await Point.count() == 40
    assert await Sheet.count() == 12
    assert await SummaryVersion.count() == 1
    for path in ("/", f"/g/{HOUSE}", f"/g/{HOUSE}/board", f"/g/{HOUSE}/wall"):
        await client.get(path)
    await client.get("/g/words-that-work/summary")
    assert "scaffolding" in client.words
    coming, elsewhere = await letter_states()
    assert coming == {"waiting", "sent", "failed", "by_hand", "told", "dropped"}
    assert elsewhere == {"sent", "told"}


async def letter_states() -> tuple[set[str], set[str]]:
    """In which states letters of the coming gathering are, and those of all others."""
    coming = await read(gathering_by_slug, "what-we-do-next")
    rows = await Letter.select(Letter.state, Letter.gathering)
    return (
        {row["state"] for row in rows if row["gathering"] == coming.id},
        {row["state"] for row in rows if row["gathering"] != coming.id},
    )


@pytest.mark.parametrize(
    ("hour", "starts"), [(9, 7), (10, 10), (14, 10), (20, 18), (23, 20), (1, 0)]
)
def test_todays_gathering_is_under_way_whenever_it_is_shown(hour: int, starts: int) -> None:
    now = datetime(2027, 1, 12, hour, 30, tzinfo=UTC)
    began = start_of(0, now)
    assert local(began, "Europe/London").hour == starts
    assert began <= now < began + timedelta(hours=6)
