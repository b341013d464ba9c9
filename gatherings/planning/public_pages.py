"""What everybody may see: what is coming, a series, a gathering and its access. Nothing private."""

from collections.abc import Sequence
from itertools import zip_longest

from litestar import HttpMethod, Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.bookings.waiting_list import are_promised
from gatherings.calendars.calendar_files import MEDIA_TYPE, calendar_of, event_file
from gatherings.people.roles import Viewer
from gatherings.planning.catalogue import SHORT_FACTS
from gatherings.planning.fact_words import answers
from gatherings.planning.gathering_words import (
    cost,
    is_today,
    places_left,
    public_state,
    span,
    when,
)
from gatherings.planning.listing import (
    Listed,
    coming,
    found,
    gathering_of_word,
    listed_of,
    past,
    public_gatherings,
)
from gatherings.planning.lookup import (
    facts_of,
    gathering_to_show,
    is_over,
    rounds_of,
    series_by_slug,
)
from gatherings.planning.pauses import minutes_to_walk
from gatherings.planning.recorded import what_is_recorded
from gatherings.planning.tables import Gathering, Round
from gatherings.wording.glossary import glossary_of
from web.database import read
from web.forms import clean
from web.freshness import file_answer
from web.pages import Page, WebRequest, go, page, pages_of
from web.problems import NotFound
from web.words import count, explainer

READING = [HttpMethod.GET, HttpMethod.HEAD]
MOST_PAST, MOST_FOUND, LONGEST_SEARCH = 12, 60, 100
ICS = ".ics"


@route("/", http_method=READING, name="home")
async def show_home(request: WebRequest, q: FromQuery[str] = "") -> Page:
    """What is coming and what was; with words, what holds them."""
    words = " ".join(clean(q).split())[:LONGEST_SEARCH]
    listed = await read(public_gatherings)
    shown = found(listed, words) if words else listed
    return page(
        request,
        "public/home.html",
        private=False,
        words=words,
        next_one=next((one.gathering for one in coming(listed) if _takes_place(one)), None),
        coming=[_card(one) for one in coming(shown)[:MOST_FOUND]],
        past=[_card(one) for one in past(shown)[: MOST_FOUND if words else MOST_PAST]],
        more_past=max(0, len(past(listed)) - MOST_PAST) if not words else 0,
    )


@route("/series/{slug:str}", http_method=READING, name="series")
async def show_series(request: WebRequest, slug: FromPath[str]) -> Page | Response[bytes]:
    """The run of gatherings of a series; the same address with .ics is its calendar."""
    series = await read(series_by_slug, slug.removesuffix(ICS))
    listed = await read(public_gatherings, series.id)
    if slug.endswith(ICS):
        feed = calendar_of(listed, pages_of(request).settings.base_url, series.name)
        return file_answer(request, feed, MEDIA_TYPE)
    return page(
        request,
        "public/series.html",
        private=False,
        letters=explainer(await read(glossary_of, series.id)),
        series=series,
        coming=[_card(one) for one in coming(listed)],
        past=[_card(one) for one in past(listed)],
    )


@route("/g/{slug:str}", http_method=READING, name="gathering")
async def show_gathering(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page | Response[bytes]:
    """A gathering: what, when, where, what it costs, access, how to book; with .ics its file."""
    gathering = await read(gathering_to_show, slug.removesuffix(ICS), viewer)
    listed = await read(listed_of, gathering.id)
    if slug.endswith(ICS):
        base_url = pages_of(request).settings.base_url
        return file_answer(request, event_file(gathering, listed.venue, base_url), MEDIA_TYPE)
    return page(
        request,
        "public/gathering.html",
        private=gathering.state == "draft",
        letters=explainer(await read(glossary_of, gathering.series)),
        gathering=gathering,
        series=listed.series,
        venue=listed.venue,
        when=when(gathering),
        cost=cost(gathering),
        recorded=what_is_recorded(gathering, over=is_over(gathering)),
        state=public_state(gathering),
        places_left=places_left(gathering, await read(are_promised, gathering)),
        today=is_today(gathering),
        over=is_over(gathering),
        access=answers(SHORT_FACTS, await read(facts_of, gathering.venue)),
        parts_of_day=_day(gathering, await read(rounds_of, gathering.id)),
    )


@get("/go/{word:str}", name="go")
async def follow_word(word: FromPath[str]) -> Redirect:
    """The short address on screens and paper: to the board of what happens now or next."""
    gathering = await read(gathering_of_word, word.lower())
    if gathering is None:
        raise NotFound("No gathering uses this short address just now.")
    return go(f"/g/{gathering.slug}/board")


def _takes_place(one: Listed) -> bool:
    return one.gathering.state != "cancelled"


def _day(gathering: Gathering, parts: Sequence[Round]) -> list[tuple[str, str, str, bool]]:
    """The day plan, with the time to walk between two parts."""
    found = []
    for part, after in zip_longest(parts, parts[1:]):
        found.append(_part(part, gathering))
        minutes = minutes_to_walk(part.ends_at, after.starts_at) if after else 0
        if minutes:
            walk = f"{count(minutes, 'minute', 'minutes')} to walk"
            found.append((span(gathering, part.ends_at, after.starts_at), walk, "", False))
    return found


def _part(part: Round, gathering: Gathering) -> tuple[str, str, str, bool]:
    """A line of the day plan: time, name, a few words, whether it is open space."""
    open_space = part.kind == "open_space"
    about = "Open space: sessions that people offer, side by side" if open_space else ""
    about = part.about or about
    return (
        span(gathering, part.starts_at, part.ends_at),
        part.name,
        about,
        open_space,
    )


def _card(listed: Listed) -> tuple[Listed, str, tuple[str, str]]:
    return listed, when(listed.gathering), _state_of_card(listed.gathering)


def _state_of_card(gathering: Gathering) -> tuple[str, str]:
    """Most cards need no state: the date says enough."""
    state = public_state(gathering)
    return state if gathering.state == "cancelled" or not is_over(gathering) else ("", "plain")


routes = [show_home, show_series, show_gathering, follow_word]
