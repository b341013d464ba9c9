"""Moving a gathering: what will change and who is told, before it is kept; and who was told."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from litestar import get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.people.roles import Viewer
from gatherings.planning.gate_pages import own_gathering
from gatherings.planning.gathering_forms import When, read_when
from gatherings.planning.gathering_words import first_day, when
from gatherings.planning.gatherings import (
    ABOUT_FIELDS,
    About,
    Telling,
    change_about,
    is_moved,
)
from gatherings.planning.lookup import event_of, gathering_by_slug, rounds_of, venues_of
from gatherings.planning.refusals import seen_of
from gatherings.planning.saving_pages import STALE, form_page, try_to
from gatherings.planning.tables import Gathering, Venue
from gatherings.planning.telling import (
    LONGEST_WORDS,
    Told,
    last_told,
    reach_of,
    reach_words,
    told_of,
)
from web.database import read
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, page, pages_of
from web.words import local

FIELDS = (
    *("on_day", "on_month", "on_year", "last_day", "last_month", "last_year"),
    *("starts", "ends", "all_day", "venue", "zone"),
)


def move_address(slug: str, form: Form) -> str:
    """The page that asks once more before a gathering moves, with what was typed."""
    typed = {field: form.typed(field) for field in FIELDS if form.typed(field)}
    return f"/desk/g/{slug}/move?{urlencode(typed)}"


def told_address(slug: str, event: int | None) -> str:
    """Where to go after a change: to who was told of it, or back to the desk."""
    return f"/desk/g/{slug}/told/{event}" if event else f"/desk/g/{slug}"


@get("/desk/g/{slug:str}/move", name="gathering_move")
async def show_move(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page | Redirect:
    """What will change, and who will be told. Nothing is kept yet."""
    _, gathering = await own_gathering(viewer, slug)
    form = Form(FormMultiDict(request.query_params.multi_items()))
    venues = await read(venues_of, gathering.series)
    new = read_when(form, venues, first_day(gathering))
    if new is None or not is_moved(gathering, _values(new)):
        return go(f"/desk/g/{slug}/about")
    form.values |= {"parts": "along", "seen": seen_of(gathering, ABOUT_FIELDS)}
    return await _draw(request, gathering, form, new, venues)


@post("/desk/g/{slug:str}/move", name="gathering_move_now")
async def move_now(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page | Redirect:
    """Move it, and tell everybody who booked."""
    person, gathering = await own_gathering(viewer, slug)
    form = await read_form(request)
    venues = await read(venues_of, gathering.series)
    new = read_when(form, venues, first_day(gathering))
    if new is None:
        return go(f"/desk/g/{slug}/about")
    if not is_moved(gathering, _values(new)):
        return go(told_address(slug, await read(last_told, gathering.id)))
    words = form.text("words", "what you want to add", most=LONGEST_WORDS, optional=True)
    about = About(
        *(gathering.name, gathering.about, new.starts_at, new.ends_at, new.zone, new.all_day)
    )
    event = None
    if not form.errors:
        event = await try_to(
            form,
            change_about,
            person,
            gathering.id,
            about,
            new.venue_id,
            form.typed("seen"),
            along=form.typed("parts") == "along",
            telling=Telling(words=words),
        )
    if form.errors:
        _say_above(form)
        now = await read(gathering_by_slug, slug)
        form.values["seen"] = seen_of(now, ABOUT_FIELDS)
        return await _draw(request, now, form, new, venues)
    return go(told_address(slug, event))


@get("/desk/g/{slug:str}/told/{event:int}", name="gathering_told")
async def show_told(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    event: FromPath[int],
) -> Page:
    """Who was told of a change, and who must be rung, texted or written to."""
    _, gathering = await own_gathering(viewer, slug)
    await read(event_of, gathering.id, event)
    told = await read(told_of, event)
    return page(
        request,
        "planning/told.html",
        gathering=gathering,
        when=when(gathering),
        told=told,
        by_hand=_by_way(told),
        counts=_counts(told),
        mail=bool(pages_of(request).settings.smtp_host),
    )


def _by_way(told: Sequence[Told]) -> list[tuple[str, str, list[Told]]]:
    """Those whom somebody must reach, by the way in which to do it."""
    left = [one for one in told if one.by_hand and one.state != "dropped"]
    heads = (
        ("phone", "Ring these people"),
        ("text", "Send these people a text message"),
        ("post", "Write to these people"),
        ("supporter", "Tell these people through their supporters"),
        ("email", "E-mail did not reach these people"),
    )
    groups = ((words, way, [one for one in left if one.way == way]) for way, words in heads)
    return [group for group in groups if group[2]]


def _counts(told: Sequence[Told]) -> Mapping[str, int]:
    mailed = [one.state for one in told if one.way == "email"]
    return {
        "sent": mailed.count("sent"),
        "waiting": mailed.count("waiting") + mailed.count("sending"),
        "done": sum(one.way != "email" and one.state == "told" for one in told),
        "dropped": sum(one.state == "dropped" for one in told),
    }


def _say_above(form: Form) -> None:
    """The times are not fields of this page: what is wrong with them stands above it."""
    for field in ("starts", "ends"):
        if field in form.errors:
            form.error("", f"{form.errors.pop(field)}. Change the plan of the day first")
    if form.errors.get("") == STALE:
        form.errors[""] = "Somebody else changed it meanwhile. Look again, then press the button"


def _values(new: When) -> dict[str, object]:
    return {
        "starts_at": new.starts_at,
        "ends_at": new.ends_at,
        "zone": new.zone,
        "all_day": new.all_day,
        "venue": new.venue_id,
    }


async def _draw(
    request: WebRequest, gathering: Gathering, form: Form, new: When, venues: Sequence[Venue]
) -> Page:
    moved = Gathering(**{**gathering.to_dict(), **_values(new)})
    names = {venue.id: venue.name for venue in venues}
    rows = [("When", when(gathering), when(moved))]
    rows += [("Where", names.get(gathering.venue, ""), names[new.venue_id])]
    return form_page(
        request,
        "planning/move.html",
        form,
        gathering=gathering,
        rows=[(label, old, now) for label, old, now in rows if old != now],
        fields=FIELDS,
        asks_parts=_start_moves(gathering, moved) and bool(await read(rounds_of, gathering.id)),
        reach=reach_words(await read(reach_of, gathering.id)),
    )


def _start_moves(old: Gathering, new: Gathering) -> bool:
    """Whether it begins at another time of day."""
    before, after = local(old.starts_at, old.zone), local(new.starts_at, new.zone)
    return before.time() != after.time()


routes = [show_move, move_now, show_told]
