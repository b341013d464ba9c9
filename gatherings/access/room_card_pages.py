"""Room cards, for everybody who runs a session and for those who put them into the rooms."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.access.openers import opens_needs
from gatherings.access.report_paper import cards_sheet
from gatherings.access.room_cards import room_cards
from gatherings.access.sheet_shared_pages import FORMS, sheet_answer
from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import Page, WebRequest, page
from web.pdf_pages import pdf_answer
from web.problems import NotAllowed, NotFound
from web.tables_out import file_name


@get("/desk/g/{slug:str}/room-cards", name="room_cards")
async def show_cards(
    request: WebRequest, viewer: NamedDependency[Viewer | None], slug: FromPath[str]
) -> Page:
    """A card for each room, to print and to lie there."""
    gathering = await _gathering(viewer, slug)
    cards = await read(room_cards, gathering.id)
    return page(request, "access/room_cards.html", g=gathering, cards=cards)


@get("/desk/g/{slug:str}/room-cards/{form:str}", name="room_cards_file")
async def cards_as_file(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    slug: FromPath[str],
    form: FromPath[str],
) -> Response[bytes] | Response[str]:
    """The same as PDF, as a spreadsheet, or as plain text."""
    gathering = await _gathering(viewer, slug)
    if form not in FORMS:
        raise NotFound
    cards, address = await read(room_cards, gathering.id), f"/desk/g/{slug}/room-cards"
    if form == "pdf":
        return await pdf_answer(
            request,
            "access/room_cards_paper.html",
            name=file_name("room cards", slug, ending="pdf"),
            print_path=address,
            g=gathering,
            cards=cards,
        )
    sheet = cards_sheet(cards)
    return await sheet_answer(request, gathering, sheet, form, address, (address, "Room cards"))


async def _gathering(viewer: Viewer | None, slug: str) -> Gathering:
    """The gathering, for its facilitators, organisers and those who arrange what people need."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    if not person.may(gathering.series, "facilitator") and not opens_needs(person, gathering):
        raise NotAllowed
    return gathering


routes = [show_cards, cards_as_file]
