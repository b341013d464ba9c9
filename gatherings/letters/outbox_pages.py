"""The desk's outbox: every letter of a gathering, and what became of it."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from markupsafe import Markup

from gatherings.bookings.booking_list import WAY_WORDS, names_of
from gatherings.letters.letter_words import LIST_WORDS, state_of, when_of
from gatherings.letters.outbox import (
    LISTS,
    MOST,
    LetterView,
    came_back,
    counts_of,
    letter_of,
    letters_of,
    not_told,
    to_post,
    told,
    try_again,
)
from gatherings.letters.shared_pages import gathering_for_letters, mail_is_set_up
from gatherings.people.roles import Viewer
from gatherings.planning.tables import Gathering
from web.database import read, write
from web.forms import clean
from web.pages import WebRequest, go, page
from web.problems import NotFound

LONGEST_SEARCH = 100
Change = Callable[[int, str, int], Coroutine[Any, Any, None]]


@get("/desk/g/{slug:str}/letters", name="desk_letters")
async def show_outbox(
    request: WebRequest,
    slug: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    show: FromQuery[str] = "",
    words: FromQuery[str] = "",
) -> Response[str]:
    """The newest letters: all, one list of them, or those that a search finds."""
    person, gathering = await gathering_for_letters(viewer, slug)
    shown = show if show in LISTS else ""
    wanted = " ".join(clean(words).split())[:LONGEST_SEARCH]
    letters = await read(letters_of, gathering.id, shown, wanted)
    mail = mail_is_set_up(request)
    return page(
        request,
        "letters/outbox.html",
        g=gathering,
        mail=mail,
        shown=shown,
        words=wanted,
        counts=await read(counts_of, gathering.id),
        list_words=LIST_WORDS,
        rows=[_row(gathering, letter, mail) for letter in letters],
        cut=len(letters) == MOST,
        most=MOST,
        posts=len(await read(to_post, gathering.id)),
        organises=person.may(gathering.series, "organiser"),
    )


@get("/desk/g/{slug:str}/letters/{handle:str}", name="desk_letter")
async def show_letter(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Response[str]:
    """One letter: what exactly it said, to whom, and what became of it."""
    _, gathering = await gathering_for_letters(viewer, slug)
    letter = await read(letter_of, gathering.id, handle)
    mail = mail_is_set_up(request)
    return page(
        request,
        "letters/letter.html",
        g=gathering,
        letter=letter,
        mail=mail,
        state=state_of(letter, mail=mail),
        way=WAY_WORDS[letter.way],
        when=when_of(gathering, letter),
        names=await read(names_of, [letter.told_by]),
    )


@post("/desk/g/{slug:str}/letters/{handle:str}/{change:str}", name="change_letter")
async def change_letter(
    slug: FromPath[str],
    handle: FromPath[str],
    change: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """Told, not told, try again, or it came back."""
    person, gathering = await gathering_for_letters(viewer, slug)
    if change not in CHANGES:
        raise NotFound
    await read(letter_of, gathering.id, handle)
    await CHANGES[change](gathering.id, handle, person.account_id)
    return go(f"/desk/g/{slug}/letters/{handle}")


async def _told(gathering_id: int, handle: str, account_id: int) -> None:
    await write(told, gathering_id, [handle], account_id, datetime.now(UTC))


async def _not_told(gathering_id: int, handle: str, _: int) -> None:
    await write(not_told, gathering_id, handle)


async def _try_again(gathering_id: int, handle: str, _: int) -> None:
    await write(try_again, gathering_id, handle, datetime.now(UTC))


async def _came_back(gathering_id: int, handle: str, _: int) -> None:
    await write(came_back, gathering_id, handle)


CHANGES: dict[str, Change] = {
    "told": _told,
    "not-told": _not_told,
    "try-again": _try_again,
    "came-back": _came_back,
}


def _row(gathering: Gathering, letter: LetterView, mail: bool) -> list[str]:
    address = f"/desk/g/{gathering.slug}/letters/{letter.handle}"
    words, tone = state_of(letter, mail=mail)
    tag = Markup('<span class="tag {}">{}</span>').format(tone, words)
    if letter.server_words and letter.state in ("failed", "waiting"):
        tag += Markup('<br><span class="quiet long-words">{}</span>').format(letter.server_words)
    return [
        Markup('<a href="{}">{}<span class="vh">: {}</span></a>').format(
            address, letter.name, letter.kind_words
        ),
        letter.kind_words,
        f"{WAY_WORDS[letter.way]}: {letter.to}",
        tag,
        when_of(gathering, letter),
    ]


routes = [show_outbox, show_letter, change_letter]
