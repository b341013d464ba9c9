"""Cookies that hold keys: closed to script, sent to us alone, bound to https where we have it."""

from litestar import Response
from litestar.datastructures import Cookie

from web.pages import WebRequest, pages_of


def cookie_key(request: WebRequest, name: str) -> str:
    """The key in the cookie, or an empty string."""
    return request.cookies.get(_full_name(request, name), "")


def cookie_keys(request: WebRequest, beginning: str) -> dict[str, str]:
    """Every key whose cookie's name begins so, by the rest of its name."""
    start = _full_name(request, beginning)
    found = request.cookies.items()
    return {name.removeprefix(start): key for name, key in found if name.startswith(start)}


def give_cookie(
    request: WebRequest, answer: Response[object], name: str, key: str, seconds: int
) -> None:
    """Add the cookie to the answer; 0 seconds takes it away."""
    answer.set_cookie(
        Cookie(
            key=_full_name(request, name),
            value=key,
            path="/",
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=pages_of(request).settings.secure,
        )
    )


def _full_name(request: WebRequest, name: str) -> str:
    """With the `__Host-` prefix a browser refuses the cookie without https, so only there."""
    return f"__Host-{name}" if pages_of(request).settings.secure else name
