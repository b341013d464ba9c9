"""The desk's worklist of needs: opened by access leads with a button, counted for organisers.

GET shows what people said only while a look was written down within the last half hour.
"""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.access.light import LIGHT_WORDS
from gatherings.access.looks import WORKLIST, note_looks
from gatherings.access.need_history import changed_by_them, histories
from gatherings.access.need_shared_pages import Visit, visit_counts, visit_needs
from gatherings.access.need_states import DESK_STATE_WORDS, OUTCOME_SAID, TONES, WENT_WRONG_WORDS
from gatherings.access.needs import NeedCount, bookings_with_needs, needs_of_bookings
from gatherings.access.openers import openers_of
from gatherings.access.worklist import DONE, chosen, give_need, in_sections, overview
from gatherings.bookings.booking_list import find_booking
from gatherings.people.roles import Viewer
from gatherings.planning.refusals import Refused, Stale
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound, Overtaken
from web.words import day_of

NEXT = {"asked": ("talking", "We are talking"), "talking": ("arranged", "We have arranged it")}
LONGEST_NUMBER = 9  # of digits, so that the number fits into a column
TAKEN = "Somebody else looks after this need now. Go back and look again."


@get("/desk/g/{slug:str}/needs", name="desk_needs")
async def show_needs(
    request: WebRequest,
    slug: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    whose: FromQuery[str] = "",
    stage: FromQuery[str] = "",
) -> Response[str]:
    """The worklist, once it was opened; before that, and for organisers, numbers alone."""
    visit = await visit_counts(viewer, slug)
    opened = await visit.opened()
    if not opened:
        return await _draw_counts(request, visit)
    return await _draw_worklist(request, visit, opened, whose, stage)


@post("/desk/g/{slug:str}/needs/open", name="open_needs")
async def open_now(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """Write down that this person looks, at everybody's needs or at one party's, and show them."""
    visit = await visit_needs(viewer, slug)
    form = await read_form(request)
    wanted = await read(bookings_with_needs, visit.gathering.id)
    reference, then = form.typed("only"), form.typed("then")
    if reference:
        booking = await read(find_booking, reference)
        wanted &= {booking.id} if booking else set()
    await write(note_looks, wanted, visit.viewer.account_id, WORKLIST, visit.now)
    return go(f"{visit.base}/{then}" if _is_below(then) else visit.base)


@post("/desk/g/{slug:str}/needs/{handle:str}/owner", name="need_owner")
async def give_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """Take a need, or give it to somebody."""
    visit = await visit_needs(viewer, slug)
    form = await read_form(request)
    try:
        await write(
            give_need,
            handle,
            visit.gathering.id,
            seen=_account(form.typed("seen")),
            to=_account(form.typed("owner")),
            at=visit.now,
        )
    except (Refused, Stale) as error:
        raise Overtaken(TAKEN) from error
    back = f"/{handle}" if form.typed("back") else f"#need-{handle}"
    return go(visit.base + back)


async def _draw_counts(request: WebRequest, visit: Visit) -> Page:
    seen = await read(overview, visit.gathering.id, visit.today, visit.viewer.account_id)
    return page(
        request,
        "access/need_counts.html",
        g=visit.gathering,
        visit=visit,
        seen=seen,
        light_words=LIGHT_WORDS,
        rows=[_count_row(one, visit) for one in seen.counts],
        opens_bookings=visit.viewer.may(visit.gathering.series, "organiser", "access_lead"),
    )


async def _draw_worklist(
    request: WebRequest, visit: Visit, opened: set[int], whose: str, stage: str
) -> Page:
    known = await read(openers_of, visit.gathering.id)
    whose = whose if whose in ("", "mine", "nobody", *map(str, known)) else ""
    stage = stage if stage in DESK_STATE_WORDS else ""
    everything = await read(needs_of_bookings, visit.gathering.id, opened)
    needs = chosen(everything, whose, stage, visit.viewer.account_id)
    lines = await read(histories, [need.handle for need in needs])
    there = await read(bookings_with_needs, visit.gathering.id)
    return page(
        request,
        "access/needs.html",
        g=visit.gathering,
        visit=visit,
        seen=await read(overview, visit.gathering.id, visit.today, visit.viewer.account_id),
        light_words=LIGHT_WORDS,
        sections=in_sections(needs, visit.today, over=visit.over),
        outcome_words=OUTCOME_SAID,
        wrong_words=WENT_WRONG_WORDS,
        everything=len(everything),
        shown=len(needs),
        changed={handle for handle, steps in lines.items() if changed_by_them(steps)},
        unopened=len(there - opened),
        owners=known,
        values={"whose": whose, "stage": stage},
        state_words=DESK_STATE_WORDS,
        tones=TONES,
        next_step=NEXT,
        nothing_to_do=DONE,
        opens_bookings=visit.viewer.may(visit.gathering.series, "organiser", "access_lead"),
    )


def _count_row(one: NeedCount, visit: Visit) -> list[str]:
    return [
        day_of(one.due_on),
        DESK_STATE_WORDS[one.state],
        str(one.number),
        "Late" if one.late(visit.today) and not visit.over else "In time",
    ]


def _account(typed: str) -> int | None:
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        raise NotFound
    return int(typed) if typed else None


def _is_below(words: str) -> bool:
    """Whether it is an address below these pages, of plain parts alone."""
    parts = [part.replace("-", "").replace("_", "") for part in words.split("/")]
    return all(part.isascii() and part.isalnum() for part in parts)


routes = [show_needs, open_now, give_now]
