"""Drawing pages: one Jinja environment, the same frame and cache rules for every answer."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.response import Redirect

from web import words
from web.codes import qr_image, qr_svg
from web.problems import Problem
from web.settings import Settings
from web.static_files import StaticFiles

TEMPLATES = Path(__file__).parent.parent / "templates"
STALE = (
    401,
    403,
    404,
    409,
    410,
)  # the answers to a form whose page was open while something changed
WebRequest = Request[Any, Any, Any]
Page = Response[str]


class Pages:
    """The drawing table: templates, addresses of static files and the name of the site.

    `more` are words that every template may use besides those of web/words.py.
    """

    def __init__(self, settings: Settings, static: StaticFiles, **more: Callable[..., str]) -> None:
        self.settings = settings
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.do"],
        )
        self.environment.globals.update(
            static=static.address,
            qr=qr_svg,
            qr_image=qr_image,
            site_name=settings.site_name,
            site_phone=settings.site_phone,
            base_url=settings.base_url,
            day=words.day,
            day_of=words.day_of,
            short_day=words.short_day,
            clock=words.clock,
            local=words.local,
            money=words.money,
            count=words.count,
            **more,
        )

    def draw(self, template: str, **context: Any) -> str:
        """The template as text."""
        return self.environment.get_template(template).render(context)

    def part(self, template: str, macro: str, *values: Any) -> str:
        """One macro of a template as text, for cells of a live board."""
        module = self.environment.get_template(template).module
        return str(getattr(module, macro)(*values))


def pages_of(request: WebRequest) -> Pages:
    """The app's drawing table."""
    pages: Pages = request.app.state.pages
    return pages


def page(
    request: WebRequest,
    template: str,
    *,
    status: int = 200,
    private: bool = True,
    **context: Any,
) -> Page:
    """A page as an answer. `private` pages, which is most, are kept by no cache at all."""
    viewer = request.scope["state"].get("viewer")
    text = pages_of(request).draw(template, viewer=viewer, path=request.url.path, **context)
    cache = "no-store" if private or viewer else "no-cache"
    return Response(
        text, media_type=MediaType.HTML, status_code=status, headers={"cache-control": cache}
    )


def go(path: str) -> Redirect:
    """Send the browser on after a button was pressed."""
    return Redirect(path, status_code=303, headers={"cache-control": "no-store"})


def words_typed(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """What a person wrote in a form, which nothing else holds now: texts of several words.

    A key or a choice of the form itself has no space in it. A password is never shown.
    """
    return [
        value for name, value in pairs if len(value.split()) > 1 and not name.startswith("password")
    ]


def problem_page(request: WebRequest, problem: Problem) -> Page:
    """A problem in plain words, with what to do next."""
    typed = request.scope["state"].get("typed", ())
    answer = page(
        request,
        problem.template,
        status=problem.status,
        problem=problem,
        request_id=request.scope["state"].get("request_id", ""),
        typed=typed,
        words_typed=words_typed(typed) if problem.status in STALE else (),
        can_come_back=request.method == "GET",
    )
    wait = getattr(problem, "wait", 0)
    if wait or problem.status == 503:
        answer.headers["retry-after"] = str(wait or 30)
    return answer
