"""The published summary, for everybody: the page, the text to keep, and the comments."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from gatherings.people.roles import Viewer, need_role
from gatherings.planning.lookup import gathering_to_show, venue_of
from gatherings.planning.tables import Gathering, Venue
from gatherings.wording.glossary import glossary_of
from sessions.capture.tables import Sheet
from sessions.summaries import comments
from sessions.summaries.as_text import as_text
from sessions.summaries.content import files_of
from sessions.summaries.publishing import Published, newest_version
from sessions.summaries.tables import Comment
from web.crypto import hash_of, new_key
from web.database import read, write
from web.forms import read_form
from web.limits import Limit
from web.pages import Page, WebRequest, go, page
from web.problems import NotFound
from web.words import day, explainer

TOO_MANY = "Many comments came from here just now. Yours is still below. Send it again in a minute"

said_lately = Limit(30, 60)


@get("/g/{gathering:str}/summary", name="summary")
async def show_summary(
    request: WebRequest,
    viewer: NamedDependency[Viewer | None],
    gathering: FromPath[str],
    said: FromQuery[str] = "",
) -> Page:
    """The newest published version, or a page that says that there is none yet."""
    found = await read(gathering_to_show, gathering, viewer)
    return await _draw(request, found, viewer, {}, {}, 200, said=bool(said))


@get("/g/{gathering:str}/summary.md", name="summary_text")
async def summary_text(
    viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Response[str]:
    """The same as plain text, to keep."""
    found = await read(gathering_to_show, gathering, viewer)
    published = await read(newest_version, found.id)
    if published is None:
        raise NotFound(comments.NOTHING_TO_ANSWER)
    venue = await read(venue_of, found.venue)
    where = f"{found.name}, {day(found.starts_at, found.zone)}, {venue.name}"
    name = f'attachment; filename="{found.slug}-summary.md"'
    return Response(
        as_text(published.content, where),
        media_type="text/plain",
        headers={"content-disposition": name, "cache-control": "no-cache"},
    )


@post("/g/{gathering:str}/summary/comments", name="comment")
async def comment(
    request: WebRequest, viewer: NamedDependency[Viewer | None], gathering: FromPath[str]
) -> Response[str] | Redirect:
    """Say something under the summary. A second press adds nothing."""
    found = await read(gathering_to_show, gathering, viewer)
    form = await read_form(request)
    name = form.line("name", "your name", most=comments.LONGEST_NAME, optional=True)
    words = form.text("words", "what you want to say", most=comments.LONGEST_WORDS)
    if form.errors:
        return await _draw(request, found, viewer, form.values, form.errors, 422)
    address = request.client.host if request.client else ""
    if said_lately.try_now(hash_of(address)):
        return await _draw(request, found, viewer, form.values, {"words": TOO_MANY}, 429)
    token = form.typed("token") or new_key()
    handle = await write(comments.say, found.id, name, words, token)
    return go(f"/g/{found.slug}/summary?said=yes#comment-{handle}")


@post("/g/{gathering:str}/summary/comments/{handle:str}/hide", name="hide_comment")
async def hide(
    viewer: NamedDependency[Viewer | None], gathering: FromPath[str], handle: FromPath[str]
) -> Redirect:
    """Take a comment from the page."""
    found = await read(gathering_to_show, gathering, viewer)
    organiser = need_role(viewer, found.series, "organiser")
    await write(comments.hide, found.id, handle, organiser.account_id)
    return go(f"/g/{found.slug}/summary#comment-{handle}")


@post("/g/{gathering:str}/summary/comments/{handle:str}/show", name="show_comment")
async def show_again(
    viewer: NamedDependency[Viewer | None], gathering: FromPath[str], handle: FromPath[str]
) -> Redirect:
    """Put a hidden comment back."""
    found = await read(gathering_to_show, gathering, viewer)
    need_role(viewer, found.series, "organiser")
    await write(comments.show_again, found.id, handle)
    return go(f"/g/{found.slug}/summary#comment-{handle}")


async def _draw(
    request: WebRequest,
    found: Gathering,
    viewer: Viewer | None,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    *,
    said: bool = False,
) -> Page:
    organises = viewer is not None and viewer.may(found.series, "organiser")
    keeps_notes = viewer is not None and viewer.may(found.series, "note_keeper")
    published, venue, files, answers = await read(_everything, found, organises)
    shared: dict[str, Any] = {
        "g": found,
        "venue": venue,
        "organises": organises,
        "keeps_notes": keeps_notes,
    }
    if published is None:
        return page(request, "summary/not_yet.html", status=404 if errors else 200, **shared)
    return page(
        request,
        "summary/summary.html",
        status=status,
        private=status != 200,
        published=published,
        content=published.content,
        files=files,
        letters=explainer(await read(glossary_of, found.series)),
        comments=answers,
        said=said,
        values={"token": new_key()} | values,
        errors=errors,
        **shared,
    )


async def _everything(
    found: Gathering, organises: bool
) -> tuple[Published | None, Venue, dict[str, Sheet], list[Comment]]:
    """All that the page shows, on one snapshot."""
    published, venue = await newest_version(found.id), await venue_of(found.venue)
    if published is None:
        return None, venue, {}, []
    files = await files_of(published.content.codes)
    return published, venue, files, await comments.comments_on(found.id, hidden_too=organises)


routes = [show_summary, summary_text, comment, hide, show_again]
