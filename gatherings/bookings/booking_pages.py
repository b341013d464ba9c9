"""The pages on which somebody books: a thing or two on each, without account and without script."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.access.catalogue import catalogue
from gatherings.access.consent import wording
from gatherings.bookings.booking_forms import form_of, group_in, matters_options
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.journey import FIRST, GROUP_STEP, Answers, step_after, step_before
from gatherings.bookings.shared_pages import Answer, Visit, elsewhere, visit_of, with_draft
from gatherings.people.roles import Viewer
from web.database import write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound


@get("/g/{slug:str}/book", name="book")
async def start_booking(slug: FromPath[str]) -> Redirect:
    """The short address of the first page."""
    return go(f"/g/{slug}/book/{FIRST}")


@get("/g/{slug:str}/book/{step:str}", name="book_step")
async def show_step(
    request: WebRequest,
    slug: FromPath[str],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    late: FromQuery[str] = "",
    change: FromQuery[str] = "",
) -> Answer:
    """One page of the booking."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return _show(visit, step, late=bool(late))


@get("/g/{slug:str}/book/need/{group:str}", name="book_group")
async def show_group(
    request: WebRequest,
    slug: FromPath[str],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    change: FromQuery[str] = "",
) -> Answer:
    """The needs of one group."""
    visit = await visit_of(request, slug, viewer)
    visit.changing = bool(change)
    return _show(visit, GROUP_STEP + group)


@post("/g/{slug:str}/book/{step:str}", name="book_step_now")
async def keep_step(
    request: WebRequest,
    slug: FromPath[str],
    step: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep the answers of one page and go on."""
    return await _keep(await visit_of(request, slug, viewer), step)


@post("/g/{slug:str}/book/need/{group:str}", name="book_group_now")
async def keep_group(
    request: WebRequest,
    slug: FromPath[str],
    group: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Answer:
    """Keep what was ticked and written in one group."""
    return await _keep(await visit_of(request, slug, viewer), GROUP_STEP + group)


def _show(visit: Visit, step: str, *, late: bool = False) -> Answer:
    form = form_of(step)
    if form is None:
        raise NotFound
    other = elsewhere(visit, step)
    if other is not None:
        return other
    answers = _being_written(visit)
    return _draw(visit, step, form.values(answers, step), {}, late=late)


def _being_written(visit: Visit) -> Answers:
    """The answers so far; none after a booking was made, so that another can begin."""
    return visit.answers if visit.answers and not visit.answers.booked else Answers()


async def _keep(visit: Visit, step: str) -> Answer:
    page_form = form_of(step)
    if page_form is None:
        raise NotFound
    too_late = visit.answers is None and step != FIRST
    other = elsewhere(visit, step, status=409)
    if other is not None and not (too_late and isinstance(other, Redirect)):
        return other
    form = await read_form(visit.request)
    visit.changing = form.ticked("change")
    changes = page_form.read(form, _being_written(visit), step)
    if too_late:
        return await _begin_again(visit, {} if form.errors else changes)
    if form.errors:
        return _draw(visit, step, form.values, form.errors, status=422)
    key, answers = await write(save_draft, visit.key, visit.gathering.id, changes)
    return with_draft(visit, key, visit.go(step_after(step, answers, changing=visit.changing)))


async def _begin_again(visit: Visit, changes: dict[str, Any]) -> Redirect:
    """The draft is gone: what was typed just now starts a new one, so that it is not lost too."""
    changes = {name: value for name, value in changes.items() if name not in ("consent", "must")}
    answer = visit.go(FIRST, late=True)
    if not changes:
        return answer
    key, _ = await write(save_draft, "", visit.gathering.id, changes)
    return with_draft(visit, key, answer)


def _draw(
    visit: Visit,
    step: str,
    values: dict[str, Any],
    errors: dict[str, str],
    *,
    status: int = 200,
    late: bool = False,
) -> Page:
    form, answers = form_of(step), _being_written(visit)
    if form is None:
        raise NotFound
    back = step_before(step, answers, changing=visit.changing)
    return page(
        visit.request,
        form.template,
        status=status,
        g=visit.gathering,
        action=f"{visit.base}/{step}",
        back=f"{visit.base}/{back}" if back else f"/g/{visit.gathering.slug}",
        changing=visit.changing,
        values=values,
        errors=errors,
        late=late,
        full=visit.full,
        enters=visit.enters,
        booked=visit.answers.booked if visit.answers else "",
        **_asked_on(visit, step, answers),
    )


def _asked_on(visit: Visit, step: str, answers: Answers) -> dict[str, Any]:
    """What only one of the pages shows."""
    known = catalogue()
    if step == "needs":
        return {"groups": known.groups.values()}
    if step == "matters":
        return {"options": matters_options(answers)}
    if step == "consent":
        return {"wording": wording(visit.gathering.name)}
    if step.startswith(GROUP_STEP):
        group = group_in(step)
        return {"group": known.groups[group], "types": known.in_group(group)}
    return {}


routes = [start_booking, show_group, keep_group, show_step, keep_step]
