"""What every page of a booking does: show itself, keep its answers, and say what comes next."""

from typing import Any

from litestar.response import Redirect

from gatherings.access.catalogue import catalogue
from gatherings.access.consent import EASY, PLAIN, wording
from gatherings.bookings.answers import Answers
from gatherings.bookings.booking_forms import form_of
from gatherings.bookings.day_forms import of_each, once
from gatherings.bookings.draft_codes import give_code
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.extra_questions import AUDIENCE_WORDS
from gatherings.bookings.journey import (
    DAY,
    FIRST,
    GROUP_STEP,
    split_step,
    step_after,
    step_before,
)
from gatherings.bookings.need_forms import matters_options
from gatherings.bookings.people_forms import MOST_PEOPLE, rows_of
from gatherings.bookings.shared_pages import (
    Answer,
    Visit,
    draft_code,
    elsewhere,
    with_code,
    with_draft,
)
from gatherings.bookings.step_forms import Asking
from gatherings.bookings.uses import questions
from gatherings.planning.recorded import what_is_recorded
from gatherings.wording.glossary import glossary_of
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, go, page
from web.problems import NotFound
from web.words import explainer


async def show(visit: Visit, step: str, *, late: bool = False) -> Answer:
    """The page of a step, or where somebody belongs who cannot be on it."""
    form = form_of(step)
    if form is None:
        raise NotFound
    other = elsewhere(visit, step)
    if other is not None:
        return other
    asking = await _asking(visit, step)
    return _draw(visit, asking, form.values(asking), {}, late=late)


async def keep(visit: Visit, step: str) -> Answer:
    """Keep the answers of a page and go on; with errors, the page again."""
    page_form = form_of(step)
    if page_form is None:
        raise NotFound
    too_late = visit.answers is None and step != FIRST
    other = elsewhere(visit, step, status=409)
    if other is not None and not (too_late and isinstance(other, Redirect)):
        return other
    form = await read_form(visit.request)
    visit.changing = form.ticked("change")
    asking = await _asking(visit, step)
    changes = page_form.read(form, asking)
    if too_late:
        return await _begin_again(visit, step, {} if form.errors else changes)
    if form.ticked("save") and not any(form.typed(field) for field in form.errors):
        return await _save_for_later(visit, _so_far(form, step, changes))
    if form.errors:
        return _draw(visit, asking, form.values, form.errors, status=422)
    key, answers = await write(save_draft, visit.key, visit.gathering.id, changes)
    return with_draft(visit, key, _go_on(visit, step, answers, form.typed("row")))


def _go_on(visit: Visit, step: str, answers: Answers, row: str) -> Redirect:
    """On to the next page, or back to the page of people for one row more or less."""
    if step != "people" or not row:
        return visit.go(step_after(step, answers, changing=visit.changing))
    last = answers.others[-1].key if answers.others else 0
    asked = "?change=yes" if visit.changing else ""
    return go(f"{visit.base}/people{asked}" + (f"#person-{last}" if row == "add" and last else ""))


def _so_far(form: Form, step: str, changes: dict[str, Any]) -> dict[str, Any]:
    """What can be kept of a page on which something is still missing."""
    if form.errors and step != FIRST:
        return {}
    return {name: value for name, value in changes.items() if name not in form.errors}


async def _save_for_later(visit: Visit, changes: dict[str, Any]) -> Redirect:
    """Keep what was written, and show the code that leads back here."""
    key, _ = await write(save_draft, visit.key, visit.gathering.id, changes)
    code = await write(give_code, key, visit.gathering.id, draft_code(visit))
    return with_code(visit, code, with_draft(visit, key, go(f"{visit.base}/saved")))


async def _begin_again(visit: Visit, step: str, changes: dict[str, Any]) -> Redirect:
    """The draft is gone: what was typed just now starts a new one, so that it is not lost too.

    What is a person's own yes or no is asked again.
    """
    answer = visit.go(FIRST, late=True)
    if not changes or split_step(step)[1] in ("consent", "matters", DAY):
        return answer
    key, _ = await write(save_draft, "", visit.gathering.id, changes)
    return with_draft(visit, key, answer)


def _draw(
    visit: Visit,
    asking: Asking,
    values: dict[str, Any],
    errors: dict[str, str],
    *,
    status: int = 200,
    late: bool = False,
) -> Page:
    form, step = form_of(asking.step), asking.step
    if form is None:
        raise NotFound
    back = step_before(step, asking.answers, changing=visit.changing)
    return page(
        visit.request,
        form.template,
        status=status,
        g=visit.gathering,
        action=f"{visit.base}/{step}",
        base=visit.base,
        back=f"{visit.base}/{back}" if back else f"/g/{visit.gathering.slug}",
        changing=visit.changing,
        recorded=what_is_recorded(visit.gathering),
        values=values,
        errors=errors,
        late=late,
        full=visit.full,
        enters=visit.enters,
        booked=visit.answers.booked if visit.answers else "",
        answers=asking.answers,
        person=asking.person,
        called=asking.called,
        **_asked_on(visit, asking, values),
    )


async def _asking(visit: Visit, step: str) -> Asking:
    asked = await visit.questions(step)
    glossary = await read(glossary_of, visit.gathering.series) if asked else {}
    return Asking(visit.being_written, step, asked, glossary)


def _asked_on(visit: Visit, asking: Asking, values: dict[str, Any]) -> dict[str, Any]:
    """What only one of the pages shows."""
    known, page_of = catalogue(), split_step(asking.step)[1]
    if page_of == "needs":
        return {"groups": known.groups.values()}
    if page_of == "matters":
        return {"options": matters_options(asking.person)}
    if page_of == "consent":
        easy = visit.request.query_params.get("easy", values.get("variant")) in ("yes", EASY)
        words = wording(visit.gathering, EASY if easy else PLAIN)
        return {"wording": words, "easy": easy}
    if page_of == "people":
        return {"keys": rows_of(values), "most": MOST_PEOPLE}
    if page_of == DAY:
        return {
            "letters": explainer(asking.glossary),
            "once": once(asking.questions),
            "of_each": of_each(asking.questions),
            "audience_words": AUDIENCE_WORDS,
            "own_uses": questions(own=True),
            "their_uses": questions(own=False),
        }
    if page_of.startswith(GROUP_STEP):
        return {
            "group": known.groups[asking.group],
            "types": known.in_group(asking.group),
            "asks_time": known.asks_time(asking.group),
        }
    return {}
