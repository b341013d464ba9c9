"""What the board knows of a party: sessions they offered, stars, and how they are called there."""

from itertools import chain

from gatherings.personal_data import keeping
from gatherings.personal_data.held import Section, held_about
from gatherings.personal_data.held_words import Entry, moment
from sessions.board.tables import Joiner, Session, SessionHost, SessionWish, Star
from sessions.personal_data import in_pictures

KEPT_WISHES = f"Until {keeping.LETTERS.days} days after the gathering."
KEPT = f"Until {keeping.MONTHS_OF_CONTACTS} months after the gathering."


async def everything_held(booking_id: int, zone: str) -> list[Section]:
    """All that we hold about a party, in both rooms."""
    rows = await Joiner.objects().where(Joiner.booking == booking_id).order_by(Joiner.id)
    mine = [0, *(row.id for row in rows)]
    return [
        *await held_about(booking_id),
        Section("on_the_day", "On the day", KEPT, [_joined(row, zone) for row in rows]),
        Section("sessions", "Sessions that you offered or host", KEPT, await _offered(mine, zone)),
        Section(
            "wishes", "What you asked the facilitators for", KEPT_WISHES, await _wishes(mine, zone)
        ),
        Section("stars", "Sessions with your star", KEPT, await _starred(mine, zone)),
        Section("pictures", "Pictures that show you", KEPT, await in_pictures.held(booking_id)),
    ]


def _joined(row: Joiner, zone: str) -> Entry:
    return {"Called": row.name or "Without a name", "Joined": moment(row.joined_at, zone)}


async def _offered(joiners: list[int], zone: str) -> list[Entry]:
    hosted = [await _hosted(joiner) for joiner in joiners]
    rows = await (
        Session.objects()
        .where(Session.offered_by.is_in(joiners) | Session.id.is_in([0, *chain(*hosted)]))
        .order_by(Session.id)
    )
    return [
        {
            "Title": row.title,
            "About": row.about,
            "With": row.host_name,
            "Offered": moment(row.offered_at, zone),
        }
        for row in rows
    ]


async def _hosted(joiner: int) -> list[int]:
    """Also sessions of others that theirs became part of."""
    rows = await SessionHost.select(SessionHost.session).where(
        SessionHost.key.like(f"joiner:{joiner}:%")
    )
    return [row["session"] for row in rows]


async def _wishes(joiners: list[int], zone: str) -> list[Entry]:
    offered = Session.select(Session.id).where(Session.offered_by.is_in(joiners))
    rows = await (
        SessionWish.objects().where(SessionWish.session.is_in(offered)).order_by(SessionWish.id)
    )
    return [{"Words": row.words, "When": moment(row.asked_at, zone)} for row in rows]


async def _starred(joiners: list[int], zone: str) -> list[Entry]:
    rows = await (
        Star.select(Star.starred_at, Star.session.title)
        .where(Star.joiner.is_in(joiners))
        .order_by(Star.id)
    )
    return [
        {"Title": row["session.title"], "When": moment(row["starred_at"], zone)} for row in rows
    ]
