"""What everybody may read about access at a gathering, before they decide whether to come."""

from collections.abc import Mapping
from datetime import UTC, datetime

from litestar import HttpMethod, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.access.arranged import arranged_for
from gatherings.access.statistics import published_numbers, told_as
from gatherings.access.tell_by import TellBy, tell_by
from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import FACT_GROUPS, FACTS, FEATURES
from gatherings.planning.fact_words import answers
from gatherings.planning.listing import listed_of
from gatherings.planning.lookup import (
    facts_of,
    features_of_rooms,
    gathering_to_show,
    is_over,
    rooms_of,
)
from gatherings.planning.recorded import what_is_recorded
from gatherings.planning.tables import Gathering, RoomFeature
from gatherings.wording.glossary import glossary_of
from web.database import read
from web.pages import Page, WebRequest, page
from web.words import day_of, explainer, local


@route(
    "/g/{slug:str}/access", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="gathering_access"
)
async def show_access(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """What is arranged, what the venue has and has not, what nobody has checked, whom to ask."""
    gathering = await read(gathering_to_show, slug, viewer)
    listed = await read(listed_of, gathering.id)
    facts, rooms = await read(facts_of, gathering.venue), await read(rooms_of, gathering.venue)
    features = await read(features_of_rooms, [room.id for room in rooms])
    all_answers = answers(FACTS.values(), facts)
    in_rooms = [(room, answers(FEATURES.values(), features[room.id])) for room in rooms]
    published = await read(published_numbers, gathering.id)
    return page(
        request,
        "public/access.html",
        private=gathering.state == "draft",
        letters=explainer(await read(glossary_of, gathering.series)),
        gathering=gathering,
        venue=listed.venue,
        over=is_over(gathering),
        recorded=what_is_recorded(gathering, over=is_over(gathering)),
        tell_by=[(day_of(one.day), one) for one in _tell_by(gathering)],
        arranged=await read(arranged_for, gathering.id),
        missing=[one for one in all_answers if one.lacks],
        not_checked=sum(one.value == "unknown" for one in all_answers),
        facts_in_all=len(all_answers),
        groups=[(group.title, answers(group.facts, facts)) for group in FACT_GROUPS.values()],
        rooms=in_rooms,
        up_steps=[room.name for room in rooms if _has_steps(features[room.id])],
        published=told_as(published) if published else None,
    )


def _tell_by(gathering: Gathering) -> list[TellBy]:
    """By when to tell us, while people can book."""
    if is_over(gathering) or gathering.state != "open":
        return []
    day = local(gathering.starts_at, gathering.zone).date()
    return tell_by(day, local(datetime.now(UTC), gathering.zone).date())


def _has_steps(features: Mapping[str, RoomFeature]) -> bool:
    """Whether we know that a room cannot be reached without steps."""
    return "step_free" in features and features["step_free"].value == "no"


routes = [show_access]
