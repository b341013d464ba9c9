"""Which sheets and drawings the summary shows, and where."""

from litestar import get, post
from litestar.response import Redirect

from sessions.shared_pages import Noted, for_note_keepers
from sessions.summaries.draft import Draft, draft_of
from sessions.summaries.shown_pictures import AT_THE_END, show
from sessions.summaries.tables import RECOGNISED
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page

NOWHERE, END = "nowhere", "end"
RECOGNISED_OPTIONS = [
    ("", "Nobody has looked yet"),
    ("nobody", "No one can be recognised"),
    ("agreed", "Somebody can be recognised. I list them"),
]


@get("/desk/g/{gathering:str}/summary/pictures", name="summary_pictures")
async def show_pictures(request: WebRequest, found: Noted) -> Page:
    """Every sheet and drawing, with where it is shown."""
    draft = await read(draft_of, found.id)
    everything = [*draft.tray.artwork, *draft.tray.sheets]
    return page(
        request,
        "summary/pictures.html",
        g=found,
        draft=draft,
        everything=everything,
        people={sheet.code: draft.people_in(sheet.code) for sheet in everything},
        recognised=RECOGNISED_OPTIONS,
        places={sheet.code: _value(draft.place_of(sheet.code)) for sheet in everything},
        options=_options(draft),
    )


@post("/desk/g/{gathering:str}/summary/pictures", name="place_pictures")
async def place_pictures(request: WebRequest, found: Noted) -> Redirect:
    """Keep what was changed on the form, and nothing that somebody else changed meanwhile."""
    form = await read_form(request)
    draft = await read(draft_of, found.id)
    known = {value for value, _ in _options(draft)}
    for sheet in (*draft.tray.artwork, *draft.tray.sheets):
        chosen, people = form.typed(f"place-{sheet.code}"), form.typed(f"people-{sheet.code}")
        was = form.typed(f"was-{sheet.code}"), form.typed(f"were-{sheet.code}")
        if chosen in known and people in RECOGNISED and (chosen, people) != was:
            await write(show, found.id, sheet.code, _handle(chosen), people)
    return go(f"/desk/g/{found.slug}/summary#publish-title")


def _options(draft: Draft) -> list[tuple[str, str]]:
    under = [(q.row.handle, f"Under “{q.row.heading}”") for q in draft.questions]
    return [(NOWHERE, "Not shown"), *under, (END, "At the end")]


def _value(place: str | None) -> str:
    """The choice on the form for where a picture is."""
    return NOWHERE if place is None else place or END


def _handle(chosen: str) -> str | None:
    return {NOWHERE: None, END: AT_THE_END}.get(chosen, chosen)


routes = [for_note_keepers(show_pictures, place_pictures)]
