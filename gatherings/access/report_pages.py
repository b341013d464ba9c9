"""Reports on the desk: making one for somebody, and the sheet to print or to take as a file."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.making_reports import (
    NUMBERS_ALONE,
    OF_PEOPLE,
    TITLES,
    badges,
    make_report,
    open_report,
    reports_made,
)
from gatherings.access.need_shared_pages import Visit, visit_counts, visit_needs
from gatherings.access.sheet_shared_pages import FORMS, sheet_answer
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.refusals import Refused
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import clock, short_day

RECIPIENT = 120
ABOUT = {
    "venue": "What the house counts and makes ready. Numbers, no names.",
    "brief": "Times, rooms, letters and how many people use each service. No names of who comes.",
    "caterer": "How many of each diet and allergen. Serious allergies by the number on the badge, "
    "and by first name for those who said yes to that.",
    "fire": "Names of people who need help to get out, and who said yes to that.",
    "greeters": "First names of people who need something when they arrive, what to do and about "
    "when. A phone number of those whom we ring or text. "
    "Make it on the morning, or the day before.",
}
Sheet = Response[bytes] | Response[str] | Redirect


@get("/desk/g/{slug:str}/reports", name="reports")
async def show_reports(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The reports that may be made, and the record of those that were."""
    return await _draw(request, await visit_counts(viewer, slug))


@post("/desk/g/{slug:str}/reports/numbers/{report:str}", name="make_report")
async def make_of_numbers(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    report: FromPath[str],
) -> Page | Redirect:
    """Make a sheet that holds nobody."""
    return await _make(request, await visit_counts(viewer, slug), report, NUMBERS_ALONE)


@post("/desk/g/{slug:str}/reports/people/{report:str}", name="make_report_of_people")
async def make_of_people(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    report: FromPath[str],
) -> Page | Redirect:
    """Make a sheet that holds people: for those who may open needs."""
    return await _make(request, await visit_needs(viewer, slug), report, OF_PEOPLE)


@get("/desk/g/{slug:str}/reports/numbers/{report:str}/{form:str}", name="report")
async def show_numbers(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    report: FromPath[str],
    form: FromPath[str],
) -> Sheet:
    """The sheet: as a page to print, as PDF, as a spreadsheet or as plain text."""
    return await _show(request, await visit_counts(viewer, slug), (report, NUMBERS_ALONE), form)


@get("/desk/g/{slug:str}/reports/people/{report:str}/{form:str}", name="report_of_people")
async def show_people(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    report: FromPath[str],
    form: FromPath[str],
) -> Sheet:
    """The same for a sheet that holds people."""
    return await _show(request, await visit_needs(viewer, slug), (report, OF_PEOPLE), form)


@get("/desk/g/{slug:str}/badges", name="badges")
async def show_badges(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """Numbers and names, to be written on badges. Everybody has one, so it tells nothing."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(person, gathering.series, "organiser", "access_lead", "door")
    return page(request, "access/badges.html", g=gathering, badges=await read(badges, gathering.id))


async def _make(
    request: WebRequest, visit: Visit, report: str, known: tuple[str, ...]
) -> Page | Redirect:
    if report not in known:
        raise NotFound
    form = await read_form(request)
    recipient = form.line("recipient", "who will get it", most=RECIPIENT)
    who, at = visit.viewer.account_id, datetime.now(UTC)
    if not form.errors:
        try:
            await write(make_report, visit.gathering.id, report, who, recipient, at)
        except Refused as refused:
            form.error(refused.field, refused.words)
    if form.errors:
        return await _draw(request, visit, report, form)
    return go(f"{_address(visit, report)}/print")


async def _show(
    request: WebRequest, visit: Visit, wanted: tuple[str, tuple[str, ...]], form: str
) -> Sheet:
    report, known = wanted
    if report not in known or form not in FORMS:
        raise NotFound
    now, who = datetime.now(UTC), visit.viewer.account_id
    found = await read(open_report, visit.gathering.id, report, who, now)
    if found is None:
        return go(f"/desk/g/{visit.gathering.slug}/reports#{report}")
    sheet, recipient = found
    back = (f"/desk/g/{visit.gathering.slug}/reports", "Reports")
    return await sheet_answer(
        request, visit.gathering, sheet, form, _address(visit, report), back, recipient=recipient
    )


def _address(visit: Visit, report: str) -> str:
    kind = "people" if report in OF_PEOPLE else "numbers"
    return f"/desk/g/{visit.gathering.slug}/reports/{kind}/{report}"


async def _draw(
    request: WebRequest, visit: Visit, wrong: str = "", form: Form | None = None
) -> Page:
    """The page; after a wrong form of one report with its error."""
    reports = (*OF_PEOPLE, *NUMBERS_ALONE) if visit.opens else NUMBERS_ALONE
    zone = visit.gathering.zone
    made: list[Any] = [
        (f"{short_day(one.at, zone)}, {clock(one.at, zone)}", one.title, one.who, one.recipient)
        for one in await read(reports_made, visit.gathering.id)
    ]
    return page(
        request,
        "access/reports.html",
        status=422 if form else 200,
        g=visit.gathering,
        crumbs=visit.crumbs,
        reports=[(r, TITLES[r], ABOUT[r], _address(visit, r)) for r in TITLES if r in reports],
        wrong=wrong,
        errors=form.errors if form else {},
        values=form.values if form else {},
        made=made,
        opens=visit.opens,
        writes_badges=any(
            visit.viewer.may(visit.gathering.series, role)
            for role in ("organiser", "access_lead", "door")
        ),
    )


routes = [
    *(show_reports, make_of_numbers, make_of_people),
    *(show_numbers, show_people, show_badges),
]
