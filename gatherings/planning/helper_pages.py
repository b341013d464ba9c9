"""The people who help with a series. A one-time link to sign in is shown to hand over."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.people.sign_in import account_of_link
from gatherings.people.tables import ROLES
from gatherings.planning.gate_pages import own_series
from gatherings.planning.gathering_forms import EMAIL_SHAPE
from gatherings.planning.helpers import (
    ROLE_ABOUT,
    ROLE_WORDS,
    add_helper,
    fresh_link,
    helpers_of,
    remove_role,
)
from gatherings.planning.saving_pages import form_page, try_to
from gatherings.planning.tables import Series
from web.cookies import cookie_key, give_cookie
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go

NEW_LINK, SHOWN_FOR = "new-link", 300
NAME, EMAIL = 120, 254


@get("/desk/series/{slug:str}/helpers", name="helpers")
async def show_helpers(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """Who helps, and the form to add somebody."""
    _, series = await own_series(viewer, slug)
    return await _draw(request, None, series)


@post("/desk/series/{slug:str}/helpers", name="add_helper")
async def add_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Give somebody a role."""
    person, series = await own_series(viewer, slug)
    form = await read_form(request)
    name = form.line("name", "their name", most=NAME)
    email = form.line("email", "their e-mail address", most=EMAIL)
    role = form.choice("role", "what they do", ROLES)
    if email and not EMAIL_SHAPE.fullmatch(email):
        form.error("email", "Enter their e-mail address, such as name@example.org")
    key = (
        None
        if form.errors
        else await try_to(form, add_helper, person, series.id, name, email, role)
    )
    if key is None:
        return await _draw(request, form, series)
    return _back_with(request, slug, key)


@post("/desk/series/{slug:str}/helpers/remove", name="remove_helper")
async def remove_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Take a role away."""
    _, series = await own_series(viewer, slug)
    form = await read_form(request)
    await try_to(form, remove_role, series.id, form.typed("whose"), form.typed("which"))
    return await _draw(request, form, series) if form.errors else go(_path(slug))


@post("/desk/series/{slug:str}/helpers/link", name="helper_link")
async def link_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """A new link for somebody who cannot sign in any more."""
    person, series = await own_series(viewer, slug)
    form = await read_form(request)
    key = await try_to(form, fresh_link, person, series.id, form.typed("whose"))
    if key is None:
        return await _draw(request, form, series)
    return _back_with(request, slug, key)


def _back_with(request: WebRequest, slug: str, key: str) -> Redirect:
    """The link's key stays out of addresses and logs: the next page finds it in a cookie."""
    answer = go(_path(slug))
    give_cookie(request, answer, NEW_LINK, key, SHOWN_FOR if key else 0)
    return answer


async def _draw(request: WebRequest, form: Form | None, series: Series) -> Page:
    key = cookie_key(request, NEW_LINK)
    helpers = await read(helpers_of, series.id)
    owner = await read(account_of_link, key) if key else None
    ours = owner is not None and owner.email in {helper.email for helper in helpers}
    return form_page(
        request,
        "planning/helpers.html",
        form,
        series=series,
        helpers=helpers,
        role_words=ROLE_WORDS,
        roles=[(role, ROLE_WORDS[role], ROLE_ABOUT[role]) for role in ROLES],
        link=f"/sign-in/password/{key}" if ours else "",
        link_for=owner.name if owner and ours else "",
        values={},
    )


def _path(slug: str) -> str:
    return f"/desk/series/{slug}/helpers"


routes = [show_helpers, add_now, remove_now, link_now]
