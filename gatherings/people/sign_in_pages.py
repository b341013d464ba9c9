"""The pages for signing in and out and for choosing a password."""

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people import passwords
from gatherings.people.roles import Viewer
from gatherings.people.sign_in import (
    SIGN_IN_LASTS,
    account_by_email,
    account_of_link,
    begin_sign_in,
    end_sign_in,
    set_password,
    tidy_email,
    viewer_by_key,
)
from web.cookies import cookie_key, give_cookie
from web.crypto import hash_of
from web.database import read, write
from web.forms import Form, read_form, typed_pairs
from web.limits import Limit
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound, TooMany

COOKIE = "sign-in"
WRONG = "The e-mail address and password do not go together. Check both"

failures = Limit(10, 15 * 60)


async def find_viewer(request: WebRequest) -> None:
    """Before each request: who is signed in. Costs no query for people without the cookie.

    A sign-in may end while somebody types, and what they type about may go: the page that says
    so hands back what they typed.
    """
    key = cookie_key(request, COOKIE)
    viewer = await read(viewer_by_key, key) if key else None
    request.scope["state"]["viewer"] = viewer
    request.scope["state"]["typed"] = await typed_pairs(request)


def viewer_of(request: WebRequest) -> Viewer | None:
    """The signed-in person, for handlers that ask for `viewer`."""
    viewer: Viewer | None = request.scope["state"].get("viewer")
    return viewer


def own_path(path: str) -> str:
    """A path of this site to go on to; the desk for anything else."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") else "/desk"


@get("/sign-in", name="sign_in")
async def show_sign_in(request: WebRequest, next: FromQuery[str] = "/desk") -> Page:
    """The sign-in form."""
    return page(request, "people/sign_in.html", values={"next": own_path(next)}, errors={})


@post("/sign-in", name="sign_in_now")
async def sign_in_now(request: WebRequest) -> Response[str] | Redirect:
    """Sign in; wrong tries are slowed by account, never by address."""
    form = await read_form(request)
    email = tidy_email(form.line("email", "your e-mail address", most=254))
    typed_password = form.text("password", "your password", most=passwords.LONGEST)
    wait = failures.wait(hash_of(email))
    if wait:
        raise TooMany("There were too many wrong passwords. Please wait, then try again.", wait)
    account = None if form.errors else await read(account_by_email, email)
    kept = account.password_hash if account else ""
    if not form.errors and not await passwords.password_fits(kept, typed_password):
        failures.count(hash_of(email))
        form.error("password", WRONG)
    if form.errors or account is None:
        return page(
            request, "people/sign_in.html", status=422, values=form.values, errors=form.errors
        )
    failures.forget(hash_of(email))
    return await _signed_in(request, account.id, own_path(form.typed("next")))


@post("/sign-out", name="sign_out")
async def sign_out(request: WebRequest) -> Redirect:
    """End this browser's sign-in."""
    await write(end_sign_in, cookie_key(request, COOKIE))
    answer = go("/")
    give_cookie(request, answer, COOKIE, "", 0)
    return answer


@get("/sign-in/password/{key:str}", name="choose_password")
async def show_choose_password(request: WebRequest, key: FromPath[str]) -> Page:
    """The page that a one-time link opens. Opening it uses nothing up."""
    account = await read(account_of_link, key)
    if account is None:
        raise NotFound("This link has been used, or it is too old. Ask for a new one.")
    values = {"name": account.name}
    return page(
        request, "people/password.html", email=account.email, key=key, values=values, errors={}
    )


@post("/sign-in/password/{key:str}", name="set_password")
async def set_password_now(request: WebRequest, key: FromPath[str]) -> Response[str] | Redirect:
    """Keep the new password and sign in."""
    account = await read(account_of_link, key)
    if account is None:
        raise NotFound("This link has been used, or it is too old. Ask for a new one.")
    form = await read_form(request)
    name, password = _read_password(form, account.email)
    if form.errors:
        return page(
            request,
            "people/password.html",
            status=422,
            email=account.email,
            key=key,
            values=form.values,
            errors=form.errors,
        )
    sign_in_key = await write(set_password, key, name, await passwords.hash_password(password))
    return _with_cookie(request, sign_in_key, "/desk")


def _read_password(form: Form, email: str) -> tuple[str, str]:
    name = form.line("name", "your name", most=120)
    password = form.text("password", "a password", most=passwords.LONGEST)
    trouble = passwords.trouble_with(password, email)
    if trouble:
        form.error("password", trouble)
    return name, password


async def _signed_in(request: WebRequest, account_id: int, path: str) -> Redirect:
    key = await write(begin_sign_in, account_id, cookie_key(request, COOKIE))
    return _with_cookie(request, key, path)


def _with_cookie(request: WebRequest, key: str, path: str) -> Redirect:
    answer = go(path)
    give_cookie(request, answer, COOKIE, key, int(SIGN_IN_LASTS.total_seconds()))
    return answer


routes = [show_sign_in, sign_in_now, sign_out, show_choose_password, set_password_now]
