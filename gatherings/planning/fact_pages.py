"""Writing down what a venue or a room has for access, one group of facts on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import FACT_GROUPS, FEATURE_GROUPS, Fact, Group
from gatherings.planning.fact_words import ANSWER_WORDS, Known
from gatherings.planning.gate_pages import own_venue
from gatherings.planning.lookup import facts_of, features_of, room_by_position
from gatherings.planning.rooms import set_features
from gatherings.planning.saving_pages import form_page
from gatherings.planning.tables import ANSWERS, HOW_CHECKED
from gatherings.planning.venues import set_facts
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.problems import NotFound

DETAIL = 200
VENUE_GROUP = "/desk/venues/{slug:str}/facts/{group:str}"
ROOM_GROUP = "/desk/venues/{slug:str}/rooms/{position:int}/features/{group:str}"


@dataclass(frozen=True)
class Found:
    """What somebody found out, from the form."""

    facts: dict[str, tuple[str, str]]
    checked_on: date | None
    how: str
    all_again: bool


@get("/desk/venues/{slug:str}/facts", name="venue_facts")
async def show_groups(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """The groups stand on the venue's own page."""
    await own_venue(viewer, slug)
    return go(f"/desk/venues/{slug}")


@get(VENUE_GROUP, name="venue_fact_group")
async def show_venue_group(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    group: FromPath[str],
) -> Page:
    """The form for one group of a venue's facts."""
    _, venue = await own_venue(viewer, slug)
    asked = _group(FACT_GROUPS, group)
    values = _shown(asked.facts, await read(facts_of, venue.id))
    return _draw(request, None, asked, venue.name, f"/desk/venues/{slug}", values)


@post(VENUE_GROUP, name="venue_fact_group_now")
async def save_venue_group(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    group: FromPath[str],
) -> Response[str] | Redirect:
    """Keep one group of a venue's facts, and go on to the next group."""
    _, venue = await own_venue(viewer, slug)
    asked = _group(FACT_GROUPS, group)
    form = await read_form(request)
    found = _read_facts(form, asked.facts)
    if form.errors:
        return _draw(request, form, asked, venue.name, f"/desk/venues/{slug}")
    rest = (found.facts, found.checked_on, found.how)
    await write(set_facts, venue.id, *rest, all_again=found.all_again)
    return go(_onward(form, FACT_GROUPS, group, f"/desk/venues/{slug}", "facts"))


@get(ROOM_GROUP, name="room_feature_group")
async def show_room_group(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
    group: FromPath[str],
) -> Page:
    """The form for one group of a room's features."""
    _, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    asked = _group(FEATURE_GROUPS, group)
    values = _shown(asked.facts, await read(features_of, room.id))
    back = f"/desk/venues/{slug}/rooms/{position}"
    return _draw(request, None, asked, room.name, back, values)


@post(ROOM_GROUP, name="room_feature_group_now")
async def save_room_group(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    position: FromPath[int],
    group: FromPath[str],
) -> Response[str] | Redirect:
    """Keep one group of a room's features, and go on to the next group."""
    _, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    asked, back = _group(FEATURE_GROUPS, group), f"/desk/venues/{slug}/rooms/{position}"
    form = await read_form(request)
    found = _read_facts(form, asked.facts)
    if form.errors:
        return _draw(request, form, asked, room.name, back)
    features = {code: value for code, (value, _) in found.facts.items()}
    rest = (features, found.checked_on, found.how)
    await write(set_features, room.id, *rest, all_again=found.all_again)
    return go(_onward(form, FEATURE_GROUPS, group, back, "features"))


def _group(groups: Mapping[str, Group], code: str) -> Group:
    if code not in groups:
        raise NotFound
    return groups[code]


def _onward(form: Form, groups: Mapping[str, Group], code: str, back: str, below: str) -> str:
    """Where the pressed button leads: to the next group, or back to the list."""
    codes = list(groups)
    after = codes[codes.index(code) + 1 :]
    return f"{back}/{below}/{after[0]}" if form.typed("on") == "next" and after else back


def _draw(
    request: WebRequest,
    form: Form | None,
    group: Group,
    of: str,
    back: str,
    values: Mapping[str, str] | None = None,
) -> Page:
    return form_page(
        request,
        "planning/facts_form.html",
        form,
        group=group,
        of=of,
        back=back,
        answers=[(value, ANSWER_WORDS[value]) for value in ("unknown", "yes", "no")],
        values=values,
    )


def _read_facts(form: Form, facts: Iterable[Fact]) -> Found:
    found = {}
    for fact in facts:
        value = form.choice(fact.code, f"an answer for “{fact.label}”", ANSWERS)
        label = f"the details for “{fact.label}”"
        detail = form.line(f"{fact.code}-detail", label, most=DETAIL, optional=True)
        found[fact.code] = (value, detail if fact.ask else "")
    if all(value == "unknown" for value, _ in found.values()):
        return Found(found, None, "unknown", False)
    checked_on = form.day("checked", "the day when you checked")
    if checked_on and checked_on > datetime.now(UTC).date():
        form.error("checked", "Enter a day that is not in the future")
    how = form.choice("how", "how you know", HOW_CHECKED)
    return Found(found, checked_on, how, form.ticked("again"))


def _shown(facts: Iterable[Fact], known: Mapping[str, Known]) -> dict[str, str]:
    today = datetime.now(UTC).date()
    values = {
        "checked_day": str(today.day),
        "checked_month": str(today.month),
        "checked_year": str(today.year),
        "how": "seen",
    }
    for fact in facts:
        row = known.get(fact.code)
        values[fact.code] = row.value if row else "unknown"
        values[f"{fact.code}-detail"] = getattr(row, "detail", "")
    return values


routes = [show_groups, show_venue_group, save_venue_group, show_room_group, save_room_group]
