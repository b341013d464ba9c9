"""Comments under a published summary. Organisers may hide one, and show it again."""

from datetime import UTC, datetime
from typing import Any

from piccolo.columns import Column

from gatherings.planning.rows import hold
from sessions.summaries.publishing import newest_version
from sessions.summaries.summaries import summary_of
from sessions.summaries.tables import Comment, Summary
from web.crypto import hash_of
from web.problems import NotFound

LONGEST_NAME, LONGEST_WORDS = 60, 2000
NOTHING_TO_ANSWER = "This summary is not published yet, so there is nothing to comment on."
GONE = "This comment is not here any more."


async def say(gathering_id: int, name: str, words: str, form_token: str) -> str:
    """Add a comment and give its handle. A second press of the same button adds nothing."""
    if await newest_version(gathering_id) is None:
        raise NotFound(NOTHING_TO_ANSWER)
    summary = await summary_of(gathering_id)
    await hold(Summary, summary.id)
    token = hash_of(f"{summary.id} {form_token} {name} {words}")
    if not await Comment.exists().where(Comment.form_token == token):
        await Comment(
            summary=summary.id, handle=token[:24], name=name, words=words, form_token=token
        ).save()
    return token[:24]


async def hide(gathering_id: int, handle: str, account_id: int | None) -> None:
    """Take a comment from the page; organisers still see it."""
    changes: dict[Column | str, Any] = {
        Comment.hidden_at: datetime.now(UTC),
        Comment.hidden_by: account_id,
    }
    await _change(gathering_id, handle, changes)


async def show_again(gathering_id: int, handle: str) -> None:
    """Put a hidden comment back."""
    await _change(gathering_id, handle, {Comment.hidden_at: None, Comment.hidden_by: None})


async def comments_on(gathering_id: int, *, hidden_too: bool = False) -> list[Comment]:
    """The comments in the order in which they were made."""
    summary = await summary_of(gathering_id)
    comments = Comment.objects().where(Comment.summary == summary.id).order_by(Comment.id)
    return await (comments if hidden_too else comments.where(Comment.hidden_at.is_null()))


async def _change(gathering_id: int, handle: str, changes: dict[Column | str, Any]) -> None:
    summary = await summary_of(gathering_id)
    mine = (Comment.summary == summary.id) & (Comment.handle == handle)
    rows = await Comment.update(changes).where(mine).returning(Comment.id)
    if not rows:
        raise NotFound(GONE)
