"""The pictures of a summary: which sheets and drawings it shows, and where."""

from sessions.capture.sheets import find_sheet
from sessions.summaries.questions import find_question
from sessions.summaries.summaries import held_summary
from sessions.summaries.tables import SummaryPicture

AT_THE_END = ""


async def show(
    gathering_id: int, code: str, question_handle: str | None, people: str | None = None
) -> None:
    """Show a sheet or drawing under a question, at the end (""), or nowhere (None).

    `people` says whether somebody can be recognised; None leaves what was said before.
    """
    summary = await held_summary(gathering_id)
    sheet = await find_sheet(gathering_id, code)
    question_id = None
    if question_handle:
        question_id = (await find_question(gathering_id, question_handle)).id
    mine = (SummaryPicture.summary == summary.id) & (SummaryPicture.sheet == sheet.id)
    there = await SummaryPicture.objects().get(mine)
    if people is None:
        people = there.people if there else ""
    if there is not None and question_handle is not None and there.question == question_id:
        await SummaryPicture.update({SummaryPicture.people: people}).where(mine)
        return
    await SummaryPicture.delete().where(mine)
    if question_handle is not None:
        await SummaryPicture(
            summary=summary.id,
            sheet=sheet.id,
            question=question_id,
            position=await _next_position(summary.id),
            people=people,
        ).save()


async def pictures_of(summary_id: int) -> list[SummaryPicture]:
    """The pictures of a summary in the order in which they were put there."""
    return await (
        SummaryPicture.objects()
        .where(SummaryPicture.summary == summary_id)
        .order_by(SummaryPicture.position)
        .order_by(SummaryPicture.id)
    )


async def _next_position(summary_id: int) -> int:
    shown = await pictures_of(summary_id)
    return shown[-1].position + 1 if shown else 1
