"""Floor plans on the desk: sending a picture, its words, and taking it away."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.floor_plans import (
    FIELDS,
    LONGEST_DESCRIBED,
    LONGEST_FLOOR,
    PlanWords,
    describe_plan,
    plan_of,
    plans_of,
    send_plan,
    take_plan_away,
)
from gatherings.planning.gate_pages import own_venue
from gatherings.planning.refusals import Refused, seen_of
from gatherings.planning.saving_pages import (
    form_page,
    show_what_changed,
    show_what_is_there,
    try_to,
)
from gatherings.planning.tables import FloorPlan, Venue
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.picture_forms import ACCEPTED, LONGEST_POST, contents_of, picture_folder
from web.pictures import NotKept

PLANS = "/desk/venues/{slug:str}/floor-plans"
NOTHING_CHOSEN = "Choose the picture of the floor plan"
SENT_BEFORE = "This picture is here already, with other words. Press the button to keep yours"


@get(PLANS, name="floor_plans")
async def show_plans(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """The plans that there are, and a form for another."""
    _, venue = await own_venue(viewer, slug)
    return await _plans_page(request, venue, None)


@post(PLANS, name="add_floor_plan", request_max_body_size=LONGEST_POST)
async def add_plan_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Response[str] | Redirect:
    """Keep a picture. When its words need work, the picture is kept already."""
    _, venue = await own_venue(viewer, slug)
    form = await read_form(request)
    if not form.files("plan"):
        form.error("plan", NOTHING_CHOSEN)
    words = _read_words(form)
    key = await _send(request, venue, form, words)
    if not key:
        return await _plans_page(request, venue, form)
    plan = await read(plan_of, venue.id, key)
    if not form.errors and words != PlanWords(plan.floor, plan.described):
        form.error("", SENT_BEFORE)
        show_what_is_there(form, _shown(plan))
    if form.errors:
        return _plan_page(request, venue, plan, form)
    return go(f"/desk/venues/{slug}/floor-plans")


@get(f"{PLANS}/{{key:str}}", name="floor_plan")
async def show_plan(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    key: FromPath[str],
) -> Page:
    """One plan with its words."""
    _, venue = await own_venue(viewer, slug)
    return _plan_page(request, venue, await read(plan_of, venue.id, key), None)


@post(f"{PLANS}/{{key:str}}", name="describe_floor_plan")
async def describe_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    key: FromPath[str],
) -> Response[str] | Redirect:
    """Keep the words of a plan."""
    _, venue = await own_venue(viewer, slug)
    form = await read_form(request)
    words = _read_words(form)
    if not form.errors:
        await try_to(form, describe_plan, venue.id, key, words, form.typed("seen"))
    if form.errors:
        plan = await read(plan_of, venue.id, key)
        show_what_changed(form, _shown(plan))
        return _plan_page(request, venue, plan, form)
    return go(f"/desk/venues/{slug}/floor-plans")


@post(f"{PLANS}/{{key:str}}/remove", name="remove_floor_plan")
async def remove_now(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    key: FromPath[str],
) -> Redirect:
    """Take a plan away, with its files."""
    _, venue = await own_venue(viewer, slug)
    await take_plan_away(venue.id, key, picture_folder(request))
    return go(f"/desk/venues/{slug}/floor-plans")


async def _send(request: WebRequest, venue: Venue, form: Form, words: PlanWords) -> str:
    """The key of the plan that was sent; "" with an error when it cannot be kept."""
    async for name, content in contents_of(form.files("plan")[:1]):
        try:
            return await send_plan(venue.id, content, picture_folder(request), words)
        except NotKept as why:
            form.error("plan", f"“{name}” was not kept. {why}".rstrip("."))
        except Refused as refused:
            form.error(refused.field, refused.words)
    return ""


def _read_words(form: Form) -> PlanWords:
    return PlanWords(
        floor=form.line("floor", "which floor it shows", most=LONGEST_FLOOR),
        described=form.text("described", "what the plan shows", most=LONGEST_DESCRIBED),
    )


def _shown(plan: FloorPlan) -> dict[str, str]:
    return {
        "floor": plan.floor,
        "described": plan.described,
        "seen": seen_of(plan, FIELDS),
    }


async def _plans_page(request: WebRequest, venue: Venue, form: Form | None) -> Page:
    return form_page(
        request,
        "planning/floor_plans.html",
        form,
        venue=venue,
        plans=await read(plans_of, venue.id),
        accepted=ACCEPTED,
        longest=LONGEST_DESCRIBED,
        values={},
    )


def _plan_page(request: WebRequest, venue: Venue, plan: FloorPlan, form: Form | None) -> Page:
    if form and not form.typed("seen"):
        form.values["seen"] = seen_of(plan, FIELDS)
    return form_page(
        request,
        "planning/floor_plan.html",
        form,
        venue=venue,
        plan=plan,
        longest=LONGEST_DESCRIBED,
        values=_shown(plan),
    )


routes = [show_plans, add_plan_now, show_plan, describe_now, remove_now]
