"""Every error becomes a page in plain words; the log gets the details, the person never does."""

import logging
import sqlite3
from collections.abc import Callable, MutableMapping

import asyncpg
from litestar.exceptions import HTTPException

from web.pages import Page, WebRequest, problem_page
from web.problems import Busy, NotAllowed, NotFound, Problem, SignInNeeded

log = logging.getLogger("gatherings.errors")

DATABASE_AWAY = (sqlite3.OperationalError, asyncpg.PostgresConnectionError, OSError)


class NotUnderstood(Problem):
    """The request makes no sense to us."""

    status = 400
    title = "We did not understand that"
    words = "Something got lost on the way to us. Go back, look at what you typed, and try again."


class WrongMethod(Problem):
    """The address exists, but not for this kind of request."""

    status = 405
    title = "That page works in another way"
    words = "Go back and use the button on the page before."


class TooLarge(Problem):
    """More was sent than we take."""

    status = 413
    title = "That was too much to send at once"
    words = "Go back and send less: fewer or smaller pictures, or shorter text."


class NotRight(Problem):
    """What was sent cannot be used as it is."""

    status = 422
    title = "Something was not filled in right"
    words = "Go back, look at what you typed, and try again."


class GoneMeanwhile(NotFound):
    """What a button is about was removed while the page was open, or by its first press."""

    title = "That is not here any more"
    words = (
        "It may have been removed while your page was open. If you pressed a button twice, "
        "the first press may have done it. Open the page before again, and look."
    )


class OurFault(Problem):
    """An error that we did not foresee."""


BY_STATUS: dict[int, type[Problem]] = {
    401: SignInNeeded,
    403: NotAllowed,
    404: NotFound,
    405: WrongMethod,
    413: TooLarge,
    422: NotRight,
    503: Busy,
}


def answer_problem(request: WebRequest, error: Problem) -> Page:
    """A problem that our own code raised.

    A button of ours led nowhere because the page was stale, not because its address is wrong.
    """
    unexplained = isinstance(error, NotFound) and error.words == NotFound.words
    if unexplained and request.method == "POST":
        return problem_page(request, GoneMeanwhile())
    return problem_page(request, error)


def answer_http(request: WebRequest, error: HTTPException) -> Page:
    """A problem that the framework raised. Its own words may repeat the request: never shown."""
    if error.status_code >= 500:
        log.error("answered %s %s", error.status_code, _where(request), exc_info=error)
    kind = BY_STATUS.get(error.status_code)
    if kind is None:
        kind = NotUnderstood if error.status_code < 500 else OurFault
    return problem_page(request, kind())


def answer_anything(request: WebRequest, error: Exception) -> Page:
    """An error that nobody foresaw: logged whole with the request's id, told in plain words."""
    log.error("failed %s", _where(request), exc_info=error)
    return problem_page(request, Busy() if isinstance(error, DATABASE_AWAY) else OurFault())


def _where(request: WebRequest) -> str:
    """The id and the route's pattern: never an address, which may hold a reference."""
    scope = request.scope
    return f"{scope['state'].get('request_id', '')} {scope.get('path_template', '')}"


handlers: MutableMapping[int | type[Exception], Callable[..., Page]] = {
    Problem: answer_problem,
    HTTPException: answer_http,
    Exception: answer_anything,
}
