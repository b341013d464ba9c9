"""A party sees the pictures that show somebody of it, before and after they are published."""

from datetime import UTC, datetime

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect

from sessions.shared_pages import party_of
from sessions.summaries.picture_people import pictures_of_party, say
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page

SAID = ("yes", "no")


@get("/b/{reference:str}/pictures", name="own_pictures")
async def show(request: WebRequest, reference: FromPath[str]) -> Page:
    """Each picture with two buttons."""
    theirs = await party_of(request, reference)
    return page(
        request,
        "summary/own_pictures.html",
        g=theirs.gathering,
        booking=theirs.booking,
        home=theirs.home,
        pictures=await read(pictures_of_party, theirs.booking.id),
    )


@post("/b/{reference:str}/pictures/{handle:str}", name="say_to_picture")
async def answer(request: WebRequest, reference: FromPath[str], handle: FromPath[str]) -> Redirect:
    """Keep what they said. After a no, nobody sees the picture any more."""
    theirs = await party_of(request, reference)
    form = await read_form(request)
    said = form.choice("said", "yes or no", SAID)
    if said:
        await write(say, theirs.booking.id, handle, said, datetime.now(UTC))
    return go(f"{theirs.home}/pictures")


routes = [show, answer]
