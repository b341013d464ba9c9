"""Publishing a summary: what is said is frozen as a version, and followed by later ones."""

from dataclasses import dataclass
from datetime import datetime

from gatherings.planning.lookup import PUBLIC_STATES, gathering_of
from sessions.capture.tables import Sheet
from sessions.summaries.content import Content, content_from
from sessions.summaries.draft import Draft, Placed, content_of, draft_of
from sessions.summaries.picture_people import InPicture, hidden_among
from sessions.summaries.stories import Missing, name_of, not_asked
from sessions.summaries.summaries import find_summary, held_summary
from sessions.summaries.tables import SummaryVersion

NO_POINTS = "Add a question with at least one point before you publish"
NOT_ANNOUNCED = "Announce the gathering first. Its summary can be read after that"


class NotReady(Exception):
    """Something is missing. Each problem is a sentence that says what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Published:
    """A version that people read."""

    version: int
    published_at: datetime
    content: Content


async def publish(gathering_id: int, account_id: int | None) -> int:
    """Publish the summary as it is now, and give the version. Unchanged, it stays the same one."""
    summary = await held_summary(gathering_id)
    draft = await draft_of(gathering_id)
    problems = [one.words for one in missing(draft)]
    if (await gathering_of(gathering_id)).state not in PUBLIC_STATES:
        problems = [NOT_ANNOUNCED, *problems]
    if problems:
        raise NotReady(problems)
    newest, content = await _newest(summary.id), content_of(draft).as_json()
    if newest is not None and newest.content == content:
        return newest.version
    version = newest.version + 1 if newest else 1
    await SummaryVersion(
        summary=summary.id, version=version, content=content, published_by=account_id
    ).save()
    return version


def missing(draft: Draft) -> list[Missing]:
    """What must be done before the summary can be published."""
    has_points = any(question.points for question in draft.questions)
    problems = [] if has_points else [Missing(NO_POINTS)]
    for placed in draft.pictures:
        name, code = name_of(placed), placed.sheet.code
        if not placed.sheet.described:
            words = f"Say what {name} shows, for people who cannot see it"
            problems.append(Missing(words, sheet=code))
        if placed.sheet.kind == "artwork" and not placed.sheet.artist:
            problems.append(Missing(f"Say who made {name}", sheet=code))
        problems += _of_people(placed, name)
    return problems + not_asked(draft)


def _of_people(placed: Placed, name: str) -> list[Missing]:
    """What is missing from the people who can be recognised in a picture."""
    code = placed.sheet.code
    if placed.sheet.withheld:
        words = f"Take {name} out. It showed somebody whose data was deleted"
        return [Missing(words, people=code)]
    if not placed.people:
        return [Missing(f"Say whether anybody can be recognised in {name}")]
    if placed.people == "agreed" and not placed.shows:
        return [Missing(f"List who can be recognised in {name}", people=code)]
    return [Missing(_still_to_do(one, name), people=code) for one in placed.shows if not one.agrees]


def _still_to_do(person: InPicture, name: str) -> str:
    if person.answer == "no":
        return f"Take {name} out. {person.called} said no"
    return f"Ask {person.called} whether {name} may be shown, or take it out"


async def newest_version(gathering_id: int) -> Published | None:
    """What people read: the newest version; None before the first.

    A picture is gone from it as soon as somebody who is in it says no.
    """
    summary = await find_summary(gathering_id)
    row = await _newest(summary.id) if summary else None
    if row is None:
        return None
    content = content_from(row.content)
    shown = content.without(await hidden_among(content.codes))
    return Published(row.version, row.published_at, shown)


async def is_published(sheet: Sheet) -> bool:
    """Whether everybody may see a picture: it is in the newest version of a public gathering."""
    gathering = await gathering_of(sheet.gathering)
    if gathering.state not in PUBLIC_STATES:
        return False
    published = await newest_version(gathering.id)
    return published is not None and sheet.code in published.content.codes


async def _newest(summary_id: int) -> SummaryVersion | None:
    return await (
        SummaryVersion.objects()
        .where(SummaryVersion.summary == summary_id)
        .order_by(SummaryVersion.version, ascending=False)
        .first()
    )
