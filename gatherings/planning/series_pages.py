"""Starting a series, changing its words, and the page from which an organiser runs it."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.desk_pages import on_the_desk
from gatherings.planning.gate_pages import own_series
from gatherings.planning.helpers import ROLE_WORDS, helpers_of
from gatherings.planning.listing import coming, gatherings_in, past
from gatherings.planning.lookup import series_of, venues_of
from gatherings.planning.refusals import seen_of
from gatherings.planning.saving_pages import form_page, show_what_changed, try_to
from gatherings.planning.series import FIELDS, change_series, start_series
from gatherings.planning.tables import Series
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotAllowed

NAME, ABOUT = 120, 3000


@get("/desk/start-series", name="start_series")
async def show_start_series(request: WebRequest, viewer: NamedDependency[Viewer | None]) -> Page:
    """The form for a new series."""
    _may_start(signed_in(viewer))
    return form_page(request, "planning/series_form.html", None, series=None, values={})


@post("/desk/start-series", name="start_series_now")
async def start_series_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None]
) -> Response[str] | Redirect:
    """Start the series. A second press leads to the same one."""
    person = signed_in(viewer)
    _may_start(person)
    form = await read_form(request)
    name, about = _read_words(form)
    slug = None if form.errors else await try_to(form, start_series, person, name, about)
    if slug is None:
        return form_page(request, "planning/series_form.html", form, series=None)
    return go(f"/desk/series/{slug}")


@get("/desk/series/{slug:str}", name="desk_series")
async def show_series(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """A series with its gatherings, venues and helpers."""
    person, series = await own_series(viewer, slug)
    listed = await read(gatherings_in, [series.id])
    return page(
        request,
        "planning/series_desk.html",
        series=series,
        venues=await read(venues_of, series.id),
        helpers=await read(helpers_of, series.id),
        role_words=ROLE_WORDS,
        coming=[on_the_desk(person, one) for one in coming(listed)],
        past=[on_the_desk(person, one) for one in past(listed)],
    )


@get("/desk/series/{slug:str}/about", name="series_about")
async def show_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The form for a series' words."""
    _, series = await own_series(viewer, slug)
    values = _shown(series)
    return form_page(request, "planning/series_form.html", None, series=series, values=values)


@post("/desk/series/{slug:str}/about", name="series_about_now")
async def save_about(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Keep a series' words."""
    _, series = await own_series(viewer, slug)
    form = await read_form(request)
    name, about = _read_words(form)
    if not form.errors:
        await try_to(form, change_series, series.id, name, about, form.typed("seen"))
    if form.errors:
        show_what_changed(form, _shown(await read(series_of, series.id)))
        return form_page(request, "planning/series_form.html", form, series=series)
    return go(f"/desk/series/{slug}")


def _may_start(viewer: Viewer) -> None:
    if not viewer.starts_series:
        raise NotAllowed("Ask the person who looks after this site to let you start a series.")


def _read_words(form: Form) -> tuple[str, str]:
    name = form.line("name", "the name of the series", most=NAME)
    return name, form.text("about", "what it is about", most=ABOUT, optional=True)


def _shown(series: Series) -> dict[str, str]:
    return {"name": series.name, "about": series.about, "seen": seen_of(series, FIELDS)}


routes = [show_start_series, start_series_now, show_series, show_about, save_about]
