"""Making a report: writing down who made it and for whom, and showing it for half an hour.

A report that holds people is also a look at each of their parties. Without a fresh report of its
own account a page shows nothing, so that nothing leaves without a line in the record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gatherings.access.catering import is_serious
from gatherings.access.looks import OPEN_FOR, SAME_LOOK, note_looks
from gatherings.access.needs import NeedView
from gatherings.access.report_paper import (
    Sheet,
    brief,
    caterer_sheet,
    fire_sheet,
    greeter_list,
    venue_sheet,
)
from gatherings.access.report_people import needs_told, people_coming, sharing_parties
from gatherings.access.reports import (
    ARRIVING,
    read_brief,
    read_caterer_sheet,
    read_fire_sheet,
    read_greeter_list,
    read_venue_sheet,
)
from gatherings.access.sharing import EVACUATION
from gatherings.access.tables import BadgeNumber, Look, ReportMade
from gatherings.bookings.tables import Booking
from gatherings.people.tables import Account
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering

TITLES = {
    "venue": "Venue sheet",
    "caterer": "Caterer sheet",
    "brief": "Brief for interpreters and captioners",
    "greeters": "Greeter list",
    "fire": "Fire safety sheet",
}
NUMBERS_ALONE = ("venue", "brief")
OF_PEOPLE = ("caterer", "greeters", "fire")
GREETERS_FROM = timedelta(hours=24)
TOO_EARLY = "This list is for the morning. It can be made from the day before"
TOO_LATE = "The gathering is over, so nobody needs a list of people any more"


@dataclass(frozen=True)
class Made:
    """A line of the record of reports. `named` says whether it held this party's people."""

    title: str
    who: str
    recipient: str
    at: datetime
    named: bool = False


async def make_report(
    gathering_id: int, report: str, account_id: int, recipient: str, at: datetime
) -> None:
    """Write down that a report is made for somebody. A second press writes nothing more.

    Raises Refused while it is too early for a list of people, or too late.
    """
    await hold(Gathering, gathering_id)
    _must_be_time_for_it(report, await gathering_of(gathering_id), at)
    if report == "caterer":
        await number_badges(gathering_id)
    just_now = await (
        ReportMade.objects()
        .where(
            (ReportMade.gathering == gathering_id)
            & (ReportMade.report == report)
            & (ReportMade.account_id == account_id)
            & (ReportMade.recipient == recipient)
            & (ReportMade.at > at - SAME_LOOK)
        )
        .order_by(ReportMade.at, ascending=False)
        .first()
    )
    if just_now is not None and await _looked_at_all(just_now):
        return
    if report in OF_PEOPLE:
        about = await _parties_on(gathering_id, report)
        await note_looks(about, account_id, TITLES[report], at)
    await ReportMade(
        gathering=gathering_id,
        report=report,
        account_id=account_id,
        recipient=recipient,
        at=at,
    ).save()


def _must_be_time_for_it(report: str, gathering: Gathering, at: datetime) -> None:
    if report in OF_PEOPLE and at >= gathering.ends_at:
        raise Refused("recipient", TOO_LATE)
    if report == "greeters" and at < gathering.starts_at - GREETERS_FROM:
        raise Refused("recipient", TOO_EARLY)


async def open_report(
    gathering_id: int, report: str, account_id: int, at: datetime
) -> tuple[Sheet, str] | None:
    """The sheet and for whom it is, while this account has made it within half an hour."""
    made = await (
        ReportMade.objects()
        .where(
            (ReportMade.gathering == gathering_id)
            & (ReportMade.report == report)
            & (ReportMade.account_id == account_id)
            & (ReportMade.at > at - OPEN_FOR)
        )
        .order_by(ReportMade.at, ascending=False)
        .first()
    )
    if made is None or not await _looked_at_all(made):
        return None
    return await _sheet(gathering_id, report), made.recipient


async def _looked_at_all(made: ReportMade) -> bool:
    """Whether all whom the sheet holds now were written down with it.

    Whoever came since is not left out, which could harm: the sheet has to be made again.
    """
    if made.report not in OF_PEOPLE:
        return True
    about = await _parties_on(made.gathering, made.report)
    rows = await Look.select(Look.booking).where(
        Look.booking.is_in([0, *about])
        & (Look.account_id == made.account_id)
        & (Look.screen == TITLES[made.report])
        & (Look.at >= made.at - SAME_LOOK)
    )
    return about <= {row["booking"] for row in rows}


async def _parties_on(gathering_id: int, report: str) -> set[int]:
    """The ids of the parties of whom a report holds somebody."""
    needs = await needs_told(gathering_id, await people_coming(gathering_id))
    about = {one.booking_id for one in needs if _stands_on(report, one)}
    return await sharing_parties(about) if report == "fire" else about


async def _sheet(gathering_id: int, report: str) -> Sheet:
    match report:
        case "venue":
            return venue_sheet(await read_venue_sheet(gathering_id))
        case "caterer":
            return caterer_sheet(await read_caterer_sheet(gathering_id))
        case "brief":
            return brief(await read_brief(gathering_id))
        case "fire":
            return fire_sheet(await read_fire_sheet(gathering_id))
        case _:
            return greeter_list(await read_greeter_list(gathering_id))


def _stands_on(report: str, need: NeedView) -> bool:
    """Whether a report holds the person because of this need, and does not only count them."""
    if report == "caterer":
        return is_serious(need)
    if report == "fire":
        return need.code == EVACUATION
    return need.code in ARRIVING


async def number_badges(gathering_id: int) -> None:
    """Give everybody who has a place a number. Numbers once given never change."""
    known = await BadgeNumber.objects().where(BadgeNumber.gathering == gathering_id)
    numbered, last = {row.person for row in known}, max((row.number for row in known), default=0)
    new = [person for person in await people_coming(gathering_id) if person not in numbered]
    rows = [
        BadgeNumber(gathering=gathering_id, person=person, number=number)
        for number, person in enumerate(new, last + 1)
    ]
    if rows:
        await BadgeNumber.insert(*rows)


async def badges(gathering_id: int) -> list[tuple[int, str]]:
    """Numbers and names of all who come, to be written on their badges."""
    people = await people_coming(gathering_id)
    rows = await (
        BadgeNumber.objects()
        .where(BadgeNumber.gathering == gathering_id)
        .order_by(BadgeNumber.number)
    )
    return [(r.number, people[r.person].name or "A supporter") for r in rows if r.person in people]


async def reports_made(gathering_id: int) -> list[Made]:
    """Every report that was made of a gathering, the latest first."""
    return await _made(await _rows(gathering_id), set())


async def shared_with(booking_id: int) -> list[Made]:
    """With whom something about a party was shared, the latest first.

    A sheet of numbers alone counts everybody. Of the others only those are told that held
    somebody of this party: the look that was written with them says so.
    """
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        return []
    looks = await Look.objects().where(
        (Look.booking == booking_id) & Look.screen.is_in([TITLES[name] for name in OF_PEOPLE])
    )
    rows = [row for row in await _rows(booking.gathering) if row.at >= booking.created_at]
    named = {row.id for row in rows if any(_goes_with(look, row) for look in looks)}
    shown = [row for row in rows if row.report in NUMBERS_ALONE or row.id in named]
    return await _made(shown, named)


def _goes_with(look: Look, made: ReportMade) -> bool:
    return (
        look.screen == TITLES[made.report]
        and look.account_id == made.account_id
        and made.at - SAME_LOOK <= look.at <= made.at
    )


async def _rows(gathering_id: int) -> list[ReportMade]:
    return await (
        ReportMade.objects()
        .where(ReportMade.gathering == gathering_id)
        .order_by(ReportMade.at, ReportMade.id, ascending=False)
    )


async def _made(rows: list[ReportMade], named: set[int]) -> list[Made]:
    ids = sorted({row.account_id for row in rows})
    accounts = await Account.select(Account.id, Account.name).where(Account.id.is_in([0, *ids]))
    names = {row["id"]: row["name"] for row in accounts}
    return [
        Made(
            TITLES[row.report],
            names.get(row.account_id) or "A former helper",
            row.recipient,
            row.at,
            row.id in named,
        )
        for row in rows
    ]
