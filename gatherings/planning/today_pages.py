"""What will happen on the day, in Easy Read, with a picture beside each part."""

from litestar import HttpMethod, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.people.roles import Viewer
from gatherings.planning.easy_today import easy_today
from gatherings.planning.gathering_words import dates, is_today
from gatherings.planning.lookup import gathering_to_show, is_over
from web.database import read
from web.pages import Page, WebRequest, page


@route("/g/{slug:str}/today", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="gathering_today")
async def show_today(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The day from arriving to going home, how open space works, and where to find help."""
    gathering = await read(gathering_to_show, slug, viewer)
    return page(
        request,
        "public/today.html",
        private=gathering.state == "draft",
        easy=True,
        gathering=gathering,
        dates=dates(gathering),
        today=is_today(gathering),
        over=is_over(gathering),
        on_the_day=await read(easy_today, gathering.id),
    )


routes = [show_today]
