"""A series, a venue and a gathering, made by the same verbs that organisers press."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gatherings.people.roles import Viewer, grant, viewer_of_account
from gatherings.people.sign_in import open_account
from gatherings.planning import day_plan, gatherings, rooms, series, venues
from gatherings.planning.lookup import gathering_by_slug, series_by_slug, venue_by_slug
from gatherings.planning.tables import Gathering
from web.database import read, write

ROOMS = (
    rooms.RoomWords(name="Large meeting room", floor="Ground floor", capacity=80),
    rooms.RoomWords(name="Library", floor="Ground floor", capacity=20),
    rooms.RoomWords(name="Upstairs room 1", floor="First floor", capacity=15),
)


@dataclass(frozen=True)
class Team:
    """Account ids of the fixture people of one series."""

    ada: int
    ben: int
    dee: int


@dataclass(frozen=True)
class Setting:
    """A whole open gathering and the people who run it."""

    team: Team
    viewer: Viewer
    series_slug: str
    venue_slug: str
    gathering: Gathering


async def build_team() -> Team:
    """Ada organises, Ben will facilitate, Dee has an account and no role."""
    return Team(
        ada=await write(open_account, "ada@example.org", "Ada", starts_series=True),
        ben=await write(open_account, "ben@example.org", "Ben"),
        dee=await write(open_account, "dee@example.org", "Dee"),
    )


async def build_gathering(
    *, starts_in: timedelta = timedelta(days=30), capacity: int = 20, publish: bool = True
) -> Setting:
    """An open gathering from 10am to 4pm with three rooms and the usual day."""
    team = await build_team()
    series_slug, venue_slug = await _build_place(team)
    viewer = await viewer_for(team.ada)
    the_series = await read(series_by_slug, series_slug)
    venue = await read(venue_by_slug, venue_slug)
    starts = (datetime.now(UTC) + starts_in).replace(hour=10, minute=0, second=0, microsecond=0)
    about = gatherings.About(
        name="Spring gathering",
        about="We meet to change how people talk about social care.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
    )
    slug = await write(gatherings.plan_gathering, viewer, the_series.id, about, venue.id)
    gathering = await read(gathering_by_slug, slug)
    terms = gatherings.Terms(
        capacity=capacity,
        contact_phone="0161 496 0000",
        contact_email="hello@example.org",
        postal_address="1 Long Street\nManchester",
        go_word="spring",
    )
    await write(gatherings.set_terms, viewer, gathering.id, terms)
    await write(day_plan.fill_usual_day, viewer, gathering.id)
    if publish:
        await write(gatherings.publish, viewer, gathering.id)
    gathering = await read(gathering_by_slug, slug)
    return Setting(team, viewer, series_slug, venue_slug, gathering)


async def viewer_for(account_id: int) -> Viewer:
    """The account with the roles that it holds now."""
    viewer = await read(viewer_of_account, account_id)
    assert viewer is not None
    return viewer


async def _build_place(team: Team) -> tuple[str, str]:
    starter = await viewer_for(team.ada)
    slug = await write(series.start_series, starter, "Changing the story", "Four a year.")
    the_series = await read(series_by_slug, slug)
    await write(grant, team.ben, the_series.id, "facilitator")
    address = "6 Mount Street, Manchester M2 5NS"
    venue_slug = await write(venues.add_venue, the_series.id, "Friends Meeting House", address)
    venue = await read(venue_by_slug, venue_slug)
    for room in ROOMS:
        await write(rooms.add_room, venue.id, room)
    return slug, venue_slug
