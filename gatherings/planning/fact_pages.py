"""Writing down what a venue or a room has for access, one group of facts on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import FACT_GROUPS, FEATURE_GROUPS, Fact, Group
from gatherings.planning.fact_words import (
    ANSWER_WORDS,
    Known,
    checked_words,
    meaning_of,
    number_of,
)
from gatherings.planning.gate_pages import own_venue
from gatherings.planning.lookup import facts_of, features_of, room_by_position
from gatherings.planning.rooms import set_features
from gatherings.planning.saving_pages import form_page
from gatherings.planning.tables import ANSWERS, HOW_CHECKED
from gatherings.planning.venues import NOT_CHECKED, Checked, Said, set_facts
from web.database import read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go
from web.problems import NotFound

DETAIL, NAME, MOST = 200, 120, 100_000
VENUE_GROUP = "/desk/venues/{slug:str}/facts/{group:str}"
ROOM_GROUP = "/desk/venues/{slug:str}/rooms/{position:int}/features/{group:str}"


@dataclass(frozen=True)
class Found:
    """What somebody found out, from the form."""

    facts: dict[str, Said]
    checked: Checked
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
    person, venue = await own_venue(viewer, slug)
    asked = _group(FACT_GROUPS, group)
    known = await read(facts_of, venue.id)
    values = _shown(asked.facts, known, person.name)
    return _draw(request, None, asked, venue.name, f"/desk/venues/{slug}", known, values)


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
        known = await read(facts_of, venue.id)
        return _draw(request, form, asked, venue.name, f"/desk/venues/{slug}", known)
    await write(set_facts, venue.id, found.facts, found.checked, all_again=found.all_again)
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
    person, venue = await own_venue(viewer, slug)
    room = await read(room_by_position, venue.id, position)
    asked = _group(FEATURE_GROUPS, group)
    known = await read(features_of, room.id)
    values = _shown(asked.facts, known, person.name)
    back = f"/desk/venues/{slug}/rooms/{position}"
    return _draw(request, None, asked, room.name, back, known, values)


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
        return _draw(request, form, asked, room.name, back, await read(features_of, room.id))
    features = {code: said.value for code, said in found.facts.items()}
    await write(set_features, room.id, features, found.checked, all_again=found.all_again)
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
    known: Mapping[str, Known],
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
        checked={code: checked_words(row) for code, row in known.items()},
        values=values,
    )


def _read_facts(form: Form, facts: Iterable[Fact]) -> Found:
    found = {fact.code: _read_fact(form, fact) for fact in facts}
    if all(said.value == "unknown" for said in found.values()):
        return Found(found, NOT_CHECKED, False)
    checked_on = form.day("checked", "the day when you checked")
    if checked_on and checked_on > datetime.now(UTC).date():
        form.error("checked", "Enter a day that is not in the future")
    how = form.choice("how", "how you know", HOW_CHECKED)
    by = form.line("by", "who checked", most=NAME, optional=True)
    return Found(found, Checked(checked_on, how, by), form.ticked("again"))


def _read_fact(form: Form, fact: Fact) -> Said:
    value = form.choice(fact.code, f"an answer for “{fact.label}”", ANSWERS)
    label = f"the details for “{fact.label}”"
    detail = form.line(f"{fact.code}-detail", label, most=DETAIL, optional=True)
    return _with_number(form, fact, Said(value, detail if fact.ask else ""))


def _with_number(form: Form, fact: Fact, said: Said) -> Said:
    """The number, where one was typed. It has to say the same as the answer above it."""
    field = f"{fact.code}-number"
    if not fact.number or not form.typed(field):
        return said
    number = form.number(field, f"a number for “{fact.label}”", least=0, most=MOST)
    if field in form.errors:
        return said
    means = fact.says(number)
    if said.value not in ("unknown", means):
        words = f"{number} means “{ANSWER_WORDS[means]}”. Choose that above, or change the number"
        form.error(field, words)
    measures = means == "yes" or fact.at_least or fact.at_most
    return Said(means, said.detail, number if measures else None)


def _shown(facts: Iterable[Fact], known: Mapping[str, Known], by: str) -> dict[str, str]:
    today = datetime.now(UTC).date()
    values = {
        "checked_day": str(today.day),
        "checked_month": str(today.month),
        "checked_year": str(today.year),
        "how": "seen",
        "by": by,
    }
    for fact in facts:
        row = known.get(fact.code)
        number = number_of(row) if row else None
        values[fact.code] = meaning_of(fact, row) if row else "unknown"
        values[f"{fact.code}-detail"] = getattr(row, "detail", "")
        values[f"{fact.code}-number"] = "" if number is None else str(number)
    return values


routes = [show_groups, show_venue_group, save_venue_group, show_room_group, save_room_group]
