"""Next time: keeping what would help, with a yes of its own, and booking again with it."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.access.catalogue import catalogue
from gatherings.access.kept_needs import (
    Kept,
    keep_for_next,
    kept_for_next,
    next_time_wording,
)
from gatherings.access.needs import NeedAnswer, needs_of_booking
from gatherings.bookings.drafts import save_draft
from gatherings.bookings.journey import first_missing
from gatherings.bookings.next_time import ASKS, draft_of
from gatherings.bookings.own_shared_pages import Answer, Look, look, try_to
from gatherings.bookings.shared_pages import visit_of, with_draft
from gatherings.people.roles import Viewer
from gatherings.personal_data.erasures import keep_no_longer, log_erasures
from gatherings.planning.gathering_words import when
from gatherings.planning.listing import coming, public_gatherings
from web.database import leave_no_trace, read, write
from web.forms import Form, read_form
from web.pages import Page, WebRequest, go, pages_of
from web.words import local


@get("/b/{reference:str}/next-time", name="next_time")
async def show_next_time(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What is kept for the next booking, or whether we may keep it."""
    return await _draw(await look(request, viewer), None)


@post("/b/{reference:str}/next-time", name="keep_for_next_time")
async def keep_now(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Keep a copy after a yes. After a no there is none."""
    seen = await look(request, viewer)
    form = await read_form(request)
    answer = form.choice("keep", "yes or no", ("yes", "no"))
    today = local(seen.now, seen.own.gathering.zone).date()
    if answer == "no":
        await _forget(request, seen)
    await try_to(form, keep_for_next, seen.own.booking.id, answer, today, seen.now)
    return await _draw(seen, form) if form.errors else go(f"{seen.home}/next-time")


@post("/b/{reference:str}/next-time/forget", name="forget_next_time")
async def forget_now(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Keep it no longer."""
    seen = await look(request, viewer)
    await _forget(request, seen)
    return go(f"{seen.home}/next-time")


@post("/b/{reference:str}/next-time/book", name="book_next_time")
async def book_now(
    request: WebRequest, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Begin the next booking with what is still right."""
    seen = await look(request, viewer)
    form = await read_form(request)
    kept = await _kept(seen)
    slugs = [slug for slug, _ in await _gatherings(seen)]
    slug = form.choice("gathering", "a gathering", slugs)
    right = set(form.some("right", [key for key, _ in _options(seen, kept)]))
    if form.errors or kept is None:
        return await _draw(seen, form)
    needs = {
        position: [one for place, one in enumerate(said) if f"{position}.{place}" in right]
        for position, said in kept.needs.items()
    }
    visit = await visit_of(request, slug, viewer)
    key, answers = await write(
        save_draft, "", visit.gathering.id, draft_of(seen.own.booking, needs)
    )
    return with_draft(visit, key, visit.go(first_missing(answers)))


async def _forget(request: WebRequest, seen: Look) -> None:
    await write(keep_no_longer, seen.own.booking.id, seen.now)
    await log_erasures(pages_of(request).settings.data_dir)
    await leave_no_trace()


async def _draw(seen: Look, form: Form | None) -> Page:
    kept = await _kept(seen)
    options = _options(seen, kept)
    gatherings = await _gatherings(seen)
    told = await read(needs_of_booking, seen.own.booking.id)
    values = {"right": [key for key, _ in options]} | ({} if form is None else form.values)
    return seen.draw(
        "next_time.html",
        None if form is None else _with(form, values),
        kept=kept,
        told=[n for n in told if n.state != "withdrawn" and n.code not in ASKS],
        wording=next_time_wording(local(seen.now, seen.own.gathering.zone).date()),
        options=options,
        gatherings=gatherings,
        values=values,
    )


def _with(form: Form, values: dict[str, str | list[str]]) -> Form:
    form.values = values
    return form


async def _kept(seen: Look) -> Kept | None:
    today = local(seen.now, seen.own.gathering.zone).date()
    return await read(kept_for_next, seen.own.booking.id, today)


async def _gatherings(seen: Look) -> list[tuple[str, str]]:
    """Those of the same series that take bookings and are still to come."""
    listed = coming(await read(public_gatherings, seen.own.gathering.series))
    return [
        (one.gathering.slug, f"{one.gathering.name}, {when(one.gathering)}, {one.venue.name}")
        for one in listed
        if one.gathering.state == "open" and one.gathering.id != seen.own.gathering.id
    ]


def _options(seen: Look, kept: Kept | None) -> list[tuple[str, str]]:
    """Each kept need of those who are still in the party."""
    people = seen.own.booking.people
    return [
        (f"{person.position}.{place}", _words(need, person.words if len(people) > 1 else ""))
        for person in people
        for place, need in enumerate(kept.needs.get(person.position, ()) if kept else ())
    ]


def _words(need: NeedAnswer, whose: str) -> str:
    label = catalogue().label_of(need.code, need.group)
    parts = [f"{label}: {need.words}" if need.words else label, f"for {whose}" if whose else ""]
    return ", ".join(part for part in parts if part)


routes = [show_next_time, keep_now, forget_now, book_now]
