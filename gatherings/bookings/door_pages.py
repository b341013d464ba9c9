"""The door: finding a party, noting who is here, and letting in whoever comes without a place."""

from datetime import UTC, datetime

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.access.consent import ToDetails, refuses_details, walk_in_question
from gatherings.bookings.booking_list import WAY_WORDS, find_booking
from gatherings.bookings.cancelling import cancel
from gatherings.bookings.door import NoRoom, arrive, let_in, undo_arrival
from gatherings.bookings.door_list import DoorList, DoorParty, door_list, door_party, open_door
from gatherings.bookings.extra_questions import answers_of_booking
from gatherings.bookings.shared_pages import by_consent
from gatherings.bookings.walking_in import walk_in
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.crypto import new_key
from web.database import read, write
from web.forms import Form, clean, read_form
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound, Overtaken
from web.words import clock

LONGEST_SEARCH = 100
LONGEST_NAME = 120
AtDoor = NamedDependency[Gathering]
"""The gathering of the address, for those who work its door, as the parameter `found`."""


async def _at_door(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Gathering:
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, "door")
    return gathering


def for_the_door(*handlers: HTTPRouteHandler) -> Router:
    """Pages below /desk/g/<gathering>/door, for its helpers and organisers alone."""
    return Router("/", route_handlers=handlers, dependencies={"found": Provide(_at_door)})


@get("/desk/g/{slug:str}/door", name="door")
async def show_door(
    request: WebRequest,
    found: AtDoor,
    viewer: NamedDependency[Viewer | None],
    words: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """Who is expected and who is here. A search that finds one party leads straight to it."""
    parties = await _everybody(found, viewer)
    wanted = " ".join(clean(words).split())[:LONGEST_SEARCH]
    if not wanted:
        return _draw_door(request, found, parties)
    matching = parties.found_by(wanted)
    if len(matching.parties) == 1:
        return go(_address(found, matching.parties[0].reference))
    return _draw_door(request, found, parties, matching=matching, words=wanted)


@get("/desk/g/{slug:str}/door/{reference:str}", name="door_party")
async def show_party(
    request: WebRequest,
    found: AtDoor,
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """One party: who is here, what to do for them, and one press for all."""
    party = await _party(found, reference, viewer)
    return page(
        request,
        "door/party.html",
        g=found,
        party=party,
        base=_address(found, party.reference),
        here_since={
            person.position: clock(person.arrived_at, found.zone)
            for person in party.coming
            if person.arrived_at is not None
        },
        answers=await read(answers_of_booking, party.id, ["door"]),
        reach=await _reach(found, party, viewer),
        refused=await read(refuses_details, party.id),
    )


@post("/desk/g/{slug:str}/door/open", name="open_door")
async def open_for_the_day(
    request: WebRequest, found: AtDoor, viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """Show what to do for people, for the rest of the day. Each of them can see who opened it."""
    form = await read_form(request)
    await write(open_door, found.id, signed_in(viewer).account_id, datetime.now(UTC))
    if form.typed("back") == "list":
        return go(f"/desk/g/{found.slug}/door/list")
    party = form.typed("party") and await _party(found, form.typed("party"), viewer)
    return go(_address(found, party.reference) if party else f"/desk/g/{found.slug}/door")


@post("/desk/g/{slug:str}/door/{reference:str}/here", name="arrive")
async def note_arrival(
    request: WebRequest,
    found: AtDoor,
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """They are here: all of them, or one."""
    party = await _party(found, reference, viewer)
    form = await read_form(request)
    position = _position(form)
    await write(
        arrive,
        party.id,
        signed_in(viewer).account_id,
        datetime.now(UTC),
        position=position,
        stand_in=position is not None and form.ticked("instead"),
    )
    return go(_address(found, party.reference))


@post("/desk/g/{slug:str}/door/{reference:str}/undo", name="undo_arrival")
async def take_back(
    request: WebRequest,
    found: AtDoor,
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """They are not here after all."""
    party = await _party(found, reference, viewer)
    form = await read_form(request)
    who = signed_in(viewer).account_id
    await write(undo_arrival, party.id, who, datetime.now(UTC), position=_position(form))
    return go(_address(found, party.reference))


@post("/desk/g/{slug:str}/door/{reference:str}/let-in", name="let_in")
async def let_party_in(
    request: WebRequest,
    found: AtDoor,
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page | Redirect:
    """Let a party in that has no place. When the house is full we ask first."""
    party = await _party(found, reference, viewer)
    form = await read_form(request)
    who, one = signed_in(viewer).account_id, _position(form)
    more = form.ticked("more")
    try:
        await write(let_in, party.id, who, datetime.now(UTC), position=one, more=more)
    except NoRoom as full:
        action = f"{_address(found, party.reference)}/let-in"
        return _ask(request, found, full, action, {"person": form.typed("person")})
    return go(_address(found, party.reference))


@post("/desk/g/{slug:str}/door/walk-in", name="walk_in")
async def let_walk_in(
    request: WebRequest, found: AtDoor, viewer: NamedDependency[Viewer | None]
) -> Page | Redirect:
    """Somebody without a booking. When the house is full we ask first."""
    form = await read_form(request)
    details = _to_details(request, found, form)
    name = form.line("name", "their name", most=LONGEST_NAME)
    if form.errors:
        return _draw_door(request, found, await _everybody(found, viewer), form=form)
    try:
        reference = await write(
            walk_in,
            found.id,
            name,
            signed_in(viewer).account_id,
            datetime.now(UTC),
            supporter=form.ticked("supporter"),
            form_token=form.typed("token"),
            more=form.ticked("more"),
            details=details,
        )
    except NoRoom as full:
        kept = {field: form.typed(field) for field in ("agree", "name", "supporter", "token")}
        return _ask(request, found, full, f"/desk/g/{found.slug}/door/walk-in", kept)
    return go(_address(found, reference))


@post("/desk/g/{slug:str}/door/{reference:str}/remove", name="remove_walk_in")
async def remove_walk_in(
    found: AtDoor, reference: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """A walk-in that was a mistake: the place is free again."""
    party = await _party(found, reference, viewer)
    if party.source != "day" or party.here:
        raise Overtaken
    await write(cancel, party.id, account_id=signed_in(viewer).account_id)
    return go(f"/desk/g/{found.slug}/door")


async def _everybody(gathering: Gathering, viewer: Viewer | None) -> DoorList:
    return await read(door_list, gathering.id, signed_in(viewer).account_id, datetime.now(UTC))


async def _party(gathering: Gathering, reference: str, viewer: Viewer | None) -> DoorParty:
    who = signed_in(viewer).account_id
    party = await read(door_party, gathering.id, reference, who, datetime.now(UTC))
    if party is None:
        raise NotFound
    return party


async def _reach(
    gathering: Gathering, party: DoorParty, viewer: Viewer | None
) -> tuple[str, str] | None:
    """How to reach them, for organisers: whoever is late may need a call."""
    if viewer is None or not viewer.may(gathering.series, "organiser"):
        return None
    booking = await read(find_booking, party.reference)
    if booking is None or not booking.contact_detail:
        return None
    return WAY_WORDS[booking.contact_way], booking.contact_detail


def _to_details(request: WebRequest, gathering: Gathering, form: Form) -> ToDetails | None:
    """What they answered to the words that were read out, on a site that has to ask."""
    if not by_consent(request):
        return None
    answer = form.choice("agree", "yes or no", ("yes", "no"))
    return ToDetails(walk_in_question(gathering), answer)


def _draw_door(
    request: WebRequest,
    gathering: Gathering,
    parties: DoorList,
    *,
    matching: DoorList | None = None,
    words: str = "",
    form: Form | None = None,
) -> Page:
    values: dict[str, str | list[str]] = {"name": words} if form is None else form.values
    return page(
        request,
        "door/door.html",
        status=422 if form else 200,
        g=gathering,
        all=parties,
        shown=parties if matching is None else matching,
        words=words,
        values=values,
        errors=form.errors if form else {},
        agree_to=walk_in_question(gathering) if by_consent(request) else "",
        token=new_key() if form is None else form.typed("token"),
    )


def _ask(
    request: WebRequest, gathering: Gathering, full: NoRoom, action: str, kept: dict[str, str]
) -> Page:
    """Ask before there are more people than places."""
    return page(
        request,
        "door/full.html",
        status=409,
        g=gathering,
        capacity=full.capacity,
        action=action,
        kept=kept,
    )


def _position(form: Form) -> int | None:
    """Which person of the party; None for all. What we do not know means nobody."""
    typed = form.typed("person")
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


def _address(gathering: Gathering, reference: str) -> str:
    return f"/desk/g/{gathering.slug}/door/{reference}"


routes = [
    for_the_door(
        *(show_door, open_for_the_day, show_party, note_arrival, take_back),
        *(let_party_in, let_walk_in, remove_walk_in),
    )
]
