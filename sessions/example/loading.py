"""Fill an empty database with the example series at one stage of its life, or at all of them."""

from datetime import UTC, datetime
from pathlib import Path

from gatherings.people.roles import Viewer
from gatherings.people.sign_in import account_by_email
from gatherings.planning import gatherings
from gatherings.planning.lookup import gathering_by_slug, gatherings_of, series_by_slug
from gatherings.planning.tables import Gathering
from sessions.example.aftermath import keep_and_publish
from sessions.example.arranging import arrange_support, hand_on
from sessions.example.arrivals import note_arrivals
from sessions.example.board import offer_sessions, place_sessions, star_sessions
from sessions.example.days import Planned, book_parties, build_gathering
from sessions.example.needed import let_needs_be_felt
from sessions.example.outbox import leave_some_to_do, settle
from sessions.example.places import build_hall, build_house, build_team
from sessions.example.promises import keep_promises
from sessions.example.waiting import build_waiting_list
from sessions.example.words import SESSIONS
from web.database import read, write

STAGES = ("booking", "day", "after")
HOUSE_WEEK = {"booking": 5, "day": 0, "after": -2}
QUARTER = 13
ON_THE_BOARD = 17


async def load_stage(stage: str, pictures: Path) -> None:
    """Four quarterly gatherings; the one in the meeting house has got as far as `stage`."""
    ada, series_id, house = await _house_and_team(pictures)
    hall = await build_hall(series_id)
    week = HOUSE_WEEK[stage]
    first = await _first_of_the_year(ada, series_id, hall, week - 2 * QUARTER)
    if stage != "after":
        await _publish(first, ada, pictures)
    await write(gatherings.close_booking, ada, first.id)
    await _quiet_past(ada, series_id, hall, week - QUARTER)
    main = await build_gathering(ada, series_id, house, _in_house(week))
    await book_parties(main, ada)
    await keep_promises(main, ada.account_id, await _account("ben@example.org"))
    await write(arrange_support, main.id, datetime.now(UTC))
    await write(hand_on, main, ada.account_id)
    if stage != "booking":
        await _live_the_day(main, ada, stage)
    if stage == "after":
        await _publish(main, ada, pictures)
        await write(gatherings.close_booking, ada, main.id)
    await build_gathering(ada, series_id, hall, _next(week + QUARTER))
    for gathering in await read(gatherings_of, series_id):
        await write(settle, gathering.id, ada.account_id)
    if stage == "booking":
        await write(leave_some_to_do, main, ada.account_id)


async def load_everything(pictures: Path) -> None:
    """One coming and open, one today with its board, and past ones, the first with its summary."""
    await load_stage("day", pictures)
    ada = await read(account_by_email, "ada@example.org")
    coming = await read(gathering_by_slug, "what-we-do-next")
    if ada is not None:
        viewer = Viewer(ada.id, ada.name, ada.email, True, frozenset())
        await book_parties(coming, viewer, many=12)
        await keep_promises(coming, ada.id, await _account("ben@example.org"))
        await build_waiting_list(coming, viewer)
        await write(arrange_support, coming.id, datetime.now(UTC))
        await write(leave_some_to_do, coming, ada.id)


async def _house_and_team(pictures: Path) -> tuple[Viewer, int, int]:
    ada = await build_team()
    the_series = await read(series_by_slug, "changing-the-story")
    return ada, the_series.id, await build_house(the_series.id, pictures)


def _in_house(week: int) -> Planned:
    about = (
        "A day to change how people talk about social care. In the morning a short talk, then "
        "open space: anyone can offer a session, and people go to what interests them."
    )
    return Planned("Talking about care", about, "story", week, in_house=True, asks=True)


def _next(week: int) -> Planned:
    about = "What we said we would do, what we did, and what comes after it. Bring a friend."
    return Planned("What we do next", about, "next", week, asks=True)


async def _first_of_the_year(ada: Viewer, series_id: int, venue_id: int, week: int) -> Gathering:
    about = "The first gathering of the year: the words people hear, and the words we want."
    planned = Planned("Words that work", about, "words", week)
    past = await build_gathering(ada, series_id, venue_id, planned)
    await book_parties(past, ada, many=18)
    await note_arrivals(past, over=True)
    await keep_promises(past, ada.account_id, await _account("ben@example.org"))
    await _fill_board(past, ada, len(SESSIONS))
    return past


async def _quiet_past(ada: Viewer, series_id: int, venue_id: int, week: int) -> None:
    about = "Who tells our stories, who listens, and who is missing from the room."
    planned = Planned("Who tells the story?", about, "tellers", week)
    past = await build_gathering(ada, series_id, venue_id, planned)
    await book_parties(past, ada, many=9)
    await note_arrivals(past, over=True)
    await write(gatherings.close_booking, ada, past.id)


async def _live_the_day(main: Gathering, ada: Viewer, stage: str) -> None:
    await note_arrivals(main, over=stage == "after")
    await _fill_board(main, ada, ON_THE_BOARD if stage == "day" else len(SESSIONS))
    if stage == "day":
        await let_needs_be_felt(main, ada.account_id)


async def _fill_board(gathering: Gathering, ada: Viewer, placed: int) -> None:
    await offer_sessions(gathering)
    await place_sessions(gathering, ada.account_id, placed)
    await star_sessions(gathering, len(SESSIONS))


async def _publish(gathering: Gathering, ada: Viewer, pictures: Path) -> None:
    noor, ben = await _account("noor@example.org"), await _account("ben@example.org")
    await keep_and_publish(gathering, pictures, noor, ben, ada.account_id)


async def _account(email: str) -> int:
    account = await read(account_by_email, email)
    if account is None:
        raise RuntimeError(f"{email} is missing from the example.")
    return account.id
