"""The desk's page of a series' glossary."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import series_by_slug
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Series
from gatherings.wording import glossary
from gatherings.wording.wording import rules
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page


@get("/desk/series/{slug:str}/glossary", name="glossary")
async def show_glossary(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """Letters that stand for something, and what they mean."""
    return await _draw(request, await _own_series(viewer, slug), None)


@post("/desk/series/{slug:str}/glossary", name="explain_letters")
async def explain(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Add letters, or give them a new meaning."""
    series = await _own_series(viewer, slug)
    form = await read_form(request)
    letters = form.line("letters", "the letters", most=glossary.LONGEST_LETTERS)
    meaning = form.line("meaning", "what they stand for", most=glossary.LONGEST_MEANING)
    try:
        if not form.errors:
            await write(glossary.explain, series.id, letters, meaning)
            return go(f"/desk/series/{series.slug}/glossary")
    except Refused as refused:
        form.error(refused.field, refused.words)
    return await _draw(request, series, form)


@post("/desk/series/{slug:str}/glossary/remove", name="take_out_letters")
async def take_out(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Redirect:
    """Remove letters."""
    series = await _own_series(viewer, slug)
    form = await read_form(request)
    await write(glossary.take_out, series.id, form.typed("which"))
    return go(f"/desk/series/{series.slug}/glossary")


async def _own_series(viewer: Viewer | None, slug: str) -> Series:
    person = signed_in(viewer)
    series = await read(series_by_slug, slug)
    need_role(person, series.id, "organiser")
    return series


async def _draw(request: WebRequest, series: Series, form: Form | None) -> Page:
    return page(
        request,
        "wording/glossary.html",
        status=422 if form else 200,
        series=series,
        own=(await read(glossary.own_words, series.id)).items(),
        ours=rules().glossary.items(),
        values=form.values if form else {},
        errors=form.errors if form else {},
    )


routes = [show_glossary, explain, take_out]
