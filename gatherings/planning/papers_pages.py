"""Saying on the desk that the plan and the papers went, and taking that back."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.gate_pages import own_gathering
from gatherings.planning.papers import papers_did_not_go, papers_went
from web.database import write
from web.pages import go


@post("/desk/g/{slug:str}/plan/papers-went", name="papers_went")
async def say_they_went(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """They have gone to everybody who needs them."""
    person, gathering = await own_gathering(viewer, slug)
    await write(papers_went, person, gathering.id)
    return go(f"/desk/g/{slug}/plan#papers")


@post("/desk/g/{slug:str}/plan/papers-did-not-go", name="papers_did_not_go")
async def say_they_did_not(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """They have not gone after all."""
    person, gathering = await own_gathering(viewer, slug)
    await write(papers_did_not_go, person, gathering.id)
    return go(f"/desk/g/{slug}/plan#papers")


routes = [say_they_went, say_they_did_not]
