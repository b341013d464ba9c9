"""Letters on paper: large print, as a page that a browser prints and as a PDF file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.letters.outbox import LetterView, letter_of, to_post, told
from gatherings.letters.shared_pages import gathering_for_letters
from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering
from web.database import read, write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page
from web.pdf_pages import pdf_answer

Pdf = Response[bytes] | Response[str]


@get("/desk/g/{slug:str}/letters/{handle:str}/print", name="print_letter")
async def print_letter(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Page:
    """One letter, to be printed from the browser."""
    _, gathering = await gathering_for_letters(viewer, slug)
    letter = await read(letter_of, gathering.id, handle)
    back = f"/desk/g/{slug}/letters/{handle}"
    return _draw(request, gathering, [letter], back, f"{back}/letter.pdf")


@get("/desk/g/{slug:str}/letters/{handle:str}/letter.pdf", name="letter_pdf")
async def letter_pdf(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Pdf:
    """One letter as a PDF file."""
    _, gathering = await gathering_for_letters(viewer, slug)
    letter = await read(letter_of, gathering.id, handle)
    return await pdf_answer(
        request,
        "letters/paper.html",
        name=f"letter-{letter.reference}.pdf",
        print_path=f"/desk/g/{slug}/letters/{handle}/print",
        **_on_paper(gathering, [letter]),
    )


@get("/desk/g/{slug:str}/letters/to-post", name="letters_to_post")
async def print_all(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """Every letter that is to be posted, one after the other."""
    _, gathering = await gathering_for_letters(viewer, slug)
    letters = await read(to_post, gathering.id)
    back = f"/desk/g/{slug}/letters"
    return _draw(request, gathering, letters, back, f"{back}/to-post.pdf")


@get("/desk/g/{slug:str}/letters/to-post.pdf", name="letters_to_post_pdf")
async def all_pdf(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Pdf | Redirect:
    """The same as one PDF file."""
    _, gathering = await gathering_for_letters(viewer, slug)
    letters = await read(to_post, gathering.id)
    print_path = f"/desk/g/{slug}/letters/to-post"
    if not letters:
        return go(print_path)
    return await pdf_answer(
        request,
        "letters/paper.html",
        name=f"letters-{slug}.pdf",
        print_path=print_path,
        **_on_paper(gathering, letters),
    )


@post("/desk/g/{slug:str}/letters/to-post", name="all_posted")
async def all_posted(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """The letters that were on the page are posted; one written since is not."""
    person, gathering = await gathering_for_letters(viewer, slug)
    form = await read_form(request)
    waiting = [letter.handle for letter in await read(to_post, gathering.id)]
    handles = form.some("letter", waiting)
    await write(told, gathering.id, handles, person.account_id, datetime.now(UTC))
    return go(f"/desk/g/{slug}/letters")


def _draw(
    request: WebRequest,
    gathering: Gathering,
    letters: Sequence[LetterView],
    back: str,
    pdf: str,
) -> Page:
    return page(
        request,
        "letters/print.html",
        back=back,
        pdf=pdf,
        all_to_post=back.endswith("/letters"),
        **_on_paper(gathering, letters),
    )


def _on_paper(gathering: Gathering, letters: Sequence[LetterView]) -> dict[str, Any]:
    return {"g": gathering, "letters": letters, "today": datetime.now(UTC)}


routes = [print_letter, letter_pdf, print_all, all_pdf, all_posted]
