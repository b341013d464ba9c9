"""The example's gatherings: what they are called, when they are, and the plan of their day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gatherings.bookings import bookings
from gatherings.bookings.asking import QuestionWords, add_question, usual_forget_on
from gatherings.bookings.extra_questions import questions_of
from gatherings.people.roles import Viewer
from gatherings.planning import day_plan, gatherings
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from sessions.example import words
from sessions.example.party_list import NAMES, party_of
from web.database import read, write
from web.words import local, moment_of

ZONE = "Europe/London"
PLACES = 120
LATEST_START = 20
LENGTH = 360
POINTS = {"Lunch": "meal"}
PLAN = (
    ("Welcome and opening circle", "fixed", 0, 25),
    ("Talk: the stories people hear", "fixed", 25, 50),
    ("Round 1", "open_space", 60, 100),
    ("Round 2", "open_space", 110, 150),
    ("Lunch", "break", 150, 210),
    ("Round 3", "open_space", 210, 250),
    ("Round 4", "open_space", 260, 300),
    ("Tea", "break", 300, 320),
    ("Closing circle", "fixed", 320, LENGTH),
)
ABOUT = {
    "Welcome and opening circle": "Who is here, what open space is, and how to offer a session.",
    "Talk: the stories people hear": (
        "Two people tell how newspapers wrote about them, and what they would have said."
    ),
    "Lunch": "Warm and cold food. Staff can tell you what is in it.",
    "Closing circle": "One sentence from everybody who wants to say one.",
}


@dataclass(frozen=True)
class Planned:
    """One gathering of the year. `week` counts from today; the house is the venue of one.

    `asks` says whether the organisers ask something of their own.
    """

    name: str
    about: str
    go_word: str
    week: int
    in_house: bool = False
    asks: bool = False


async def build_gathering(
    ada: Viewer, series_id: int, venue_id: int, planned: Planned
) -> Gathering:
    """A gathering that is open for booking, with its whole day planned."""
    starts_at = start_of(planned.week, datetime.now(UTC))
    about = gatherings.About(
        name=planned.name,
        about=planned.about,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=LENGTH),
    )
    slug = await write(gatherings.plan_gathering, ada, series_id, about, venue_id)
    gathering = await read(gathering_by_slug, slug)
    terms = gatherings.Terms(
        capacity=PLACES if planned.in_house else 80,
        cost_words="Lunch is included.",
        pays=words.PAYS,
        contact_phone=words.CONTACT_PHONE,
        contact_email=words.CONTACT_EMAIL,
        postal_address=words.POSTAL_ADDRESS,
        go_word=planned.go_word,
        recorded="pictures",
        recorded_words=words.RECORDED_WORDS,
    )
    await write(gatherings.set_terms, ada, gathering.id, terms)
    for name, kind, start, end in PLAN:
        part = day_plan.RoundWords(
            name=name,
            kind=kind,
            starts_at=starts_at + timedelta(minutes=start),
            ends_at=starts_at + timedelta(minutes=end),
            about=ABOUT.get(name, ""),
            point=POINTS.get(name, ""),
        )
        await write(day_plan.add_round, ada, gathering.id, part)
    if planned.asks:
        await _ask(gathering, ada)
    await write(gatherings.publish, ada, gathering.id)
    return await read(gathering_by_slug, slug)


async def _ask(gathering: Gathering, ada: Viewer) -> None:
    """The organisers' own questions: about lunch, and how people come."""
    gone = usual_forget_on(gathering)
    for kind, asks, why, choices, each_person, audience in words.OWN_QUESTIONS:
        question = QuestionWords(kind, asks, why, choices, each_person, audience, gone)
        await write(add_question, ada, gathering.id, question)


def start_of(week: int, now: datetime) -> datetime:
    """10 in the morning in so many weeks; today's gathering is under way whenever it is shown."""
    here = local(now, ZONE)
    hour = 10
    if week == 0 and not 10 <= here.hour < 15:
        hour = min(max(here.hour - 2, 0), LATEST_START)
    return moment_of(here.date() + timedelta(weeks=week), time(hour), ZONE)


async def book_parties(gathering: Gathering, ada: Viewer, many: int = len(NAMES)) -> None:
    """Let people book, each some days before the next."""
    questions = await read(questions_of, gathering.id)
    for place in range(min(many, len(NAMES))):
        party, source = party_of(place, questions)
        entered_by = None if source == "web" else ada.account_id
        await write(
            bookings.book,
            gathering.id,
            party,
            source=source,
            entered_by=entered_by,
            at=min(datetime.now(UTC), gathering.starts_at) - timedelta(hours=7 * (place + 1)),
        )
